"""What the pages of a structure's work share."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from organisations.tenancy import EsmsView
from structures.rights import Rights, rights_in


class WorkView(EsmsView, abstract=True):
    """A page of one structure's work."""

    @cached_property
    def rights(self) -> Rights:
        return rights_in(self.esms, self.request.access)

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return render(self.request, template, {"esms": self.esms, "rights": self.rights, **context}, status=status)
