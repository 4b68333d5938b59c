"""What the two documents of the checklist say: its state for the COSTRAT, and the whole of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from checklist.enums import Status
from checklist.selectors import (
    ActionLine,
    Counts,
    Filters,
    GroupBlock,
    StatusChange,
    StepProgress,
    changed_since,
    read_checklist,
    step_progress,
)
from organisations.access import Access
from organisations.models import Project, User


@dataclass(frozen=True)
class Blocked:
    """A blocked action, and the name of who can unblock it; empty when nobody was named."""

    line: ActionLine
    owner: str

    @property
    def undecided(self) -> bool:
        """Nothing was said of how, by whom or when it moves again."""
        action = self.line.action
        return not (action.ko_unblock or action.ko_owner_id or action.ko_review_on)


@dataclass(frozen=True)
class ChecklistFacts:
    """What « État de la checklist pour le COSTRAT » says, read at one moment."""

    project: Project
    since: date
    read_at: datetime
    steps: list[StepProgress]
    changes: list[StatusChange]
    blocks: list[GroupBlock]
    owners: dict[UUID | None, str]

    @property
    def total(self) -> Counts:
        return sum((step.counts for step in self.steps), Counts())

    @property
    def lines(self) -> list[ActionLine]:
        return [line for block in self.blocks for line in block.lines]

    @property
    def blocked(self) -> list[Blocked]:
        blocked = [line for line in self.lines if line.action.status == Status.KO]
        return [Blocked(line, self.owners.get(line.action.ko_owner_id, "")) for line in blocked]

    @property
    def late(self) -> list[ActionLine]:
        """Late actions, the latest first; those that are KO are listed as such already."""
        late = [line for line in self.lines if line.late and line.action.status != Status.KO]
        return sorted(late, key=lambda line: -line.days_late)

    def plain(self) -> dict[str, Any]:
        """As `reports.fingerprint` takes them."""
        changes = [
            [change.action.number, change.before.value, change.action.status, change.action.status_at]
            for change in self.changes
        ]
        return {"since": self.since, "changes": changes, "owners": self.owners, **_plain(self.steps, self.blocks)}


def checklist_facts(project: Project, user: User, access: Access, since: date) -> ChecklistFacts:
    """The facts of the report, as far as the person who asked may read. Eight queries."""
    reading = read_checklist(project, user, access)
    owners = {line.action.ko_owner_id for line in reading.lines if line.action.ko_owner_id}
    return ChecklistFacts(
        project=project,
        since=since,
        read_at=timezone.now(),
        steps=step_progress(reading),
        changes=changed_since(project, since),
        blocks=reading.blocks(reading.lines, reading.lines),
        owners={person.pk: person.get_full_name() for person in User.objects.filter(pk__in=owners)},
    )


@dataclass(frozen=True)
class ChecklistTable:
    """What « Checklist du projet » says, read at one moment, and the filters it was read with."""

    project: Project
    read_at: datetime
    filters: Filters
    steps: list[StepProgress]
    blocks: list[GroupBlock]

    @property
    def total(self) -> Counts:
        return sum((step.counts for step in self.steps), Counts())

    def plain(self) -> dict[str, Any]:
        """As `reports.fingerprint` takes them."""
        return _plain(self.steps, self.blocks)


def checklist_table(project: Project, user: User, access: Access, filters: Filters) -> ChecklistTable:
    """The actions that the filters of a page leave, as that person may read them."""
    reading = read_checklist(project, user, access, since=filters.since)
    shown = reading.matching(filters)
    return ChecklistTable(
        project=project,
        read_at=timezone.now(),
        filters=filters,
        steps=step_progress(replace(reading, lines=shown)),
        blocks=reading.blocks(shown, shown),
    )


_PRINTED = (
    "number", "label", "objective", "status", "not_applicable_reason", "due_on", "done_on", "note",
    "ko_blocker", "ko_unblock", "ko_owner_id", "ko_review_on",
)  # fmt: skip


def _plain(steps: Iterable[StepProgress], blocks: Iterable[GroupBlock]) -> dict[str, Any]:
    """What a checklist says on paper."""
    return {
        "steps": list(steps),
        "blocks": [
            {
                "number": block.number,
                "title": block.title,
                "slots": [[slot.deliverable.label, slot.kind, slot.deposited_at] for slot in block.slots],
                "lines": [
                    {
                        **{name: getattr(line.action, name) for name in _PRINTED},
                        "late": line.days_late,
                        "raci": [[raci.letter, holders(raci.actors, raci.people)] for raci in line.raci],
                    }
                    for line in block.lines
                ],
            }
            for block in blocks
        ],
    }


def holders(actors: Iterable[Any], people: Iterable[Any]) -> str:
    """Who holds a letter: bodies and functions, then people by name."""
    return ", ".join([*(actor.label for actor, _ in actors), *(named.user.get_full_name() for named in people)])
