"""Campaigns as they are followed: what was asked for, what came, from whom it is still awaited."""

import uuid
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from common import french
from indicators.aggregates import filled_lines
from indicators.enums import Frequency, StatementStatus
from indicators.models import Campaign, Collection, Statement
from indicators.periods import Period
from indicators.selectors.asked import asked_of
from indicators.selectors.definitions import Followed, followed, followed_in
from organisations.models import ESMS, Project

GIVEN = Q(status=StatementStatus.GIVEN)
# The day of Paris on which it was given at first, whatever was corrected since.
ON_TIME = GIVEN & Q(first_given_at__date__lte=F("campaign__due_on"))


@dataclass(frozen=True)
class Reporting:
    """What the structures that were asked gave for one period: `expected`, `received`, `on_time` of the latter."""

    expected: int = 0
    received: int = 0
    on_time: int = 0

    @property
    def late(self) -> int:
        """Received after the due day."""
        return self.received - self.on_time

    @property
    def missing(self) -> int:
        return self.expected - self.received


def reporting(project: Project, periods: Several[Period]) -> Mapping[Period, Reporting]:
    """By period, what is told of the statements that the reader may read; nothing of a period without a campaign. One
    query."""
    rows = Statement.objects.filter(
        project=project,
        campaign__period_start__in={period.start for period in periods},
        campaign__frequency__in={period.frequency for period in periods},
    )
    groups: Any = rows.order_by().values_list("campaign__period_start", "campaign__frequency")
    groups = groups.annotate(asked=Count("pk"), given=Count("pk", filter=GIVEN), soon=Count("pk", filter=ON_TIME))
    found = {Period(start, Frequency(frequency)): Reporting(*counts) for start, frequency, *counts in groups}
    return {period: found[period] for period in periods if period in found}


@dataclass(frozen=True)
class Counted:
    """A campaign and what came of it."""

    campaign: Campaign
    reporting: Reporting


def campaign_list(project: Project) -> list[Counted]:
    """All of them, the latest period first. One query."""
    rows = counted(Campaign.objects.filter(project=project))
    return [_counted(row) for row in rows.order_by("-period_start", "frequency", "pk")]


def last_asked(project: Project, today: date) -> Counted | None:
    """The campaign that opened last, of those that asked somebody. One query."""
    rows = counted(Campaign.objects.filter(project=project, opens_on__lte=today)).filter(expected__gt=0)
    row = rows.order_by("-opens_on", "-period_start", "frequency").first()
    return _counted(row) if row else None


def counted(rows: QuerySet[Campaign]) -> QuerySet[Any]:
    """Campaigns with what came of each: `expected`, `received`, `on_time`."""
    given = Q(statements__status=StatementStatus.GIVEN)
    return rows.annotate(
        expected=Count("statements"),
        received=Count("statements", filter=given),
        on_time=Count("statements", filter=given & Q(statements__first_given_at__date__lte=F("due_on"))),
    )


def _counted(row: Any) -> Counted:
    return Counted(row, Reporting(row.expected, row.received, row.on_time))


def taken_periods(project: Project) -> frozenset[Period]:
    """Those that have a campaign. One query."""
    rows = Campaign.objects.filter(project=project).values_list("period_start", "frequency")
    return frozenset(Period(start, Frequency(frequency)) for start, frequency in rows)


def collections_of(project: Project) -> Mapping[str, Collection]:
    """By frequency. One query."""
    return {row.frequency: row for row in Collection.objects.filter(project=project)}


@dataclass(frozen=True)
class Progress:
    """How far an entry got: lines that say something, of those that are asked."""

    filled: int
    asked: int

    @property
    def complete(self) -> bool:
        return self.filled == self.asked


def progress_of(
    statements: Sequence[Statement], found: Mapping[uuid.UUID, Sequence[Followed]] | None = None
) -> dict[uuid.UUID, Progress]:
    """By statement, each with its campaign and its structure at hand. `found`: what their projects follow, if that is
    known. The same for every reader. Two queries at most, and those that change role."""
    found = found if found is not None else followed_in({row.project_id for row in statements})
    filled = filled_lines([row.pk for row in statements])
    return {row.pk: _progress(asked_in(row, found), filled.get(row.pk, frozenset())) for row in statements}


def asked_in(statement: Statement, found: Mapping[uuid.UUID, Sequence[Followed]]) -> list[Followed]:
    """The lines of a statement. No query."""
    return asked_of(statement.esms, statement.campaign.period, found.get(statement.project_id, ()))


def _progress(asked: Sequence[Followed], filled: frozenset[uuid.UUID]) -> Progress:
    return Progress(sum(one.indicator.pk in filled for one in asked), len(asked))


