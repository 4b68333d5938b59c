"""The page of one line of the pathway: what is expected, where it stands, what may be said of it."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from common import french, history
from common.ui import Entry, Link
from organisations.models import User
from structures.enums.pathway import LineState, Recurrence
from structures.models import PathwayLine
from structures.pathway import Standing, may_do
from structures.presentation.pathway.page import document_of
from structures.presentation.pathway.words import (
    Mark,
    does,
    mark,
    pathway_url,
    structure_crumbs,
    tool_of,
    who,
)
from structures.rights import Rights
from structures.selectors.pathway import Board

# What the history of a line tells, and how a change of it is said.
TOLD = ("state", "evidence", "link", "file_name", "reason", "blocker", "returned", "delegated_to_id")
LABELS = {
    "evidence": "ce qui le montre",
    "link": "lien",
    "file_name": "document",
    "reason": "pourquoi elle est sans objet",
    "blocker": "ce qui bloque",
    "returned": "ce qui manque",
}


@dataclass(frozen=True)
class LineView:
    """`may_say`: the reader says where it stands; `closes_itself`: its tool does; `validates`: it waits for their
    yes."""

    title: str
    heading: str
    lede: str
    crumbs: list[Link]
    mark: Mark
    expected: str
    shown_by: str
    facts: list[tuple[str, str]]
    said: list[tuple[str, str]]
    document: Link | None
    tool: Link | None
    closes_itself: bool
    may_say: bool
    validates: bool
    locked: str
    submit_label: str
    delegation_url: str
    history: list[Entry]


def line_view(found: Standing, board: Board, rights: Rights, user_id: uuid.UUID | None) -> LineView:
    esms, action, line = board.esms, found.action, found.line
    may = may_do(found, fills=rights.fills, validates=rights.validates, user_id=user_id)
    return LineView(
        title=action.title,
        heading=_heading(found),
        lede=_lede(found),
        crumbs=structure_crumbs(esms, ("Parcours", pathway_url(esms)), (action.title, "")),
        mark=mark(found),
        expected=action.expected,
        shown_by=action.evidence,
        facts=_facts(found, board),
        said=_said(line, found),
        document=document_of(found, esms),
        tool=tool_of(esms, action),
        closes_itself=found.known,
        may_say=(may and found.state != LineState.SUBMITTED) or (may and rights.validates),
        validates=rights.validates and found.waits_for_validation,
        locked=_locked(found, board, rights, may=may),
        submit_label="Soumettre à la direction" if action.validated and not rights.validates else "C’est fait",
        delegation_url=reverse("pathway_delegation", args=[esms.project.slug, esms.slug])
        if rights.validates and action.delegable
        else "",
        history=history_of(line, board),
    )


def _heading(found: Standing) -> str:
    """The state of the line, in a sentence."""
    title = found.action.title
    if found.again:
        return french.typography(f"{title} : à refaire")
    words = {
        LineState.TODO: "à faire",
        LineState.IN_PROGRESS: "en cours",
        LineState.SUBMITTED: "soumise à la direction",
        LineState.DONE: "c’est fait",
        LineState.BLOCKED: "bloquée",
        LineState.NOT_APPLICABLE: "sans objet",
    }
    return french.typography(f"{title} : {words[found.state]}")


def _lede(found: Standing) -> str:
    if found.again and found.day:
        return french.typography(
            f"Faite le {french.long_date(found.day)} ; {found.action.recurrence.label.lower()}, elle est à reprendre."
        )
    line = found.line
    if line and line.returned and found.state == LineState.IN_PROGRESS:
        return french.typography(f"La direction l’a rendue : {line.returned}")
    if line and line.submitted_by and line.submitted_at and found.waits_for_validation:
        by = line.submitted_by.get_full_name()
        return french.typography(f"Soumise par {by} le {french.long_date(line.submitted_at)}.")
    if found.words and (found.known or not found.done):
        return french.typography(f"{french.capital(found.words.rstrip('.'))}.")
    return "Cette étape est d’une phase que la structure a déjà passée." if found.late else ""


def _facts(found: Standing, board: Board) -> list[tuple[str, str]]:
    action = found.action
    rows = [("Qui la fait", who(found, board)), ("Phase", action.phase.label)]
    if action.validated:
        rows.append(("Validation", "Par la direction"))
    if action.recurrence != Recurrence.ONCE:
        rows.append(("À refaire", action.recurrence.label))
    if found.line and found.held_by and found.line.delegated_on:
        rows.append(("Confiée", f"depuis le {french.long_date(found.line.delegated_on)}"))
    if found.day and found.state == LineState.DONE:
        rows.append(("Faite le", french.long_date(found.day)))
    return rows


def _said(line: PathwayLine | None, found: Standing) -> list[tuple[str, str]]:
    """Who submitted and validated it, and the evidence."""
    if line is None:
        return []
    rows = []
    if line.evidence:
        rows.append(("Ce qui le montre", french.typography(line.evidence)))
    if line.submitted_by and line.submitted_at and found.state in {LineState.SUBMITTED, LineState.DONE}:
        rows.append(("Soumise par", f"{line.submitted_by.get_full_name()}, {french.long_datetime(line.submitted_at)}"))
    if line.validated_by and line.validated_at and found.state == LineState.DONE:
        rows.append(("Validée par", f"{line.validated_by.get_full_name()}, {french.long_datetime(line.validated_at)}"))
    return rows


def _locked(found: Standing, board: Board, rights: Rights, *, may: bool) -> str:
    """Why the reader may not say where it stands, and who may."""
    if may:
        if found.state == LineState.SUBMITTED and not rights.validates:
            return "Vous l’avez soumise : la direction la valide, ou vous la rend."
        return ""
    if rights.fills:
        kept = " Elle ne se confie pas." if not found.action.delegable and not found.for_referent else ""
        holder = board.holder(found)
        name = holder.get_full_name() if holder else "La direction"
        return f"{name} fait cette étape.{kept}"
    return f"{does(found.action)}. Vous la lisez."


def history_of(line: PathwayLine | None, board: Board) -> list[Entry]:
    if line is None:
        return []
    lines = []
    for entry in history.entries(line, TOLD):
        said = [text for change in entry.changes if (text := _change(change, board))]
        if said:
            lines.append(Entry(entry.at, entry.who, french.typography(" ; ".join(said))))
    return lines


def _change(change: history.Change, board: Board) -> str:
    new = change.new
    if change.field == "state":
        label = LineState(str(new)).label
        return "" if change.old is None and new == LineState.TODO else f"étape « {label} »"
    if change.field == "delegated_to_id":
        if isinstance(new, uuid.UUID):
            holder: User | None = board.referents.get(new)
            return f"confiée à {holder.get_full_name()}" if holder else "confiée à un référent qui ne l’est plus"
        return "reprise par la direction" if change.old else ""
    if not new:
        return f"{LABELS[change.field]} retiré" if change.old else ""
    return f"{LABELS[change.field]} : « {new} »"
