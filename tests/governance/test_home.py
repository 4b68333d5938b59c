"""What waits in governance: each reads what is theirs, what presses first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from common import french
from common.scope import elevated
from governance.enums import MeetingStatus
from governance.models import AgendaRequest, Alert, Arbitration, FollowUp, Mandate, Meeting
from organisations.enums import Role
from tests.factories import (
    AgendaRequestFactory,
    AlertFactory,
    ArbitrationFactory,
    FollowUpFactory,
    MeetingFactory,
    UserFactory,
)
from tests.harness.governance import COUNCIL
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/gouvernance/"


def plain(answer: object) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def heading(answer: object) -> str:
    return " ".join(parse(answer.content).xpath("string(//h1)").split())


def test_the_title_says_who_meets_and_what_waits(world: World, lead: Client) -> None:
    said = heading(lead.get(PAGE))
    assert said == "Le COSTRAT est en séance ; un arbitrage, deux alertes et une question attendent"


def test_the_page_leads_first_to_the_meeting_under_way(world: World, lead: Client) -> None:
    page = parse(lead.get(PAGE).content)
    (button,) = page.xpath("//header[@class='page-head']//a[contains(@class, 'primary')]")
    assert button.get("href") == f"{PAGE}seances/{world.own.governance.session.number}/en-seance/"


def test_with_no_meeting_ahead_who_prepares_them_plans_one(world: World, lead: Client, client_as: Callable) -> None:
    with elevated():
        Meeting.objects.filter(project=world.project).exclude(status=MeetingStatus.CLOSED).update(
            status=MeetingStatus.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Grève"
        )
    answer = lead.get(PAGE)
    (button,) = parse(answer.content).xpath("//header[@class='page-head']//a[contains(@class, 'primary')]")
    assert (button.text_content().strip(), button.get("href")) == ("Planifier une séance", f"{PAGE}seances/planifier/")
    assert "aucune séance n’est convoquée" in plain(answer)
    assert lead.get(button.get("href")).status_code == 200
    for role in (Role.COMOP, Role.OBSERVER, Role.ESMS_DIRECTOR):
        assert "Planifier une séance" not in plain(client_as(world.person(role)).get(PAGE)), role


def test_a_vote_by_writing_says_until_when(world: World, lead: Client) -> None:
    until = timezone.localdate() + timedelta(days=6)
    with elevated():
        Arbitration.objects.filter(pk=world.own.governance.arbitration.pk).update(consultation_until=until)
    for page in (plain(lead.get(PAGE)), plain(lead.get(f"{PAGE}arbitrages/"))):
        assert "par écrit" in page
        assert f"jusqu’au {french.short_date(until)}".replace("\xa0", " ") in page


def test_a_seat_to_answer_comes_before_everything(world: World, client_as: Callable) -> None:
    member = world.person(Role.COSTRAT)
    page = client_as(member).get(PAGE)
    assert "Accepter ou décliner votre siège au COSTRAT" in plain(page)
    with elevated():
        Mandate.objects.filter(user=member).update(accepted_at=timezone.now())
    assert "votre siège" not in plain(client_as(member).get(PAGE))


def test_drafts_and_minutes_to_approve_are_the_leads(world: World, lead: Client, client_as: Callable) -> None:
    page = plain(lead.get(PAGE))
    assert "En préparation : personne n’est encore prévenu" in page
    assert "Comptes rendus à approuver" in page
    for role in (Role.COSTRAT, Role.COMOP, Role.OBSERVER, Role.VENDOR):
        other = plain(client_as(world.person(role)).get(PAGE))
        assert "En préparation" not in other
        assert "Comptes rendus à approuver" not in other


def test_what_a_meeting_is_for_is_told_to_who_reads_it(world: World, client_as: Callable) -> None:
    assert COUNCIL in plain(client_as(world.person(Role.COSTRAT)).get(PAGE))
    for role in (Role.VENDOR, Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT):
        page = plain(client_as(world.person(role)).get(PAGE))
        assert "COSTRAT" in page
        assert COUNCIL not in page, role


@pytest.mark.parametrize("role", [Role.VENDOR, Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT])
def test_who_reads_no_deliberation_knows_when_bodies_meet_and_no_more(
    world: World, client_as: Callable, role: Role
) -> None:
    page = plain(client_as(world.person(role)).get(PAGE))
    assert "Les prochaines séances" in page
    for hidden in (COUNCIL, "à rendre", "question", "Dernière décision", "Décisions"):
        assert hidden not in page, hidden


def test_a_director_is_told_of_the_alerts_of_their_structure(world: World, client_as: Callable) -> None:
    page = plain(client_as(world.person(Role.ESMS_DIRECTOR)).get(PAGE))
    assert "Le réseau tombe" in page
    assert "Une action bloquée" not in page  # of the project


def test_late_actions_are_those_of_the_meetings_that_one_reads_and_ones_own(world: World, client_as: Callable) -> None:
    late = {"meeting": world.own.governance.session, "due_on": timezone.localdate() - timedelta(days=3)}
    FollowUpFactory(owner=world.person(Role.VENDOR), number=80, label="Livrer le correctif", **late)
    FollowUpFactory(owner=world.lead, number=81, label="Chiffrer l’appui", **late)
    member, vendor = (plain(client_as(world.person(role)).get(PAGE)) for role in (Role.COSTRAT, Role.VENDOR))
    assert "Livrer le correctif" in member
    assert "Chiffrer l’appui" in member
    assert "Livrer le correctif" in vendor
    assert "Chiffrer l’appui" not in vendor


def test_when_nothing_waits_the_page_says_what_will_come(world: World, lead: Client) -> None:
    with elevated():
        for model in (FollowUp, Alert, AgendaRequest):
            model.objects.filter(project=world.project).delete()
        Arbitration.objects.filter(project=world.project).update(status="withdrawn", withdrawal_reason="Sans objet")
        Meeting.objects.filter(project=world.project).exclude(status=MeetingStatus.CLOSED).update(
            status=MeetingStatus.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Reportée"
        )
        closed = world.own.governance.closed
        Meeting.objects.filter(pk=closed.pk).update(minutes_sent_at=timezone.now())
        Meeting.objects.filter(pk=closed.pk).update(minutes_approved_at=timezone.now())
    page = lead.get(PAGE)
    assert heading(page) == "Rien n’attend les instances pour le moment"
    assert "Les séances convoquées, les arbitrages à rendre et les alertes sans réponse se lisent ici" in plain(page)


def test_a_question_leaves_the_page_once_withdrawn(world: World, lead: Client) -> None:
    address = f"{PAGE}questions/{world.own.question.pk}/retirer/"
    page = plain(lead.post(address, follow=True))
    assert "est retirée de l’ordre du jour" in page
    assert "Questions à mettre à l’ordre du jour" not in page
    assert lead.post(address).status_code == 404


def more_of_everything(world: World) -> None:
    own, number = world.own.governance, 1000 + 10 * FollowUp.objects.count()
    MeetingFactory(body=own.costrat, number=number)
    MeetingFactory(body=own.comop_body, number=number + 1, draft=True)
    ArbitrationFactory(project=world.project, number=number, status="to_decide", meeting=own.meeting)
    AlertFactory(project=world.project, number=number)
    yesterday = timezone.localdate() - timedelta(days=1)
    FollowUpFactory(meeting=own.session, number=number, due_on=yesterday)
    AgendaRequestFactory(body=own.costrat, asked_by=UserFactory())


def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, lead: Client) -> None:
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            with elevated():
                more_of_everything(world)
        with counted() as queries:
            assert lead.get(PAGE).status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
