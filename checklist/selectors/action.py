"""One action: its people, exchanges and history."""

from dataclasses import dataclass

from django.utils import timezone

from checklist.models import Action, ActionPerson, Comment, RaciEntry
from checklist.people import people_of_actors
from checklist.rights import Rights
from checklist.selectors.page import ActionLine, action_line
from common.history import Entry, entries

TRACKED_FIELDS = (
    "status",
    "due_on",
    "note",
    "not_applicable_reason",
    "ko_blocker",
    "ko_unblock",
    "ko_owner_id",
    "ko_review_on",
)


@dataclass(frozen=True)
class ActionDetail:
    """What the panel beside the work shows."""

    line: ActionLine
    comments: list[Comment]
    history: list[Entry]


def action_detail(action: Action, rights: Rights) -> ActionDetail:
    """One action with its people, exchanges and history. Six queries."""
    raci = list(RaciEntry.objects.filter(action=action).order_by("pk"))
    named = list(ActionPerson.objects.filter(action=action).select_related("user").order_by("pk"))
    return ActionDetail(
        line=action_line(action, raci, named, people_of_actors(action.project), rights, timezone.localdate()),
        comments=list(Comment.objects.filter(action=action).select_related("author")),
        history=entries(action, TRACKED_FIELDS),
    )


def latest_writer(action: Action) -> Entry:
    """Who changed the action last, and when. Two queries."""
    return entries(action, ("version",), limit=1)[0]
