"""An agenda that changed since its meeting was convened: said on its page, told once, in the same event."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from common.scope import elevated
from governance import enclosures
from governance.enclosures import Enclosure
from governance.enums import DispatchKind, ItemKind, MeetingStatus
from governance.models import AgendaItem, Dispatch, Meeting
from governance.services.convening import convene
from governance.tasks import send_dispatches
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from tests.factories import AgendaItemFactory, MandateFactory
from tests.harness.governance import COUNCIL
from tests.harness.htmx import parse, text
from tests.harness.threads import together
from tests.harness.world import SLUG, World

# The history dates what it keeps by transaction: each request needs its own.
pytestmark = pytest.mark.django_db(transaction=True)
PAGE = f"/projets/{SLUG}/gouvernance/seances/2/"
CHANGED = "L’ordre du jour a changé depuis"


def plain(answer: HttpResponse | str) -> str:
    words = answer if isinstance(answer, str) else text(parse(answer.content))
    return words.replace("\xa0", " ").replace("\u202f", " ")


def read(meeting: Meeting) -> Meeting:
    with elevated():
        return Meeting.objects.select_related("body__project", "project").get(pk=meeting.pk)


@pytest.fixture
def convened(world: World, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """A convened COSTRAT: two points, its member, the lead, and the vendor who is a guest and brings the second. The
    document that goes with it says how many points it has."""

    def drawn(meeting: Meeting, user: User) -> Enclosure:
        return Enclosure("ordre-du-jour.pdf", f"%PDF {AgendaItem.objects.filter(meeting=meeting).count()}".encode())

    monkeypatch.setitem(enclosures._makers, DispatchKind.CONVOCATION, drawn)
    meeting = read(world.own.governance.draft)
    with elevated():
        meeting.items.all().delete()
    MandateFactory(body=meeting.body, user=world.lead)
    MandateFactory(body=meeting.body, user=world.person(Role.VENDOR), invited=True)
    AgendaItemFactory(meeting=meeting, position=1, label=f"Le budget {COUNCIL}", minutes=30, owner=world.lead)
    AgendaItemFactory(meeting=meeting, position=2, label="Les versions", minutes=15, owner=world.person(Role.VENDOR))
    with acting_as(world.lead.pk):
        convene(meeting=meeting, version=meeting.version, user=world.lead)
    return read(meeting)


def add(lead: Client, label: str, **values: Any) -> HttpResponse:
    token = parse(lead.get(PAGE).content).xpath("//form[@id='ajouter-point']//input[@name='token']/@value")[0]
    given = {"label": label, "minutes": 20, "kind": ItemKind.DECISION, "token": token}
    return lead.post(f"{PAGE}points/ajouter/", given, **values)


def tell(lead: Client) -> HttpResponse:
    return lead.post(f"{PAGE}ordre-du-jour/prevenir/", follow=True)


def dispatches(meeting: Meeting) -> list[Dispatch]:
    with elevated():
        return list(Dispatch.objects.filter(meeting=meeting, kind=DispatchKind.AGENDA))


def point(meeting: Meeting, label: str) -> str:
    with elevated():
        return f"{PAGE}points/{AgendaItem.objects.get(meeting=meeting, label__startswith=label).pk}/"


def sent_to(mailoutbox: list[EmailMultiAlternatives], user: User) -> EmailMultiAlternatives:
    [message] = [message for message in mailoutbox if message.to == [user.email]]
    return message


def words(message: EmailMultiAlternatives) -> str:
    parts = [message.subject, message.body, *(str(body) for body, _ in message.alternatives)]
    return plain("\n".join(parts))


def sequence_of(message: EmailMultiAlternatives) -> int:
    [content] = [
        part.get_payload(decode=True) for part in message.message().walk() if "calendar" in part["Content-Type"]
    ]
    [event] = Calendar.from_ical(content).walk("VEVENT")
    return event["SEQUENCE"]


def test_what_changed_is_said_told_in_a_click_and_not_twice(
    world: World, lead: Client, mailoutbox: list, convened: Meeting
) -> None:
    send_dispatches()
    mailoutbox.clear()
    assert CHANGED not in plain(lead.get(PAGE))
    fragment = add(lead, "La vague 2", headers={"hx-request": "true"})
    assert "Ajouté : « La vague 2 » (20 minutes)" in plain(fragment)  # said at once, where it was done
    lead.post(f"{point(convened, 'Les versions')}retirer/")
    page = plain(lead.get(PAGE))
    assert f"{CHANGED} la convocation : personne n’en est prévenu" in page
    assert "Ajouté : « La vague 2 »" in page
    assert "Retiré : « Les versions »" in page

    answer = plain(tell(lead))
    assert "part à trois personnes." in answer
    assert CHANGED not in answer
    send_dispatches()
    assert len(mailoutbox) == 3
    member = sent_to(mailoutbox, world.person(Role.COSTRAT))
    said = words(member)
    assert "Ordre du jour modifié : COSTRAT du" in said
    for line in ("Ajouté : « La vague 2 » (20 minutes)", "Retiré : « Les versions »", f"Le budget {COUNCIL}"):
        assert line in said, line
    assert sequence_of(member) == 1
    [document] = [part for part in member.attachments if part[0] == "ordre-du-jour.pdf"]
    assert document[1] == b"%PDF 2"

    assert "Chacun connaît déjà cet ordre du jour" in plain(tell(lead))  # the same page, posted again
    assert len(dispatches(convened)) == 3
    add(lead, "Les tablettes")
    assert f"{CHANGED} le dernier envoi" in plain(lead.get(PAGE))
    tell(lead)
    assert len(dispatches(convened)) == 6


def test_a_guest_is_told_of_their_own_points_and_of_no_change(
    world: World, lead: Client, mailoutbox: list, convened: Meeting
) -> None:
    send_dispatches()
    mailoutbox.clear()
    add(lead, f"Les pénalités {COUNCIL}")
    tell(lead)
    send_dispatches()
    said = words(sent_to(mailoutbox, world.person(Role.VENDOR)))
    assert "Les points que vous portez" in said
    assert "Les versions" in said
    assert COUNCIL not in said
    assert "Ce qui change" not in said


def test_each_kind_of_change_has_its_words(world: World, lead: Client, convened: Meeting) -> None:
    lead.post(f"{point(convened, 'Les versions')}deplacer/", {"vers": "haut"})
    given = {"label": "Les versions 2 et 3", "detail": "Lisez la note.", "minutes": 25, "kind": ItemKind.INFORMATION}
    assert lead.post(point(convened, "Les versions"), {**given, "version": 1}).status_code == 302
    page = plain(lead.get(PAGE))
    for line in (
        "« Les versions » devient « Les versions 2 et 3 »",
        "« Les versions 2 et 3 » passe de 15 à 25 minutes",
        "« Les versions 2 et 3 » n’est plus porté par personne",
        "« Les versions 2 et 3 » est à traiter autrement : information",
        "Ce qu’il faut savoir avant « Les versions 2 et 3 » a changé",
        "L’ordre des points a changé",
    ):
        assert line in page, line


def test_what_was_undone_is_no_change(world: World, lead: Client, convened: Meeting) -> None:
    where = point(convened, "Les versions")
    lead.post(f"{where}retirer/")
    assert CHANGED in plain(lead.get(PAGE))
    lead.post(f"{where}remettre/")
    assert CHANGED not in plain(lead.get(PAGE))


def test_another_date_tells_of_the_agenda_too(world: World, lead: Client, mailoutbox: list, convened: Meeting) -> None:
    send_dispatches()
    mailoutbox.clear()
    add(lead, "La vague 2")
    day = timezone.localdate(read(convened).starts_at)
    given = {"day": day.isoformat(), "time": "09:00", "duration_minutes": 90, "place": "Mairie"}
    given["version"] = read(convened).version
    assert lead.post(f"{PAGE}date-et-lieu/", given).status_code == 302
    assert CHANGED not in plain(lead.get(PAGE))
    send_dispatches()
    assert "Ajouté : « La vague 2 »" in words(sent_to(mailoutbox, world.person(Role.COSTRAT)))


def test_eight_clicks_at_the_same_moment_tell_once(world: World, lead: Client, convened: Meeting) -> None:
    add(lead, "La vague 2")
    with elevated():
        before = Dispatch.objects.count()
    together(8, lambda index: lead.post(f"{PAGE}ordre-du-jour/prevenir/").status_code)
    with elevated():
        assert Dispatch.objects.count() == before + 3
    assert read(convened).sequence == 1


def test_members_are_offered_nothing_and_a_draft_tells_nobody(world: World, client_as: Any, convened: Meeting) -> None:
    lead = client_as(world.lead)
    add(lead, "La vague 2")
    assert CHANGED not in plain(client_as(world.person(Role.COSTRAT)).get(PAGE))
    with elevated():
        Meeting.objects.filter(pk=convened.pk).update(status=MeetingStatus.DRAFT)
    assert CHANGED not in plain(lead.get(PAGE))
    refused = lead.post(f"{PAGE}ordre-du-jour/prevenir/")
    assert refused.status_code == 422
    assert "Seule une séance convoquée et à venir" in plain(refused)
    assert dispatches(convened) == []
