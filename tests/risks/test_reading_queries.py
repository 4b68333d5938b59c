"""Query budgets of the reading: the same whatever the number of campaigns, structures and risks."""

from collections.abc import Callable

import pytest
from django.test import Client

from common.scope import elevated
from organisations.models import User
from risks.models import Risk
from risks.places import Place
from tests.harness.queries import counted
from tests.harness.world import World
from tests.risks.reading_factories import NUMBERS, assessed, campaign, everywhere, structure

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 16


def test_the_scores_ask_as_much_with_2_3_and_30_rows(world: World, client_as: Callable[[User], Client]) -> None:
    """With one campaign there is nothing to compare: it asks no more."""
    found = []
    for size in (1, 3, 30):
        esms, director = structure(world, f"taille-{size}")
        place, last = Place(world.project, esms), None
        for rank in range(min(size, 8)):
            asked = campaign(world.project, world.lead, 100 * size + rank)
            last = assessed(place, asked, director, everywhere(8), based_on=last, carried=NUMBERS[:rank])
        for rank in range(size):
            other, its_director = structure(world, f"autre-{size}-{rank}", og=1)
            assessed(Place(world.project, other), asked, its_director, everywhere(4))
        with elevated():
            Risk.objects.bulk_create(
                Risk(
                    **place.columns,
                    number=number + 1,
                    title="Relevé",
                    question=NUMBERS[number],
                    category="human",
                    probability=2,
                    impact=2,
                    opened_by=director,
                )
                for number in range(size)
            )
        client = client_as(director)
        url = place.url("risk_scores")
        client.get(url)  # what is read once for all is read
        with counted() as queries:
            assert client.get(url).status_code == 200
        found.append(len(queries))
    assert found == [found[0]] * 3
    assert found[0] <= BUDGET
