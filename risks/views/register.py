"""The register of a place: its risks, one more, and actions proposed from the marks of the questionnaire."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from common import french
from common.errors import DomainError
from common.ids import new_id
from risks.catalogue import Question, questionnaire
from risks.enums import ActionKind, Category
from risks.forms.register import FilterForm, NewRiskForm, ProposeForm, read_cell, read_filters
from risks.models import AgreedMark, Risk
from risks.people import action_owners
from risks.presentation import register as presentation
from risks.presentation.risk import saved_words
from risks.selectors import register as selectors
from risks.services import actions, register
from risks.views.base import FILL, LEAD, READ, REGISTER, InProject, InStructure, PlaceView

PROPOSED_DAYS = 30  # until when a proposed action is to be done, unless said otherwise


class RegisterPage(PlaceView, abstract=True):
    """What may go wrong, how badly, and what is done about it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        filters = read_filters(request.GET, leads=self.rights.leads)
        risks = selectors.register(self.place, self.rights)
        view = presentation.register(self.place, self.rights, risks, filters, french.today())
        form = FilterForm(request.GET or None, owners=presentation.owners_among(risks))
        return self.page("risks/register/list.html", {"view": view, "form": form})


class StructureRegister(RegisterPage, InStructure):
    permission_required = READ


class ProjectRegister(RegisterPage, InProject):
    permission_required = REGISTER


class AddPage(PlaceView, abstract=True):
    """Note a risk: what, of which kind, in which cell."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(NewRiskForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NewRiskForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        given, (probability, impact) = form.cleaned_data, form.placed
        try:
            placed = register.add_risk(
                place=self.place,
                by=request.user,
                title=given["title"],
                category=Category(given["category"]),
                probability=probability,
                impact=impact,
                token=given["token"],
                owner=request.user,
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, french.typography(str(error)))
            return self.show(form, status=422)
        words = saved_words(placed.alert, placed.risk)
        return self.told(f"{words} Complétez-le.", self.place.url("risk", placed.risk.number))

    def show(self, form: NewRiskForm, *, status: int = 200) -> HttpResponse:
        view = presentation.adding(self.place, read_cell(form["cell"].value() or ""))
        return self.page("risks/register/add.html", {"view": view, "form": form}, status=status)


class StructureAdd(AddPage, InStructure):
    permission_required = FILL


class ProjectAdd(AddPage, InProject):
    permission_required = LEAD


class ProposePage(PlaceView, abstract=True):
    """From a mark of the questionnaire to an action, in one gesture; 404 while the place agreed on none."""

    def has_permission(self) -> bool:
        return super().has_permission() and self.mark is not None

    @cached_property
    def question(self) -> Question:
        question = questionnaire().by_slug.get(self.kwargs["question"])
        if question is None:
            raise Http404
        return question

    @cached_property
    def mark(self) -> AgreedMark:
        mark = selectors.agreed_mark(self.place, self.question)
        if mark is None or mark.value is None:
            raise Http404
        return mark

    def form(self, risk: Risk | None, data: Any = None, **initial: Any) -> ProposeForm:
        transmitted = risk is not None and risk.transmitted_at is not None
        owners = action_owners(self.place, transmitted=transmitted)
        return ProposeForm(data, owners=owners, places=risk is None, initial=initial)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(status=200)

    def show(self, form: ProposeForm | None = None, *, status: int) -> HttpResponse:
        known = selectors.open_risk_about(self.place, self.question)
        view = presentation.proposing(self.place, self.question, self.mark, known)
        form = form or self.form(
            known,
            kind=ActionKind.PREVENTIVE,
            owner=self.request.user.pk,
            due_on=french.today() + timedelta(days=PROPOSED_DAYS),
            token=new_id(),
            **view.initial,
        )
        return self.page("risks/register/propose.html", {"view": view, "form": form}, status=status)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        known = selectors.open_risk_about(self.place, self.question)
        form = self.form(known, request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        given = form.cleaned_data
        cell = {name: given[name] for name in ("probability", "impact") if name in given}
        try:
            action = actions.propose_from_mark(
                place=self.place,
                question=self.question,
                owner=given["owner"],
                due_on=given["due_on"],
                kind=ActionKind(given["kind"]),
                by=request.user,
                token=given["token"],
                **cell,
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, french.typography(str(error)))
            return self.show(form, status=422)
        return self.proposed(action.risk, action.pk, new=known is None)

    def proposed(self, risk: Risk, action_id: Any, *, new: bool) -> HttpResponse:
        words = "L’action est dans le plan d’action."
        if new and selectors.alerts_about(risk):
            words += " Le risque est critique : le COMOP en reçoit l’alerte."
        undo_url = self.place.url("risk_action_remove", risk.number, action_id)
        return self.told(words, self.place.url("risk", risk.number), undo_url=undo_url)


class StructurePropose(ProposePage, InStructure):
    permission_required = FILL


class ProjectPropose(ProposePage, InProject):
    permission_required = LEAD
