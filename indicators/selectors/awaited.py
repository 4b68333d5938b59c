"""What the rest of the product is told of campaigns: what structures still have to enter, what their lead waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from indicators.enums import IndicatorPhase, StatementStatus
from indicators.models import Campaign, Statement
from indicators.selectors.campaigns import with_structures
from indicators.selectors.definitions import Followed
from organisations.access import Access
from organisations.enums import Permission
from organisations.models import ESMS


def latest(structures: Sequence[ESMS], today: date) -> list[Statement]:
    """The last statement asked of each structure at each frequency. One query."""
    known = {esms.pk: esms for esms in structures}
    rows = Statement.objects.filter(esms__in=known, campaign__opens_on__lte=today).select_related("campaign")
    rows = rows.order_by("esms_id", "campaign__frequency", "-campaign__period_start")
    return with_structures(rows.distinct("esms_id", "campaign__frequency"), known)


def of_phase(asked: Sequence[Followed], phase: IndicatorPhase) -> list[Followed]:
    return [one for one in asked if one.definition.phase == phase]


@dataclass(frozen=True)
class Overdue:
    """A campaign whose day is past while statements are awaited."""

    campaign: Campaign
    missing: int


def overdue_campaigns(access: Access, today: date) -> list[Overdue]:
    """Those that this person leads and that are not over, by due day, each with its project. One query."""
    led = Q(project__in=access.projects_with(Permission.MANAGE_INDICATORS))
    rows = Campaign.objects.running(today).filter(led, due_on__lt=today).select_related("project")
    rows = rows.annotate(missing=Count("statements", filter=~Q(statements__status=StatementStatus.GIVEN)))
    return [Overdue(row, row.missing) for row in rows.filter(missing__gt=0).order_by("due_on", "pk")]
