"""A line of « Mon travail »: one thing that is asked of a person, or told to them, in words."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import Truncator

from checklist.enums import Actor, Status
from checklist.models import Action, Mention, OpinionRequest
from checklist.presentation import the_actor
from checklist.selectors import StatusChange
from common import french

EXCERPT = 110  # characters of a message


@dataclass(frozen=True)
class Task:
    """The parameters of the task component."""

    url: str
    icon: str
    title: str
    tone: str
    detail: str
    when: str
    when_detail: str


def of_action(action: Action, today: date, several: bool) -> Task:
    """An action to do. `several`: the person's work is in several projects, so each line names its own."""
    days = action.days_late(today)
    details = [f"Action {action.number}{', KO' if action.status == Status.KO else ''}"]
    said = (action.status == Status.KO and action.ko_blocker) or action.note
    if said:
        details.append(said[:1].lower() + said[1:].rstrip("."))
    return Task(
        url=address(action),
        icon="list",
        title=french.typography(action.label),
        tone="ko" if action.status == Status.KO else "late" if days else "progress",
        detail=_details(action, several, *details),
        when=when(action.due_on, days),
        when_detail=when_detail(action.due_on, days, "due"),
    )


def of_opinion(request: OpinionRequest, today: date, several: bool) -> Task:
    """An opinion to give."""
    action, days = request.action, request.days_late(today)
    of_body = f", pour {the_actor(Actor(request.actor))}" if request.actor else ""
    question = f"« {request.question} »" if request.question else ""
    return Task(
        url=opinion_address(request),
        icon="vote",
        title=french.typography(action.label),
        tone="late" if days else "accent",
        detail=_details(
            action, several, f"Action {action.number}", f"demandé par {request.asked_by}{of_body}", question
        ),
        when=when(request.due_on, days),
        when_detail=when_detail(request.due_on, days, "attendu"),
    )


def of_mention(mention: Mention, several: bool) -> Task:
    """A message that names the person."""
    comment = mention.comment
    action = comment.action
    return Task(
        url=mention_address(mention),
        icon="chat",
        title=french.typography(f"{comment.author} : {Truncator(comment.text).chars(EXCERPT)}"),
        tone="accent",
        detail=_details(action, several, f"Action {action.number}", action.label),
        when=french.relative(comment.created_at).capitalize(),
        when_detail="",
    )


def of_news(change: StatusChange, several: bool) -> Task:
    """A status that somebody changed."""
    action = change.action
    by = f", par {action.status_by}" if action.status_by else ""
    moved = f"{action.get_status_display()} (était {change.before.label}){by}"
    return Task(
        url=address(action),
        icon=action.state.icon,
        title=french.typography(action.label),
        tone=action.state.tone,
        detail=_details(action, several, f"Action {action.number}", moved),
        when=french.relative(action.status_at).capitalize() if action.status_at else "",
        when_detail="",
    )


def address(action: Action) -> str:
    return reverse("checklist_action", args=[action.project.slug, action.number])


def opinion_address(request: OpinionRequest) -> str:
    """Where the answer is given, on the page of the action."""
    return f"{address(request.action)}#avis-{request.pk}"


def mention_address(mention: Mention) -> str:
    """Where the message is read and answered."""
    return f"{address(mention.comment.action)}#m{mention.comment_id}"


def _details(action: Action, several: bool, *parts: str) -> str:
    project = [action.project.short_name] if several else []
    return french.typography(" · ".join([*project, *filter(None, parts)]))


def when(due_on: date | None, days: int) -> str:
    """« Lun. 30 nov. », « 3 jours de retard »."""
    if days:
        return f"{french.plural(days, 'jour', 'jours')} de retard"
    if due_on is None:
        return ""
    return french.short_date(due_on, weekday=True).capitalize()


def when_detail(due_on: date | None, days: int, expected: str) -> str:
    """« dans 3 jours », « due le 26 nov. »."""
    if due_on is None:
        return ""
    return f"{expected} le {french.short_date(due_on)}" if days else french.relative(due_on)
