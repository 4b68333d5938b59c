"""One action in French: its page or panel, and what a tap changes."""

from dataclasses import dataclass

from checklist.enums import Actor, Letter, Status
from checklist.models import Action, ActionPerson
from checklist.presentation.actors import names
from checklist.presentation.ages import late_by
from checklist.presentation.dates import ProposalView, proposal
from checklist.presentation.documents import Documents, documents
from checklist.presentation.exchanges import Exchanges, exchanges
from checklist.presentation.letters import letter_change
from checklist.presentation.links import crumbs, step_url
from checklist.presentation.opinions import Opinions, opinions
from checklist.presentation.progress import CHOICES, done_sentence, formula, steps, trouble_sentence
from checklist.rights import Rights
from checklist.selectors import ActionDetail, Counts, LetterChange, Progress, RaciLine
from common import french
from common.history import Change
from common.history import Entry as HistoryEntry
from common.ui import Entry, Link, State, Step
from organisations.models import Project, User

FIELD_NAMES = {
    "start_on": "date de début",
    "due_on": "échéance",
    "note": "où en est-on",
    "not_applicable_reason": "motif du « sans objet »",
    "ko_blocker": "ce qui bloque",
    "ko_unblock": "ce qui la débloquerait",
    "ko_owner_id": "qui peut la débloquer",
    "ko_review_on": "nouvelle date d’examen",
}


@dataclass(frozen=True)
class PersonRow:
    """A line of « Personnes »: a body or a function with its members of the day, or a person named (`named`)."""

    name: str
    detail: str
    icon: str = ""
    named: ActionPerson | None = None


@dataclass(frozen=True)
class DetailView:
    title: str
    lede: str
    choices: tuple[State, ...]
    crumbs: list[Link]
    step_url: str
    people: list[PersonRow]
    opinions: Opinions
    exchanges: Exchanges
    documents: Documents
    history: list[Entry]
    locked: str
    proposal: ProposalView | None


def detail(found: ActionDetail, project: Project, rights: Rights) -> DetailView:
    """What the panel, or the page, of one action says."""
    action = found.line.action
    back_url = step_url(action, project)
    return DetailView(
        title=french.typography(action.label),
        lede=_where_it_stands(action, found.line.days_late),
        choices=CHOICES,
        crumbs=crumbs(project, Link(f"Action {action.number}"), checklist=back_url),
        step_url=back_url,
        people=[row for line in found.line.raci for row in _people(line)],
        opinions=opinions(found, rights.user),
        exchanges=exchanges(found, rights),
        documents=documents(found, rights),
        history=history(found.history),
        locked=_locked_one(comments=rights.comments) if found.line.locked else "",
        proposal=proposal(found.proposal, action.number, action.version) if found.proposal else None,
    )


def _locked_one(*, comments: bool) -> str:
    return "L’état est tenu par le chef de projet." + (" Écrivez-lui dans les échanges." if comments else "")


def history(changes: list[HistoryEntry | LetterChange]) -> list[Entry]:
    """The changes of an action, in words."""
    lines = [
        Entry(change.at, change.who, letter_change(change) if isinstance(change, LetterChange) else _what(change))
        for change in changes
    ]
    return [line for line in lines if line.what]


def _where_it_stands(action: Action, days_late: int) -> str:
    """« KO, en retard de 143 jours. », « OK, faite le 22 avril 2025. », « En cours, pour le 18 décembre 2026. »"""
    parts = [action.get_status_display()]
    if days_late > 0:
        parts.append(late_by(days_late))
    elif action.done_on:
        parts.append(f"faite le {french.long_date(action.done_on)}")
    elif action.due_on and action.status != Status.NOT_APPLICABLE:
        parts.append(f"pour le {french.long_date(action.due_on)}")
    return ", ".join(parts) + "."


def _people(line: RaciLine) -> list[PersonRow]:
    named = [
        PersonRow(
            name=person.user.get_full_name(),
            detail=", ".join(filter(None, [line.letter.label, person.user.title])),
            named=person,
        )
        for person in line.people
    ]
    return named + [_actor_row(line.letter, actor, members) for actor, members in line.actors]


def _actor_row(letter: Letter, actor: Actor, members: list[User]) -> PersonRow:
    if len(members) == 1:
        return PersonRow(members[0].get_full_name(), f"{letter.label}, {actor.label}")
    return PersonRow(actor.label, french.typography(f"{letter.label} : {names(members)}"), icon="people")


def _what(entry: HistoryEntry) -> str:
    return "" if entry.label == "insert" else " ; ".join(_change(change) for change in entry.changes)


def _change(change: Change) -> str:
    if change.field == "status":
        return f"{Status(change.new).label} (était {Status(change.old).label})"
    name = FIELD_NAMES[change.field]
    if change.field.endswith("_on"):
        return french.typography(f"{name} fixée au {french.long_date(change.new)}") if change.new else f"{name} retirée"
    if change.field == "ko_owner_id":
        return f"{name} modifié"
    return french.typography(f"{name} : « {change.new} »") if change.new else f"{name} effacé"


@dataclass(frozen=True)
class TickView:
    lede: str
    history: list[Entry]
    done: str
    trouble: str
    formula: str
    steps: list[Step]
    step: Counts
    group: Counts
    complete: bool
    choices: tuple[State, ...]


def tick(
    action: Action,
    days_late: int,
    changes: list[HistoryEntry | LetterChange],
    progress: Progress,
    project: Project,
    *,
    complete: bool,
) -> TickView:
    """The parts of the page that a tap changes; `complete`: nothing is left to do or to deposit in the group."""
    step = next(item for item in progress.steps if item.number == action.group.step.number)
    return TickView(
        lede=_where_it_stands(action, days_late),
        history=history(changes),
        done=done_sentence(step.counts),
        trouble=trouble_sentence(step.counts),
        formula=formula(progress.total),
        steps=steps(progress.steps, project, step.number),
        step=step.counts,
        group=progress.groups[action.group.number],
        complete=complete,
        choices=CHOICES,
    )
