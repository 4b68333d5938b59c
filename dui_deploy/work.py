"""« Mon travail » in words: what is asked of one person, by date."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from checklist.enums import Status
from checklist.models import Action
from common import french
from organisations.models import User

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """A line of the page: the parameters of the task component."""

    url: str
    icon: str
    title: str
    tone: str
    detail: str
    when: str
    when_detail: str


@dataclass(frozen=True)
class Section:
    title: str
    note: str
    tone: str
    tasks: list[Task]


@dataclass(frozen=True)
class WorkPage:
    title: str
    lede: str
    today: str
    sections: list[Section]


def work_page(user: User, actions: list[Action], today: date) -> WorkPage:
    """The open actions of a person, already sorted by due date, as the page says them."""
    soon = today + SOON
    late = [action for action in actions if action.days_late(today)]
    this_week = [action for action in actions if action.due_on and today <= action.due_on <= soon]
    later = [action for action in actions if action.due_on and action.due_on > soon]
    undated = [action for action in actions if action.due_on is None]
    several = len({action.project_id for action in actions}) > 1
    groups = [
        (
            "En retard",
            french.plural(len(late), "action où vous pouvez agir", "actions où vous pouvez agir"),
            "late",
            late,
        ),
        ("Cette semaine", f"jusqu’au {french.long_date(soon, weekday=True)}", "", this_week),
        ("Ensuite", "par date", "", later),
        ("Sans échéance", "le chef de projet peut en fixer une", "", undated),
    ]
    return WorkPage(
        title=_title(user, len(late), len(this_week), len(actions)),
        lede=_lede(late, this_week, later),
        today=french.long_date(today, weekday=True).capitalize(),
        sections=[
            Section(title, note, tone, [_task(action, today, several) for action in group])
            for title, note, tone, group in groups
            if group
        ],
    )


def _title(user: User, late: int, this_week: int, total: int) -> str:
    hello = f"Bonjour {user.first_name}."
    urgent = late + this_week
    if urgent:
        count = french.in_words(urgent, feminine=True).capitalize()
        asked = french.agree(urgent, "action est attendue", "actions sont attendues")
        return f"{hello} {count} {asked} de vous d’ici une semaine."
    if total:
        return f"{hello} Rien n’est attendu de vous cette semaine."
    return f"{hello} Rien ne vous est demandé pour l’instant."


def _lede(late: list[Action], this_week: list[Action], later: list[Action]) -> str:
    if late:
        verb = french.agree(len(late), "est en retard", "sont en retard")
        count = french.in_words(len(late), feminine=True).capitalize()
        return f"{count} {verb}. La plus ancienne : {_lower(late[0].label)}."
    first = next(iter([*this_week, *later]), None)
    return (
        f"La plus proche : {_lower(first.label)}, pour le {french.long_date(first.due_on)}."
        if first and first.due_on
        else ""
    )


def _lower(label: str) -> str:
    return french.typography(label[:1].lower() + label[1:])


def _task(action: Action, today: date, several_projects: bool) -> Task:
    days = action.days_late(today)
    details = [f"Action {action.number}{', KO' if action.status == Status.KO else ''}"]
    if several_projects:
        details.insert(0, action.project.short_name)
    if action.note:
        details.append(action.note[:1].lower() + action.note[1:].rstrip("."))
    return Task(
        url=reverse("checklist_action", args=[action.project.slug, action.number]),
        icon="list",
        title=french.typography(action.label),
        tone="ko" if action.status == Status.KO else "late" if days else "progress",
        detail=french.typography(" · ".join(details)),
        when=_when(action, today, days),
        when_detail=_when_detail(action, days),
    )


def _when(action: Action, today: date, days: int) -> str:
    if days:
        return french.plural(days, "jour", "jours")
    if action.due_on is None:
        return ""
    return french.short_date(action.due_on, weekday=True).capitalize()


def _when_detail(action: Action, days: int) -> str:
    if action.due_on is None:
        return ""
    return f"due le {french.short_date(action.due_on)}" if days else french.relative(action.due_on)
