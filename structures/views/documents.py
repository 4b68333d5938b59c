"""The documentary base of a structure."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from common import french, history
from common.errors import Conflict, DomainError
from common.ids import new_id
from common.uploads import limit, too_large
from organisations.enums import Permission
from structures.enums.documents import DocumentKind
from structures.forms.documents import AbsenceForm, ContentForm, DocumentForm, SheetForm
from structures.models import DocumentVersion, StructureDocument
from structures.presentation import documents as presentation
from structures.presentation.differences import Difference, differences
from structures.selectors import documents as selectors
from structures.services import documents as services
from structures.views.base import WorkView

READ = (Permission.VIEW_STRUCTURES, Permission.VIEW_STRUCTURE_DOCUMENTS)
FILL = (Permission.FILL_STRUCTURES,)


class DocumentsView(WorkView, abstract=True):
    """A page of the documents of a structure, which the DPD reads too."""

    visible_with = READ

    def show_base(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        view = presentation.base(selectors.read_base(self.esms), self.esms, self.rights, timezone.localdate())
        return self.page("structures/documents/base.html", {"view": view, "refused": refused}, status=status)

    def to_base(self, told: str, undo_url: str = "") -> HttpResponse:
        messages.success(self.request, french.typography(told), extra_tags=undo_url)
        return redirect("document_base", self.project.slug, self.esms.slug)

    def address(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.project.slug, self.esms.slug, *more])


class BaseView(DocumentsView):
    """What the structure holds, lacks and is asked for."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show_base()


class AddView(DocumentsView):
    """Deposit a document."""

    permission_required = FILL

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        kind = request.GET.get("type", "")
        initial = {"token": new_id(), "kind": kind if kind in DocumentKind.values else ""}
        return self.show(DocumentForm(initial=initial))

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = DocumentForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce fichier dépasse {limit()}.")
        elif form.is_valid():
            given = {**form.cleaned_data, "kind": DocumentKind(form.cleaned_data["kind"])}
            try:
                document = services.add_document(esms=self.esms, user=request.user, **given)
            except DomainError as error:
                form.add_error(error.field, french.typography(str(error)))
            else:
                return self.to_base(f"« {document.title} » est dans la base.")
        return self.show(form, status=422)

    def show(self, form: DocumentForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "crumbs": presentation.crumbs(self.esms, self.rights, ("Déposer un document", ""))}
        return self.page("structures/documents/add.html", context, status=status)


