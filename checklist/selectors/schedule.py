"""The dates that the project's phases propose for its actions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from checklist.enums import OPEN_STATUSES
from checklist.models import Action
from checklist.schedule import PARTS, Periods, Proposal, propose
from checklist.selectors.own_actions import actions_in
from organisations.enums import Phase
from organisations.models import Project
from organisations.selectors import periods_of


@dataclass(frozen=True)
class Proposed:
    """An open action with the dates proposed for it, which aren't those it has."""

    action: Action
    proposal: Proposal

    @property
    def free(self) -> bool:
        """Whether the action has no date at all: taking the proposal overwrites nothing."""
        return self.action.start_on is None and self.action.due_on is None


@dataclass(frozen=True)
class ProposedDates:
    """What the phases propose to a project.

    `undated`: how many open actions have no due date; `waiting`: how many of them wait for the dates of each phase;
    `unknown`: how many of them are in groups that the schedule doesn't know.
    """

    lines: list[Proposed]
    undated: int
    waiting: dict[Phase, int]
    unknown: int


def proposed_dates(project: Project, today: date) -> ProposedDates:
    """The dates proposed for the open actions of a project; never past ones in place of others. Two queries."""
    actions = list(
        Action.objects.current()
        .filter(project=project)
        .select_related("group__step")
        .order_by("group__position", "position")
    )
    proposals = _proposals(actions, _periods(project))
    opened = [action for action in actions if action.status in OPEN_STATUSES]
    without = [action for action in opened if action.due_on is None and action.pk not in proposals]
    waiting: dict[Phase, int] = defaultdict(int)
    for action in without:
        if action.group.number in PARTS:
            waiting[PARTS[action.group.number].phase] += 1
    lines = [
        Proposed(action, proposals[action.pk])
        for action in opened
        if action.pk in proposals and not _stands(action, proposals[action.pk])
    ]
    return ProposedDates(
        lines=[line for line in lines if line.free or line.proposal.due >= today],
        undated=sum(action.due_on is None for action in opened),
        waiting={phase: waiting[phase] for phase in Phase if phase in waiting},
        unknown=len(without) - sum(waiting.values()),
    )


def proposal_for(action: Action, today: date) -> Proposal | None:
    """The dates proposed for one open action, unless it has them or they are past. Two queries."""
    if action.status not in OPEN_STATUSES:
        return None
    neighbours = actions_in(action.group)
    for neighbour in neighbours:
        neighbour.group = action.group
    proposal = _proposals(neighbours, _periods(action.project)).get(action.pk)
    return None if proposal is None or proposal.due < today or _stands(action, proposal) else proposal


def _periods(project: Project) -> Periods:
    return {
        Phase(period.phase): (period.start, period.end)
        for period in periods_of(project)
        if period.start is not None and period.end is not None
    }


def _proposals(actions: Sequence[Action], periods: Periods) -> dict[UUID, Proposal]:
    """Primary key → dates, for whole groups in their order: the place of an action in its group counts."""
    groups: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        groups[action.group.number].append(action)
    found = {
        action.pk: propose(number, rank, len(group), periods)
        for number, group in groups.items()
        for rank, action in enumerate(group)
    }
    return {key: proposal for key, proposal in found.items() if proposal is not None}


def _stands(action: Action, proposal: Proposal) -> bool:
    return (action.start_on, action.due_on) == (proposal.start, proposal.due)
