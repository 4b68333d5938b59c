"""A meeting in session to test on: a COSTRAT of three OG, of a single one, or a COMOP."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from common.scope import elevated
from governance.enums import BodyKind, Presence, WeightingMethod
from governance.models import AgendaItem, Attendance, Body, Meeting, Weighting, WeightShare
from organisations.enums import ProjectKind, Role
from organisations.models import OG, Project, User
from tests import factories

WEIGHTS = {"Amont": Decimal("41.67"), "Aval": Decimal("33.33"), "Delta": Decimal("25.00")}


@dataclass
class Room:
    """`people`: by OG (or by a name) the person called who holds a voice; `others`: substitutes and guests."""

    project: Project
    lead: User
    body: Body
    meeting: Meeting
    ogs: dict[str, OG] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    others: dict[str, User] = field(default_factory=dict)

    def attendance(self, name: str) -> Attendance:
        """The row of a person, as it stands."""
        user = self.people.get(name) or self.others[name]
        with elevated():
            return Attendance.objects.select_related("meeting__body", "meeting__project", "user").get(
                meeting=self.meeting, user=user
            )

    def come(self, *names: str, presence: Presence = Presence.PRESENT) -> None:
        """These people attend, whoever noted it."""
        users = [self.people.get(name) or self.others[name] for name in names]
        with elevated():
            Attendance.objects.filter(meeting=self.meeting, user__in=users).update(presence=presence)

    def point(self, label: str = "Le budget", **values: object) -> AgendaItem:
        return factories.AgendaItemFactory(meeting=self.meeting, label=label, **values)

    def fresh(self) -> Meeting:
        with elevated():
            return Meeting.objects.select_related("body", "project").get(pk=self.meeting.pk)


def _project(kind: ProjectKind) -> tuple[Project, User]:
    project = factories.ProjectFactory(kind=kind)
    lead = factories.UserFactory(first_name="Maëlle", last_name="Kerdrain")
    factories.MembershipFactory(user=lead, role=Role.PROJECT_LEAD, target=project)
    return project, lead


def weigh(room: Room, weights: dict[str, Decimal], *, number: int = 1, on: date | None = None) -> None:
    """The weights of OG, decided."""
    decision = factories.DecisionFactory(body=room.body, number=number, year=2001)
    with elevated():
        weighting = Weighting.objects.create(
            project=room.project,
            number=number,
            decision=decision,
            method=WeightingMethod.CUSTOM,
            effective_on=on or decision.decided_on,
            recorded_by=room.lead,
        )
        WeightShare.objects.bulk_create(
            WeightShare(project=room.project, weighting=weighting, og=room.ogs[name], percent=percent)
            for name, percent in weights.items()
        )


def costrat_of_three(*, quorum: int = 60, proxies: int = 1, **meeting: object) -> Room:
    """Amont 41.67 %, Aval 33.33 %, Delta 25 %; Aval has a substitute, the DPD is a guest."""
    project, lead = _project(ProjectKind.MULTI_OG)
    body = factories.BodyFactory(
        project=project, kind=BodyKind.COSTRAT, quorum_percent=quorum, proxies_each=proxies, chair=lead
    )
    held = factories.MeetingFactory(**{"body": body, "number": 1, "in_session": True, **meeting})
    room = Room(project, lead, body, held)
    for name in WEIGHTS:
        og = room.ogs[name] = factories.OGFactory(project=project, name=f"OG {name}", short_name=name)
        user = room.people[name] = factories.UserFactory(first_name="Direction", last_name=name)
        mandate = factories.MandateFactory(body=body, user=user, og=og, votes=True)
        factories.AttendanceFactory(meeting=held, user=user, og=og, votes=True, mandate=mandate)
    substitute = room.others["suppléante"] = factories.UserFactory(first_name="Suppléante", last_name="Aval")
    factories.AttendanceFactory(
        meeting=held, user=substitute, og=room.ogs["Aval"], votes=True, stands_in_for=room.people["Aval"]
    )
    guest = room.others["DPD"] = factories.UserFactory(first_name="Aurélien", last_name="Pestourie")
    factories.AttendanceFactory(meeting=held, user=guest, invited=True)
    for user in (substitute, guest):
        role = Role.DPO if user == guest else Role.COSTRAT
        factories.MembershipFactory(user=user, role=role, target=project)
    weigh(room, WEIGHTS)
    return room


def committee(kind: BodyKind, project_kind: ProjectKind = ProjectKind.SINGLE_OG, *, members: int = 4) -> Room:
    """A body whose voices are its members, one of them without a vote, and a guest."""
    project, lead = _project(project_kind)
    name = "Reprise" if kind == BodyKind.WORKING_GROUP else ""
    body = factories.BodyFactory(project=project, kind=kind, name=name, quorum_percent=50)
    room = Room(project, lead, body, factories.MeetingFactory(body=body, number=1, in_session=True))
    for number in range(1, members + 1):
        user = room.people[f"membre {number}"] = factories.UserFactory(first_name="Membre", last_name=f"{number:02d}")
        factories.MembershipFactory(user=user, role=Role.COMOP, target=project)
        factories.AttendanceFactory(meeting=room.meeting, user=user, votes=True)
    reporter = room.others["rapporteur"] = factories.UserFactory(first_name="Sans", last_name="Voix")
    factories.AttendanceFactory(meeting=room.meeting, user=reporter, votes=False)
    guest = room.others["éditeur"] = factories.UserFactory(first_name="Mathilde", last_name="Orsennac")
    factories.MembershipFactory(user=guest, role=Role.VENDOR, target=project)
    factories.AttendanceFactory(meeting=room.meeting, user=guest, invited=True)
    return room
