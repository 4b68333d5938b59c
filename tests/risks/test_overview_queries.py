"""The risks of a project cost the same for three structures and for three hundred."""

import gzip
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus
from risks.models import AgreedMark, Assessment, Respondent
from risks.places import Place
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db

BUDGETS = {
    "project_risks": 20,
    "project_risk_campaigns": 9,
    "project_risk_campaign_open": 12,
    "project_risk_campaign": 18,
    "project_risk_campaign_add": 13,
    "project_risk_campaign_close": 17,
    "project_risk_thresholds": 9,
}
OF_ONE = {"project_risk_campaign", "project_risk_campaign_add", "project_risk_campaign_close"}
MOST = 30_000  # bytes of a compressed page, of three hundred structures


def add(world: World, count: int) -> None:
    """Structures that transmitted a hundred marks to the first campaign and answer the second."""
    og, by, now = world.own.ogs[0], world.lead, timezone.now()
    risks = world.own.risks
    assert risks is not None
    with elevated():
        found = ESMS.objects.bulk_create(
            ESMS(project=og.project, og=og, name=f"Service {one}", slug=one, category="183", comop_category="service")
            for one in (uuid.uuid4().hex for _ in range(count))
        )
        places = [Place(world.project, esms) for esms in found]
        sent = Assessment.objects.bulk_create(
            Assessment(**place.columns, campaign=risks.first, status=AssessmentStatus.CONVERGING) for place in places
        )
        AgreedMark.objects.bulk_create(
            AgreedMark(**place.columns, assessment=row, question=question.number, value=1 + rank % 10, agreed_by=by)
            for rank, (place, row) in enumerate(zip(places, sent, strict=True))
            for question in questionnaire().questions
        )
        Assessment.objects.filter(pk__in=[row.pk for row in sent]).update(
            status=AssessmentStatus.TRANSMITTED,
            validated_by=by,
            validated_at=now,
            transmitted_by=by,
            transmitted_at=now,
        )
        current = Assessment.objects.bulk_create(
            Assessment(**place.columns, campaign=risks.second, based_on=row)
            for place, row in zip(places, sent, strict=True)
        )
        Respondent.objects.bulk_create(
            Respondent(**place.columns, assessment=row, user=by, capacity="lead", asked_by=by)
            for place, row in zip(places, current, strict=True)
        )


def cost(client: Client, name: str) -> tuple[int, int]:
    """Queries and bytes of a page."""
    address = reverse(name, args=[SLUG, 2] if name in OF_ONE else [SLUG])
    client.get(address)  # what is read once for all is read
    with counted() as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), len(gzip.compress(answer.content))


def test_as_many_queries_for_12_structures_and_for_300(
    world: World, lead: Client, client_as: Callable[[User], Client]
) -> None:
    readers = {
        "lead": lead,
        "direction": client_as(world.own.people[Role.OG_DIRECTOR]),
        "bodies": client_as(world.own.people[Role.COSTRAT]),
    }
    costs: dict[str, list[tuple[int, int]]] = {}
    for count in (9, 288):  # besides the three of the world
        add(world, count)
        for name in BUDGETS:
            costs.setdefault(name, []).append(cost(lead, name))
        for reader, client in readers.items():
            costs.setdefault(f"project_risks {reader}", []).append(cost(client, "project_risks"))
    for name, (few, many) in costs.items():
        assert few[0] == many[0], name
        assert few[0] <= BUDGETS[name.split()[0]], (name, few[0])
        assert many[1] < MOST, (name, many[1])
