"""What the actions put in a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checklist.enums import OPEN_STATUSES, Moment, Status
from checklist.selectors.page import ActionLine
from checklist.selectors.requests import waiting_requests
from organisations.models import Project


@dataclass(frozen=True)
class Event:
    """A day that an action names."""

    on: date
    moment: Moment
    line: ActionLine


def events(project: Project, lines: list[ActionLine]) -> list[Event]:
    """The days of these actions: dues first, then the order of the checklist. One query."""
    found = [event for line in lines for event in _of_action(line)]
    by_action = {line.action.pk: line for line in lines}
    waiting = waiting_requests().filter(project=project)
    for action_id, due_on in waiting.order_by("due_on", "pk").values_list("action_id", "due_on").distinct():
        if action_id in by_action:
            found.append(Event(due_on, Moment.OPINION, by_action[action_id]))
    order = list(Moment)
    return sorted(found, key=lambda event: (event.on, order.index(event.moment)))


def _of_action(line: ActionLine) -> Iterable[Event]:
    action = line.action
    if action.done_on:
        yield Event(action.done_on, Moment.DONE, line)
    if action.status not in OPEN_STATUSES:
        return
    if action.due_on:
        yield Event(action.due_on, Moment.DUE, line)
    if action.start_on:
        yield Event(action.start_on, Moment.START, line)
    if action.status == Status.KO and action.ko_review_on:
        yield Event(action.ko_review_on, Moment.REVIEW, line)
