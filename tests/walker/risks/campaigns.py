"""Campaigns, thresholds and the overview, from the project's side."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import elevated
from organisations.models import ESMS
from risks.models import Assessment, RiskCampaign
from tests.harness.world import World
from tests.walker.base import COMOP, COSTRAT, LEAD, OG_DIRECTOR, ONLY_LEAD, RIVAL_DIRECTOR, TOKEN, Row, Values, form

# The lead all structures, each director those of their own OG, the bodies figures alone.
READING = frozenset({LEAD, OG_DIRECTOR, RIVAL_DIRECTOR, COSTRAT, COMOP})
SECOND, NOWHERE = form(number=2), form(number=77)


def new_date(**values: Any) -> Values:
    return lambda world: {"due_on": (timezone.localdate() + timedelta(days=30)).isoformat(), **values}


def free(world: World) -> dict[str, Any]:
    """Nobody works on a campaign."""
    with elevated():
        Assessment.objects.open().filter(project=world.project).update(closed_at=timezone.now())
    return {}


def closed(world: World) -> dict[str, Any]:
    """The second campaign is closed."""
    with elevated():
        RiskCampaign.objects.filter(project=world.project, number=2).update(
            closed_at=timezone.now(), closed_by=world.lead
        )
    return {"number": 2}


def arrived(world: World) -> ESMS:
    """A structure that the second campaign doesn't ask."""
    with elevated():
        return ESMS.objects.get_or_create(
            project=world.project,
            slug="arrivee",
            defaults={"og": world.own.ogs[0], "name": "Arrivée", "category": "183", "comop_category": "service"},
        )[0]


def opening(world: World) -> dict[str, Any]:
    structures = [str(esms.pk) for esms in world.own.structures]
    return new_date(kind="phase_end", phase="pilot", structures=structures, token=TOKEN)(world)


ROWS: list[Row] = [
    Row("project_risks", get={200: READING}, post={405: READING}),
    Row("project_risk_campaigns", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
    Row("project_risk_campaign_open", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, place=free, body=opening),
    Row(
        "project_risk_campaign",
        get={200: ONLY_LEAD},
        post={405: ONLY_LEAD},
        place=SECOND,
        missing=NOWHERE,
    ),
    Row(
        "project_risk_campaign_extend",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=SECOND,
        missing=NOWHERE,
        body=new_date(reason="Les vacances", version=1),
    ),
    Row(
        "project_risk_campaign_add",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=SECOND,
        missing=NOWHERE,
        body=lambda world: {"structures": [str(arrived(world).pk)], "version": 1},
    ),
    Row(
        "project_risk_campaign_close",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=SECOND,
        missing=NOWHERE,
        body=form(version=1),
    ),
    Row(
        "project_risk_campaign_reopen",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=closed,
        missing=NOWHERE,
    ),
    Row(
        "project_risk_thresholds",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(moderate_from=35, certain_from=65, action_from=6, version=0),
    ),
]
