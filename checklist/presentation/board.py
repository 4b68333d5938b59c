"""The board in French: a column a state, a card an action."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from checklist.enums import Letter, Status, View
from checklist.models import Action
from checklist.presentation.ages import blocked_since, late_by
from checklist.presentation.layouts import Narrowing, layouts, narrowing
from checklist.presentation.links import crumbs
from checklist.presentation.progress import CHOICES, done_sentence, trouble_sentence
from checklist.selectors import ActionLine, Counts, Filters, Reading
from checklist.selectors.progress import count
from common import french
from common.ui import Link, State
from organisations.models import Project

MANY = 8  # cards of a column that are shown unfolded
# What a filter says of every action that it leaves.
ALL_ARE = {
    View.LATE: ("action est en retard", "actions sont en retard"),
    View.SOON: ("action est bientôt due", "actions sont bientôt dues"),
    View.KO: ("action est bloquée", "actions sont bloquées"),
    View.TO_NAME: ("action n’a pas de Responsable", "actions n’ont pas de Responsable"),
}
FOLDED = Status.OK  # its column is a count until asked for


@dataclass(frozen=True)
class Card:
    """One action. `needs_decision`: it turns OK by citing a decision, on its own page."""

    action: Action
    responsible: str
    late: str
    due: date | None
    blocked: str
    may_change: bool
    needs_decision: bool


@dataclass(frozen=True)
class Column:
    """A state, its first cards and the `more` that are folded; `fold_url` shows or folds a column that is a count."""

    state: State
    count: int
    cards: list[Card]
    more: list[Card]
    folded: bool
    fold_url: str


@dataclass(frozen=True)
class BoardView:
    title: str
    trouble: str
    locked: bool
    crumbs: list[Link]
    tabs: list[Link]
    narrow: Narrowing
    columns: list[Column]
    choices: tuple[State, ...]
    query: str


def board(reading: Reading, filters: Filters, project: Project, query: QueryDict) -> BoardView:
    """What the board says of the actions that the filters leave."""
    lines = reading.matching(filters)
    counts = count([line.action for line in lines], reading.today)
    url = reverse("checklist_board", args=[project.slug])
    unfolded = "faites" in query
    return BoardView(
        title=_title(filters, counts),
        trouble="" if filters.view in ALL_ARE else trouble_sentence(counts),
        locked=bool(lines) and not any(line.may_change for line in lines),
        crumbs=crumbs(project, Link("Tableau")),
        tabs=layouts(project, query, "checklist_board"),
        narrow=narrowing(reading, filters, url),
        columns=[_column(state, lines, url, query, unfolded=unfolded) for state in CHOICES],
        choices=CHOICES,
        query=f"?{query.urlencode()}" if query else "",
    )


def _title(filters: Filters, counts: Counts) -> str:
    if not counts.total:
        return "Aucune action ne correspond à ce filtre"
    if filters.view in ALL_ARE:
        return french.plural(counts.total, *ALL_ARE[filters.view])
    return done_sentence(counts).removesuffix(".")


def _column(state: State, lines: list[ActionLine], url: str, query: QueryDict, *, unfolded: bool) -> Column:
    here = [line for line in lines if line.action.status == state.value]
    here.sort(key=lambda line: line.action.due_on or date.max)  # stable: otherwise the order of the checklist
    foldable = state.value == FOLDED and bool(here)
    folded = foldable and not unfolded
    cards = [] if folded else [_card(line) for line in here]
    other = query.copy()
    other.pop("faites", None)
    if folded:
        other["faites"] = "1"
    return Column(
        state=state,
        count=len(here),
        cards=cards[:MANY],
        more=cards[MANY:],
        folded=folded,
        fold_url=f"{url}?{other.urlencode()}#colonne-{state.value}" if foldable else "",
    )


def _card(line: ActionLine) -> Card:
    action = line.action
    blocked = french.capital(blocked_since(action)) if action.status == Status.KO else ""
    return Card(
        action=action,
        responsible=_responsible(line),
        late=french.capital(late_by(line.days_late)) if line.late else "",
        due=None if line.late or action.status in {Status.OK, Status.NOT_APPLICABLE} else action.due_on,
        blocked=blocked,
        may_change=line.may_change,
        needs_decision=bool(action.decided_by) and action.status != Status.OK,
    )


def _responsible(line: ActionLine) -> str:
    """« COSTRAT, Maëlle Kerdrain », or nothing when it is to be named."""
    held = next((item for item in line.raci if item.letter == Letter.R), None)
    if held is None:
        return ""
    return ", ".join(
        [actor.label for actor, _ in held.actors] + [person.user.get_full_name() for person in held.people]
    )
