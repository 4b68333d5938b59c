"""The page of the checklist."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from checklist import presentation, selectors
from checklist.enums import View
from checklist.forms import SaveViewForm, SelectionForm, read_filters
from checklist.presentation.bulk import Refused
from checklist.presentation.since import Landmark
from checklist.selectors import Filters
from checklist.views.base import CHANGE, READ
from common import french
from governance.enums import BodyKind
from governance.selectors import last_closed, latest_decision
from organisations.enums import Permission
from organisations.tenancy import ProjectView


class PageView(ProjectView, abstract=True):
    """What shows the page of the checklist, filtered by the URL: as it is read, or with what was refused."""

    def show(
        self,
        *,
        selection: SelectionForm | None = None,
        chosen: frozenset[UUID] = frozenset(),
        refused: Refused | None = None,
        naming: SaveViewForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """`selection`: what to do with the actions `chosen`, when several are being chosen."""
        filters, known = read_filters(self.request.GET)
        user = self.request.user
        page = selectors.checklist_page(self.project, user, self.request.access, filters)
        if page.exists and filters.step is not None and page.step is None:
            known = False
            page = selectors.checklist_page(self.project, user, self.request.access, Filters())
        looks_back = page.filters.since is not None and page.rights.reads_decisions
        whole = selection is None and not page.filters.narrowed  # not busy with some of the actions
        saved = selectors.saved_views(self.project, user)
        context = {
            "page": page,
            "view": presentation.page(
                page,
                self.project,
                timezone.localdate(),
                saved=[(item, read_filters(QueryDict(item.query))[0]) for item in saved],
                landmark=self.landmark() if looks_back else None,
            ),
            "unknown": not known,
            "selection": selection,
            "chosen": chosen,
            "refused": refused,
            "naming": naming or SaveViewForm(),
            "appointees": self.appointees(page),
            "may_ask_reports": self.request.access.in_project(self.project, Permission.ASK_REPORTS),
            "newer": selectors.newer_version(self.project) if whole and page.rights.manages else None,
        }
        return render(self.request, "checklist/page.html", context, status=status)

    def landmark(self) -> Landmark | None:
        """What the COSTRAT last did: its last meeting, otherwise its last decision. Two queries at most."""
        if meeting := last_closed(self.project, BodyKind.COSTRAT):
            return Landmark("le dernier COSTRAT", french.day(meeting.starts_at))
        decision = latest_decision(self.project, BodyKind.COSTRAT)
        return Landmark("la dernière décision du COSTRAT", decision.decided_on) if decision else None

    def appointees(self, page: selectors.ChecklistPage) -> selectors.Appointees | None:
        """Who may be named on the actions shown, where each is given its Responsable by one choice."""
        names = page.rights.manages and page.filters.view == View.TO_NAME
        return selectors.appointees(self.project) if names else None

    def selection_form(self, data: QueryDict | None = None) -> SelectionForm:
        manages = self.request.access.in_project(self.project, Permission.CHANGE_CHECKLIST)
        return SelectionForm(data, project=self.project, manages=manages)

    def may_choose(self) -> bool:
        """Whether there may be actions that they change."""
        return self.request.access.in_project(self.project, *CHANGE)


class ChecklistView(PageView):
    """The checklist by step; `?choisir=oui` to choose several actions."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        choosing = request.GET.get("choisir") == "oui" and self.may_choose()
        return self.show(selection=self.selection_form() if choosing else None)
