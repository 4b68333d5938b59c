"""Query budgets: the same whatever the number of lines, remarks and inventories; of structures for the readiness."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from structures.asks import _finders as asks_finders
from structures.enums.inventory import InventoryStatus
from structures.facts import _finders as facts_finders
from structures.models import Inventory
from structures.selectors.inventory import readiness_of
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import HTMX
from tests.harness.queries import counted
from tests.harness.world import World
from tests.structures.inventory_factories import READY, SOFTWARE, InventoryFactory, filled, remark

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 16


def grown(world: World, size: int) -> tuple[ESMS, User]:
    """A structure with this many lines, remarks and past inventories."""
    esms = ESMSFactory(og=world.own.ogs[0], slug=f"taille-{size}")
    director = UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    last = None
    for number in range(1, size + 1):
        last = InventoryFactory(
            esms=esms, by=director, number=number, based_on=last, status=InventoryStatus.TRANSMITTED
        )
    lines = {"software_in_place": [SOFTWARE] * size}
    inventory = InventoryFactory(esms=esms, by=director, number=size + 1, based_on=last, answers=READY, lines=lines)
    for _ in range(size):
        remark(inventory, world.lead, section="software")
    return esms, director


@pytest.mark.parametrize(
    "page",
    [("inventory",), ("inventory_section", "software"), ("inventory_whole", 1), ("inventory_differences", 2)],
    ids=lambda page: page[0],
)
def test_a_page_asks_as_much_with_1_3_and_30_rows(
    world: World, client_as: Callable[[User], Client], page: tuple
) -> None:
    found = []
    for size in (1, 3, 30):
        esms, director = grown(world, size)
        client = client_as(director)
        url = reverse(page[0], args=["deux-rives", esms.slug, *page[1:]])
        client.get(url)  # what is read once for all is read
        with counted() as queries:
            assert client.get(url).status_code == 200
        found.append(len(queries))
    assert found == [found[0]] * 3
    assert found[0] <= BUDGET


def test_saving_an_answer_asks_as_much_whatever_is_in_the_inventory(
    world: World, client_as: Callable[[User], Client]
) -> None:
    found = []
    for size in (1, 30):
        esms, director = grown(world, size)
        client = client_as(director)
        url = reverse("inventory_answer", args=["deux-rives", esms.slug, "existing_dui"])
        posted = {"version": 1, "number": size + 1}
        client.get(reverse("inventory", args=["deux-rives", esms.slug]))
        with counted() as queries:
            assert client.post(url, {**posted, "value": "oui"}, **HTMX).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]


@pytest.mark.parametrize("ask", ["readiness", "facts", "asks"])
def test_what_all_structures_say_is_read_in_as_many_queries_for_30_as_for_1(world: World, ask: str) -> None:
    structures = [ESMSFactory(og=world.own.ogs[0], project=world.project) for _ in range(30)]
    for rank, esms in enumerate(structures):
        filled(esms, world.lead, status=list(InventoryStatus)[rank % 5])
    read = {
        "readiness": readiness_of,
        "facts": facts_finders["inventory"],
        "asks": asks_finders["inventory"],
    }[ask]
    found = []
    for size in (1, 3, 30):
        with elevated():
            with counted() as queries:
                answer = read(structures[:size])
            assert answer
        found.append(len(queries))
    assert found == [found[0]] * 3
    with elevated():
        assert Inventory.objects.filter(esms__in=structures).count() == 30
