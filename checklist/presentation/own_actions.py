"""The actions of the project's own, in French."""

from dataclasses import dataclass

from django.urls import reverse

from checklist.enums import Status
from checklist.models import Action, Group
from checklist.presentation.links import crumbs
from checklist.presentation.progress import some_actions
from checklist.selectors import OwnActions
from common import french
from common.history import Change
from common.history import Entry as HistoryEntry
from common.ui import Entry, Link
from organisations.models import Project


@dataclass(frozen=True)
class OwnLine:
    """An action of a group that has some of the project's own; only those are `own`."""

    action: Action
    label: str
    own: bool
    first: bool
    last: bool


@dataclass(frozen=True)
class OwnBox:
    number: str
    title: str
    lines: list[OwnLine]


@dataclass(frozen=True)
class RetiredLine:
    action: Action
    label: str
    history: list[Entry]


@dataclass(frozen=True)
class OwnActionsView:
    title: str
    crumbs: list[Link]
    boxes: list[OwnBox]
    retired: list[RetiredLine]
    groups: list[Link]


@dataclass(frozen=True)
class OwnActionView:
    """The form of one: `group` in words, where to go back to."""

    group: str
    crumbs: list[Link]
    back_url: str


def own_actions(found: OwnActions, project: Project, groups: list[Group]) -> OwnActionsView:
    """The page. `groups`: those to which the reader may add."""
    return OwnActionsView(
        title=_title(found.count),
        crumbs=crumbs(project, Link("Actions propres")),
        boxes=[
            OwnBox(
                number=item.group.number,
                title=french.typography(item.group.title),
                lines=[
                    OwnLine(
                        action=action,
                        label=french.typography(action.label),
                        own=action.own,
                        first=index == 0,
                        last=index == len(item.actions) - 1,
                    )
                    for index, action in enumerate(item.actions)
                ],
            )
            for item in found.groups
        ],
        retired=[
            RetiredLine(item.action, french.typography(item.action.label), _history(item.history))
            for item in found.retired
        ],
        groups=[
            Link(
                french.typography(f"{group.number} {group.title}"),
                reverse("checklist_own_add", args=[project.slug, group.number]),
            )
            for group in groups
        ],
    )


def own_action(group: Group, project: Project, *, what: str, back_url: str) -> OwnActionView:
    """The form that adds an action to a group, or words it otherwise; `what` ends the trail."""
    own = Link("Actions propres", reverse("checklist_own", args=[project.slug]))
    return OwnActionView(
        group=french.typography(f"{group.number}, {group.title}"),
        crumbs=crumbs(project, own, Link(what)),
        back_url=back_url,
    )


def place(action: Action, before: Action | None) -> str:
    """« 2.4.P1 est maintenant après 2.4.3. »"""
    where = f"après {before.number}" if before else "la première de son bloc"
    return f"{action.number} est maintenant {where}."


def _title(count: int) -> str:
    if not count:
        return "Le projet n’a pas encore ajouté d’action à celles de l’ANAP"
    return f"Le projet a ajouté {some_actions(count)} à celles de l’ANAP"


def _history(entries: list[HistoryEntry]) -> list[Entry]:
    return [Entry(entry.at, entry.who, " ; ".join(_told(change) for change in _changes(entry))) for entry in entries]


def _changes(entry: HistoryEntry) -> tuple[Change, ...]:
    """Of the action as it was added, only its wording."""
    if entry.label != "insert":
        return entry.changes
    return tuple(change for change in entry.changes if change.field == "label")


def _told(change: Change) -> str:
    if change.field == "retired_at":
        return "retirée" if change.new else "remise"
    if change.field == "status":
        return Status(change.new).label
    if change.field == "label":
        return french.typography(f"intitulé : « {change.new} »" if change.old else f"ajoutée : « {change.new} »")
    return french.typography(f"objectif : « {change.new} »") if change.new else "objectif effacé"
