"""What the pages of indicators share."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from common import french
from indicators.periods import Period
from indicators.rights import Rights, rights_in
from organisations.enums import Permission
from organisations.tenancy import EsmsView, ProjectView

# Of a structure: its people, who is above it, and who reads the indicators of the whole project.
READ = (Permission.VIEW_STRUCTURES, Permission.VIEW_INDICATORS)
FILL = (Permission.FILL_STRUCTURES,)
VALIDATE = (Permission.VALIDATE_STRUCTURES,)
# Of the project.
EVERYWHERE = (Permission.VIEW_INDICATORS,)
TOTALS = (Permission.VIEW_INDICATOR_TOTALS, Permission.VIEW_TICKET_TOTALS)
DEFINE = (Permission.MANAGE_INDICATORS,)


def period_at(code: str) -> Period:
    """The period that an address names; 404 for what is none."""
    try:
        return Period.at(code)
    except ValueError as error:
        raise Http404 from error


class IndicatorPage(ProjectView, abstract=True):
    """A page of the project."""

    @cached_property
    def rights(self) -> Rights:
        return rights_in(self.project, self.request.access)

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return render(self.request, template, {"rights": self.rights, **context}, status=status)

    def told(self, words: str, url: str, *, undo_url: str = "") -> HttpResponse:
        messages.success(self.request, french.typography(words), extra_tags=undo_url)
        return redirect(url)


class StructurePage(IndicatorPage, EsmsView, abstract=True):
    """A page of one structure. Who reads the indicators of the whole project is told that it is there."""

    visible_with: ClassVar[tuple[Permission, ...]] = READ

    @cached_property
    def rights(self) -> Rights:
        return rights_in(self.project, self.request.access, self.esms)
