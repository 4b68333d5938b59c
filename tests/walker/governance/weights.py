"""Weights of OG."""

from datetime import timedelta

from django.utils import timezone

from governance.enums import WeightingMethod
from tests.harness.world import World
from tests.walker.base import ONLY_LEAD, TOKEN, Row
from tests.walker.governance.readers import DECISION_READERS


def equal_weights(world: World) -> dict[str, object]:
    return {
        "method": WeightingMethod.EQUAL,
        "decision": world.own.decision.pk,
        "effective_on": timezone.localdate() + timedelta(days=1),
        "token": TOKEN,
    }


ROWS = [
    Row("weights", get={200: DECISION_READERS}, post={405: DECISION_READERS}),
    Row("weights_new", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=equal_weights),
]
