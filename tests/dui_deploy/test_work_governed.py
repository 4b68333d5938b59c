"""« Mon travail »: what bodies ask of one person, across their projects."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from governance.enums import Choice, FollowUpState, Presence
from governance.models import Alert, ArbitrationVote, FollowUp, Mandate
from organisations.enums import Role
from tests.factories import AlertFactory, AttendanceFactory, FollowUpFactory, MeetingFactory
from tests.harness.governance import COUNCIL
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import World

pytestmark = pytest.mark.django_db


def plain(answer: object) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def heading(answer: object) -> str:
    return " ".join(parse(answer.content).xpath("string(//h1)").split())


def decided(world: World, role: Role, days: int, **values: object) -> FollowUp:
    """Something that a body asked of a person, due so many days from today."""
    due_on = timezone.localdate() + timedelta(days=days)
    number = FollowUp.objects.count() + 50
    return FollowUpFactory(
        meeting=world.own.governance.session,
        owner=world.person(role),
        due_on=due_on,
        number=number,
        label="Livrer le correctif",
        **values,
    )


def test_what_a_body_decided_is_an_action_like_the_others(world: World, client_as: Callable) -> None:
    with elevated():
        decided(world, Role.VENDOR, -4)
    page = client_as(world.person(Role.VENDOR)).get("/")
    assert "Une action est en retard" in heading(page)
    assert "Livrer le correctif" in plain(page)
    assert "4 jours de retard" in plain(page)
    assert "Décidé au COSTRAT du" in plain(page)


def test_what_is_done_is_asked_no_more(world: World, client_as: Callable) -> None:
    with elevated():
        decided(world, Role.VENDOR, -4, state=FollowUpState.DONE, done_on=timezone.localdate())
    assert "Livrer le correctif" not in plain(client_as(world.person(Role.VENDOR)).get("/"))


def test_a_meeting_is_told_to_who_is_called_and_to_no_other(world: World, client_as: Callable) -> None:
    vendor, observer = world.person(Role.VENDOR), world.person(Role.OBSERVER)
    AttendanceFactory(meeting=world.own.governance.comop, user=vendor, invited=True)
    page = plain(client_as(vendor).get("/"))
    assert "Séance" in page
    assert "dans 21 jours" in page
    assert COUNCIL not in page
    assert "dans 21 jours" not in plain(client_as(observer).get("/"))


def test_the_lead_is_told_of_the_drafts_to_convene(world: World, lead: Client) -> None:
    page = plain(lead.get("/"))
    assert "Préparer le COSTRAT du" in page
    assert "à convoquer avant le" in page


def test_a_seat_waits_for_its_person(world: World, client_as: Callable) -> None:
    member = world.person(Role.COMOP)
    page = client_as(member).get("/")
    assert "un siège attend votre accord" in heading(page)
    assert "Accepter ou décliner votre siège au COMOP" in plain(page)
    with elevated():
        Mandate.objects.filter(user=member).update(accepted_at=timezone.now())
    assert "votre accord" not in heading(client_as(member).get("/"))


def test_an_alert_waits_for_the_comop_and_its_answer_for_who_raised_it(world: World, client_as: Callable) -> None:
    member, director = world.person(Role.COMOP), world.person(Role.ESMS_DIRECTOR)
    alert = AlertFactory(project=world.project, number=70, subject="Le réseau tombe encore", raised_by=director)
    assert "Le réseau tombe encore" in plain(client_as(member).get("/"))
    assert "Le réseau tombe encore" not in plain(client_as(director).get("/"))  # hers: she waits
    with elevated():
        Alert.objects.filter(pk=alert.pk).update(
            answer="Un renfort arrive.", answered_by=member, answered_at=timezone.now()
        )
    told = client_as(director).get("/")
    assert "une alerte a reçu sa réponse" in heading(told).lower()
    assert "Réponse : Le réseau tombe encore" in plain(told)
    assert "Le réseau tombe encore" not in plain(client_as(member).get("/"))


def test_an_open_vote_waits_for_each_voice_until_it_is_said(world: World, client_as: Callable) -> None:
    own, member = world.own.governance, world.person(Role.COSTRAT)
    vote, og = "un vote vous attend", world.own.ogs[0]
    with elevated():
        Mandate.objects.filter(user=member).update(og=og)
    assert vote in heading(client_as(member).get("/")).lower()  # on the agenda of a meeting that is in session
    for role in (Role.OBSERVER, Role.COMOP, Role.VENDOR):
        assert vote not in heading(client_as(world.person(role)).get("/")).lower()
    with elevated():
        ArbitrationVote.objects.create(
            project=world.project,
            arbitration=own.arbitration,
            unit_id=og.pk,
            og=og,
            voter=member,
            weight=50,
            choice=Choice.ABSTENTION,
            recorded_by=member,
        )
    assert vote not in heading(client_as(member).get("/")).lower()


def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, lead: Client) -> None:
    own, counts = world.own.governance, []
    for more in (1, 2, 27):
        for _ in range(more):
            with elevated():
                number = 500 + FollowUp.objects.count()
                decided(world, Role.PROJECT_LEAD, 2)
                AlertFactory(project=world.project, number=number)
                meeting = MeetingFactory(body=own.comop_body, number=number)
                AttendanceFactory(meeting=meeting, user=world.lead, presence=Presence.EXPECTED)
        with counted() as queries:
            assert lead.get("/").status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
