"""What happened to the actions since a day, and who did it: read from the history and the exchanges."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Model, OuterRef, QuerySet, Subquery, UUIDField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, JSONObject

from checklist.enums import Actor, Letter, Status
from checklist.models import Action, ActionPerson, Comment, RaciEntry
from checklist.selectors.changes import start_of
from checklist.selectors.history import LetterChange
from common.history import versions_of
from organisations.models import Project, User


class What(Enum):
    """The kinds of things that happen to an action. Their values are `Happened.old` and `.new`."""

    ADDED = "added"  # to the project: nothing
    STATUS = "status"  # Status
    START = "start_on"  # date or None
    DUE = "due_on"  # date or None
    LETTER = "letter"  # new: LetterChange
    COMMENT = "comment"  # the text


@dataclass(frozen=True)
class Happened:
    """One thing that happened to an action: from what to what, when, and who did it last (empty: nobody).

    What came back to what it was isn't told.
    """

    what: What
    at: datetime
    who: str
    old: Any = None
    new: Any = None


@dataclass(frozen=True)
class _Fact:
    """A row of the history, or a message."""

    kind: str
    action_id: UUID
    at: datetime
    rank: int  # within one transaction, which has one time
    who: str
    is_old: bool
    value: dict[str, Any]


def happened_since(project: Project, since: date) -> dict[UUID, list[Happened]]:
    """What happened since the start of that day, by id of the action, in order. One query."""
    facts: dict[UUID, dict[str, list[_Fact]]] = defaultdict(lambda: defaultdict(list))
    start = start_of(since)
    for row in _facts(project, start):
        fact = _Fact(*row)
        facts[fact.action_id][fact.kind].append(fact)
    found = {action_id: _of_one(kinds, start) for action_id, kinds in facts.items()}
    return {action_id: things for action_id, things in found.items() if things}


def _of_one(facts: dict[str, list[_Fact]], start: datetime) -> list[Happened]:
    versions = sorted(facts["action"], key=lambda fact: fact.rank)
    things = [Happened(What.COMMENT, fact.at, fact.who, new=fact.value["text"]) for fact in facts["comment"]]
    things += _moved(versions, start)
    if versions and versions[0].is_old:  # the letters of a new action came with it
        things += _letters([*facts["actor"], *facts["person"]])
    return sorted(things, key=lambda thing: thing.at)


def _moved(versions: list[_Fact], start: datetime) -> Iterable[Happened]:
    """The fields whose value isn't what it was. What an action was made with, in one transaction, isn't news."""
    if not versions:
        return
    first, last = versions[0], versions[-1]
    if not first.is_old and first.value["own"]:
        yield Happened(What.ADDED, first.at, first.who)
    made = [version for version in versions if version.is_old or version.at == first.at][-1]
    old = Status(made.value["status"] if first.is_old or not _since(made, start) else Status.TODO)
    new, moved_at = Status(last.value["status"]), _since(last, start)
    if old != new and moved_at:
        yield Happened(What.STATUS, moved_at, last.value["status_by"].strip(), old=old, new=new)
    for what in (What.START, What.DUE):
        before, after = made.value[what.value], last.value[what.value]
        if before != after:
            moves = [newer for older, newer in pairwise(versions) if older.value[what.value] != newer.value[what.value]]
            yield Happened(what, moves[-1].at, moves[-1].who, old=_day(before), new=_day(after))


def _since(version: _Fact, start: datetime) -> datetime | None:
    """When the status was given, if since `start`."""
    given_at = version.value["status_at"] and datetime.fromisoformat(version.value["status_at"])
    return given_at if given_at and given_at >= start else None


def _letters(facts: list[_Fact]) -> Iterable[Happened]:
    """Who holds a letter and didn't, or did and doesn't."""
    by_holder = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: (fact.at, fact.rank)):
        by_holder[fact.kind, fact.value["letter"], fact.value["holder"]].append(fact)
    for (kind, letter, name), events in by_holder.items():
        was_there, is_there = events[0].value["label"] != "insert", events[-1].value["label"] != "delete"
        if was_there == is_there:
            continue
        holder = Actor(name) if kind == "actor" else name
        change = LetterChange(events[-1].at, events[-1].who, Letter(letter), holder, gained=is_there)
        yield Happened(What.LETTER, change.at, change.who, new=change)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _facts(project: Project, start: datetime) -> QuerySet[Any, Any]:
    """The versions of actions since `start` and the one before, letters given and taken, and messages."""
    versions = _events(Action, project)
    names = ("status", "status_at", "start_on", "due_on", "own")
    fields = JSONObject(**{name: F(name) for name in names}, status_by=_name("status_by__"))
    touched = versions.filter(pgh_created_at__gte=start).order_by()
    before = versions.filter(pgh_created_at__lt=start).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    actor = JSONObject(label="pgh_label", letter="letter", holder="actor")
    person = JSONObject(label="pgh_label", letter="letter", holder=_name("user__"))
    messages = Comment.objects.filter(project=project, created_at__gte=start).order_by()
    return _as_facts(touched, "action", "pgh_obj_id", fields).union(
        _as_facts(before, "action", "pgh_obj_id", fields, old=True),
        _as_facts(_events(RaciEntry, project).filter(pgh_created_at__gte=start), "actor", "action_id", actor),
        _as_facts(_events(ActionPerson, project).filter(pgh_created_at__gte=start), "person", "action_id", person),
        messages.annotate(
            kind=Value("comment", CharField()),
            rank=Value(0),
            who=_name("author__"),
            is_old=Value(False),
            facts=JSONObject(text="text"),
        ).values_list("kind", "action_id", "created_at", "rank", "who", "is_old", "facts"),
        all=True,
    )


def _events(model: type[Model], project: Project) -> QuerySet[Any]:
    events = versions_of(model).filter(project=project).order_by()
    user = User.objects.filter(pk=OuterRef("by")).values(name=_name(""))
    return events.annotate(by=Cast(KT("pgh_context__user"), UUIDField()), name_of_user=Subquery(user))


def _as_facts(
    events: QuerySet[Any], kind: str, action_id: str, facts: JSONObject, *, old: bool = False
) -> QuerySet[Any, Any]:
    return events.annotate(
        kind=Value(kind, CharField()), rank=F("pgh_id"), who=F("name_of_user"), is_old=Value(old), facts=facts
    ).values_list("kind", action_id, "pgh_created_at", "rank", "who", "is_old", "facts")


def _name(prefix: str) -> Concat:
    return Concat(f"{prefix}first_name", Value(" "), f"{prefix}last_name")
