"""Two browsers of the lead at once: one campaign, one number, one assessment a place."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.ids import new_id
from common.scope import elevated
from risks.models import Assessment, RiskCampaign
from tests.harness.threads import together
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def free(world: World) -> World:
    """Nobody works on a campaign."""
    with elevated():
        Assessment.objects.open().filter(project=world.project).update(closed_at=timezone.now())
    return world


def posts(world: World, lead: Client, tokens: list[Any]) -> Counter[int]:
    """The same campaign, opened at once under each of these tokens."""
    lead.get("/")  # one browser alone meets the middleware first

    def post(index: int) -> int:
        client = Client(raise_request_exception=False)
        client.cookies.update(lead.cookies)
        data = {
            "kind": "start",
            "phase": "framing",
            "due_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
            "structures": [str(esms.pk) for esms in world.own.structures],
            "token": tokens[index],
        }
        return client.post(reverse("project_risk_campaign_open", args=[SLUG]), data).status_code

    return Counter(together(len(tokens), post))


def opened(world: World) -> list[int]:
    with elevated():
        rows = RiskCampaign.objects.filter(project=world.project, number__gt=2)
        return [row.assessments.count() for row in rows.order_by("number")]


def test_one_form_posted_four_times_at_once_opens_one_campaign(free: World, lead: Client) -> None:
    assert posts(free, lead, [new_id()] * 4) == {302: 4}
    assert opened(free) == [3]


def test_two_campaigns_at_once_do_not_ask_the_same_structures(free: World, lead: Client) -> None:
    assert posts(free, lead, [new_id(), new_id()]) == {302: 1, 422: 1}
    assert opened(free) == [3]
