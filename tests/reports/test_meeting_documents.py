"""« Ordre du jour » and « Compte rendu »: of a whole meeting, or of a guest's own points; numbered, or enclosed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.errors import DomainError
from common.scope import elevated
from governance.enclosures import Enclosure, enclosure
from governance.enums import (
    ARBITRATION_SOURCE,
    ArbitrationStatus,
    Choice,
    DecisionMode,
    DispatchKind,
    ItemState,
    MeetingStatus,
    Presence,
)
from governance.models import (
    AgendaItem,
    Amendment,
    Arbitration,
    ArbitrationVote,
    Attendance,
    Meeting,
    Minutes,
)
from governance.rights import rights_of
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from reports.enums import ReportKind
from reports.selectors.meetings import MeetingFacts, meeting_facts
from reports.tasks import enclosing
from tests import factories
from tests.harness.queries import counted
from tests.harness.world import COUNCIL, World
from tests.pdf import accessibility_faults
from tests.reports.documents import asked, content, made, outline, said

pytestmark = pytest.mark.django_db(transaction=True)
OF_VENDOR, PRIVATE = "CANARIEDITEUR", "CANARIPRIVE"  # the vendor's own point; what the others say


@pytest.fixture
def meeting(world: World) -> Meeting:
    """A COMOP called for two in the afternoon: three points, of which one is the vendor's."""
    found = factories.MeetingFactory(
        body=world.own.governance.comop_body,
        number=40,
        starts_at=timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=20),
        objective="Suivre le projet.",
    )
    vendor = world.person(Role.VENDOR)
    for position, label, owner in ((1, PRIVATE, world.lead), (2, OF_VENDOR, vendor), (3, PRIVATE, None)):
        factories.AgendaItemFactory(
            meeting=found,
            position=position,
            label=f"{label} {position}",
            detail=f"À savoir {label}",
            minutes=15 * position,
            owner=owner,
        )
    factories.MandateFactory(body=found.body, user=vendor, invited=True)
    for user, invited in ((world.lead, False), (world.person(Role.COMOP), False), (vendor, True)):
        factories.AttendanceFactory(meeting=found, user=user, invited=invited)
    return found


def hold(world: World, meeting: Meeting) -> None:
    """It is held: a decision, an arbitration rendered, something to do, then closed."""
    vendor, today = world.person(Role.VENDOR), timezone.localdate()
    with elevated():
        first, second, third = AgendaItem.objects.filter(meeting=meeting).order_by("position")
        for item, notes in ((first, f"{PRIVATE} noté"), (second, f"{OF_VENDOR} noté")):
            item.notes, item.state = notes, ItemState.TREATED
            item.save()
        arbitration = decided(world, meeting)
        third.source, third.source_id, third.state = ARBITRATION_SOURCE, arbitration.pk, ItemState.POSTPONED
        third.save()
        Attendance.objects.filter(meeting=meeting).update(presence=Presence.PRESENT)
        Minutes.objects.create(project=world.project, meeting=meeting, summary=f"{PRIVATE} à retenir")
    factories.DecisionFactory(
        body=meeting.body, number=80, meeting=meeting, item=first, title="Le calendrier", text=f"{PRIVATE} décidé"
    )
    for number, owner, label in ((80, world.lead, PRIVATE), (81, vendor, OF_VENDOR)):
        factories.FollowUpFactory(
            meeting=meeting, item=second, number=number, owner=owner, label=f"{label} à faire", due_on=today
        )
    with elevated():
        Meeting.objects.filter(pk=meeting.pk).update(
            status=MeetingStatus.CLOSED,
            opened_at=timezone.now(),
            closed_at=timezone.now(),
            quorum_reached=True,
        )
        Amendment.objects.create(
            project=world.project, meeting=meeting, text=f"{PRIVATE} rectifié", written_by=world.lead
        )
        meeting.refresh_from_db()


