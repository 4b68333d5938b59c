"""The vote on an arbitration: said, counted, concluded; what is to be done after it."""

import uuid
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from governance.enums import ArbitrationStatus, DecisionMode
from governance.forms.votes import NOTHING_CHOSEN, DecideForm, NewToDoForm, ToDoFormSet, VoteForm
from governance.models import ArbitrationOption
from governance.presentation import arbitrations as presentation
from governance.presentation import dossier, ruling
from governance.presentation.acts import told_vote
from governance.presentation.votes import scrutiny_view
from governance.selectors.votes import VoiceLine
from governance.services.follow_ups import add_follow_up
from governance.services.rulings import ToDo, decide
from governance.services.votes import cast_vote
from governance.views.arbitrations import CHANGED, TAKES_PART, ArbitrationView
from organisations.selectors import participants


class TallyView(ArbitrationView):
    """The count as it is now. `?vu=…`: that of the page which asks; it is told of nothing when nothing changed."""

    permission_required = TAKES_PART

    def may(self) -> bool:
        return self.rights.reads_council

    def get(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        if not request.htmx:
            return redirect(self.address(anchor="#vote"))
        if self.scrutiny is None:  # decided, postponed: the page says what
            return HttpResponse(headers={"HX-Refresh": "true"})
        if request.GET.get("vu") == self.scrutiny.signature:
            return HttpResponse(status=204)
        context = {
            "arbitration": self.arbitration,
            "vote": scrutiny_view(self.scrutiny),
            "signature": self.scrutiny.signature,
        }
        return render(request, "governance/arbitrations/_tally.html", context)


class VoteView(ArbitrationView):
    """What one voice says: by who holds it, or written down for the room by who prepares the meetings."""

    permission_required = TAKES_PART

    def may(self) -> bool:
        """Who could never hold a voice is told so; whose it is today, the service says."""
        return self.rights.prepares or (self.rights.reads_council and bool(self.rights.seats))

    @cached_property
    def line(self) -> VoiceLine | None:
        """The voice of the address; 404 for one that this meeting doesn't have."""
        line = self.scrutiny.line(self.kwargs["unit_id"]) if self.scrutiny else None
        if self.scrutiny and line is None:
            raise Http404
        return line

    def post(self, request: HttpRequest, slug: str, year: int, number: int, unit_id: uuid.UUID) -> HttpResponse:
        if self.line is None:
            return self.answer(refused="Le vote n’est pas ouvert, ou il est terminé.", status=422)
        options = list(self.arbitration.options.all())
        records = self.rights.prepares and "room" in request.POST
        whose = self.line.delegation.label if records else ""
        form = VoteForm(request.POST, options=options, unit_id=unit_id, whose=whose)
        if not form.is_valid():
            return self.answer(refused=NOTHING_CHOSEN, status=422)
        try:
            vote = cast_vote(
                arbitration=self.arbitration, unit_id=unit_id, user=request.user, records=records, **form.said
            )
        except Conflict:
            self.read_again()
            return self.answer(refused=ruling.voted_meanwhile(self.line), status=409)
        except DomainError as error:
            self.read_again()
            return self.answer(refused=str(error), status=422)
        self.read_again()
        words = ruling.said(vote)
        told = told_vote(self.line.delegation.label if self.line else "", words)
        if not request.htmx:
            messages.success(request, told)
            return redirect(self.address(anchor="#vote"))
        return self.answer(told=told)

    def read_again(self) -> None:
        for name in ("arbitration", "scrutiny", "line"):
            self.__dict__.pop(name, None)

    def answer(self, *, refused: str = "", told: str = "", status: int = 200) -> HttpResponse:
        """The section of the vote for htmx, the whole page otherwise."""
        if not self.request.htmx:
            return self.show(refused=refused, status=status)
        if self.scrutiny is None:
            return HttpResponse(headers={"HX-Refresh": "true"})
        context = {
            "arbitration": self.arbitration,
            "vote": scrutiny_view(self.scrutiny),
            **self.vote_context(),
            "vote_refused": refused,
            "told": told,
        }
        return render(self.request, "governance/arbitrations/_vote.html", context, status=status)


class DecideView(ArbitrationView):
    """Conclude: how, which option, in which words."""

    permission_required = TAKES_PART
    prepared = True

    def get(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        if self.arbitration.status != ArbitrationStatus.TO_DECIDE:
            return redirect(self.address())
        return self.ask(self.form(), self.to_dos())

    def post(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        form, to_dos = self.form(request.POST), self.to_dos(request.POST)
        if not (form.is_valid() and to_dos.is_valid()):
            return self.ask(form, to_dos, status=422)
        given = form.cleaned_data
        try:
            decide(
                arbitration=self.arbitration,
                user=request.user,
                follow_ups=[ToDo(**one) for one in to_dos.cleaned_data if one.get("label")],
                **{**given, "mode": DecisionMode(given["mode"])},
            )
        except Conflict:
            del self.arbitration
            data = form.data.copy()
            data["version"] = str(self.arbitration.version)
            return self.ask(self.form(data), to_dos, refused=CHANGED, status=409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form, to_dos, status=422)
        told = f"L’arbitrage {presentation.reference(self.arbitration)} est décidé. Il est figé à partir de maintenant."
        messages.success(request, french.typography(told))
        return redirect(self.address())

    def form(self, data: Any = None) -> DecideForm:
        modes = self.scrutiny.modes if self.scrutiny and data is None else list(DecisionMode)
        options = ArbitrationOption.objects.filter(arbitration=self.arbitration).order_by("position")
        initial = {
            **ruling.proposed(self.arbitration, self.scrutiny),
            "decided_on": timezone.localdate(),
            "token": new_id(),
            "version": self.arbitration.version,
        }
        return DecideForm(data, modes=modes, options=options, initial=initial)

    def to_dos(self, data: Any = None) -> BaseFormSet:
        return ToDoFormSet(data, prefix="suites", form_kwargs={"people": participants(self.project)})

    def ask(self, form: DecideForm, to_dos: BaseFormSet, *, refused: str = "", status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "to_dos": to_dos,
            "arbitration": self.arbitration,
            "crumbs": presentation.crumbs(self.project, dossier.own_crumb(self.arbitration, self.address())),
            "view": ruling.ruling(self.arbitration, self.scrutiny),
            "vote": scrutiny_view(self.scrutiny) if self.scrutiny else None,
            "back_url": self.address(),
            "refused": refused,
        }
        return self.page("governance/arbitrations/decide.html", context, status=status)


class FollowUpView(ArbitrationView):
    """Something more to do, once it is decided."""

    permission_required = TAKES_PART
    prepared = True

    def post(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        form = NewToDoForm(request.POST, people=participants(self.project))
        if not ArbitrationStatus(self.arbitration.status).frozen:
            return self.show(refused="Les suites se notent une fois l’arbitrage décidé.", status=422)
        if not form.is_valid():
            return self.show(to_do_form=form, status=422)
        add_follow_up(project=self.project, user=request.user, arbitration=self.arbitration, **form.cleaned_data)
        messages.success(request, french.typography(f"C’est noté : « {form.cleaned_data['label']} »."))
        return redirect(self.address(anchor="#suites"))
