"""The actions that a project adds to the ANAP's: added, worded, ordered, retired and put back."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from checklist import presentation, selectors, services
from checklist.forms import NewOwnActionForm, OwnActionForm, VersionForm
from checklist.models import Action, Group
from checklist.views.base import MANAGE, ActionView
from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from organisations.enums import Permission
from organisations.models import Project
from organisations.tenancy import ProjectView

READS = (Permission.VIEW_CHECKLIST,)


class OwnActionsPage:
    """Shows the page of the project's own actions, or its list alone. For views of a project."""

    request: HttpRequest
    project: Project

    def page(self, *, told: str = "", refused: str = "", status: int = 200) -> HttpResponse:
        manages = self.request.access.in_project(self.project, *MANAGE)
        found = selectors.own_actions(self.project)
        groups = selectors.groups_of(self.project) if manages else []
        context = {
            "view": presentation.own_actions(found, self.project, groups),
            "manages": manages,
            "told": told,
            "refused": refused,
        }
        template = "checklist/own_actions.html#list" if self.request.htmx else "checklist/own_actions.html"
        return render(self.request, template, context, status=status)


class OwnActionsView(OwnActionsPage, ProjectView):
    """All of them, with their neighbours; those retired, with their history."""

    permission_required = READS

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.page()


class AddView(ProjectView):
    """Add an action to a group."""

    permission_required = MANAGE

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        groups = Group.objects.select_related("step")
        self.group = get_object_or_404(groups, project=self.project, number=self.kwargs["group"])
        return True

    def form(self, data: Any = None) -> NewOwnActionForm:
        return NewOwnActionForm(data, actions=selectors.actions_in(self.group), initial={"token": new_id()})

    def get(self, request: HttpRequest, slug: str, group: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str, group: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            action = services.add_own_action(
                group=self.group,
                label=form.cleaned_data["label"],
                objective=form.cleaned_data["objective"],
                letters=form.letters,
                after=form.neighbour,
                token=form.cleaned_data["token"],
            )
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, status=422)
        messages.success(request, f"L’action {action.number} est ajoutée à la checklist.")
        return redirect(presentation.step_url(action, self.project))

    def show(self, form: NewOwnActionForm, *, status: int = 200) -> HttpResponse:
        back_url = presentation.group_url(self.group, self.project)
        view = presentation.own_action(self.group, self.project, what="Ajouter", back_url=back_url)
        return render(self.request, "checklist/own_action_add.html", {"form": form, "view": view}, status=status)


class OwnActionView(OwnActionsPage, ActionView, abstract=True):
    """A view of one action of the project's own; 404 for the ANAP's."""

    retired: ClassVar[bool] = False  # whether it is for those retired, or for the others

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        if not self.action.own or bool(self.action.retired_at) != self.retired:
            raise Http404
        return True

    def attempt(self, version: int) -> str:
        """Do what the view is for, and say so. Raises DomainError."""
        raise NotImplementedError

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            told = self.attempt(form.cleaned_data["version"])
        except Conflict:
            sentence = f"L’action {number} vient d’être changée par quelqu’un d’autre. La voici comme elle est."
            return self.page(refused=sentence, status=409)
        except DomainError as error:
            return self.page(refused=str(error), status=422)
        if request.htmx:
            return self.page(told=told)
        messages.success(request, told)
        return redirect(f"{reverse('checklist_own', args=[slug])}#p{number}")


class MoveView(OwnActionView):
    """Up or down by one place in its group."""

    permission_required = MANAGE

    def attempt(self, version: int) -> str:
        up = self.request.POST.get("vers") != "bas"
        action = services.move_own_action(action=self.action, version=version, up=up)
        return presentation.place(action, selectors.place_of(action))


class RetireView(OwnActionView):
    """Out of the checklist, not out of memory."""

    permission_required = MANAGE

    def attempt(self, version: int) -> str:
        services.retire_own_action(action=self.action, version=version)
        return french.typography(f"L’action {self.action.number} est retirée : « Remettre » la rend à la checklist.")


class RestoreView(OwnActionView):
    """Back in the checklist, as it was."""

    permission_required = MANAGE
    writes_retired = True
    retired = True

    def attempt(self, version: int) -> str:
        services.restore_own_action(action=self.action, version=version)
        return f"L’action {self.action.number} est remise dans la checklist."


class EditView(OwnActionView):
    """Its wording."""

    permission_required = MANAGE

    def get(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        fields = ("label", "objective", "version")
        return self.show(OwnActionForm(initial={name: getattr(self.action, name) for name in fields}))

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = OwnActionForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            services.edit_own_action(action=self.action, **form.cleaned_data)
        except Conflict as conflict:
            # What was typed stays in the form, which is now about the version that stands, shown beside it.
            form.data = {**form.data.dict(), "version": str(conflict.current.version)}
            return self.show(form, theirs=conflict.current, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, status=422)
        messages.success(request, f"L’action {number} est enregistrée.")
        return redirect("checklist_action", slug, number)

    def show(self, form: OwnActionForm, *, theirs: Action | None = None, status: int = 200) -> HttpResponse:
        view = presentation.own_action(
            self.action.group, self.project, what=f"Action {self.action.number}", back_url=self.address()
        )
        who = selectors.latest_writer(theirs).who if theirs else ""
        context = {"form": form, "view": view, "action": self.action, "theirs": theirs, "who": who}
        return render(self.request, "checklist/own_action_edit.html", context, status=status)
