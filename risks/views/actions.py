"""One action on a risk: written in its register, followed there and by who does it on a page of their own."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect

from common import french
from common.errors import Conflict, DomainError
from organisations.enums import Permission
from risks.enums import ActionKind
from risks.forms.actions import FollowForm, NewActionForm
from risks.forms.register import VersionForm, WhyForm
from risks.models import Risk, RiskAction
from risks.presentation import register_actions as presentation
from risks.presentation import register_words
from risks.presentation.register import url_of
from risks.selectors import register as selectors
from risks.services import actions
from risks.views.base import FILL, LEAD, READ, REGISTER, InProject, InStructure, PlaceView
from risks.views.fields import SavedFieldMixin
from risks.views.risk import TOO_OLD, OneRiskView

PARTICIPATES = (Permission.VIEW_PROJECT,)
MOVED = "Quelqu’un vient de changer cette action. La voici comme elle est ; rien n’a été écrasé."
GIVING_UP: dict[str, Any] = {
    "asked": "Pourquoi elle est abandonnée",
    "lacking": "Dites pourquoi l’action est abandonnée.",
    "longest": 300,
}
DONE = "L’action est faite."


class AddActionPage(OneRiskView, abstract=True):
    """One more action about a risk."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NewActionForm(request.POST, risk=self.risk, auto_id="action-%s")
        if not form.is_valid():
            return self.show(action_form=form, status=422)
        given = form.cleaned_data
        kind = ActionKind(given.pop("kind"))
        try:
            action = actions.add_action(risk=self.risk, kind=kind, by=request.user, **given)
        except DomainError as error:
            if error.field not in form.fields:
                return self.refuse(error)
            form.add_error(error.field, french.typography(str(error)))
            return self.show(action_form=form, status=422)
        undo_url = self.place.url("risk_action_remove", self.risk.number, action.pk)
        return self.told("L’action est dans le plan d’action.", self.url(), undo_url=undo_url)


class StructureAddAction(AddActionPage, InStructure):
    permission_required = FILL


class ProjectAddAction(AddActionPage, InProject):
    permission_required = LEAD


class ActingView(PlaceView, abstract=True):
    """A page of one action, `self.action`, on which one says how far it is. `keeps`: on behalf of the register."""

    acts: tuple[str, ...] = ()
    keeps = True

    @cached_property
    def action(self) -> RiskAction:
        raise NotImplementedError

    def act_url(self, act: str = "") -> str:
        """The address of the action, or of something done with it."""
        raise NotImplementedError

    def done_url(self) -> str:
        """Where one goes once it is over."""
        return self.act_url()

    def view(self) -> presentation.ActionView:
        raise NotImplementedError

    def show_action(self, *, refused: str = "", status: int = 200, **forms: Any) -> HttpResponse:
        """`forms`: those that could not be accepted, by their name in the template."""
        action = self.action
        followed = {"progress": action.progress, "note": action.note, "version": action.version}
        context: dict[str, Any] = {
            "view": self.view(),
            "action": action,
            "refused": french.typography(refused),
            "urls": {act: self.act_url(act) for act in self.acts},
            "follow_form": FollowForm(initial=followed, auto_id="suivi-%s"),
            "give_up_form": WhyForm(**GIVING_UP, initial={"version": action.version}, auto_id="abandonner-%s"),
        }
        return self.page("risks/register/action.html", {**context, **forms}, status=status)

    def refuse(self, error: DomainError) -> HttpResponse:
        """Nothing was done: the page as it is now says why."""
        self.__dict__.pop("action", None)
        if isinstance(error, Conflict):
            return self.show_action(refused=MOVED, status=409)
        return self.show_action(refused=str(error), status=422)


class OneActionView(ActingView, OneRiskView, abstract=True):
    """An action of a risk of the register, from `action_id` in the URL."""

    acts = ("start", "follow", "finish", "give_up", "resume")

    def has_permission(self) -> bool:
        return super().has_permission() and self.action is not None

    @cached_property
    def action(self) -> RiskAction:
        for action in selectors.actions_of(self.risk):
            if action.pk == self.kwargs["action_id"]:
                return action
        raise Http404

    def act_url(self, act: str = "") -> str:
        name = f"risk_action_{act}" if act else "risk_action"
        return self.place.url(name, self.kwargs["number"], self.kwargs["action_id"])

    def done_url(self) -> str:
        return self.url()

    def view(self) -> presentation.ActionView:
        return presentation.action_page(self.action, self.rights, french.today())


class OwnActionView(ActingView, InProject, abstract=True):
    """An action that the reader has to do, whatever else they may read of the project; 404 for another."""

    acts = ("start", "follow", "finish", "resume")
    keeps = False

    def has_permission(self) -> bool:
        return super().has_permission() and self.action is not None

    @cached_property
    def action(self) -> RiskAction:
        action = selectors.own_action(self.project, self.kwargs["action_id"], self.request.user)
        if action is None:
            raise Http404
        return action

    def act_url(self, act: str = "") -> str:
        return self.place.url(f"risk_my_action_{act}" if act else "risk_my_action", self.kwargs["action_id"])

    def view(self) -> presentation.ActionView:
        risk = selectors.risk_of(self.action)
        if risk is not None:
            risk.project = self.project
        url = self.risk_url(risk) if risk else ""
        return presentation.own_page(self.action, self.project, risk, url, french.today())

    def risk_url(self, risk: Risk) -> str:
        """Where the reader opens the risk; nothing for who reads only its title."""
        opens = risk.esms is not None and self.request.access.in_esms(risk.esms, Permission.VIEW_STRUCTURES)
        return url_of(risk, self.place) if opens or self.rights.register else ""


