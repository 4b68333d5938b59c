"""The pathways of all structures side by side, and the reminders of the project lead."""

import uuid
from functools import cached_property

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse

from common import french
from common.errors import DomainError
from common.ids import new_id
from organisations.enums import Permission
from organisations.models import ESMS
from organisations.tenancy import ProjectView
from structures.aggregates import pathway_totals
from structures.forms.pathway import RemindForm, read_follow_up
from structures.presentation.pathway import follow_up as presentation
from structures.selectors.pathway import Board, boards_of
from structures.selectors.reminders import last_reminders
from structures.services.reminders import Sent, remind, take_back

COORDINATE = (Permission.COORDINATE_STRUCTURES,)
PAGE_SIZE = 60


class FollowUpView(ProjectView):
    """The structures that the reader may read; for who reads none but the whole, totals."""

    permission_required = (Permission.VIEW_PROJECT,)

    def has_permission(self) -> bool:
        reads = bool(self.structures) or self.request.access.in_project(
            self.project, Permission.VIEW_STRUCTURES, Permission.VIEW_STRUCTURE_AGGREGATES
        )
        return super().has_permission() and reads

    @cached_property
    def structures(self) -> list[ESMS]:
        found = ESMS.objects.filter(project=self.project).select_related("og", "wave").order_by("name", "pk")
        readable = [esms for esms in found if self.request.access.in_esms(esms, Permission.VIEW_STRUCTURES)]
        for esms in readable:
            esms.project = self.project
        return readable

    @property
    def coordinates(self) -> bool:
        return self.request.access.in_project(self.project, *COORDINATE)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not self.structures and not request.access.in_project(self.project, Permission.VIEW_STRUCTURES):
            view = presentation.totals_view(self.project, pathway_totals(self.project))
            return render(request, "structures/pathway/totals.html", {"view": view})
        return self.show(RemindForm(initial={"token": new_id()}))

    def show(self, form: RemindForm, *, refused: str = "", status: int = 200) -> HttpResponse:
        filters = read_follow_up(self.request.GET)
        boards = boards_of(self.structures)
        kept = presentation.narrowed(boards, filters)
        page = Paginator(kept, PAGE_SIZE).get_page(filters.page)
        view = presentation.follow_up_view(
            self.project,
            boards,
            kept,
            list(page),
            last_reminders(self.structures),
            filters,
            coordinates=self.coordinates,
        )
        context = {"view": view, "page": page, "form": form, "refused": refused, "coordinates": self.coordinates}
        return render(self.request, "structures/pathway/follow_up.html", context, status=status)


class RemindView(FollowUpView):
    """Remind one structure (`structure`), or all that are late under the filters of the page."""

    permission_required = COORDINATE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return redirect("pathway_follow_up", slug)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = RemindForm(request.POST)
        if not form.is_valid():
            if "token" in form.errors:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.show(form, status=422)
        boards = self.asked(request.POST.get("structure", ""))
        try:
            sent = remind(
                about={board.esms: presentation.about(board) for board in boards},
                user=request.user,
                **form.cleaned_data,
            )
        except DomainError as error:
            return self.show(form, refused=str(error), status=422)
        undo = reverse("pathway_remind_undo", args=[slug, form.cleaned_data["token"]]) if sent.reminded else ""
        level = messages.success if sent.reminded else messages.warning
        level(request, french.typography(told(sent)), extra_tags=undo)
        query = request.GET.urlencode()
        return redirect(reverse("pathway_follow_up", args=[slug]) + (f"?{query}" if query else ""))

    def asked(self, structure: str) -> list[Board]:
        boards = boards_of(self.structures)
        if structure:
            return [board for board in boards if board.esms.slug == structure]
        kept = presentation.narrowed(boards, read_follow_up(self.request.GET))
        return presentation.to_remind(kept, last_reminders(self.structures))


class RemindUndoView(ProjectView):
    """Take back the reminders of one form, on the same day."""

    permission_required = COORDINATE

    def post(self, request: HttpRequest, slug: str, token: uuid.UUID) -> HttpResponse:
        try:
            count, left = take_back(project=self.project, token=token, user=request.user)
        except DomainError as error:
            messages.warning(request, french.typography(str(error)))
        else:
            words = french.counted(count, "relance est reprise", "relances sont reprises", feminine=True)
            mails = french.counted(left, "courriel était déjà parti", "courriels étaient déjà partis")
            messages.success(request, french.typography(f"{french.capital(words)}{f' ; {mails}' if left else ''}."))
        return redirect("pathway_follow_up", slug)


def told(sent: Sent) -> str:
    """« Trois structures sont relancées. Le SSIAD l’a déjà été aujourd’hui. »"""
    parts = []
    if len(sent.reminded) == 1:
        parts.append(f"{sent.reminded[0].name} est relancée : sa direction et ses référents reçoivent un courriel.")
    elif sent.reminded:
        count = french.capital(french.counted(len(sent.reminded), "structure", "structures", feminine=True))
        parts.append(f"{count} sont relancées : leurs directions et leurs référents reçoivent un courriel.")
    if sent.already:
        names = french.listed([esms.name for esms in sent.already])
        parts.append(f"Déjà {french.agree(len(sent.already), 'relancée', 'relancées')} aujourd’hui : {names}.")
    if sent.empty:
        names = french.listed([esms.name for esms in sent.empty])
        parts.append(f"Personne n’a encore de rôle ici : {names}. Nommez d’abord la direction.")
    return " ".join(parts)
