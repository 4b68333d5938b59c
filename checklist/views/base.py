"""What every page of the checklist stands on."""

from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from checklist import presentation
from checklist.models import Action
from checklist.rights import Rights, may_change, may_read, rights_in, with_letters
from organisations.enums import Permission
from organisations.tenancy import ProjectView

READ = (Permission.VIEW_CHECKLIST, Permission.VIEW_OWN_ACTIONS)
COMMENT = (Permission.COMMENT_CHECKLIST,)
CHANGE = (Permission.CHANGE_CHECKLIST, Permission.CHANGE_OWN_ACTIONS)
MANAGE = (Permission.CHANGE_CHECKLIST,)
SAFE = ("GET", "HEAD")


class ActionView(ProjectView, abstract=True):
    """A view of one action: `self.action`, from `number` in the URL; 404 when the person may not read it.

    A retired action is only read, except by views that say so (`writes_retired`).
    """

    writes_retired: ClassVar[bool] = False

    action: Action
    rights: Rights

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.rights = rights_in(self.project, self.request.user, self.request.access)
        actions = with_letters(Action.objects.select_related("group__step", "status_by", "decision"), self.request.user)
        self.action = get_object_or_404(actions, project=self.project, number=self.kwargs["number"])
        self.action.project = self.project
        if not may_read(self.rights, self.action):
            raise Http404
        if self.action.retired_at and not self.writes_retired:
            self.rights = self.rights.reading()
            return self.request.method in SAFE
        return True

    def check_may_change(self) -> None:
        """Raises PermissionDenied when the person may read this action but not change it."""
        if not may_change(self.rights, self.action):
            raise PermissionDenied

    def back(self) -> HttpResponse:
        """To the action on its page, for a browser without scripts."""
        return redirect(presentation.step_url(self.action, self.project))

    def address(self, place: str = "") -> str:
        """The page of the action; `place`: the part of it to show."""
        page = reverse("checklist_action", args=[self.project.slug, self.action.number])
        return f"{page}#{place}" if place else page
