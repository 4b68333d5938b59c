"""The dates that the phases propose, in French."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from checklist.presentation.links import crumbs, page_url
from checklist.presentation.progress import some_actions
from checklist.schedule import Proposal
from checklist.selectors import Proposed, ProposedDates
from checklist.services import Dates
from common import french
from common.errors import Conflict
from common.ui import Link
from organisations.models import Project


@dataclass(frozen=True)
class DatesRow:
    """A line of the table. `value` is what is posted to take the proposal."""

    number: str
    label: str
    stands: str
    proposed: str
    phase: str
    past: bool
    chosen: bool
    value: str


@dataclass(frozen=True)
class DatesStep:
    number: int
    title: str
    rows: list[DatesRow]

    @property
    def caption(self) -> str:
        return f"Dates proposées pour l’étape {self.number}"


@dataclass(frozen=True)
class DatesView:
    title: str
    lede: str
    crumbs: list[Link]
    steps: list[DatesStep]
    waiting: list[str]
    phases_url: str
    page_url: str
    undo: str


@dataclass(frozen=True)
class ProposalView:
    """« Proposé d’après la phase « Achat » : du … au …. », and what is posted to take it."""

    sentence: str
    value: str


def dates(
    found: ProposedDates, project: Project, today: date, *, chosen: set[str] | None = None, undo: int = 0
) -> DatesView:
    """`chosen`: the numbers that were ticked, when the page comes back with what was refused. `undo`: how many actions
    were just dated, and can lose those dates again."""
    steps: dict[tuple[int, str], list[DatesRow]] = defaultdict(list)
    for (number, title), lines in groupby(found.lines, lambda line: _step(line)):
        steps[number, title] += [_row(line, today, chosen) for line in lines]
    return DatesView(
        title=_title(found),
        lede=_lede(found),
        crumbs=crumbs(project, Link("Échéances")),
        steps=[DatesStep(number, french.typography(title), rows) for (number, title), rows in steps.items()],
        waiting=_waiting(found),
        phases_url=reverse("project_phases", args=[project.slug]),
        page_url=page_url(project),
        undo=_undo(undo) if undo else "",
    )


def dates_changed_meanwhile(conflict: Conflict) -> str:
    """Why dates could not be written: somebody else gave the action others."""
    action = conflict.current
    stands = french.long_date(action.due_on) if action.due_on else "aucune"
    return french.typography(
        f"Les dates de l’action {action.number} ont changé entre-temps (échéance : {stands}). Rien n’est enregistré : "
        "vérifiez-la ci-dessous, puis enregistrez à nouveau."
    )


def proposal(found: Proposal, number: str, version: int) -> ProposalView:
    return ProposalView(
        sentence=french.typography(
            f"Proposé d’après la phase « {found.phase.label} » : {_from_to(found.start, found.due)}."
        ),
        value=Dates(number, version, found.start, found.due).as_text(),
    )


def _step(line: Proposed) -> tuple[int, str]:
    return line.action.group.step.number, line.action.group.step.title


def _row(line: Proposed, today: date, chosen: set[str] | None) -> DatesRow:
    action, proposed = line.action, line.proposal
    past = proposed.due < today
    return DatesRow(
        number=action.number,
        label=french.typography(action.label),
        stands=french.capital(_from_to(action.start_on, action.due_on)) if not line.free else "Aucune date",
        proposed=french.capital(_from_to(proposed.start, proposed.due)),
        phase=proposed.phase.label,
        past=past,
        # Nothing that stands is replaced, and nothing is made late, unless somebody ticks it.
        chosen=(line.free and not past) if chosen is None else action.number in chosen,
        value=Dates(action.number, action.version, proposed.start, proposed.due).as_text(),
    )


def _from_to(start: date | None, due: date | None) -> str:
    if start is None and due is None:
        return "aucune date"
    if start is None or due is None:
        return f"pour le {french.long_date(due)}" if due else f"à partir du {french.long_date(start)}"
    return f"du {french.long_date(start)} au {french.long_date(due)}"


def _title(found: ProposedDates) -> str:
    """« 57 actions n’ont pas d’échéance : en voici une pour chacune d’après les phases »."""
    if not found.undated:
        return "Toutes les actions à faire ont leur échéance"
    proposed = sum(line.action.due_on is None for line in found.lines)
    without = (
        f"{french.capital(some_actions(found.undated))} {french.agree(found.undated, 'n’a', 'n’ont')} pas d’échéance"
    )
    if not proposed:
        return french.typography(f"{without}, et les phases n’en proposent pas encore")
    if found.undated == 1:
        return french.typography(f"{without} : en voici une d’après les phases")
    whom = "chacune" if proposed == found.undated else f"{french.number(proposed)} d’entre elles"
    return french.typography(f"{without} : en voici une pour {whom} d’après les phases")


def _lede(found: ProposedDates) -> str:
    if not found.lines:
        return "Il n’y a rien à choisir ici pour l’instant."
    if not found.undated:
        count = len(found.lines)
        which = french.agree(count, "une d’elles", f"{french.in_words(count, feminine=True)} d’entre elles")
        return french.typography(f"Les phases proposent d’autres dates pour {which}. Cochez ce que vous remplacez.")
    return french.typography(
        "Gardez cochées celles qui vous conviennent. Une action qui a déjà des dates, ou dont la date proposée est "
        "passée, n’est pas cochée : rien ne change sans vous."
    )


def _waiting(found: ProposedDates) -> list[str]:
    """« Phase « Vie courante » : six actions attendent ses dates. »"""
    lines = [
        f"Phase « {phase.label} » : {some_actions(count)} {french.agree(count, 'attend', 'attendent')} ses dates "
        "de début et de fin."
        for phase, count in found.waiting.items()
    ]
    if found.unknown:
        count = found.unknown
        lines.append(
            f"Sans phase proposée : {some_actions(count)}, à dater {french.agree(count, 'elle-même', 'une à une')}."
        )
    return [french.typography(line) for line in lines]


def _undo(count: int) -> str:
    verb = french.agree(count, "a reçu", "ont reçu")
    return f"{french.capital(some_actions(count))} {verb} {french.agree(count, 'sa date', 'leurs dates')}."
