"""The indicators of a project as a whole: by structure, of an OG, or totals alone, according to who reads."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from common import french
from common.ui import Link
from indicators.enums import CollectedAt, Frequency
from indicators.families import Family, families
from indicators.forms.dashboards import Asked, Filters, offered, read_asked, read_family, read_filters, read_frequency
from indicators.periods import Period
from indicators.presentation import dashboards as presentation
from indicators.presentation.dashboards import Reader
from indicators.presentation.tabs import of_project as tabs
from indicators.selectors.campaigns import Reporting, reporting
from indicators.selectors.dashboards import Board, Structures, read_board, structures_read, waves_among
from indicators.selectors.definitions import Followed, at_frequency, followed
from indicators.selectors.wholes import whole_board, whole_reporting
from indicators.views.base import IndicatorPage
from organisations.enums import Level, Permission, Phase
from organisations.models import ESMS

PAGE_SIZE = 50
BACK = 24  # periods in which the latest given is looked for
IN_USE = {Phase.PILOT, Phase.ROLLOUT, Phase.USAGE, Phase.ROUTINE}


class DashboardPage(IndicatorPage, abstract=True):
    """What the dashboard, the page of one indicator and their files share: who reads what of which period."""

    permission_required = (Permission.VIEW_PROJECT,)

    def has_permission(self) -> bool:
        return super().has_permission() and self.reader is not None

    @cached_property
    def reader(self) -> Reader | None:
        if self.rights.everywhere:
            return Reader.EVERYWHERE
        if self.project.directs_og:
            return Reader.OG
        if self.rights.totals:
            return Reader.TOTALS
        return Reader.TICKETS if self.rights.tickets else None

    @cached_property
    def everything(self) -> list[Followed]:
        """What this person may read of what the project follows."""
        found = followed(self.project)
        if self.reader is Reader.TICKETS:
            return [one for one in found if one.definition.about_tickets]
        if self.reader is Reader.OG:
            return [one for one in found if one.definition.collected_at == CollectedAt.ESMS]
        return found

    @cached_property
    def frequencies(self) -> list[Frequency]:
        there = {one.definition.frequency for one in self.everything}
        return [one for one in presentation.OFTEN if one in there]

    @cached_property
    def asked(self) -> Asked:
        """404 for a period that is none."""
        try:
            return read_asked(self.request.GET, self.frequency, self.latest)
        except ValueError as error:
            raise Http404 from error

    @cached_property
    def frequency(self) -> Frequency:
        try:
            return read_frequency(self.request.GET, self.frequencies)
        except ValueError as error:
            raise Http404 from error

    def latest(self, until: Period) -> Period:
        """The last period, until this one, for which some statement was given."""
        given = [period for period, one in self.reports.items() if one.received and period <= until]
        return max(given, default=until)

    @cached_property
    def reports(self) -> Mapping[Period, Reporting]:
        """Statements of the periods of this page; the vendor is told of none."""
        if self.reader is Reader.TICKETS:
            return {}
        code = self.request.GET.get("periode")
        periods = self.asked.period.last() if code else Period.of(self.frequency, french.today()).last(BACK)
        return reporting(self.project, periods) if self.reader_by_structure else whole_reporting(self.project, periods)

    @property
    def reader_by_structure(self) -> bool:
        return self.reader is not None and self.reader.by_structure

    @cached_property
    def structures(self) -> Structures:
        """Those that are read one by one; none for who reads totals."""
        if not self.reader_by_structure:
            return Structures()
        return structures_read(self.project, self.request.access, self.asked.period)

    @cached_property
    def filters(self) -> Filters:
        found = read_filters(self.request.GET, self.structures.read, waves_among(self.structures.read))
        if self.reader_by_structure and not found.known:
            raise Http404
        return found

    @cached_property
    def kept(self) -> list[ESMS]:
        return [esms for esms in self.structures.read if self.filters.keeps(esms)]

    @property
    def places(self) -> list[UUID] | None:
        """The structures to add; None for all those of the project, and itself."""
        if self.reader is Reader.EVERYWHERE and not self.filters.parameters:
            return None
        return [esms.pk for esms in self.kept]

    def board(self, found: Sequence[Followed]) -> Board:
        asked = self.asked
        if self.reader_by_structure:
            return read_board(self.project, found, asked.period, asked.compared, self.kept, places=self.places)
        return whole_board(self.project, found, asked.period, asked.compared, self.known)

    @property
    def known(self) -> set[UUID]:
        """The structures that a reader of totals reads elsewhere."""
        return {UUID(key) for key in self.request.access.ids_with(Level.ESMS, Permission.VIEW_STRUCTURES)}

    @cached_property
    def families(self) -> list[Family]:
        return families(at_frequency(self.everything, self.frequency))

    @cached_property
    def family(self) -> Family | None:
        first = "usage" if self.project.phase in IN_USE else "deploiement"
        try:
            return read_family(self.request.GET, self.families, first=first)
        except ValueError as error:
            raise Http404 from error

    def address(self, **changes: str) -> str:
        """This page with other parameters; an empty one goes."""
        given = {**self.request.GET.dict(), **changes}
        given.pop("page", None)
        return f"{self.request.path}?{urlencode({name: value for name, value in given.items() if value})}"

    def choices(self) -> dict[str, Any]:
        """What the form above a dashboard offers."""
        return {
            "asked": self.asked,
            "periods": offered(self.asked),
            "filters": self.filters,
            "this_page": self.request.path,
            "frequencies": [
                Link(presentation.OFTEN[one], self._at(one), current=one == self.frequency) for one in self.frequencies
            ],
        }

    def _at(self, frequency: Frequency) -> str:
        """This page over the last period of another frequency."""
        period = Period.of(frequency, french.today()).previous
        return self.address(periode=period.code, comparee="", famille="")


class DashboardView(DashboardPage):
    def get(self, request: HttpRequest, slug: str, **more: str) -> HttpResponse:
        assert self.reader is not None  # noqa: S101  has_permission
        family = self.family
        board = self.board(family.members if family else [])
        missing = [esms for esms in self.kept if esms.pk in self.structures.awaited]
        page = Paginator(self.kept, PAGE_SIZE).get_page(request.GET.get("page"))
        view = presentation.page(board, self.reader, family, self.reports, missing, list(page.object_list))
        context = {
            "view": view,
            "page": page,
            "tabs": tabs(self.project, self.rights, "indicators"),
            "families": [
                Link(one.label, self.address(famille=one.code), current=one == family, count=len(one.members))
                for one in self.families
            ],
            "family": family,
            "query": request.GET.urlencode(),
            **self.choices(),
        }
        return self.page("indicators/dashboards/project.html", context)
