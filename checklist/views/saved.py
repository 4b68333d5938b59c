"""The filters that a person keeps under a name."""

import uuid
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from checklist import presentation, services
from checklist.forms import SaveViewForm, read_filters
from checklist.models import SavedView
from checklist.views.base import READ
from checklist.views.page import PageView
from common.errors import DomainError


class SaveViewView(PageView):
    """Keep the filters of the URL."""

    permission_required = READ

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, _ = read_filters(request.GET)
        form = SaveViewForm(request.POST)
        if form.is_valid():
            try:
                services.save_view(
                    project=self.project,
                    user=request.user,
                    name=form.cleaned_data["name"],
                    query=urlencode(filters.parameters()),
                )
            except DomainError as error:
                form.add_error("name", str(error))
        if form.errors:
            return self.show(naming=form, status=422)
        return redirect(presentation.page_url(self.project, filters))


class RemoveViewView(PageView):
    permission_required = READ

    def post(self, request: HttpRequest, slug: str, view_id: uuid.UUID) -> HttpResponse:
        view = get_object_or_404(SavedView, project=self.project, user=request.user, pk=view_id)
        services.remove_view(view=view)
        filters, _ = read_filters(request.GET)
        return redirect(presentation.page_url(self.project, filters))
