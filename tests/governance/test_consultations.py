"""A vote by writing: who is asked by e-mail, what the e-mail says, and to whom it says nothing any more."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common import french
from common.scope import elevated
from governance.enums import DispatchKind, MeetingStatus
from governance.models import Arbitration, Attendance, Dispatch, Mandate
from governance.services.rulings import postpone
from governance.services.votes import open_consultation
from governance.tasks import NOTHING_LEFT, send_dispatches
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import Membership
from organisations.services import end
from tests import factories
from tests.governance.council import Council, gather
from tests.harness.htmx import parse, text
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
FILE = f"/projets/{SLUG}/gouvernance/arbitrages/"


def plain(words: str) -> str:
    return words.replace("\xa0", " ").replace("\u202f", " ")


def page_of(answer: HttpResponse) -> str:
    return plain(text(parse(answer.content)))


@pytest.fixture
def council(world: World) -> Council:
    """A convened COSTRAT of three OG, before which an arbitration stands."""
    return gather(world, present=(), status=MeetingStatus.CONVENED)


@pytest.fixture
def as_the_lead(world: World) -> Iterator[None]:
    with acting_as(world.lead.pk):
        yield


def address(council: Council) -> str:
    return f"{FILE}{council.arbitration.year}/{council.arbitration.number}/"


def consult(lead: Client, council: Council) -> HttpResponse:
    with elevated():
        version = council.fresh().version
    return lead.post(f"{address(council)}consulter/", {"version": version}, follow=True)


def asked(council: Council) -> list[Dispatch]:
    with elevated():
        return list(Dispatch.objects.filter(arbitration=council.arbitration).order_by("asked_at", "pk"))


def letters(mailoutbox: list[EmailMultiAlternatives]) -> dict[str, str]:
    """What each was sent, in both forms, by address."""
    return {
        message.to[0]: plain(
            "\n".join([message.subject, message.body, *(str(body) for body, _ in message.alternatives)])
        )
        for message in mailoutbox
    }


def test_each_voice_is_asked_what_until_when_and_where(
    world: World, council: Council, lead: Client, mailoutbox: list
) -> None:
    answer = consult(lead, council)
    until = french.long_date(timezone.localdate() + timedelta(days=10))
    assert f"ouverte jusqu’au {plain(until)} inclus : trois courriels partent." in page_of(answer)
    send_dispatches()
    sent = letters(mailoutbox)
    assert set(sent) == {director.email for director in council.directors}
    first = sent[council.directors[0].email]
    assert f"Vote par écrit jusqu’au {plain(until)} : COSTRAT" in first
    with elevated():
        arbitration = council.fresh()
        labels = list(arbitration.options.values_list("label", flat=True))
    for said in (plain(arbitration.question), f"{plain(until)} inclus", f"{address(council)}#vote", *labels):
        assert first.count(said) == 2, said  # in its text and in its HTML
    assert "Vous votez au nom de" in first
    assert "41,67 %" in first
    assert "33,33 %" not in first  # each their own
    [message] = [message for message in mailoutbox if message.to == [council.directors[0].email]]
    assert message.reply_to == [world.lead.email]
    assert "Trois messages sont partis." in page_of(lead.get(address(council)))


def test_a_consultation_opened_twice_asks_once_and_one_opened_again_asks_again(
    world: World, council: Council, as_the_lead: None
) -> None:
    for _ in range(2):
        open_consultation(arbitration=council.fresh(), version=council.arbitration.version, user=world.lead)
    assert len(asked(council)) == 3
    arbitration = council.fresh()
    postpone(
        arbitration=arbitration,
        version=arbitration.version,
        to=timezone.localdate() + timedelta(days=30),
        reason="Le devis manque.",
    )
    Arbitration.objects.filter(pk=arbitration.pk).update(status="to_decide", meeting=council.meeting)
    arbitration = council.fresh()
    open_consultation(arbitration=arbitration, version=arbitration.version, user=world.lead)
    assert len(asked(council)) == 6


def test_a_substitute_is_asked_beside_who_they_stand_in_for(
    world: World, council: Council, lead: Client, mailoutbox: list
) -> None:
    holder, substitute = council.directors[1], factories.UserFactory()
    factories.MembershipFactory(user=substitute, role=Role.COSTRAT, target=world.project)
    with elevated():
        Mandate.objects.filter(user=holder).update(substitute=substitute)
    factories.AttendanceFactory(
        meeting=council.meeting,
        project=world.project,
        user=substitute,
        og=council.ogs[1],
        votes=True,
        stands_in_for=holder,
    )
    consult(lead, council)
    send_dispatches()
    sent = letters(mailoutbox)
    assert f"Vous suppléez {holder} : vous pouvez voter à sa place" in sent[substitute.email]
    assert "Vous suppléez" not in sent[holder.email]


def test_nothing_is_said_to_who_lost_the_right_nor_to_who_voted_meanwhile(
    world: World, council: Council, lead: Client, mailoutbox: list
) -> None:
    """Between the click and the sending: one voted, one left the project, one left the body but reads on."""
    voted, left, unseated = council.directors
    consult(lead, council)
    with elevated():
        council.says(0, "A")
        for membership in Membership.objects.filter(user=left):
            end(membership)
        Mandate.objects.filter(user=unseated).update(ends_on=timezone.localdate() - timedelta(days=1))
    send_dispatches()
    assert letters(mailoutbox) == {}
    errors = {row.user_id: row.error for row in asked(council)}
    assert errors[voted.pk] == errors[unseated.pk] == NOTHING_LEFT
    assert "plus de rôle" in errors[left.pk]


def test_nothing_leaves_once_the_vote_is_over(world: World, council: Council, lead: Client, mailoutbox: list) -> None:
    consult(lead, council)
    with elevated():
        Arbitration.objects.filter(pk=council.arbitration.pk).update(
            consultation_until=timezone.localdate() - timedelta(days=1)
        )
    send_dispatches()
    assert mailoutbox == []


def test_a_voice_that_nobody_holds_is_said(world: World, council: Council, lead: Client) -> None:
    with elevated():
        Attendance.objects.filter(meeting=council.meeting).delete()
    assert "Personne ne porte de voix à consulter" in page_of(consult(lead, council))
    assert asked(council) == []


def test_an_e_mail_that_did_not_leave_is_said_and_tried_again(
    world: World, council: Council, lead: Client, mailoutbox: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = EmailBackend.send_messages

    def down(backend: EmailBackend, messages: list[EmailMultiAlternatives]) -> int:
        if messages[0].to == [council.directors[2].email]:
            raise smtplib.SMTPServerDisconnected
        return send(backend, messages)

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", down)
        consult(lead, council)
        send_dispatches()
    page = page_of(lead.get(address(council)))
    assert "Deux messages sont partis et un n’est pas parti." in page
    assert f"{council.directors[2].get_full_name()}, consultation écrite" in page
    assert lead.post(f"{address(council)}consulter/envois/").status_code == 302
    send_dispatches()
    assert len(mailoutbox) == 3
    assert "Trois messages sont partis." in page_of(lead.get(address(council)))


def test_how_the_e_mails_left_is_the_leads_to_read(
    world: World, council: Council, lead: Client, client_as: Callable
) -> None:
    consult(lead, council)
    assert "messages partent dans un instant" in page_of(lead.get(address(council)))
    page = page_of(client_as(council.directors[0]).get(address(council)))
    assert "Votre vote, au nom de" in page
    assert "messages partent" not in page
    assert {row.kind for row in asked(council)} == {DispatchKind.CONSULTATION}
