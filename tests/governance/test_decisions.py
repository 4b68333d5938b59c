"""What is recorded, asked and answered, and what is refused, in which words."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common.errors import DomainError
from governance.enums import BodyKind
from governance.models import AgendaRequest, Body, Decision
from governance.services import (
    put_on_agenda,
    record_decision,
    settle_requests,
    withdraw_request,
)
from organisations.access import acting_as
from tests.harness.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_the_lead(world: World):
    with acting_as(world.lead.pk):
        yield


@pytest.fixture
def costrat(world: World) -> Body:
    return Body.objects.select_related("project").get(project=world.project, kind=BodyKind.COSTRAT)


def record(world: World, body: Body, **values: object) -> Decision:
    given = {
        "decided_on": timezone.localdate(),
        "title": "La note",
        "text": "Validée.",
        "user": world.lead,
        "token": uuid.uuid4(),
    }
    return record_decision(body=body, **{**given, **values})


# --- Decisions -------------------------------------------------------------------------------------------------------


def test_decisions_are_numbered_in_their_year(world: World, costrat: Body) -> None:
    costrat.project.started_on = date(2024, 1, 1)
    numbers = [record(world, costrat, decided_on=date(2024, month, 1)).reference for month in (3, 5)]
    later = record(world, costrat, decided_on=date(2025, 1, 9))
    assert (numbers, later.reference) == (["D-2024-01", "D-2024-02"], "D-2025-01")


def test_a_decision_is_never_changed_nor_deleted(world: World) -> None:
    for sql in ("update governance_decision set text = 'Autre'", "delete from governance_decision"):
        with pytest.raises(IntegrityError, match="decision_kept"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_closed_meeting_takes_no_decision_any_more(world: World, costrat: Body) -> None:
    with pytest.raises(IntegrityError, match="decision_locked"), transaction.atomic():
        record(world, costrat, meeting=world.own.governance.closed)


def test_the_same_decision_posted_twice_is_recorded_once(world: World, costrat: Body) -> None:
    token = uuid.uuid4()
    assert record(world, costrat, token=token) == record(world, costrat, token=token)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": " "}, "text"),
        ({"decided_on": timezone.localdate() + timedelta(days=1)}, "decided_on"),
        ({"decided_on": date(1999, 1, 1)}, "decided_on"),
    ],
)
def test_a_decision_says_what_and_when(world: World, costrat: Body, values: dict, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        record(world, costrat, **values)
    assert refused.value.field == field


def test_a_decision_settles_the_questions_that_it_answers(world: World, costrat: Body) -> None:
    asked = put_on_agenda(body=costrat, question="Quel calendrier ?", user=world.lead)
    other = put_on_agenda(body=costrat, question="Quel budget ?", user=world.lead)
    decision = record(world, costrat, settles=[asked])
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.settled_by, other.settled_by) == (decision, None)


def test_a_decision_does_not_answer_for_another_body(world: World, costrat: Body) -> None:
    comop = Body.objects.get(project=world.project, kind=BodyKind.COMOP)
    asked = put_on_agenda(body=comop, question="Quel calendrier ?", user=world.lead)
    with pytest.raises(DomainError, match="pas posée au COSTRAT"):
        record(world, costrat, settles=[asked])


# --- Questions -------------------------------------------------------------------------------------------------------


def test_one_question_waits_for_each_thing(world: World, costrat: Body) -> None:
    about = {"source": "essai", "source_id": uuid.uuid4()}
    asked = put_on_agenda(body=costrat, question="Quel calendrier ?", user=world.lead, **about)
    with pytest.raises(DomainError, match="déjà proposée"):
        put_on_agenda(body=costrat, question="Quel calendrier ?", user=world.lead, **about)
    withdraw_request(asked)
    again = put_on_agenda(body=costrat, question="Quel calendrier ?", user=world.lead, **about)
    decision = record(world, costrat)
    settle_requests(decision=decision, **about)
    again.refresh_from_db()
    asked.refresh_from_db()
    assert (again.settled_by, asked.settled_by) == (decision, None)
    withdraw_request(again)  # it is settled: nothing happens
    assert AgendaRequest.objects.get(pk=again.pk).withdrawn_at is None