def decided(world: World, meeting: Meeting) -> Arbitration:
    arbitration = factories.ArbitrationFactory(project=world.project, number=80, requested_by=world.lead)
    og = world.own.ogs[0]
    option = arbitration.options.get(position=1)
    ArbitrationVote.objects.create(
        project=world.project,
        arbitration=arbitration,
        unit_id=og.pk,
        og=og,
        voter=world.lead,
        weight=100,
        choice=Choice.FOR,
        option=option,
        recorded_by=world.lead,
    )
    decision = factories.DecisionFactory(body=world.own.governance.costrat, number=81)
    Arbitration.objects.filter(pk=arbitration.pk).update(
        status=ArbitrationStatus.DECIDED,
        meeting=meeting,
        chosen=option,
        decision=decision,
        decision_text="Oui.",
        decided_on=decision.decided_on,
        mode=DecisionMode.CONSENSUS,
        quorum_reached=True,
    )
    return arbitration


def facts_for(meeting: Meeting, user: User) -> MeetingFacts:
    with acting_as(user.pk) as access:
        found = Meeting.objects.select_related("body", "project").get(pk=meeting.pk)
        return meeting_facts(found, rights_of(user, found.project, access))


def enclosed(kind: DispatchKind, meeting: Meeting, user: User) -> Enclosure | None:
    """As the job that sends e-mails asks for it: in the scope of who is written to."""
    with acting_as(user.pk):
        found = Meeting.objects.select_related("body", "project").get(pk=meeting.pk)
        return enclosure(kind, found, user)


# --- The agenda ------------------------------------------------------------------------------------------------------


def test_the_agenda_says_when_each_point_comes_and_who_brings_it(
    world: World, meeting: Meeting, tmp_path: Path
) -> None:
    document = content(made(asked(world.project, ReportKind.AGENDA, world.lead, meeting=meeting)))
    assert accessibility_faults(document, tmp_path) == []
    assert outline(document) == ["Trois points à l’ordre du jour", "Qui est convoqué"]
    text = said(document)
    for words in (
        "de 14:00 à 15:30",
        "Salle du conseil",
        "Suivre le projet.",
        f"1 14:00 {PRIVATE} 1",
        f"2 14:15 {OF_VENDOR} 2",
        f"3 14:45 {PRIVATE} 3",
        "15 min",
        f"À savoir {OF_VENDOR}",
        "Rapport n° 4, figé le",
        world.person(Role.COMOP).get_full_name(),
    ):
        assert words in text, words


def test_a_guest_reads_their_own_points_at_their_hours_and_nothing_else(world: World, meeting: Meeting) -> None:
    vendor = world.person(Role.VENDOR)
    facts = facts_for(meeting, vendor)
    assert not facts.whole
    assert [(point.number, point.label) for point in facts.points] == [(2, f"{OF_VENDOR} 2")]
    assert (facts.attendance, facts.summary, facts.decisions) == (None, "", ())
    document = enclosed(DispatchKind.CONVOCATION, meeting, vendor)
    assert document.filename == f"ordre-du-jour-comop-{timezone.localdate(meeting.starts_at):%Y-%m-%d}.pdf"
    text = said(document.content)
    assert f"2 14:15 {OF_VENDOR} 2" in text
    assert PRIVATE not in text
    assert world.person(Role.COMOP).get_full_name() not in text
    assert "Vous êtes invité à cette séance pour ce qui suit" in text


def test_who_brings_nothing_and_reads_nothing_gets_no_document(world: World, meeting: Meeting) -> None:
    assert enclosed(DispatchKind.CONVOCATION, meeting, world.person(Role.ESMS_DIRECTOR)) is None
    assert enclosed(DispatchKind.MINUTES, meeting, world.lead) is None  # it wasn't held


