"""What indicators tell the pathway of a structure, and what they ask of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from indicators.enums import StatementStatus
from indicators.models import Statement
from indicators.tools import indicator_asks, indicator_facts
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, User, place_of
from structures.addresses import address_of
from structures.asks import Ask
from structures.enums.pathway import LineState
from structures.facts import Fact
from tests.factories import ESMSFactory
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.indicators.campaigns import CODE, CURRENT, DAY, TODAY, campaign_of, give, put, spaces, statements, url

pytestmark = pytest.mark.django_db
ENTER, USE = "act_enter_deployment_indicators", "act_follow_usage"


@pytest.fixture
def director(world: World) -> User:
    return world.person(Role.ESMS_DIRECTOR)


@pytest.fixture
def foyer(world: World) -> ESMS:
    with elevated():
        return ESMS.objects.select_related("project", "og").get(pk=world.own.structures[0].pk)


@pytest.fixture
def row(world: World, foyer: ESMS) -> Statement:
    """What it enters now."""
    return statements(campaign_of(world))[foyer.pk]


def fact(user: User, esms: ESMS, code: str = ENTER) -> Fact:
    with acting_as(user.pk):
        return indicator_facts([esms])[esms.pk, code]


def asked(user: User, *structures: ESMS) -> list[Ask]:
    with acting_as(user.pk):
        return indicator_asks(structures)


def detail(ask: Ask) -> str:
    return spaces(ask.detail)


# --- The pathway -----------------------------------------------------------------------------------------------------


def test_a_line_is_as_far_as_the_last_statement(director: User, foyer: ESMS, row: Statement) -> None:
    begun = fact(director, foyer)
    assert begun.state == LineState.IN_PROGRESS
    assert f"relevé {spaces(CURRENT.genitive)}, 1 valeur sur" in spaces(begun.words)
    put(row, status=StatementStatus.SUBMITTED, submitted_at=f"{TODAY}T08:00Z", submitted_by=director)
    assert fact(director, foyer).state == LineState.SUBMITTED
    give(row)
    done = fact(director, foyer)
    assert (done.state, done.day) == (LineState.DONE, TODAY)


def test_usage_is_told_apart_from_deployment(director: User, foyer: ESMS) -> None:
    """The attention point that the world entered is of deployment."""
    with elevated():
        states = {code: fact(director, foyer, code).state for code in (ENTER, USE)}
    assert set(states.values()) == {LineState.IN_PROGRESS, LineState.TODO}


def test_before_the_record_opens_usage_is_ticked_by_hand(director: User, foyer: ESMS) -> None:
    foyer.opened_on = None
    with acting_as(director.pk):
        found = indicator_facts([foyer])
    assert (foyer.pk, USE) not in found
    assert (foyer.pk, ENTER) in found


def test_without_any_campaign_lines_are_ticked_by_hand(world: World, director: User) -> None:
    new = ESMSFactory(og=world.own.ogs[0])
    with acting_as(director.pk):
        assert indicator_facts([new]) == {}


def test_what_is_over_and_not_given_says_so(world: World, director: User, foyer: ESMS) -> None:
    put(campaign_of(world), closes_on=TODAY - DAY, due_on=TODAY - DAY)
    found = fact(director, foyer)
    assert (found.state, "la collecte est finie" in found.words) == (LineState.TODO, True)


def test_the_same_is_told_to_every_reader(world: World, director: User, foyer: ESMS) -> None:
    for role in (Role.PROJECT_LEAD, Role.OG_DIRECTOR, Role.LOCAL_REFERENT):
        assert fact(world.person(role), foyer) == fact(director, foyer)


def test_the_pathway_leads_to_the_indicators_of_the_structure(foyer: ESMS) -> None:
    assert address_of(foyer, "indicators") == reverse("structure_indicators", args=[SLUG, foyer.slug])


# --- What is asked ---------------------------------------------------------------------------------------------------


def test_what_is_to_enter_is_asked_with_its_day_and_how_far_it_is(director: User, foyer: ESMS) -> None:
    (ask,) = asked(director, foyer)
    assert ask.title == f"Saisir les indicateurs {CURRENT.genitive}"
    assert ask.url == reverse("statement", args=[SLUG, foyer.slug, CODE])
    assert (ask.due_on, ask.of_director) == (TODAY + 10 * DAY, False)
    assert detail(ask).startswith("1 valeur sur ")


def test_what_is_submitted_is_asked_of_the_direction(director: User, foyer: ESMS, row: Statement) -> None:
    put(row, status=StatementStatus.SUBMITTED, submitted_at=f"{TODAY}T08:00Z", submitted_by=director)
    (ask,) = asked(director, foyer)
    assert (ask.title, ask.of_director) == (f"Valider le relevé {CURRENT.genitive}", True)


def test_what_is_sent_back_is_asked_again_with_the_word(director: User, foyer: ESMS, row: Statement) -> None:
    give(row, 2)
    put(row, status=StatementStatus.OPEN, sent_back_why="La somme surprend", sent_back_at=f"{TODAY}T08:00Z")
    (ask,) = asked(director, foyer)
    assert ask.title == f"Reprendre le relevé {CURRENT.genitive}"
    assert detail(ask) == "renvoyé : « La somme surprend »"


def test_what_is_given_or_over_is_asked_no_more(world: World, director: User, foyer: ESMS, row: Statement) -> None:
    put(campaign_of(world), closes_on=TODAY - DAY, due_on=TODAY - DAY)
    assert asked(director, foyer) == []
    put(row, reopened_until=TODAY, sent_back_why="Panne de réseau", sent_back_at=f"{TODAY}T08:00Z")
    (ask,) = asked(director, foyer)
    assert (ask.due_on, "Panne de réseau" in ask.detail) == (TODAY, True)
    give(row)
    assert asked(director, foyer) == []


def test_a_campaign_to_come_asks_nothing_yet(world: World, director: User, foyer: ESMS) -> None:
    put(campaign_of(world), opens_on=TODAY + DAY)
    assert asked(director, foyer) == []


def test_the_new_day_says_why(world: World, director: User, foyer: ESMS) -> None:
    put(campaign_of(world), extended_why="Les vacances")
    assert "date changée : Les vacances" in detail(asked(director, foyer)[0])


def test_who_enters_finds_it_in_their_work_and_on_the_structure(
    world: World, client_as: Any, director: User, foyer: ESMS
) -> None:
    client: Client = client_as(director)
    address = reverse("statement", args=[SLUG, foyer.slug, CODE])
    for page in ("/", reverse("structure", args=[SLUG, foyer.slug])):
        assert address in client.get(page).text
    assert address not in client_as(world.lead).get("/").text
    assert url("campaign", CODE) not in client.get("/").text


def test_as_many_queries_for_one_structure_and_for_thirty(world: World, foyer: ESMS) -> None:
    with elevated():
        found = [ESMSFactory(og=world.own.ogs[0], opened_on=TODAY - 90 * DAY) for _ in range(29)]
        for esms in found:
            Statement.objects.create(**place_of(esms), campaign=campaign_of(world))
    for told in (indicator_facts, indicator_asks):
        costs = set()
        for structures in ([foyer], [foyer, *found[:2]], [foyer, *found]):
            with acting_as(world.lead.pk), counted() as queries:
                assert len(told(structures)) >= len(structures)
            costs.add(len(queries))
        assert len(costs) == 1
