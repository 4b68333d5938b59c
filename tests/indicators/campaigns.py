"""What tests of campaigns share: addresses, pages as they read, campaigns as the lead opens them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from common.ids import new_id
from common.scope import elevated
from indicators.enums import StatementStatus
from indicators.models import Campaign, Statement
from indicators.periods import Period
from indicators.services import campaigns as services
from organisations.models import ESMS
from tests.harness.htmx import parse, text
from tests.harness.indicators import current_period
from tests.harness.world import SLUG, World

TODAY = timezone.localdate()
DAY = timedelta(days=1)
CURRENT = current_period()
OVER = CURRENT.previous  # over since five days
CODE, OVER_CODE = CURRENT.code, OVER.code
OLD = CURRENT.back(3)  # has no campaign yet


def url(name: str, *more: str) -> str:
    return reverse(f"indicator_{name}", args=[SLUG, *more])


def plain(answer: Any) -> str:
    return spaces(text(parse(answer.content).xpath("//main")[0]))


def heading(answer: Any) -> str:
    return spaces(" ".join(parse(answer.content).xpath("string(//h1)").split()))


def spaces(said: str) -> str:
    return said.replace("\xa0", " ").replace("\u202f", " ")


def ticked(answer: Any) -> set[str]:
    return set(parse(answer.content).xpath("//input[@name='structures'][@checked]/@value"))


def campaign_of(world: World, period: Period = CURRENT) -> Campaign:
    with elevated():
        rows = Campaign.objects.select_related("project")
        return rows.get(project=world.project, frequency=period.frequency, period_start=period.start)


def statements(campaign: Campaign) -> dict[UUID, Statement]:
    with elevated():
        return {row.esms_id: row for row in campaign.statements.select_related("campaign", "esms")}


def opens(world: World, structures: list[ESMS], period: Period = OLD, **values: Any) -> Campaign:
    """As the lead would."""
    given: dict[str, Any] = {
        "opens_on": TODAY,
        "due_on": TODAY + 10 * DAY,
        "closes_on": TODAY + 20 * DAY,
        "message": "",
        "by": world.lead,
        "token": new_id(),
    }
    with elevated():
        return services.open_campaign(
            project=world.project, structures=structures, period=period, **{**given, **values}
        )


def form(asked: list[ESMS], **values: Any) -> dict[str, Any]:
    return {
        "period": OLD.code,
        "opens_on": TODAY.isoformat(),
        "due_on": (TODAY + 10 * DAY).isoformat(),
        "closes_on": (TODAY + 20 * DAY).isoformat(),
        "message": "Pour le COSTRAT",
        "structures": [str(esms.pk) for esms in asked],
        "token": new_id(),
        **values,
    }


def put(row: Campaign | Statement, **values: Any) -> None:
    """Bring it to this state, without a service."""
    with elevated():
        type(row).objects.filter(pk=row.pk).update(**values)


def give(row: Statement, ago: int = 0, **values: Any) -> None:
    """It was given, so many days ago."""
    now = timezone.now() - ago * DAY
    put(row, status=StatementStatus.GIVEN, given_at=now, first_given_at=now, **values)
