"""The documents of all structures, and what the project lead asks of them."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common.errors import DomainError
from common.french import typography
from common.ids import new_id
from organisations.enums import Permission
from organisations.selectors import follows, structures_followed
from organisations.tenancy import ProjectView
from structures.enums.documents import DocumentKind
from structures.forms.documents import RequestForm
from structures.models import DocumentRequest
from structures.presentation import document_follow_up as presentation
from structures.rights import coordinates
from structures.selectors.documents import follow_up
from structures.services import document_requests as services

PAGE_SIZE = 40


def read_filters(query: QueryDict) -> presentation.Filters:
    """The filters that the URL asks for. One that means nothing is left out."""
    kind = query.get("type", "")
    return presentation.Filters(
        og=query.get("og", ""),
        kind=kind if kind in DocumentKind.values else "",
        waiting=query.get("voir") == "attendus",
    )


class FollowUpView(ProjectView):
    """Structures × types of documents: the lead and the DPD read them all, a director of an OG their own."""

    permission_required = (Permission.VIEW_PROJECT,)

    def has_permission(self) -> bool:
        return super().has_permission() and follows(
            self.project, self.request.access, Permission.VIEW_STRUCTURE_DOCUMENTS
        )

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, today = read_filters(request.GET), timezone.localdate()
        structures = structures_followed(self.project, request.access, Permission.VIEW_STRUCTURE_DOCUMENTS)
        found = follow_up(self.project, structures, today)
        page = Paginator(presentation.narrowed(found, filters), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "view": presentation.follow_up(found, self.project, filters, today),
            "table": presentation.table(found, page.object_list, self.project, filters),
            "page": page,
            "coordinates": coordinates(self.project, request.access),
            "structures": len(structures),
        }
        return render(request, "structures/documents/follow_up.html", context)


class AskView(ProjectView):
    """Ask structures for documents."""

    permission_required = (Permission.COORDINATE_STRUCTURES,)

    def form(self, data: Any = None) -> RequestForm:
        structures = structures_followed(self.project, self.request.access)
        return RequestForm(data, structures=structures, initial={"token": new_id(), "whom": "all"})

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                services.request_documents(
                    project=self.project,
                    structures=form.asked(),
                    kinds=[DocumentKind(kind) for kind in given["kinds"]],
                    due_on=given["due_on"],
                    message=given["message"],
                    user=request.user,
                    token=given["token"],
                )
            except DomainError as error:
                form.add_error(error.field, typography(str(error)))
            else:
                messages.success(request, typography("C’est demandé : chaque structure le voit sur sa page d’accueil."))
                return redirect("document_follow_up", slug)
        return self.show(form, status=422)

    def show(self, form: RequestForm, *, status: int = 200) -> HttpResponse:
        crumbs = presentation.crumbs(self.project, "Demander des documents")
        return render(self.request, "structures/documents/ask.html", {"form": form, "crumbs": crumbs}, status=status)


class WithdrawView(ProjectView):
    """Ask no more or, with `undo`, ask again."""

    permission_required = (Permission.COORDINATE_STRUCTURES,)

    def post(self, request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
        asked = get_object_or_404(DocumentRequest, project=self.project, pk=request_id)
        if "undo" in request.POST:
            services.restore_request(request=asked)
            messages.success(request, "La demande est remise.")
        else:
            services.withdraw_request(request=asked)
            undo = reverse("document_request_withdraw", args=[slug, request_id])
            told = "La demande est retirée : les structures ne la voient plus. Leurs réponses restent."
            messages.success(request, typography(told), extra_tags=undo)
        return redirect("document_follow_up", slug)
