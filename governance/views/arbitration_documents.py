"""The documents of the file of an arbitration: added, downloaded, taken out and put back."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from common import french
from common.errors import DomainError
from common.uploads import limit, too_large
from governance.forms.arbitrations import DocumentForm
from governance.models import ArbitrationDocument
from governance.services import arbitration_documents as services
from governance.views.arbitrations import TAKES_PART, ArbitrationView, WritingView


class AddDocumentView(WritingView):
    """Put a document or a link in the file."""

    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        form = DocumentForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce document dépasse {limit()}.")
        elif form.is_valid():
            try:
                services.add_document(arbitration=self.arbitration, user=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                messages.success(request, "Le document est dans le dossier.")
                return redirect(f"{self.address('arbitration_edit')}#documents")
        return self.write(document_form=form, status=422)


class DocumentView(ArbitrationView):
    """A document of the file, always as a download."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str, year: int, number: int, document_id: uuid.UUID) -> FileResponse:
        files = ArbitrationDocument.objects.filter(arbitration=self.arbitration).exclude(file_name="")
        document = get_object_or_404(files, pk=document_id)
        return FileResponse(document.file.open("rb"), as_attachment=True, filename=document.file_name)


class RemoveDocumentView(WritingView):
    """Out of the file or, with `undo`, back in it."""

    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, year: int, number: int, document_id: uuid.UUID) -> HttpResponse:
        try:
            told, undo_url = self.attempt(document_id)
        except DomainError as error:
            return self.write(refused=str(error), status=422)
        messages.success(request, french.typography(told), extra_tags=undo_url)
        return redirect(f"{self.address('arbitration_edit')}#documents")

    def attempt(self, document_id: uuid.UUID) -> tuple[str, str]:
        if "undo" in self.request.POST:
            document = services.restore_document(arbitration=self.arbitration, document_id=document_id)
            return f"« {document.label} » est remis dans le dossier.", ""
        document = get_object_or_404(ArbitrationDocument, arbitration=self.arbitration, pk=document_id)
        document.arbitration = self.arbitration
        services.remove_document(document=document)
        arguments = [self.project.slug, self.arbitration.year, self.arbitration.number, document_id]
        return f"« {document.label} » est retiré du dossier.", reverse("arbitration_document_remove", args=arguments)