def test_readers_of_the_same_version_share_one_document(
    world: World, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_of: list[MeetingFacts] = []
    monkeypatch.setattr(enclosing, "drawn", enclosing.Drawn())

    def drawn(facts: MeetingFacts) -> bytes:
        made_of.append(facts)
        return b"%PDF-1.7"

    monkeypatch.setattr(enclosing, "enclosed_agenda", drawn)
    readers = [world.lead, world.person(Role.COMOP), world.person(Role.OBSERVER), world.person(Role.VENDOR)]
    documents = [enclosed(DispatchKind.CONVOCATION, meeting, user) for user in readers]
    assert len(made_of) == 2  # the whole, and the vendor's part
    assert all(document.content for document in documents)
    with elevated():
        AgendaItem.objects.filter(meeting=meeting, position=1).update(label="Autrement")
    enclosed(DispatchKind.CONVOCATION, meeting, world.lead)
    assert len(made_of) == 3  # another version
    assert made_of[-1].points[0].label == "Autrement"


# --- The minutes -----------------------------------------------------------------------------------------------------


def test_the_minutes_say_what_came_out_of_a_meeting(world: World, meeting: Meeting, tmp_path: Path) -> None:
    hold(world, meeting)
    document = content(made(asked(world.project, ReportKind.MINUTES, world.lead, meeting=meeting)))
    assert accessibility_faults(document, tmp_path) == []
    text = said(document)
    for words in (
        "À approuver à la prochaine séance.",
        f"{PRIVATE} à retenir",
        f"Le calendrier. {PRIVATE} décidé",
        f"{PRIVATE} noté",
        "Option A : Oui.",
        "par consensus ; quorum atteint",
        "Option A 100 %.",
        f"Action n° 81 : {OF_VENDOR} à faire, {world.person(Role.VENDOR).get_full_name()}",
        "Le quorum est atteint",
        f"{PRIVATE} rectifié",
    ):
        assert words in text, words
    assert "Ce que chacun a à faire" in outline(document)


def test_minutes_that_were_approved_say_where(world: World, meeting: Meeting) -> None:
    hold(world, meeting)
    with elevated():
        Meeting.objects.filter(pk=meeting.pk).update(
            minutes_sent_at=timezone.now(),
            minutes_approved_at=timezone.now(),
            minutes_approved_in=world.own.governance.session,
        )
    text = said(content(made(asked(world.project, ReportKind.MINUTES, world.lead, meeting=meeting))))
    assert "Approuvé le " in text
    assert " en séance du " in text


def test_who_does_not_read_the_meeting_gets_their_own_part_of_its_minutes(world: World, meeting: Meeting) -> None:
    hold(world, meeting)
    text = said(enclosed(DispatchKind.MINUTES, meeting, world.person(Role.VENDOR)).content)
    assert f"{OF_VENDOR} noté" in text
    assert f"{OF_VENDOR} à faire" in text
    assert PRIVATE not in text
    assert COUNCIL not in text
    whole = said(enclosed(DispatchKind.MINUTES, meeting, world.person(Role.COMOP)).content)
    assert f"{PRIVATE} rectifié" in whole


# --- Asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ReportKind.AGENDA, ReportKind.MINUTES])
def test_a_document_of_a_meeting_is_of_one_that_was_convened(world: World, kind: ReportKind) -> None:
    for meeting in (None, world.own.governance.draft, world.foreign.governance.closed):
        with pytest.raises(DomainError) as refusal:
            asked(world.project, kind, world.lead, meeting=meeting)
        assert refusal.value.field == "meeting"


def test_minutes_are_of_a_meeting_that_began(world: World) -> None:
    with pytest.raises(DomainError):
        asked(world.project, ReportKind.MINUTES, world.lead, meeting=world.own.governance.meeting)
    assert asked(world.project, ReportKind.MINUTES, world.lead, meeting=world.own.governance.session)


def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, meeting: Meeting) -> None:
    counts = []
    for count, first in ((1, 200), (2, 210), (27, 220)):
        for number in range(first, first + count):
            user = factories.UserFactory()
            arbitration = factories.ArbitrationFactory(project=world.project, number=number)
            item = factories.AgendaItemFactory(
                meeting=meeting,
                position=number,
                owner=user,
                source=ARBITRATION_SOURCE,
                source_id=arbitration.pk,
            )
            factories.AttendanceFactory(meeting=meeting, user=user)
            factories.DecisionFactory(body=meeting.body, number=number, meeting=meeting, item=item)
            factories.FollowUpFactory(meeting=meeting, item=item, number=number, owner=user)
        with counted() as queries:
            facts_for(meeting, world.lead)
        counts.append(queries)
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])
