"""Minutes: what they say, to whom they are sent and with what, how they are approved and mended."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from checklist.enums import Actor, Letter, Status
from checklist.models import Action
from checklist.selectors.minutes import informed_since
from checklist.services import set_status
from common.errors import DomainError
from common.french import long_date
from common.scope import elevated
from governance import enclosures
from governance.enclosures import Enclosure
from governance.enums import MINUTES_SOURCE, BodyKind, DispatchKind, ItemState, MeetingStatus
from governance.models import AgendaItem, Amendment, Dispatch, Meeting
from governance.services.attendance import give_proxy
from governance.services.minutes import amend, approve_minutes, send_minutes
from governance.services.outcomes import decide, note_action
from governance.services.sessions import close_session
from governance.tasks import send_dispatches
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from tests import factories
from tests.governance.room import Room, committee, costrat_of_three
from tests.harness.days import days_ago
from tests.harness.htmx import parse, text
from tests.harness.world import LEADS_ACTION, World

pytestmark = pytest.mark.django_db


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def url(room: Room, what: str = "compte-rendu/") -> str:
    return f"/projets/{room.project.slug}/gouvernance/seances/{room.meeting.number}/{what}"


def hold(room: Room, summary: str = "L’essentiel.") -> Room:
    """One decision, one action for Delta, one point left; then closed."""
    item = room.point("Le budget", notes="Deux OG demandent un échéancier.")
    room.point("Le calendrier")
    with acting_as(room.lead.pk):
        if room.body.kind == BodyKind.COSTRAT:
            decide(item=item, title="Le budget", text="412 000 € validés.", user=room.lead, token=uuid.uuid4())
        owner = next(iter(room.people.values()))
        note_action(
            item=item,
            label="Écrire l’échéancier",
            owner=owner,
            due_on=timezone.localdate() + timedelta(days=20),
            user=room.lead,
            token=uuid.uuid4(),
        )
        close_session(meeting=room.meeting, summary=summary, version=1, user=room.lead)
    return room


@pytest.fixture
def room() -> Room:
    found = costrat_of_three()
    found.come("Delta", "suppléante")
    with acting_as(found.lead.pk):
        row = found.attendance("Amont")
        give_proxy(attendance=row, version=row.version, to=found.people["Delta"])
    return hold(found)


@pytest.fixture
def lead(room: Room, client_as: Callable) -> Client:
    return client_as(room.lead)


@pytest.fixture
def documents() -> Iterator[list[User]]:
    """Who gets a document with the minutes; without the app that makes it, a stand-in does."""
    made: list[User] = []
    before = dict(enclosures._makers)

    def make(meeting: Meeting, user: User) -> Enclosure:
        made.append(user)
        return Enclosure("compte-rendu.pdf", b"%PDF-1.7")

    enclosures.encloses(DispatchKind.MINUTES)(make)
    yield made
    enclosures._makers.clear()
    enclosures._makers.update(before)


def send(room: Room, **values: str) -> list[Dispatch]:
    with acting_as(room.lead.pk):
        return send_minutes(meeting=room.meeting, user=room.lead, **values)


def sent_to(user: User) -> str:
    """The text that this person received, with ordinary spaces."""
    (found,) = [message for message in mail.outbox if message.to == [user.email]]
    return found.body.replace("\xa0", " ").replace("\u202f", " ")


# --- What they say ---------------------------------------------------------------------------------------------------


def test_the_minutes_say_all_of_the_meeting(room: Room, lead: Client) -> None:
    page = plain(lead.get(url(room)))
    assert "Le COSTRAT a pris une décision, décidé une action et reporté un point" in page
    due = long_date(timezone.localdate() + timedelta(days=5)).replace("\xa0", " ")
    assert f"Il n’a pas encore été envoyé. Il est attendu pour le {due}." in page
    for said in (
        "L’essentiel.",
        f"D‑{timezone.localdate().year}‑01 : Le budget",
        "412 000 € validés.",
        "Action n° 1 : Écrire l’échéancier",
        "Suppléante Aval (Aval) et Direction Delta (Delta)",
        "Direction Amont donne pouvoir à Direction Delta",
        "À la clôture, 100 % du poids des OG était représenté, il en fallait 60 % : le quorum était atteint.",
        "Deux OG demandent un échéancier.",
        "Le calendrier",
        "une erreur se corrige par un rectificatif".capitalize(),
    ):
        assert said in page, said


def test_while_it_lasts_they_are_a_draft(client_as: Callable) -> None:
    room = costrat_of_three()
    page = plain(client_as(room.lead).get(url(room)))
    assert "Projet de compte rendu : la séance n’est pas close." in page
    assert "Envoyer" not in page


def test_before_it_opens_there_are_none(client_as: Callable) -> None:
    room = costrat_of_three(in_session=False, starts_at=timezone.now())
    answer = client_as(room.lead).get(url(room))
    assert (answer.status_code, answer["Location"]) == (302, url(room, ""))


def test_who_reads_the_meeting_reads_its_minutes(room: Room, client_as: Callable) -> None:
    member = client_as(room.people["Amont"])
    page = plain(member.get(url(room)))
    assert "412 000 € validés." in page
    assert "Envoyer" not in page
    assert "rectificatif" not in page.lower()
    assert member.post(url(room, "compte-rendu/envoyer/")).status_code == 403
    assert member.post(url(room, "compte-rendu/rectifier/"), {"text": "Non"}).status_code == 403
    assert client_as(room.others["DPD"]).get(url(room)).status_code == 403  # called without a seat


def test_without_a_quorum_the_lead_is_offered_a_second_call(client_as: Callable) -> None:
    room = costrat_of_three()
    with acting_as(room.lead.pk):
        close_session(meeting=room.meeting, summary="", version=1, user=room.lead)
    offer = f"/gouvernance/seances/planifier/?seconde={room.meeting.number}"
    assert offer in client_as(room.lead).get(url(room)).content.decode()
    assert offer not in client_as(room.people["Amont"]).get(url(room)).content.decode()
    factories.MeetingFactory(body=room.body, number=2, second_call_of=room.meeting)
    assert offer not in client_as(room.lead).get(url(room)).content.decode()


# --- Sending ---------------------------------------------------------------------------------------------------------


def test_one_click_sends_them_to_each_person_called_once(room: Room, lead: Client) -> None:
    answer = lead.post(url(room, "compte-rendu/envoyer/"), {"message": "Merci à tous."}, follow=True)
    assert "Le compte rendu part à 5 personnes, chacune avec ses propres actions." in plain(answer)
    again = lead.post(url(room, "compte-rendu/envoyer/"), follow=True)
    assert "il repartira après un rectificatif" in plain(again)
    with elevated():
        rows = Dispatch.objects.filter(meeting=room.meeting, kind=DispatchKind.MINUTES)
        assert {row.user_id for row in rows} == {user.pk for user in (*room.people.values(), *room.others.values())}
        assert {(row.sequence, row.message, row.asked_by_id) for row in rows} == {(0, "Merci à tous.", room.lead.pk)}
    assert room.fresh().minutes_sent_at is not None


def test_each_mail_begins_with_the_readers_own_actions(room: Room, documents: list[User]) -> None:
    send(room, message="Merci à tous.")
    send_dispatches()
    owner, other = room.people["Amont"], room.people["Delta"]
    mine, theirs = sent_to(owner), sent_to(other)
    assert mine.index("Vos actions") < mine.index("Écrire l’échéancier, pour le") < mine.index("Ce qui a été décidé")
    assert "Vos actions" not in theirs
    for said in (mine, theirs):
        assert "Merci à tous." in said
        assert "Le budget : 412 000 € validés." in said
        assert url(room) in said
    (message,) = [item for item in mail.outbox if item.to == [owner.email]]
    assert message.subject.replace("\xa0", " ").startswith("Compte rendu : COSTRAT du")
    assert message.reply_to == [room.lead.email]
    assert "Écrire l’échéancier" in message.alternatives[0][0]
    assert [name for name, _, _ in message.attachments] == ["compte-rendu.pdf"]
    assert owner in documents
    assert room.others["DPD"] not in documents


def test_a_guest_who_reads_nothing_gets_their_own_actions_and_points_alone(documents: list[User]) -> None:
    room = committee(BodyKind.COMOP)
    room.come(*room.people)
    vendor = room.others["éditeur"]
    item = room.point("Les anomalies", notes="Trois restent ouvertes.", owner=vendor)
    room.point("Le contrat", notes="Un secret entre OG.")
    with acting_as(room.lead.pk):
        note_action(
            item=item,
            label="Corriger les anomalies",
            owner=vendor,
            due_on=timezone.localdate(),
            user=room.lead,
            token=uuid.uuid4(),
        )
        decide(item=item, title="Les anomalies", text="Pénalités suspendues.", user=room.lead, token=uuid.uuid4())
        close_session(meeting=room.meeting, summary="Un secret de plus.", version=1, user=room.lead)
    send(room)
    send_dispatches()
    said = sent_to(vendor)
    assert "Corriger les anomalies, pour le" in said
    assert "Les anomalies : Trois restent ouvertes." in said
    (message,) = [item for item in mail.outbox if item.to == [vendor.email]]
    for whole in (said, message.alternatives[0][0]):
        for hidden in ("secret", "Pénalités", "Le contrat", "compte-rendu/"):
            assert hidden not in whole
    assert message.attachments == []
    assert vendor not in documents


def test_a_guest_with_nothing_to_do_is_not_written_to() -> None:
    room = committee(BodyKind.COMOP)
    with acting_as(room.lead.pk):
        close_session(meeting=room.meeting, summary="", version=1, user=room.lead)
    send(room)
    send_dispatches()
    assert [message for message in mail.outbox if message.to == [room.others["éditeur"].email]] == []
    assert len(mail.outbox) == len(room.people)  # the reporter takes no part in the project any more


def test_who_has_something_to_do_without_having_been_called_is_written_to() -> None:
    room = costrat_of_three()
    buyer = factories.UserFactory()
    factories.MembershipFactory(user=buyer, role=Role.PURCHASING, target=room.project)
    given = {"label": "Chiffrer", "owner": buyer, "due_on": timezone.localdate(), "user": room.lead}
    with acting_as(room.lead.pk):
        note_action(item=room.point(), token=uuid.uuid4(), **given)
        close_session(meeting=room.meeting, summary="", version=1, user=room.lead)
    assert buyer.pk in {row.user_id for row in send(room)}
    send_dispatches()
    assert "Chiffrer, pour le" in sent_to(buyer)


def test_minutes_leave_again_after_an_amendment_alone(room: Room, lead: Client) -> None:
    send(room)
    with pytest.raises(DomainError, match="il repartira après un rectificatif"):
        send(room)
    assert "Renvoyer avec le rectificatif" not in plain(lead.get(url(room)))
    lead.post(url(room, "compte-rendu/rectifier/"), {"text": "C’est 421 000 €.", "token": uuid.uuid4()})
    assert "Renvoyer avec le rectificatif" in plain(lead.get(url(room)))
    assert {row.sequence for row in send(room)} == {1}
    send_dispatches()
    subjects = {message.subject.partition(" : ")[0].replace("\xa0", " ") for message in mail.outbox}
    assert subjects <= {"Compte rendu rectifié", "Compte rendu"}
    with pytest.raises(DomainError, match="il repartira après un rectificatif"):
        send(room)


def test_minutes_leave_once_the_meeting_is_closed() -> None:
    room = costrat_of_three()
    with pytest.raises(DomainError, match="une fois la séance close"):
        send(room)


# --- Who is Informé --------------------------------------------------------------------------------------------------


@pytest.fixture
def informed(world: World) -> tuple[Meeting, Action, User]:
    """A COMOP just closed; an action changed since the one before; the DPD, whom nobody called, is Informé of it."""
    before = factories.MeetingFactory(
        body=world.own.governance.comop_body, number=70, closed=True, starts_at=days_ago(9)
    )
    meeting = factories.MeetingFactory(
        body=before.body, number=71, closed=True, starts_at=timezone.now() - timedelta(hours=2)
    )
    dpo = world.person(Role.DPO)
    action = world.action("2.1.1")
    factories.ActionPersonFactory(action=action, user=dpo, letter=Letter.I)
    return meeting, action, dpo


def change(world: World, action: Action, by: User, to: Status = Status.OK) -> None:
    with acting_as(by.pk):
        set_status(action=action, version=action.version, status=to, user=by)


def told(world: World, meeting: Meeting) -> set[User]:
    with acting_as(world.lead.pk):
        return set(informed_since(Meeting.objects.select_related("project").get(pk=meeting.pk)))


def test_who_is_informe_of_what_moved_is_told_with_the_minutes(
    world: World, informed: tuple[Meeting, Action, User]
) -> None:
    meeting, action, dpo = informed
    assert dpo not in told(world, meeting)
    change(world, action, world.lead)
    assert dpo in told(world, meeting)
    with acting_as(world.lead.pk):
        rows = send_minutes(meeting=meeting, user=world.lead)
    assert dpo.pk in {row.user_id for row in rows}
    send_dispatches()
    said = sent_to(dpo)
    assert "Pour votre information" in said
    assert f"Action 2.1.1, {action.label}".replace("'", "’")[:30] in said
    assert "/checklist/actions/2.1.1/" in said
    assert "compte-rendu/" not in said  # no seat: the minutes are not theirs


def test_who_changed_it_themselves_or_may_not_read_is_not_told(
    world: World, informed: tuple[Meeting, Action, User]
) -> None:
    meeting, action, dpo = informed
    vendor = world.person(Role.VENDOR)
    factories.ActionPersonFactory(action=action, user=vendor, letter=Letter.I)
    change(world, action, dpo)
    found = told(world, meeting)
    assert dpo not in found
    assert vendor not in found


def test_what_moved_before_the_meeting_before_is_old_news(world: World, informed: tuple[Meeting, Action, User]) -> None:
    meeting, action, dpo = informed
    change(world, action, world.lead)
    with elevated():
        Action.objects.filter(pk=action.pk).update(status_at=days_ago(20))
    assert dpo not in told(world, meeting)


def test_a_body_that_is_informe_stands_for_its_members(world: World, informed: tuple[Meeting, Action, User]) -> None:
    meeting, _, _ = informed
    with elevated():
        action = Action.objects.filter(
            project=world.project, status=Status.TODO, raci__actor=Actor.COMOP, raci__letter=Letter.I
        ).exclude(number=LEADS_ACTION)[0]
    change(world, action, world.lead, Status.IN_PROGRESS)
    assert world.person(Role.COMOP) in told(world, meeting)


# --- Approval --------------------------------------------------------------------------------------------------------


@pytest.fixture
def next_one(room: Room) -> tuple[Room, AgendaItem]:
    meeting = factories.MeetingFactory(body=room.body, number=2, in_session=True)
    item = factories.AgendaItemFactory(
        meeting=meeting, label="Approbation du compte rendu", source=MINUTES_SOURCE, source_id=room.meeting.pk
    )
    return Room(room.project, room.lead, room.body, meeting), item


def test_minutes_are_approved_at_the_next_meeting_once_sent(
    room: Room, next_one: tuple[Room, AgendaItem], lead: Client
) -> None:
    following, item = next_one
    where = url(following, f"points/{item.pk}/approuver/")
    session = url(following, "en-seance/")
    assert "Approuver le compte rendu" not in plain(lead.get(session))
    answer = lead.post(where)
    assert answer.status_code == 422
    assert "Un compte rendu s’approuve une fois envoyé." in plain(answer)
    send(room)
    assert "Approuver le compte rendu" in plain(lead.get(session))
    assert "À approuver à la prochaine séance." in plain(lead.get(url(room)))
    for _ in range(2):
        assert lead.post(where).status_code == 302
    approved = room.fresh()
    assert approved.minutes_approved_in_id == following.meeting.pk
    with elevated():
        assert AgendaItem.objects.get(pk=item.pk).state == ItemState.TREATED
    assert "Approuvé en séance du" in plain(lead.get(url(room)))


def test_a_point_that_is_no_approval_approves_nothing(room: Room, next_one: tuple[Room, AgendaItem]) -> None:
    following, _ = next_one
    with acting_as(room.lead.pk), pytest.raises(DomainError, match="n’est pas l’approbation"):
        approve_minutes(item=following.point())


# --- Amendments ------------------------------------------------------------------------------------------------------


def test_an_amendment_is_the_only_correction_dated_signed_and_on_top(
    room: Room, lead: Client, client_as: Callable
) -> None:
    token = uuid.uuid4()
    for _ in range(2):
        answer = lead.post(url(room, "compte-rendu/rectifier/"), {"text": "C’est 421 000 €.", "token": token})
        assert answer.status_code == 302
    page = plain(client_as(room.people["Amont"]).get(url(room)))
    assert page.index("C’est 421 000 €.") < page.index("L’essentiel.")
    assert "Maëlle Kerdrain, le" in page
    with elevated():
        assert Amendment.objects.filter(meeting=room.meeting).count() == 1
    refused = lead.post(url(room, "compte-rendu/rectifier/"), {"text": " ", "token": uuid.uuid4()})
    assert refused.status_code == 422


def test_a_meeting_that_is_not_closed_is_mended_directly() -> None:
    room = costrat_of_three()
    with acting_as(room.lead.pk), pytest.raises(DomainError, match="n’est pas close"):
        amend(meeting=room.meeting, text="Non", user=room.lead, token=uuid.uuid4())


@pytest.mark.parametrize("sql", ["update governance_amendment set text = 'Non'", "delete from governance_amendment"])
def test_an_amendment_never_changes(room: Room, sql: str) -> None:
    with acting_as(room.lead.pk):
        amend(meeting=room.meeting, text="C’est 421 000 €.", user=room.lead, token=uuid.uuid4())
        with pytest.raises(IntegrityError, match="amendment_kept"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert room.fresh().status == MeetingStatus.CLOSED