def sent_back(statement: Statement) -> bool:
    """Whether somebody wants it taken up again, and it was not given since."""
    if statement.status != StatementStatus.OPEN or statement.sent_back_at is None:
        return False
    before = statement.given_at or statement.submitted_at
    return before is not None and before < statement.sent_back_at


@dataclass(frozen=True)
class Standing:
    """Where one structure stands in one campaign."""

    statement: Statement
    progress: Progress
    today: date

    @property
    def esms(self) -> ESMS:
        return self.statement.esms

    @property
    def given(self) -> bool:
        return self.statement.status == StatementStatus.GIVEN

    @property
    def on_time(self) -> bool:
        first = self.statement.first_given_at
        return self.given and first is not None and french.day(first) <= self.statement.campaign.due_on

    @property
    def open_until(self) -> date | None:
        """The last day on which it may be entered; None when that is over."""
        campaign, again = self.statement.campaign, self.statement.reopened_until
        if again and again >= self.today and not campaign.is_running(self.today):
            return again
        return campaign.closes_on if campaign.is_running(self.today) else None

    @property
    def days_late(self) -> int:
        """Since the day after the due day, while it is awaited."""
        return 0 if self.given else max((self.today - self.statement.campaign.due_on).days, 0)


@dataclass(frozen=True)
class FollowUp:
    """One campaign. `standings`: by OG and name; `others`: structures that it doesn't ask and that have something to
    enter; `idle`: those that have nothing."""

    campaign: Campaign
    standings: Sequence[Standing]
    others: Sequence[ESMS]
    idle: Sequence[ESMS]
    today: date

    @property
    def late(self) -> list[Standing]:
        """Those that are awaited past their day and may still enter."""
        return [one for one in self.standings if one.days_late and one.open_until]

    @property
    def reporting(self) -> Reporting:
        given = [one for one in self.standings if one.given]
        return Reporting(len(self.standings), len(given), sum(one.on_time for one in given))


def follow_up(campaign: Campaign) -> FollowUp:
    """Where each structure that it asks stands. Four queries, and those that change role."""
    project, found = campaign.project, followed(campaign.project)
    structures = structures_of(project)
    known = {esms.pk: esms for esms in structures}
    rows = Statement.objects.filter(campaign=campaign).select_related("submitted_by", "given_by", "sent_back_by")
    statements = {row.esms_id: row for row in rows}
    for row in statements.values():
        row.campaign, row.esms = campaign, known[row.esms_id]
    progress = progress_of(list(statements.values()), {project.pk: found})
    others = [esms for esms in structures if esms.pk not in statements]
    return FollowUp(
        campaign=campaign,
        standings=[
            Standing(statements[esms.pk], progress[statements[esms.pk].pk], french.today())
            for esms in structures
            if esms.pk in statements
        ],
        others=[esms for esms in others if asked_of(esms, campaign.period, found)],
        idle=[esms for esms in others if not asked_of(esms, campaign.period, found)],
        today=french.today(),
    )


def structures_of(project: Project) -> list[ESMS]:
    """All those of a project, in the order of its waves, then by OG and name. One query."""
    rows = ESMS.objects.filter(project=project).select_related("og", "wave")
    found = list(rows.order_by("wave__position", "og__name", "name"))
    for esms in found:
        esms.project = project
    return found


def concerned(
    structures: Sequence[ESMS], period: Period, collection: Collection | None, found: Sequence[Followed]
) -> list[ESMS]:
    """Those that a campaign of this period asks unless the lead thinks otherwise: they have something to enter, and are
    of a phase and a wave that the project collects from. No query."""
    return [
        esms
        for esms in structures
        if asked_of(esms, period, found)
        and (collection is None or (esms.phase in collection.phases and _in_waves(esms, collection)))
    ]


def _in_waves(esms: ESMS, collection: Collection) -> bool:
    return not collection.wave_ids or esms.wave_id in collection.wave_ids


def enterable(structures: Sequence[ESMS], today: date) -> list[Statement]:
    """The statements that are awaited of these structures, each with its project at hand, and may be entered or
    validated today. One query."""
    known = {esms.pk: esms for esms in structures}
    running = Q(campaign__in=Campaign.objects.running(today)) | Q(reopened_until__gte=today)
    rows = Statement.objects.filter(~GIVEN, running, esms__in=known).select_related("campaign")
    return with_structures(rows.order_by("campaign__due_on", "pk"), known)


def with_structures(rows: Iterable[Statement], known: Mapping[uuid.UUID, ESMS]) -> list[Statement]:
    found = list(rows)
    for row in found:
        row.esms = known[row.esms_id]
    return found
