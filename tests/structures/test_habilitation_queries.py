"""Query budgets of the habilitation matrix: the same number whatever was written in it, and however many structures are
asked about."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from organisations.enums import Role
from structures.asks import asks_of
from structures.catalogue.habilitations import catalogue
from structures.enums.habilitations import AccessLevel, MatrixStatus, Perimeter
from structures.services import habilitation_workflow as workflow
from structures.services import habilitations as services
from structures.services.habilitations import Wanted
from structures.tools.habilitations import habilitation_facts
from tests.factories import ESMSFactory
from tests.harness.htmx import HTMX
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.structures.habilitation_matrices import matrix_of

pytestmark = pytest.mark.django_db(transaction=True)

Budget = tuple[str, tuple[object, ...]]
PAGES: dict[str, Budget] = {
    "the matrix": ("matrix", ()),
    "a profile": ("profile", ("nurse",)),
    "an access": ("cell", ("educator", "billing")),
    "two versions": ("compare", ()),
}


def grow(world: World, count: int) -> None:
    """`count` accesses that differ and as many remarks on the revision of « foyer »."""
    matrix = world.own.work[0].habilitations.matrix
    places = [place for place, cell in catalogue().proposal.items() if cell.level == AccessLevel.NONE]
    with elevated():
        for profile, domain in places[:count]:
            row = matrix.cells.filter(profile=profile, domain=domain).first()
            version = row.version if row else 0
            wanted = Wanted(profile, domain, version, AccessLevel.READ, Perimeter.UNIT)
            services.set_cell(matrix=matrix, wanted=wanted)
            workflow.comment(matrix=matrix, text="Pourquoi ?", user=world.lead, token=uuid.uuid4())


@pytest.fixture
def director(world: World, client_as: Callable[..., Client]) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_much_with_one_three_or_thirty_accesses(world: World, director: Client, page: str) -> None:
    name, more = PAGES[page]
    address = reverse(f"habilitation_{name}", args=[SLUG, "foyer", *more])
    numbers = []
    for count in (1, 3, 30):
        grow(world, count)
        with counted() as queries:
            assert director.get(address).status_code == 200
        numbers.append(len(queries))
    assert len(set(numbers)) == 1, numbers
    assert numbers[0] <= 18


def test_saving_an_access_asks_as_much_with_one_or_thirty(world: World, director: Client) -> None:
    address = reverse("habilitation_cell", args=[SLUG, "foyer", "educator", "billing"])
    numbers = []
    for version, (count, level) in enumerate(((1, "read"), (3, "write"), (20, "read"))):
        grow(world, count)
        with counted() as queries:
            answer = director.post(address, {"version": version, "level": level, "perimeter": "unit"}, **HTMX)
            assert answer.status_code == 200
        numbers.append(len(queries))
    assert max(numbers) - min(numbers) <= 1, numbers  # the first one looks for the version that it takes


@pytest.mark.parametrize("ask", [habilitation_facts, asks_of])
def test_facts_and_asks_of_thirty_structures_take_as_many_queries_as_of_one(world: World, ask: Callable) -> None:
    director = world.person(Role.ESMS_DIRECTOR)
    structures = [ESMSFactory(og=world.own.ogs[0]) for _ in range(30)]
    for number, esms in enumerate(structures):
        matrix_of(esms, director, status=MatrixStatus.SHARED if number % 2 else MatrixStatus.APPROVED)
    numbers = []
    for count in (1, 3, 30):
        with elevated(), counted() as queries:
            assert ask(structures[-count:])
        numbers.append(len(queries))
    assert len(set(numbers)) == 1, numbers
