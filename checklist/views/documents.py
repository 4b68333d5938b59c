"""The documents put beside an action."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from checklist import services
from checklist.forms import DocumentForm
from checklist.models import ActionDocument
from checklist.views.action import PostedView
from checklist.views.base import COMMENT, READ, ActionView
from common.errors import DomainError
from common.uploads import limit, too_large


class AddDocumentView(PostedView):
    """Put a document or a link beside an action."""

    permission_required = COMMENT

    def post(self, request: HttpRequest, slug: str, number: str) -> HttpResponse:
        form = DocumentForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", f"Ce document dépasse {limit()}.")
        elif form.is_valid():
            try:
                services.add_document(action=self.action, user=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                return redirect(self.address("documents"))
        return self.show(document_form=form, status=422)


class ActionDocumentView(ActionView):
    """A document beside an action, always as a download."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: str, document_id: uuid.UUID) -> FileResponse:
        files = ActionDocument.objects.filter(action=self.action, removed_at=None).exclude(file_name="")
        document = get_object_or_404(files, pk=document_id)
        return FileResponse(document.file.open("rb"), as_attachment=True, filename=document.file_name)


class RemoveDocumentView(ActionView):
    """Take a document off the action or, with `undo`, put it back: who put it there, or who manages."""

    permission_required = COMMENT

    def post(self, request: HttpRequest, slug: str, number: str, document_id: uuid.UUID) -> HttpResponse:
        document = get_object_or_404(ActionDocument, action=self.action, pk=document_id)
        if not (self.rights.manages or document.added_by_id == request.user.pk):
            raise PermissionDenied
        if "undo" in request.POST:
            services.restore_document(document=document)
        else:
            services.remove_document(document=document)
        return redirect(self.address("documents"))
