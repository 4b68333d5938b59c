"""What the pages of risks share: the same page stands in a structure and in the project."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from common import french
from organisations.enums import Permission
from organisations.tenancy import EsmsView, ProjectView, TenantView
from risks.models import Assessment
from risks.places import Place
from risks.rights import Rights, rights_in
from risks.selectors import assessments

READ = (Permission.VIEW_STRUCTURES,)
FILL = (Permission.FILL_STRUCTURES,)
VALIDATE = (Permission.VALIDATE_STRUCTURES,)
LEAD = (Permission.MANAGE_RISKS,)
REGISTER = (Permission.VIEW_RISKS,)


class PlaceView(TenantView, abstract=True):
    """A page about the risks of one place. Pages are written once over this; `InStructure` and `InProject` put each at
    its address, with its permission."""

    @cached_property
    def place(self) -> Place:
        raise NotImplementedError

    @cached_property
    def rights(self) -> Rights:
        return rights_in(self.place, self.request.access)

    @cached_property
    def found(self) -> Assessment | None:
        """What the place works on, or worked on last."""
        return assessments.latest(self.place)

    @property
    def assessment(self) -> Assessment:
        """404 while nothing was asked of the place."""
        if self.found is None:
            raise Http404
        return self.found

    @property
    def campaign_number(self) -> int | None:
        """Of the campaign that the address asks for, if it does; 404 for what is no number."""
        asked = self.request.GET.get("campagne", "")
        if not asked:
            return None
        if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
            raise Http404
        return int(asked)

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        shared = {"place": self.place, "esms": self.place.esms, "rights": self.rights}
        return render(self.request, template, {**shared, **context}, status=status)

    def told(self, words: str, url: str, *, undo_url: str = "") -> HttpResponse:
        messages.success(self.request, french.typography(words), extra_tags=undo_url)
        return redirect(url)


class InStructure(EsmsView, PlaceView, abstract=True):
    """Such a page in a structure."""

    @cached_property
    def place(self) -> Place:
        return Place(self.project, self.esms)


class InProject(ProjectView, PlaceView, abstract=True):
    """Such a page in the project."""

    @cached_property
    def place(self) -> Place:
        return Place(self.project)
