"""Campaigns: their lead's alone."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import elevated
from indicators.models import Campaign
from organisations.models import ESMS
from tests.harness.indicators import current_period
from tests.harness.world import World
from tests.walker.base import ONLY_LEAD, TOKEN, Row, Values, form


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def running(**values: Any) -> Values:
    """The campaign that goes on."""
    return lambda world: {"period": current_period().code, **values}


def over(**values: Any) -> Values:
    """The one before, over since five days."""
    return lambda world: {"period": current_period().previous.code, **values}


def within(place: Values) -> Values:
    """A structure of the project."""
    return lambda world: {**place(world), "esms_slug": world.own.structures[0].slug}


NEVER = form(period="2019-01")


def nobody(place: Values) -> Values:
    return lambda world: {**place(world), "esms_slug": "personne"}


def closed(world: World) -> dict[str, Any]:
    """The one that goes on is closed."""
    with elevated():
        assert world.own.indicators
        rows = Campaign.objects.filter(pk=world.own.indicators.current.pk)
        rows.update(closed_at=timezone.now(), closed_by=world.lead)
    return running()(world)


def late(world: World) -> dict[str, Any]:
    """The one that goes on waits past its day."""
    with elevated():
        assert world.own.indicators
        rows = Campaign.objects.filter(pk=world.own.indicators.current.pk)
        rows.update(due_on=timezone.localdate() - timedelta(days=2))
    return running()(world)


def awaited(world: World) -> dict[str, Any]:
    """The one that goes on is closed, and this structure gave nothing."""
    return {**closed(world), "esms_slug": world.own.structures[0].slug}


def arrived(world: World) -> ESMS:
    """A structure that the campaign doesn't ask."""
    with elevated():
        return ESMS.objects.get_or_create(
            project=world.project,
            slug="arrivee",
            defaults={"og": world.own.ogs[0], "name": "Arrivée", "category": "183", "comop_category": "service"},
        )[0]


def opening(world: World) -> dict[str, Any]:
    return {
        "period": current_period().back(3).code,
        "opens_on": day(0),
        "due_on": day(10),
        "closes_on": day(20),
        "structures": [str(esms.pk) for esms in world.own.structures],
        "token": TOKEN,
    }


ROWS: list[Row] = [
    Row("indicator_campaigns", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
    Row("indicator_campaign_open", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=opening),
    Row("indicator_campaign", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}, place=running(), missing=NEVER),
    Row("indicator_campaign_export", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}, place=running(), missing=NEVER),
    Row(
        "indicator_campaign_extend",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=running(),
        missing=NEVER,
        body=lambda world: {"due_on": day(25), "reason": "Les vacances", "version": 1},
    ),
    Row(
        "indicator_campaign_add",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=running(),
        missing=NEVER,
        body=lambda world: {"structures": [str(arrived(world).pk)], "version": 1},
    ),
    Row(
        "indicator_campaign_close",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=running(),
        missing=NEVER,
        body=form(version=1),
    ),
    Row(
        "indicator_campaign_reopen",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=closed,
        missing=NEVER,
    ),
    Row(
        "indicator_campaign_remind",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=late,
        missing=NEVER,
        body=form(token=TOKEN),
    ),
    Row(
        "indicator_campaign_statement_reopen",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=awaited,
        missing=nobody(running()),
        body=lambda world: {"until": day(5), "reason": "Vous l’avez demandé", "version": 1},
    ),
    Row(
        "indicator_campaign_statement_return",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=within(over()),
        missing=nobody(over()),
        body=lambda world: {"until": day(5), "reason": "Le nombre de comptes surprend", "version": 1},
    ),
]
