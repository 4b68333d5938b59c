"""Query budgets of the register and the plan: the same with 1, 3 and 30 risks, actions, links and structures."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checklist.enums import ACTION_SOURCE
from checklist.models import Action
from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from risks.enums import Category
from risks.models import Risk, RiskAction, RiskLink
from risks.places import Place
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import HTMX
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 20


def noted(place: Place, number: int, by: User, *, raised: bool = False) -> Risk:
    now = timezone.now() if raised else None
    return Risk.objects.create(
        **place.columns,
        number=number,
        title=f"Risque {number}",
        category=Category.HUMAN,
        probability=4,
        impact=2,
        opened_by=by,
        owner=by,
        transmitted_by=by if raised else None,
        transmitted_at=now,
        raised_by=by if raised else None,
        raised_at=now,
    )


def doing(risk: Risk, owner: User, days: int) -> RiskAction:
    return RiskAction.objects.create(
        project=risk.project,
        og_id=risk.og_id,
        esms=risk.esms,
        place=risk.place,
        risk=risk,
        label=f"Agir {days}",
        owner=owner,
        due_on=timezone.localdate() + timedelta(days=days),
        written_by=owner,
    )


def grown(world: World, size: int) -> tuple[ESMS, User]:
    """A structure with this many risks; the first has this many actions and links."""
    esms = ESMSFactory(og=world.own.ogs[0], slug=f"taille-{size}")
    director = UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    with elevated():
        place = Place(world.own.project, esms)
        risks = [noted(place, number, director) for number in range(1, size + 1)]
        linked = Action.objects.filter(project=world.own.project)[:size]
        for rank in range(size):
            doing(risks[0], UserFactory(), rank - 5)
            doing(risks[-1], director, rank)
        for action in linked:
            RiskLink.objects.create(
                **place.columns, risk=risks[0], source=ACTION_SOURCE, source_id=action.pk, linked_by=director
            )
    return esms, director


@pytest.mark.parametrize("page", [("risk_register",), ("risk", 1), ("risk_plan",)], ids=lambda page: page[0])
def test_a_page_of_a_structure_asks_as_much_whatever_it_holds(
    world: World, client_as: Callable[[User], Client], page: tuple
) -> None:
    found = []
    for size in (1, 3, 30):
        esms, director = grown(world, size)
        client = client_as(director)
        url = reverse(f"esms_{page[0]}", args=[SLUG, esms.slug, *page[1:]])
        client.get(url)  # what is read once for all is read
        with counted() as queries:
            assert client.get(url).status_code == 200
        found.append(len(queries))
    assert found == [found[0]] * 3
    assert found[0] <= BUDGET


@pytest.mark.parametrize("page", ["risk_register", "risk_plan"])
@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.COSTRAT])
def test_a_page_of_the_project_asks_as_much_with_2_4_and_31_structures(
    world: World, client_as: Callable[[User], Client], page: str, role: Role
) -> None:
    found, made = [], 0
    client, url = client_as(world.person(role)), reverse(f"project_{page}", args=[SLUG])
    for size in (1, 3, 30):
        while made < size:
            made += 1
            esms = ESMSFactory(og=world.own.ogs[0], slug=f"nombre-{made}")
            with elevated():
                doing(noted(Place(world.own.project, esms), 1, world.lead, raised=True), world.lead, made - 5)
        client.get(url)
        with counted() as queries:
            assert client.get(url, {"des": "portes"}).status_code == 200
        found.append(len(queries))
    assert found == [found[0]] * 3
    assert found[0] <= BUDGET


def test_saving_a_field_asks_as_much_whatever_the_register_holds(
    world: World, client_as: Callable[[User], Client]
) -> None:
    found = []
    for size in (1, 30):
        esms, director = grown(world, size)
        client = client_as(director)
        url = reverse("esms_risk_field", args=[SLUG, esms.slug, 1, "cause"])
        client.get(reverse("esms_risk_register", args=[SLUG, esms.slug]))
        with counted() as queries:
            assert client.post(url, {"version": 1, "cause": "Usure"}, **HTMX).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]
