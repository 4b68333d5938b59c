"""What the pages of governance share: the rights of the reader, and the tabs."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render

from governance.presentation.tabs import tabs
from governance.rights import Rights, rights_of
from organisations.tenancy import ProjectView


class GovernanceView(ProjectView, abstract=True):
    """A page of governance, under the tab whose URL name is `tab`."""

    tab: ClassVar[str] = "governance"

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user, self.project, self.request.access)

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        shared = {"tabs": tabs(self.project, self.rights, self.tab), "rights": self.rights}
        return render(self.request, template, {**shared, **context}, status=status)
