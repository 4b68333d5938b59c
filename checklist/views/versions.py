"""A new version of the ANAP's checklist: read what it changes, take it, go back."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from checklist import presentation, selectors, services
from checklist.models import Checklist, Snapshot
from checklist.views.base import MANAGE
from common.errors import DomainError
from organisations.tenancy import ProjectView


class VersionsView(ProjectView):
    """What the newest version would change; the versions taken before."""

    permission_required = MANAGE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        newer = selectors.newer_version(self.project)
        if newer is None:
            messages.info(request, "La checklist suit déjà la dernière version.")
            return redirect("checklist_versions", slug)
        try:
            services.take_version(
                project=self.project, catalogue=newer, seen=request.POST.get("seen", ""), user=request.user
            )
        except DomainError as error:
            return self.show(refused=str(error), status=409)
        messages.success(request, f"La checklist suit maintenant la version {newer.version}.")
        return redirect("checklist_versions", slug)

    def show(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        get_object_or_404(Checklist, project=self.project)
        followed = selectors.followed_version(self.project)
        newer = selectors.newer_version(self.project)
        plan = selectors.plan_of_taking(self.project, followed, newer) if newer else None
        view = presentation.versions(self.project, followed, newer, plan, selectors.snapshots_of(self.project))
        return render(self.request, "checklist/versions.html", {"view": view, "refused": refused}, status=status)


class RestoreView(ProjectView):
    """Back to before a merge."""

    permission_required = MANAGE

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        snapshots = Snapshot.objects.select_related("before", "after")
        self.snapshot = get_object_or_404(snapshots, project=self.project, pk=self.kwargs["snapshot_id"])
        self.snapshot.project = self.project
        return True

    def get(self, request: HttpRequest, slug: str, snapshot_id: uuid.UUID) -> HttpResponse:
        followed = selectors.followed_version(self.project)
        if self.snapshot.restored_at or followed.pk != self.snapshot.after_id:
            return redirect("checklist_versions", slug)  # nothing to undo: the page says what became of it
        return self.show()

    def post(self, request: HttpRequest, slug: str, snapshot_id: uuid.UUID) -> HttpResponse:
        try:
            services.restore_version(snapshot=self.snapshot, seen=request.POST.get("seen", ""), user=request.user)
        except DomainError as error:
            return self.show(refused=str(error), status=409)
        messages.success(request, f"La checklist suit à nouveau la version {self.snapshot.before.version}.")
        return redirect("checklist_versions", slug)

    def show(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        view = presentation.restoring(self.project, self.snapshot, selectors.plan_of_restoring(self.snapshot))
        return render(self.request, "checklist/versions.html", {"view": view, "refused": refused}, status=status)
