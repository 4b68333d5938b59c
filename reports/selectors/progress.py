"""The checklist as a committee follows it: where it stands, what moved, what blocks, what is late."""

from dataclasses import dataclass
from datetime import date

from checklist.enums import Letter, Status
from checklist.selectors import ActionLine, Counts, StepProgress, changed_since, read_checklist, step_progress
from common.french import day
from organisations.access import Access
from organisations.models import Project, User
from reports.selectors.checklist import holders


@dataclass(frozen=True)
class ChangeLine:
    """An action whose state moved, from what, and the day it did."""

    number: str
    label: str
    before: Status
    after: Status
    on: date | None


@dataclass(frozen=True)
class ActionFact:
    """An action that is blocked, late or due: who does it, and what is said of what blocks it."""

    number: str
    label: str
    status: Status
    who: str
    due_on: date | None
    days_late: int
    blocker: str
    unblock: str
    owner: str
    review_on: date | None


@dataclass(frozen=True)
class ProgressFacts:
    """Read at one moment. `blocked` are KO, the longest late first; `late` are the other late ones; `open` all those
    that are still to be done and have a due date."""

    steps: tuple[StepProgress, ...]
    changes: tuple[ChangeLine, ...]
    blocked: tuple[ActionFact, ...]
    late: tuple[ActionFact, ...]
    open: tuple[ActionFact, ...]

    @property
    def total(self) -> Counts:
        return sum((step.counts for step in self.steps), Counts())


def progress_since(project: Project, user: User, access: Access, since: date) -> ProgressFacts:
    """What who reads the whole checklist may read of it. Six queries."""
    reading = read_checklist(project, user, access)
    lines = sorted(reading.lines, key=lambda line: -line.days_late)
    changes = [
        ChangeLine(
            number=change.action.number,
            label=change.action.label,
            before=change.before,
            after=Status(change.action.status),
            on=day(change.action.status_at) if change.action.status_at else None,
        )
        for change in changed_since(project, since)
    ]
    facts = [_fact(line) for line in lines]
    return ProgressFacts(
        steps=tuple(step_progress(reading)),
        changes=tuple(changes),
        blocked=tuple(fact for fact in facts if fact.status == Status.KO),
        late=tuple(fact for fact in facts if fact.days_late and fact.status != Status.KO),
        open=tuple(fact for fact in facts if fact.status in {Status.TODO, Status.IN_PROGRESS} and fact.due_on),
    )


def _fact(line: ActionLine) -> ActionFact:
    action = line.action
    return ActionFact(
        number=action.number,
        label=action.label,
        status=Status(action.status),
        who=_who(line),
        due_on=action.due_on,
        days_late=line.days_late,
        blocker=action.ko_blocker,
        unblock=action.ko_unblock,
        owner=action.ko_owner.get_full_name() if action.ko_owner else "",
        review_on=action.ko_review_on,
    )


def _who(line: ActionLine) -> str:
    """Who does the work, otherwise who answers for it."""
    held = {raci.letter: holders(raci.actors, raci.people) for raci in line.raci}
    return held.get(Letter.A) or held.get(Letter.R, "")
