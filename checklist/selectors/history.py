"""What was done to an action: its own fields, and who holds its letters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet, Subquery

from checklist.enums import Actor, Letter
from checklist.models import Action, ActionPerson, RaciEntry
from common.history import Entry, author, authors, entries, versions_of

TRACKED_FIELDS = (
    "status",
    "start_on",
    "due_on",
    "note",
    "not_applicable_reason",
    "ko_blocker",
    "ko_unblock",
    "ko_owner_id",
    "ko_review_on",
)
LIMIT = 30  # of each kind


@dataclass(frozen=True)
class LetterChange:
    """A letter given to (`gained`) or taken from an actor or a person by name."""

    at: datetime
    who: str
    letter: Letter
    holder: Actor | str
    gained: bool


def action_history(action: Action) -> list[Entry | LetterChange]:
    """The latest changes of an action, newest first. Five queries."""
    found: list[Entry | LetterChange] = [*entries(action, TRACKED_FIELDS, limit=LIMIT), *letter_changes(action)]
    return sorted(found, key=lambda change: change.at, reverse=True)


def letter_changes(action: Action) -> list[LetterChange]:
    """The latest letters given and taken, newest first; those that the action was made with left out. Three queries."""
    events: list[Any] = [
        *_events(RaciEntry, action),
        *_events(ActionPerson, action).select_related("user"),
    ]
    names = authors(events)
    changes = [
        LetterChange(
            at=event.pgh_created_at,
            who=author(event, names),
            letter=Letter(event.letter),
            holder=Actor(event.actor) if hasattr(event, "actor") else event.user.get_full_name(),
            gained=event.pgh_label == "insert",
        )
        for event in events
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _events(model: type[RaciEntry] | type[ActionPerson], action: Action) -> QuerySet[Any]:
    """The insertions and deletions of its letters, newest first. Those of the transaction that made it aren't news."""
    made = versions_of(Action).filter(pgh_obj_id=action.pk).order_by().values("pgh_obj_id")
    at = Subquery(made.annotate(at=Min("pgh_created_at")).values("at"))
    since = versions_of(model).filter(action_id=action.pk, pgh_created_at__gt=at)
    return since.filter(pgh_label__in=("insert", "delete")).order_by("-pgh_id")[:LIMIT]
