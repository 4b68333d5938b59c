"""Two windows of one respondent, two people who ask the same one: nothing is lost, nothing is there twice."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from common.scope import elevated
from organisations.models import User
from risks.catalogue import questionnaire
from risks.enums import Capacity
from risks.models import Mark, Respondent
from risks.services import answers
from tests.harness.htmx import HTMX
from tests.harness.threads import together
from tests.harness.world import World
from tests.risks.answering import Room, room_of

pytestmark = pytest.mark.django_db(transaction=True)
Post = Callable[..., HttpResponse]
QUESTIONS = questionnaire().questions[:8]


@pytest.fixture
def room(world: World, client_as: Callable[[User], Client]) -> Room:
    return room_of(world, client_as)


@pytest.fixture
def post(room: Room, client_as: Callable[[User], Client]) -> Post:
    """`post("referent", "risk_mark", "1-1", …)`: from a browser of its own, in that person's session."""
    signed_in = {name: client_as(getattr(room, name)) for name in ("director", "referent")}
    for client in signed_in.values():
        client.get("/")  # one browser alone meets the middleware first

    def send(who: str, name: str, *more: object, **posted: Any) -> HttpResponse:
        client = Client(raise_request_exception=False)
        client.cookies.update(signed_in[who].cookies)
        return client.post(room.url(name, *more), posted, **HTMX)

    return send


def body(room: Room, mark: object, version: int = 0) -> dict[str, Any]:
    campaign = room.assessment.campaign.number
    return {"mark": mark, "version": version, "campaign": campaign, "screen": "question", "comment": ""}


def marks(room: Room) -> list[Mark]:
    with elevated():
        return list(Mark.objects.filter(assessment=room.assessment).order_by("question"))


def people(room: Room) -> list[User]:
    with elevated():
        return list(Respondent.objects.filter(assessment=room.assessment).values_list("user_id", flat=True))


def test_first_marks_given_at_once_make_one_respondent_and_are_all_kept(room: Room, post: Post) -> None:
    got = together(len(QUESTIONS), lambda rank: post("referent", "risk_mark", QUESTIONS[rank].slug, **body(room, 5)))
    assert [answer.status_code for answer in got] == [200] * len(QUESTIONS)
    assert people(room) == [room.referent.pk]
    assert len(marks(room)) == len(QUESTIONS)


def test_one_question_marked_in_eight_windows_keeps_the_first_and_tells_the_others(room: Room, post: Post) -> None:
    got = together(8, lambda rank: post("referent", "risk_mark", "1-1", **body(room, rank + 1)))
    (kept,) = [rank + 1 for rank, answer in enumerate(got) if answer.status_code == 200]
    assert Counter(answer.status_code for answer in got) == {200: 1, 409: 7}
    assert [mark.value for mark in marks(room)] == [kept]
    for answer in got:
        if answer.status_code == 409:
            assert f"{kept}\xa0sur\xa010" in answer.content.decode()


def test_without_the_version_windows_would_overwrite_each_other(
    room: Room, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: the same taps on a mark that is there, the version not looked at."""

    def write_blindly(row: Mark, *, version: int, **values: object) -> Mark:
        type(row).objects.filter(pk=row.pk).update(**values)
        return row

    post("referent", "risk_mark", "1-1", **body(room, 10))
    monkeypatch.setattr(answers, "change", write_blindly)
    got = together(8, lambda rank: post("referent", "risk_mark", "1-1", **body(room, rank + 1, 1)))
    assert Counter(answer.status_code for answer in got)[200] > 1


def test_two_people_who_ask_the_same_one_ask_once(room: Room, post: Post) -> None:
    asked = [str(room.lead.pk), str(room.director.pk)]
    got = together(6, lambda rank: post(("director", "referent")[rank % 2], "risk_respondents", people=asked))
    assert {answer.status_code for answer in got} == {302}
    assert sorted(people(room)) == sorted([room.lead.pk, room.director.pk])


def test_who_removes_and_who_answers_meet_in_one_order(room: Room, post: Post) -> None:
    row = room.ask(room.referent, Capacity.DEPUTY)

    def do(rank: int) -> HttpResponse:
        if rank == 0:
            return post("director", "risk_respondent_remove", row.pk)
        return post("referent", "risk_mark", "1-1", **body(room, 5))

    removed, marked = together(2, do)
    assert marked.status_code == 200
    with elevated():
        left = Respondent.objects.get(assessment=room.assessment)
    # First removed, they come back by the mark that they give, in the capacity of their role.
    expected = {302: Capacity.REFERENT, 422: Capacity.DEPUTY}
    assert left.capacity == expected[removed.status_code]
    assert [mark.respondent_id for mark in marks(room)] == [left.pk]


def test_who_finishes_and_who_answers_meet_in_one_order(room: Room, post: Post) -> None:
    post("referent", "risk_mark", "1-1", **body(room, 5))

    def do(rank: int) -> HttpResponse:
        if rank == 0:
            return post("referent", "risk_answer_finish")
        return post("referent", "risk_mark", "1-2", **body(room, 5))

    finished, marked = together(2, do)
    assert finished.status_code == 302
    assert len(marks(room)) == (2 if marked.status_code == 200 else 1)
