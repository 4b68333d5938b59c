"""Query budgets of answering: the same whatever the number of answers and of people who answer."""

from collections.abc import Callable

import pytest
from django.test import Client

from common.scope import elevated
from organisations.enums import Role
from organisations.models import User
from risks.catalogue import questionnaire
from risks.enums import Capacity
from risks.models import Mark
from tests.factories import MembershipFactory, UserFactory
from tests.harness.queries import counted
from tests.harness.world import World
from tests.risks.answering import Room, asked_again, campaign_of, room_of

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 16


def grown(world: World, client_as: Callable[[User], Client], size: int, *, starred: bool = False) -> Room:
    """A structure in which so many people gave so many answers each."""
    room = room_of(world, client_as, campaign=campaign_of(world.own.project, world.lead))
    if starred:
        asked_again(room, 6)
    asked = questionnaire().starred if starred else questionnaire().questions
    people = [room.director, *(UserFactory() for _ in range(size - 1))]
    for user in people[1:]:
        MembershipFactory(user=user, role=Role.LOCAL_REFERENT, target=room.place.esms)
    for user in people:
        row = room.ask(user, Capacity.REFERENT)
        with elevated():
            Mark.objects.bulk_create(
                Mark(
                    **room.place.columns,
                    assessment=room.assessment,
                    respondent=row,
                    user=user,
                    question=question.number,
                    value=3,
                )
                for question in asked[1 : size + 1]
            )
    return room


@pytest.mark.parametrize("starred", [False, True], ids=["all", "starred"])
@pytest.mark.parametrize(
    "page",
    [("risk_answer_question", "1-2"), ("risk_answer_section", 1), ("risk_answer_finish",), ("risk_respondents",)],
    ids=lambda page: page[0],
)
def test_a_page_asks_as_much_with_1_3_and_30_answers_and_people(
    world: World, client_as: Callable[[User], Client], page: tuple, starred: bool
) -> None:
    found = []
    for size in (1, 3, 30):
        room = grown(world, client_as, size, starred=starred)
        client, url = client_as(room.director), room.url(*page)
        client.get(url)  # what is read once for all is read
        with counted() as queries:
            assert client.get(url).status_code == 200
        found.append(len(queries))
    assert found == [found[0]] * 3
    assert found[0] <= BUDGET


def test_saving_a_mark_asks_as_much_whatever_was_answered(world: World, client_as: Callable[[User], Client]) -> None:
    found = []
    for size in (1, 30):
        room = grown(world, client_as, size)
        room.sign_in(room.director).get(room.url("risk_answer_section", 1))
        with counted() as queries:
            assert room.mark(room.director, "1.1", "7").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]
    assert found[0] <= 26


def test_asking_thirty_people_asks_as_much_as_asking_one(world: World, client_as: Callable[[User], Client]) -> None:
    found = []
    for size in (1, 30):
        room = room_of(world, client_as, campaign=campaign_of(world.own.project, world.lead))
        people = [UserFactory() for _ in range(size)]
        for user in people:
            MembershipFactory(user=user, role=Role.LOCAL_REFERENT, target=room.place.esms)
        client, url = room.sign_in(room.director), room.url("risk_respondents")
        client.get(url)
        with counted() as queries:
            assert client.post(url, {"people": [str(user.pk) for user in people]}).status_code == 302
        found.append(len(queries))
    assert found[0] == found[1]
