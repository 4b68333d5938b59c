"""The filters that a person keeps under a name."""

import uuid
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from checklist.forms import read_filters
from checklist.forms_page import SaveViewForm
from checklist.models import SavedView
from checklist.services import saved
from checklist.views.base import READ
from checklist.views.page import PageView
from common.errors import DomainError


class SaveViewView(PageView):
    """Keep the filters of the URL."""

    permission_required = READ

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, _ = read_filters(request.GET)
        query = urlencode(filters.parameters())
        form = SaveViewForm(request.POST)
        if form.is_valid():
            try:
                saved.save_view(project=self.project, user=request.user, name=form.cleaned_data["name"], query=query)
            except DomainError as error:
                form.add_error("name", str(error))
        if form.errors:
            return self.show(naming=form, status=422)
        return redirect(f"{reverse('checklist', args=[slug])}?{query}")


class RemoveViewView(PageView):
    permission_required = READ

    def post(self, request: HttpRequest, slug: str, view_id: uuid.UUID) -> HttpResponse:
        view = get_object_or_404(SavedView, project=self.project, user=request.user, pk=view_id)
        saved.remove_view(view=view)
        filters, _ = read_filters(request.GET)
        return redirect(f"{reverse('checklist', args=[slug])}?{urlencode(filters.parameters())}")
