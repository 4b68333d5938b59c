"""« Mon travail » in words: what is asked of one person, by date."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from checklist.enums import Status
from checklist.models import SOON, Action
from common import french
from common.ui import Link
from organisations.models import User

FAR = timedelta(days=30)
FEW = 5  # actions without a date that are shown unfolded


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
    """A heading and its lines; with ``fold``, the lines are behind these words, open when nothing else is shown."""

    title: str
    note: str
    tone: str
    tasks: list[Task]
    fold: str = ""
    unfolded: bool = False


@dataclass(frozen=True)
class WorkPage:
    title: str
    lede: str
    today: str
    button: Link | None
    sections: list[Section]


@dataclass(frozen=True)
class Agenda:
    """The open actions of one person, each list by due date."""

    today: date
    late: list[Action]
    soon: list[Action]
    later: list[Action]
    far: list[Action]
    undated: list[Action]

    @property
    def soon_until(self) -> date:
        return self.today + SOON

    @property
    def far_from(self) -> date:
        return self.today + FAR

    @property
    def urgent(self) -> list[Action]:
        return self.late + self.soon

    @property
    def dated(self) -> list[Action]:
        return self.urgent + self.later + self.far


def work_page(user: User, actions: list[Action], today: date, *, shared: bool) -> WorkPage:
    """The open actions of a person, already sorted by due date, as the page says them.

    ``shared``: the person sits in a body, whose actions are asked of all its members.
    """
    agenda = _agenda(actions, today)
    return WorkPage(
        title=_title(user, agenda),
        lede=_lede(agenda),
        today=french.long_date(today, weekday=True).capitalize(),
        button=_button(agenda),
        sections=_sections(agenda, shared),
    )


def _agenda(actions: list[Action], today: date) -> Agenda:
    late = [action for action in actions if action.days_late(today)]
    ahead = [action for action in actions if action.due_on and not action.days_late(today)]
    days = [(action, action.due_on - today) for action in ahead if action.due_on]
    return Agenda(
        today=today,
        late=late,
        soon=[action for action, left in days if left <= SOON],
        later=[action for action, left in days if SOON < left <= FAR],
        far=[action for action, left in days if left > FAR],
        undated=[action for action in actions if action.due_on is None],
    )


def _title(user: User, agenda: Agenda) -> str:
    hello = f"Bonjour {user.first_name}."
    by = french.long_date(agenda.soon_until, weekday=True, year=False)
    late, soon = len(agenda.late), len(agenda.soon)
    finish = french.agree(soon, "est à finir", "sont à finir") + f" d’ici {by}"
    if late:
        verb = french.agree(late, "est en retard", "sont en retard")
        more = f", {french.in_words(soon, feminine=True)} {finish}" if soon else ""
        return f"{hello} {_some_actions(late)} {verb}{more}."
    if soon:
        return f"{hello} {_some_actions(soon)} {finish}."
    if agenda.dated or agenda.undated:
        return f"{hello} Rien n’est à finir d’ici {by}."
    return f"{hello} Rien ne vous est demandé pour l’instant."


def _some_actions(count: int) -> str:
    """« Douze actions », at the start of a sentence."""
    return f"{french.in_words(count, feminine=True).capitalize()} {french.agree(count, 'action', 'actions')}"


def _lede(agenda: Agenda) -> str:
    if not agenda.dated:
        return ""
    first = agenda.dated[0]
    late = french.plural(first.days_late(agenda.today), "jour", "jours")
    by = french.long_date(first.due_on) if first.due_on else ""
    what = first.label[:1].lower() + first.label[1:]
    if len(agenda.urgent) == 1:
        sentence = f"Il s’agit de : {what}."
    elif len(agenda.late) == 1:
        sentence = f"En retard de {late} : {what}."
    elif agenda.late:
        sentence = f"La plus ancienne, de {late} : {what}."
    else:
        sentence = f"La plus proche, pour le {by} : {what}."
    return french.typography(sentence)


def _button(agenda: Agenda) -> Link | None:
    """What to open first, named as the lede names it."""
    actions = agenda.dated or agenda.undated
    if not actions:
        return None
    if len(agenda.urgent) == 1 or len(actions) == 1:
        label = "Ouvrir cette action"
    elif agenda.late:
        label = "Ouvrir la plus ancienne"
    elif agenda.dated:
        label = "Ouvrir la plus proche"
    else:
        label = "Ouvrir la première"
    return Link(label, _address(actions[0]))


def _sections(agenda: Agenda, shared: bool) -> list[Section]:
    several = len({action.project_id for action in agenda.dated + agenda.undated}) > 1
    shown = bool(agenda.urgent or agenda.later)

    def section(title: str, note: str, tone: str, actions: list[Action], fold: str = "") -> Section:
        tasks = [_task(action, agenda.today, several) for action in actions]
        return Section(title, note, tone, tasks, fold, unfolded=not shown)

    # The far ones stand under « Ensuite »; with nothing before them the heading is theirs.
    far_title, far_note = ("", "") if agenda.later else ("Ensuite", "par date")
    sections = [
        section("En retard", _late_note(len(agenda.late), shared), "late", agenda.late),
        section("Cette semaine", f"jusqu’au {french.long_date(agenda.soon_until, weekday=True)}", "", agenda.soon),
        section("Ensuite", "par date", "", agenda.later),
        section(far_title, far_note, "", agenda.far, _far_words(agenda)),
        section("Sans échéance", "le chef de projet peut en fixer une", "", agenda.undated, _undated_words(agenda)),
    ]
    return [section for section in sections if section.tasks]


def _late_note(count: int, shared: bool) -> str:
    who = "vous, ou un autre membre de votre instance, pouvez" if shared else "vous pouvez"
    return f"{french.agree(count, 'action', 'actions')} où {who} agir"


def _far_words(agenda: Agenda) -> str:
    count = len(agenda.far)
    what = french.agree(count, "l’action", f"les {french.number(count)} actions")
    return f"Voir {what} d’après le {french.long_date(agenda.far_from, year=False)}"


def _undated_words(agenda: Agenda) -> str:
    count = len(agenda.undated)
    return f"Voir les {french.number(count)} actions sans échéance" if count > FEW else ""


def _task(action: Action, today: date, several_projects: bool) -> Task:
    days = action.days_late(today)
    details = [f"Action {action.number}{', KO' if action.status == Status.KO else ''}"]
    if several_projects:
        details.insert(0, action.project.short_name)
    if action.note:
        details.append(action.note[:1].lower() + action.note[1:].rstrip("."))
    return Task(
        url=_address(action),
        icon="list",
        title=french.typography(action.label),
        tone="ko" if action.status == Status.KO else "late" if days else "progress",
        detail=french.typography(" · ".join(details)),
        when=_when(action, days),
        when_detail=_when_detail(action, days),
    )


def _address(action: Action) -> str:
    return reverse("checklist_action", args=[action.project.slug, action.number])


def _when(action: Action, days: int) -> str:
    if days:
        return f"{french.plural(days, 'jour', 'jours')} de retard"
    if action.due_on is None:
        return ""
    return french.short_date(action.due_on, weekday=True).capitalize()


def _when_detail(action: Action, days: int) -> str:
    if action.due_on is None:
        return ""
    return f"due le {french.short_date(action.due_on)}" if days else french.relative(action.due_on)