class AbsenceView(DocumentsView):
    """« N’existe pas », or no longer so with `undo`."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = AbsenceForm(request.POST)
        kind = request.GET.get("type", "")
        if "undo" in request.POST and kind in DocumentKind.values:
            services.take_back_absence(esms=self.esms, kind=DocumentKind(kind))
            return self.to_base(f"« {DocumentKind(kind).label} » n’est plus signalé absent.")
        if not form.is_valid():
            return self.show_base(refused="Choisissez un type de document de la liste.", status=422)
        kind = DocumentKind(form.cleaned_data["kind"])
        try:
            services.tell_absent(esms=self.esms, kind=kind, user=request.user, word=form.cleaned_data["word"])
        except DomainError as error:
            return self.show_base(refused=str(error), status=422)
        undo = f"{self.address('document_absence')}?type={kind.value}"
        return self.to_base(f"C’est noté : « {kind.label} » n’existe pas. C’est une réponse.", undo)


class OneDocumentView(DocumentsView, abstract=True):
    """A view of one document, from `document_id` in the URL. One taken out is only found to be put back."""

    def find(self, *, removed: bool = False) -> StructureDocument:
        rows = StructureDocument.objects.filter(esms=self.esms)
        return get_object_or_404(rows if removed else rows.filter(removed_at=None), pk=self.kwargs["document_id"])

    def show(
        self,
        *,
        sheet: SheetForm | None = None,
        content: ContentForm | None = None,
        changed: list[Difference] | None = None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        rows = StructureDocument.objects.filter(esms=self.esms, pk=self.kwargs["document_id"], removed_at=None)
        item = next(iter(selectors.held(rows.select_related("added_by"))), None)
        if item is None:
            raise Http404
        document, latest = item.document, item.latest
        entries = history.entries(document, ["kind", "title", "place", "removed_at"])
        fills = self.rights.fills
        initial = {
            **{name: getattr(document, name) for name in ("kind", "title", "place", "version")},
            "dated_on": latest.dated_on,
            "valid_until": latest.valid_until,
        }
        context = {
            "view": presentation.document(item, self.esms, self.rights, entries, timezone.localdate()),
            "document": document,
            "sheet": (sheet or SheetForm(initial=initial, auto_id="fiche-%s")) if fills else None,
            "sheet_open": sheet is not None,
            "content": (content or ContentForm(initial={"token": new_id()})) if fills else None,
            "differences": changed or [],
            "refused": refused,
        }
        return self.page("structures/documents/document.html", context, status=status)


class DocumentView(OneDocumentView):
    """One document: what it is, its versions; corrected by who fills."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, document_id: uuid.UUID) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, esms_slug: str, document_id: uuid.UUID) -> HttpResponse:
        if not self.rights.fills:
            raise PermissionDenied
        document = self.find()
        form = SheetForm(request.POST, auto_id="fiche-%s")
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.show(sheet=form, status=422)
        given = {**form.cleaned_data, "kind": DocumentKind(form.cleaned_data["kind"])}
        try:
            services.edit_document(document=document, **given)
        except Conflict as conflict:
            return self.conflict(conflict.current, given)
        except DomainError as error:
            form.add_error(error.field, french.typography(str(error)))
            return self.show(sheet=form, status=422)
        messages.success(request, "C’est enregistré.")
        return redirect("document", slug, esms_slug, document_id)

    def conflict(self, current: StructureDocument, typed: dict[str, Any]) -> HttpResponse:
        latest = current.versions.filter(removed_at=None).order_by("-number")[0]
        mine = SheetForm(initial={**typed, "version": current.version}, auto_id="fiche-%s")
        changed = differences(
            SheetForm,
            lambda name: getattr(latest if name in {"dated_on", "valid_until"} else current, name),
            typed,
            presentation.in_words,
        )
        return self.show(sheet=mine, changed=changed, status=409)


class NewVersionView(OneDocumentView):
    """Put a new version on top."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, document_id: uuid.UUID) -> HttpResponse:
        document = self.find()
        form = ContentForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce fichier dépasse {limit()}.")
        elif form.is_valid():
            try:
                services.deposit_version(document=document, esms=self.esms, user=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, french.typography(str(error)))
            else:
                messages.success(
                    request, french.typography("La nouvelle version est sur le dessus ; l’ancienne reste.")
                )
                return redirect("document", slug, esms_slug, document_id)
        return self.show(content=form, status=422)


class FileView(OneDocumentView):
    """What one version holds, always as a download."""

    permission_required = READ

    def get(
        self, request: HttpRequest, slug: str, esms_slug: str, document_id: uuid.UUID, version_id: uuid.UUID
    ) -> FileResponse:
        files = DocumentVersion.objects.filter(document=self.find(), removed_at=None).exclude(file_name="")
        version = get_object_or_404(files, pk=version_id)
        return FileResponse(version.file.open("rb"), as_attachment=True, filename=version.file_name)


class RemoveView(OneDocumentView):
    """Out of the base or, with `undo`, back in it."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, document_id: uuid.UUID) -> HttpResponse:
        document = self.find(removed=True)
        if "undo" in request.POST:
            services.restore_document(document=document)
            return self.to_base(f"« {document.title} » est remis dans la base.")
        services.remove_document(document=document)
        return self.to_base(
            f"« {document.title} » est retiré de la base.", self.address("document_remove", document_id)
        )


class RemoveVersionView(OneDocumentView):
    """One version out, or back with `undo`."""

    permission_required = FILL

    def post(
        self, request: HttpRequest, slug: str, esms_slug: str, document_id: uuid.UUID, version_id: uuid.UUID
    ) -> HttpResponse:
        document = self.find()
        version = get_object_or_404(DocumentVersion, document=document, pk=version_id)
        if "undo" in request.POST:
            services.restore_version(version=version)
            messages.success(request, f"La version {version.number} est remise.")
            return redirect("document", slug, esms_slug, document_id)
        try:
            services.remove_version(document=document, version=version)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        undo = self.address("document_version_remove", document_id, version_id)
        messages.success(request, f"La version {version.number} est retirée.", extra_tags=undo)
        return redirect("document", slug, esms_slug, document_id)
