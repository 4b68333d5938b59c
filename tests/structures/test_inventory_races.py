"""Two people in one inventory at once lose nothing."""

import uuid
from collections import Counter
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from structures.catalogue.inventory import questionnaire
from structures.enums.inventory import FieldType, InventoryStatus
from structures.models import Inventory, InventoryAnswer, InventoryLine
from structures.services import inventory_answers
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import HTMX
from tests.harness.threads import together
from tests.harness.world import World
from tests.structures.inventory_factories import InventoryFactory, filled

pytestmark = pytest.mark.django_db(transaction=True)
COUNTS = [field.code for field in questionnaire().asked if field.type == FieldType.INTEGER]


@pytest.fixture
def esms(world: World) -> ESMS:
    return ESMSFactory(og=world.own.ogs[0], slug="savs-du-port")


@pytest.fixture
def people(esms: ESMS) -> list[User]:
    """Its director and its referent."""
    found = [UserFactory(), UserFactory()]
    for user, role in zip(found, (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT), strict=True):
        MembershipFactory(user=user, role=role, target=esms)
    return found


@pytest.fixture
def post(esms: ESMS, people: list[User], client_as: Callable) -> Callable[..., HttpResponse]:
    """`post(0, "inventory_answer", …)`: from a browser of its own that shares the session of the director."""
    signed_in = [client_as(user) for user in people]
    for client in signed_in:
        client.get("/")  # one browser alone meets the middleware first

    def send(who: int, name: str, *more: object, **posted: object) -> HttpResponse:
        client = Client(raise_request_exception=False)
        client.cookies.update(signed_in[who].cookies)
        return client.post(reverse(name, args=["deux-rives", esms.slug, *more]), posted, **HTMX)

    return send


def answers(esms: ESMS) -> dict[str, object]:
    with elevated():
        return dict(InventoryAnswer.objects.filter(esms=esms, answered=True).values_list("field", "value"))


def test_different_questions_answered_at_once_are_all_kept(esms: ESMS, people: list[User], post: Callable) -> None:
    InventoryFactory(esms=esms, by=people[0])
    wanted = {code: rank for rank, code in enumerate(COUNTS, start=1)}
    got = together(
        len(COUNTS),
        lambda rank: post(rank % 2, "inventory_answer", COUNTS[rank], value=rank + 1, version=0, number=1),
    )
    assert [answer.status_code for answer in got] == [200] * len(COUNTS)
    assert answers(esms) == wanted


def test_one_question_answered_twelve_times_keeps_the_first_and_tells_the_others(
    esms: ESMS, people: list[User], post: Callable
) -> None:
    InventoryFactory(esms=esms, by=people[0], answers={"laptops": 1})
    got = together(12, lambda rank: post(rank % 2, "inventory_answer", "laptops", value=rank + 2, version=1, number=1))
    assert Counter(answer.status_code for answer in got) == {200: 1, 409: 11}
    (kept,) = [rank + 2 for rank, answer in enumerate(got) if answer.status_code == 200]
    assert answers(esms)["laptops"] == kept
    for answer in got:
        if answer.status_code == 409:
            assert f"{kept}\xa0postes" in answer.content.decode()


def test_without_the_guard_answers_would_be_lost(
    esms: ESMS, people: list[User], post: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: the same taps, the version not looked at."""

    def write_blindly(row: InventoryAnswer, *, version: int, **values: object) -> InventoryAnswer:
        type(row).objects.filter(pk=row.pk).update(**values)
        return row

    monkeypatch.setattr(inventory_answers, "change", write_blindly)
    InventoryFactory(esms=esms, by=people[0], answers={"laptops": 1})
    got = together(12, lambda rank: post(rank % 2, "inventory_answer", "laptops", value=rank + 2, version=1, number=1))
    assert Counter(answer.status_code for answer in got)[200] > 1  # more than one was told that it is saved


def test_a_first_answer_given_by_two_is_one_row_and_a_conflict(esms: ESMS, people: list[User], post: Callable) -> None:
    InventoryFactory(esms=esms, by=people[0])
    got = together(8, lambda rank: post(rank % 2, "inventory_answer", "laptops", value=rank, version=0, number=1))
    assert Counter(answer.status_code for answer in got) == {200: 1, 409: 7}


def test_lines_added_at_once_are_all_there_each_at_its_place(esms: ESMS, people: list[User], post: Callable) -> None:
    InventoryFactory(esms=esms, by=people[0])
    tokens = [str(uuid.uuid4()) for _ in range(4)]
    line = {"cell_organisation": "Ardoise", "cell_scope": "network"}
    got = together(8, lambda rank: post(rank % 2, "inventory_line_add", "providers", token=tokens[rank // 2], **line))
    assert {answer.status_code for answer in got} == {302}
    with elevated():
        rows = list(InventoryLine.objects.filter(esms=esms).order_by("position").values_list("position", flat=True))
    assert rows == [1, 2, 3, 4]  # each was posted twice


def test_who_submits_and_who_answers_meet_in_one_order(esms: ESMS, people: list[User], post: Callable) -> None:
    inventory = filled(esms, people[0])

    def do(rank: int) -> HttpResponse:
        if rank == 0:
            return post(0, "inventory_submit", version=inventory.version)
        return post(1, "inventory_answer", "laptops", value="", version=1, number=1)

    submitted, taken_away = together(2, do)
    with elevated():
        status = Inventory.objects.get(pk=inventory.pk).status
    if taken_away.status_code == 200:  # first: a required answer is missing, nothing is submitted
        assert (submitted.status_code, status) == (422, InventoryStatus.DRAFT)
    else:
        assert (submitted.status_code, taken_away.status_code, status) == (302, 422, InventoryStatus.SUBMITTED)
        assert answers(esms)["laptops"] == 12


def test_a_double_start_begins_one(esms: ESMS, post: Callable) -> None:
    got = together(6, lambda rank: post(rank % 2, "inventory_start"))
    assert {answer.status_code for answer in got} == {302}
    with elevated():
        assert Inventory.objects.filter(esms=esms).count() == 1
