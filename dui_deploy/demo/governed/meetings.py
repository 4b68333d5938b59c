"""The meetings of the demonstration world: agenda, who attended, what had to be done."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from common import french
from dui_deploy.demo.governed.cast import Cast, at, lead_of, working_day
from governance.catalogue import catalogue
from governance.enums import BodyKind, FollowUpState, ItemKind, ItemState, MeetingStatus, Presence
from governance.models import AgendaItem, Attendance, Body, Decision, FollowUp, Mandate, Meeting, Minutes
from organisations.enums import Phase
from organisations.models import Project

HOURS = {BodyKind.COSTRAT: time(14, 0), BodyKind.COMOP: time(9, 30)}
PLACE = "Salle du conseil, siège des Brumes Claires"
ROLES_OF_OWNERS = {"project_lead": "lead", "dpo": "dpo", "vendor": "vendor", "purchasing": "purchasing"}
PHASES = list(Phase)


class Meetings:
    """The meetings of a project, written in the order of their days; those that were held are closed at the end."""

    def __init__(self, project: Project, cast: Cast) -> None:
        self.project, self.cast = project, cast
        self.by_code: dict[str, Meeting] = {}
        self._held: list[tuple[Meeting, dict[str, Any]]] = []
        self._follow_ups = 0
        self._lead = next(user for code, user in cast.users.items() if user.pk == lead_of(project))

    def write(self, item: dict[str, Any], body: Body) -> Meeting:
        starts_at = at(working_day(item["held_on"]), HOURS[BodyKind(body.kind)])
        agenda = next(found for found in catalogue().agendas if found.code == item["agenda"])
        draft, held = item["status"] == "draft", item["status"] == "held"
        meeting = Meeting.objects.create(
            project=self.project,
            body=body,
            number=len(self.by_code) + 1,
            agenda=agenda.code,
            starts_at=starts_at,
            duration_minutes=agenda.duration_minutes,
            place=PLACE if self.project.slug == "trois-rivages" else "Salle de réunion du siège",
            objective=agenda.objective,
            status=MeetingStatus.DRAFT,
        )
        self.by_code[item["code"]] = meeting
        self._agenda(meeting, agenda.items, held=held)
        if not draft:
            self._call(meeting, item)
            convened = starts_at - timedelta(days=body.convocation_days + 1)
            Meeting.objects.filter(pk=meeting.pk).update(
                status=MeetingStatus.CONVENED, convened_at=min(convened, timezone.now())
            )
        if held:
            self._held.append((meeting, item))
            Minutes.objects.create(
                project=self.project, meeting=meeting, summary=french.typography(item["minutes"] or "")
            )
            for action in item["actions"]:
                self.follow_up(action, meeting=meeting)
        return meeting

    def _agenda(self, meeting: Meeting, items: Iterable[Any], *, held: bool) -> None:
        reached = PHASES.index(Phase(self.project.phase))
        concerned = [
            item
            for item in items
            if item.only_if in (None, self.project.kind)
            and (item.from_phase is None or reached >= PHASES.index(item.from_phase))
        ]
        for position, item in enumerate(concerned, start=1):
            owner = ROLES_OF_OWNERS.get(item.owner, "")
            prefix = "" if self.project.slug == "trois-rivages" else "mir_"
            AgendaItem.objects.create(
                project=self.project,
                meeting=meeting,
                position=position,
                label=item.label,
                minutes=item.minutes,
                kind=item.kind,
                owner=self.cast.users.get(f"{prefix}{owner}"),
                state=ItemState.TREATED if held else ItemState.TO_TREAT,
            )

    def _call(self, meeting: Meeting, item: dict[str, Any]) -> None:
        seats: dict[uuid.UUID, list[Mandate]] = defaultdict(list)
        for mandate in Mandate.objects.filter(body=meeting.body).select_related("user"):
            seats[mandate.user_id].append(mandate)
        present = {self.cast.users[code].pk for code in item["present"]}
        excused = {self.cast.users[code].pk for code in item["excused"]}
        for user_id, mandates in seats.items():
            voting = next((mandate for mandate in mandates if mandate.votes), mandates[0])
            there = Presence.PRESENT if user_id in present else Presence.EXCUSED if user_id in excused else ""
            missed = Presence.ABSENT if item["status"] == "held" else Presence.EXPECTED
            Attendance.objects.create(
                project=self.project,
                meeting=meeting,
                user_id=user_id,
                mandate=voting,
                og=voting.og,
                votes=voting.votes,
                invited=voting.invited,
                presence=there or missed,
            )

    def item_about(self, meeting: Meeting, label: str, source: str, source_id: uuid.UUID) -> None:
        """A point of the agenda that treats one thing."""
        last = AgendaItem.objects.filter(meeting=meeting).count()
        AgendaItem.objects.create(
            project=self.project,
            meeting=meeting,
            position=last + 1,
            label=label,
            minutes=15,
            kind=ItemKind.DECISION,
            owner=self._lead,
            source=source,
            source_id=source_id,
            state=ItemState.TREATED if meeting.starts_at < timezone.now() else ItemState.TO_TREAT,
        )

    def follow_up(self, item: dict[str, Any], **where: Any) -> None:
        self._follow_ups += 1
        state = FollowUpState.IN_PROGRESS if item["status"] == "late" else FollowUpState(item["status"])
        FollowUp.objects.create(
            project=self.project,
            number=self._follow_ups,
            label=french.typography(item["label"]),
            owner=self.cast.users[item["owner"]],
            due_on=item["due_on"],
            state=state,
            done_on=item["due_on"] if state == FollowUpState.DONE else None,
            created_by=self._lead,
            **where,
        )

    def close(self, decisions: Iterable[Decision]) -> None:
        """Close those that were held; each approves the minutes of the one before. Decisions of a day are its own."""
        by_day = defaultdict(list)
        for decision in decisions:
            by_day[decision.body_id, decision.decided_on].append(decision.pk)
        before: dict[uuid.UUID, Meeting] = {}
        for meeting, item in self._held:
            day = timezone.localdate(meeting.starts_at)
            Decision.objects.filter(pk__in=by_day[meeting.body_id, day]).update(meeting=meeting)
            ends_at = meeting.starts_at + timedelta(minutes=meeting.duration_minutes)
            Meeting.objects.filter(pk=meeting.pk).update(
                status=MeetingStatus.CLOSED,
                opened_at=meeting.starts_at,
                closed_at=ends_at,
                closed_by=self._lead,
                quorum_reached=item["quorum_reached"],
                represented_percent=item["represented_weight"],
                minutes_sent_at=ends_at + timedelta(days=2),
            )
            if earlier := before.get(meeting.body_id):
                Meeting.objects.filter(pk=earlier.pk).update(
                    minutes_approved_at=meeting.starts_at, minutes_approved_in=meeting
                )
            before[meeting.body_id] = meeting