class ActionPage(OneActionView, abstract=True):
    """To read, and to write for who keeps the register; who does it without keeping it has a page of their own."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.action.owner_id == request.user.pk and not self.rights.fills:
            return redirect("project_risk_my_action", self.project.slug, self.action.pk)
        return self.show_action()


class StructureAction(ActionPage, InStructure):
    permission_required = READ


class ProjectAction(ActionPage, InProject):
    permission_required = REGISTER


class OwnAction(OwnActionView):
    """With its risk for who may read that too."""

    permission_required = PARTICIPATES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show_action()


class ActionFieldPage(SavedFieldMixin, OneActionView, abstract=True):
    """A field of an action, which saves itself."""

    sheet = register_words.ACTION_SHEET

    def row(self) -> RiskAction:
        return self.action

    def write(self, row: RiskAction, version: int, values: dict[str, Any]) -> RiskAction:
        written = actions.edit_action(action=row, version=version, values=values)
        written.risk = self.risk
        return written

    def page_url(self) -> str:
        return self.act_url()

    def heads(self, row: RiskAction) -> dict[str, str]:
        return {"action-titre": french.typography(row.label)} if self.kwargs["field"] == "label" else {}

    def hang(self, row: RiskAction) -> None:
        row.project, row.risk = self.project, self.risk


class StructureActionField(ActionFieldPage, InStructure):
    permission_required = FILL


class ProjectActionField(ActionFieldPage, InProject):
    permission_required = LEAD


class StartPage(ActingView, abstract=True):
    """It is begun."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        try:
            actions.start_action(action=self.action, version=form.cleaned_data["version"])
        except DomainError as error:
            return self.refuse(error)
        return self.told("L’action est commencée.", self.act_url())


class StructureStart(StartPage, OneActionView, InStructure):
    permission_required = FILL


class ProjectStart(StartPage, OneActionView, InProject):
    permission_required = LEAD


class OwnStart(StartPage, OwnActionView):
    permission_required = PARTICIPATES


class FollowPage(ActingView, abstract=True):
    """How far it is."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = FollowForm(request.POST, auto_id="suivi-%s")
        if not form.is_valid():
            return self.show_action(follow_form=form, status=422)
        try:
            action = actions.follow_action(action=self.action, **form.cleaned_data)
        except DomainError as error:
            return self.refuse(error)
        done = action.done_on is not None
        undo_url = self.act_url("resume") if done else ""
        return self.told(DONE if done else "C’est enregistré.", self.act_url(), undo_url=undo_url)


class StructureFollow(FollowPage, OneActionView, InStructure):
    permission_required = FILL


class ProjectFollow(FollowPage, OneActionView, InProject):
    permission_required = LEAD


class OwnFollow(FollowPage, OwnActionView):
    permission_required = PARTICIPATES


class FinishPage(ActingView, abstract=True):
    """It is done; said beside its risk too."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        try:
            actions.finish_action(action=self.action, version=form.cleaned_data["version"])
        except DomainError as error:
            return self.refuse(error)
        return self.told(DONE, self.done_url(), undo_url=self.act_url("resume"))


class StructureFinish(FinishPage, OneActionView, InStructure):
    permission_required = FILL


class ProjectFinish(FinishPage, OneActionView, InProject):
    permission_required = LEAD


class OwnFinish(FinishPage, OwnActionView):
    permission_required = PARTICIPATES


class GiveUpPage(OneActionView, abstract=True):
    """It will not be done after all."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = WhyForm(request.POST, **GIVING_UP, auto_id="abandonner-%s")
        if not form.is_valid():
            return self.show_action(give_up_form=form, status=422)
        try:
            actions.give_up_action(action=self.action, **form.cleaned_data)
        except DomainError as error:
            return self.refuse(error)
        return self.told("L’action est abandonnée.", self.done_url(), undo_url=self.act_url("resume"))


class StructureGiveUp(GiveUpPage, InStructure):
    permission_required = FILL


class ProjectGiveUp(GiveUpPage, InProject):
    permission_required = LEAD


class ResumePage(ActingView, abstract=True):
    """Done or given up: taken back."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            actions.resume_action(action=self.action, keeps=self.keeps)
        except DomainError as error:
            return self.refuse(error)
        return self.told("L’action est reprise.", self.act_url())


class StructureResume(ResumePage, OneActionView, InStructure):
    permission_required = FILL


class ProjectResume(ResumePage, OneActionView, InProject):
    permission_required = LEAD


class OwnResume(ResumePage, OwnActionView):
    permission_required = PARTICIPATES


class RemovePage(OneActionView, abstract=True):
    """An action just written, taken back."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            risk_is_gone = actions.remove_action(action=self.action)
        except DomainError as error:
            return self.refuse(error)
        if risk_is_gone:
            return self.told("L’action et le risque sont retirés.", self.place.url("risk_register"))
        return self.told("L’action est retirée.", self.done_url())


class StructureRemove(RemovePage, InStructure):
    permission_required = FILL


class ProjectRemove(RemovePage, InProject):
    permission_required = LEAD
