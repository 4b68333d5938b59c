"""« Qui répond »: asked, asked no more, in what capacity."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404

from common import french
from common.errors import Conflict, DomainError
from organisations.models import User
from risks.enums import Capacity
from risks.forms.answers import CapacityForm, RespondentsForm
from risks.models import Respondent
from risks.presentation import answers_end, answers_who
from risks.selectors import answers as selectors
from risks.selectors.assessments import asked_questions
from risks.services import answers as services
from risks.views.base import FILL, LEAD, InProject, InStructure, PlaceView


class WhoView(PlaceView, abstract=True):
    """About who answers in a place."""

    @property
    def here(self) -> str:
        return self.place.url("risk_respondents")

    def show(self, *, form: RespondentsForm | None = None, refused: str = "", status: int = 200) -> HttpResponse:
        if self.found is None:
            view = answers_end.nothing_asked(self.place, self.rights)
            return self.page("risks/answers/nothing.html", {"view": view})
        view = answers_who.who_page(
            self.place,
            self.rights,
            self.found,
            selectors.respondents_of(self.found),
            selectors.candidates(self.place),
            len(asked_questions(self.found)),
            form=form,
        )
        return self.page("risks/answers/who.html", {"view": view, "refused": refused}, status=status)

    def refuse(self, words: str, *, status: int = 422) -> HttpResponse:
        self.__dict__.pop("found", None)
        return self.show(refused=french.typography(words), status=status)

    def respondent(self, pk: uuid.UUID) -> Respondent:
        """One of this assessment; 404 for another."""
        rows = Respondent.objects.select_related("assessment", "user")
        return get_object_or_404(rows, pk=pk, assessment=self.assessment)


class RespondentsPage(WhoView, abstract=True):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RespondentsForm(request.POST, offered=selectors.candidates(self.place))
        assessment = self.assessment
        if not form.is_valid():
            return self.show(form=form, status=422)
        try:
            added = services.add_respondents(
                place=self.place, assessment=assessment, people=form.asked, by=request.user
            )
        except DomainError as error:
            return self.refuse(str(error))
        people = french.counted(len(added), "personne est ajoutée", "personnes sont ajoutées", feminine=True)
        words = f"{french.capital(people)} : chacune répond seule." if added else "Ces personnes répondent déjà."
        return self.told(words, self.here)


class RemovePage(WhoView, abstract=True):
    def post(self, request: HttpRequest, respondent: uuid.UUID, **kwargs: Any) -> HttpResponse:
        row = self.respondent(respondent)
        try:
            services.remove_respondent(respondent=row)
        except DomainError as error:
            return self.refuse(str(error))
        undo = self.place.url("risk_respondent_restore", row.user_id, row.capacity)
        return self.told(f"{row.user} ne répond plus.", self.here, undo_url=undo)


class RestorePage(WhoView, abstract=True):
    """Ask again somebody who was just asked no more."""

    def post(self, request: HttpRequest, person: uuid.UUID, capacity: str, **kwargs: Any) -> HttpResponse:
        found = next((one for one in selectors.candidates(self.place) if one.user.pk == person), None)
        if found is None or capacity not in found.capacities:
            raise Http404
        asked: list[tuple[User, Capacity]] = [(found.user, Capacity(capacity))]
        try:
            services.add_respondents(place=self.place, assessment=self.assessment, people=asked, by=request.user)
        except DomainError as error:
            return self.refuse(str(error))
        return self.told(f"{found.user} répond à nouveau.", self.here)


class StructureCapacity(WhoView, InStructure):
    """In what capacity somebody of the structure answers."""

    permission_required = FILL

    def post(self, request: HttpRequest, respondent: uuid.UUID, **kwargs: Any) -> HttpResponse:
        row = self.respondent(respondent)
        form = CapacityForm(request.POST, capacities=selectors.OF_A_STRUCTURE)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.refuse("Choisissez une qualité dans la liste.")
        if row.capacity not in selectors.OF_A_STRUCTURE:
            return self.refuse(f"{row.user} répond pour le projet : sa qualité ne se change pas ici.")
        chosen = Capacity(form.cleaned_data["capacity"])
        try:
            services.change_capacity(respondent=row, capacity=chosen, version=form.cleaned_data["version"])
        except Conflict as conflict:
            theirs = Capacity(conflict.current.capacity).label
            words = f"Quelqu’un vient de choisir « {theirs} » pour {row.user}, vous « {chosen.label} » : "
            return self.refuse(f"{words}rien n’est écrasé.", status=409)
        except DomainError as error:
            return self.refuse(str(error))
        return self.told(f"{row.user} répond en qualité de « {chosen.label} ».", self.here)


class StructureRespondents(RespondentsPage, InStructure):
    permission_required = FILL


class ProjectRespondents(RespondentsPage, InProject):
    permission_required = LEAD


class StructureRemove(RemovePage, InStructure):
    permission_required = FILL


class ProjectRemove(RemovePage, InProject):
    permission_required = LEAD


class StructureRestore(RestorePage, InStructure):
    permission_required = FILL


class ProjectRestore(RestorePage, InProject):
    permission_required = LEAD
