"""Reads of the reports app: the list, and the facts that a document is made of."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
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
from common.models import WorkerPulse
from organisations.access import Access
from organisations.models import Project, User
from reports.models import Report


def reports_of(project: Project) -> QuerySet[Report]:
    """The reports of a project, newest first, with their jobs."""
    return Report.objects.filter(project=project).select_related("job", "asked_by")


def no_worker() -> bool:
    """Whether no worker has done anything lately: what is asked will wait. One query."""
    return not WorkerPulse.objects.filter(seen_at__gte=timezone.now() - WorkerPulse.MAX_AGE).exists()


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
