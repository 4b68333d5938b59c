"""The first page of a structure: where it stands, and what is asked of it."""

from django.http import HttpRequest, HttpResponse

from organisations.enums import Permission
from structures.views.base import WorkView


class HomeView(WorkView):
    permission_required = (Permission.VIEW_STRUCTURES,)

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.page("structures/home.html", {})
