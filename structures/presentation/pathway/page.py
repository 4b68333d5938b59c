"""The page of the pathway: the lines of a structure, section by section."""

import uuid
from dataclasses import dataclass, field

from django.urls import reverse

from common import french
from common.charts.bars import Segment
from common.ui import Link
from organisations.models import ESMS
from structures.catalogue.local_actions import pathway
from structures.enums.pathway import LineState, Recurrence
from structures.forms.pathway import Shown
from structures.pathway import Standing
from structures.presentation.pathway.words import (
    is_mine,
    line_url,
    mark,
    pathway_url,
    progress_sentence,
    section_words,
    segments_of,
    structure_crumbs,
    who,
)
from structures.rights import Rights
from structures.selectors.pathway import Board, tally


@dataclass(frozen=True)
class LineRow:
    """A line of the list: the parameters of the task component."""

    url: str
    icon: str
    title: str
    tone: str
    detail: str
    when: str
    when_detail: str


@dataclass(frozen=True)
class ToValidate:
    """What a referent submitted, with what the direction needs to say yes in one tap."""

    title: str
    url: str
    validate_url: str
    version: int
    said: str
    evidence: str
    document: Link | None


@dataclass(frozen=True)
class SectionBox:
    anchor: str
    number: str
    label: str
    count: str
    words: str
    segments: list[Segment]
    lines: list[LineRow]


@dataclass(frozen=True)
class PathwayView:
    title: str
    lede: str
    crumbs: list[Link]
    views: list[Link]
    to_validate: list[ToValidate]
    sections: list[SectionBox]
    empty: str
    delegation_url: str
    rule: str = field(default="")


def pathway_view(board: Board, rights: Rights, user_id: uuid.UUID | None, shown: Shown) -> PathwayView:
    esms = board.esms
    chosen = {
        Shown.ALL: list(board.standings),
        Shown.MINE: [item for item in board.standings if is_mine(item, board, rights, user_id)],
        Shown.TO_VALIDATE: board.to_validate,
        Shown.LATE: board.late,
    }
    kept = {item.action.code for item in chosen[shown]}
    sections = []
    for section, found in board.sections:
        lines = [item for item in found if item.action.code in kept]
        if lines or shown == Shown.ALL:
            counts = tally(found)
            sections.append(
                SectionBox(
                    anchor=section.anchor,
                    number=section.number,
                    label=section.label,
                    count=f"{counts.done} / {counts.total}",
                    words=section_words(counts),
                    segments=list(segments_of(counts)),
                    lines=[line_row(item, board) for item in lines],
                )
            )
    return PathwayView(
        title=pathway_title(board, rights),
        lede=_lede(board, rights),
        crumbs=structure_crumbs(esms, ("Parcours", "")),
        views=_views(esms, shown, {item: len(lines) for item, lines in chosen.items()}, rights),
        to_validate=waiting(board) if rights.validates and shown in {Shown.ALL, Shown.TO_VALIDATE} else [],
        sections=sections,
        empty=_empty(shown, rights) if not sections else "",
        delegation_url=reverse("pathway_delegation", args=[esms.project.slug, esms.slug]) if rights.validates else "",
        rule=pathway().delegation_rule,
    )


def pathway_title(board: Board, rights: Rights) -> str:
    """« 23 étapes sur 59 sont faites ; deux attendent votre validation »."""
    said, counts = progress_sentence(board.tally), board.tally
    if counts.to_validate:
        whose = "votre validation" if rights.validates else "la validation de la direction"
        return french.typography(
            f"{said} ; {french.in_words(counts.to_validate, feminine=True)} "
            f"{french.agree(counts.to_validate, 'attend', 'attendent')} {whose}"
        )
    if counts.blocked:
        return french.typography(
            f"{said} ; {french.in_words(counts.blocked, feminine=True)} "
            f"{french.agree(counts.blocked, 'est bloquée', 'sont bloquées')}"
        )
    return french.typography(said)


def _lede(board: Board, rights: Rights) -> str:
    counts = board.tally
    parts = []
    if counts.late:
        parts.append(
            f"{french.counted(counts.late, 'étape', 'étapes', feminine=True)} d’une phase déjà passée "
            f"{french.agree(counts.late, 'reste', 'restent')} à finir"
        )
    if counts.again:
        parts.append(f"{french.counted(counts.again, 'étape est', 'étapes sont', feminine=True)} à refaire")
    sentence = f"{french.capital(french.listed(parts))}. " if parts else ""
    how = (
        "Une étape qui a son outil se ferme d’elle-même ; les autres se disent faites sur leur page."
        if rights.fills
        else "La direction et ses référents y travaillent ; vous lisez ce qu’ils ont fait."
    )
    return french.typography(f"{sentence}{how}")


def _views(esms: ESMS, shown: Shown, counts: dict[Shown, int], rights: Rights) -> list[Link]:
    url = pathway_url(esms)
    return [
        Link(
            item.label,
            url if item == Shown.ALL else f"{url}?vue={item}",
            current=item == shown,
            count=counts[item],
        )
        for item in (Shown.MINE, Shown.TO_VALIDATE, Shown.LATE, Shown.ALL)
        if item != Shown.MINE or rights.fills
    ]


def _empty(shown: Shown, rights: Rights) -> str:
    return {
        Shown.MINE: "Aucune étape ne dépend de vous pour l’instant",
        Shown.TO_VALIDATE: "Aucune étape n’attend de validation",
        Shown.LATE: "Aucune étape n’est en retard",
    }.get(shown, "Le parcours est vide")


def line_row(found: Standing, board: Board, *, by: bool = True) -> LineRow:
    """`by`: whether to say who does it."""
    seen = mark(found)
    parts = [who(found, board)] if by else []
    if found.action.validated and not found.done and found.for_referent:
        parts.append("à valider par la direction")
    if found.action.recurrence != Recurrence.ONCE:
        parts.append(found.action.recurrence.label.lower())
    # What shows that it is done is on its page.
    if found.words and (found.known or not found.done):
        parts.append(found.words.rstrip("."))
    late = found.late and found.state in {LineState.TODO, LineState.IN_PROGRESS}
    return LineRow(
        url=line_url(board.esms, found.action),
        icon=seen.icon,
        title=found.action.title,
        tone=seen.tone,
        detail=french.typography(" · ".join(parts)),
        when=seen.word,
        when_detail=french.short_date(found.day) if found.day else "phase passée" if late else "",
    )


def waiting(board: Board) -> list[ToValidate]:
    """What waits for one tap of the direction."""
    found = []
    for item in board.to_validate:
        line = item.line
        if line is None:
            continue
        args = [board.esms.project.slug, board.esms.slug, item.action.slug]
        by = line.submitted_by.get_full_name() if line.submitted_by else ""
        on = f" le {french.long_date(line.submitted_at)}" if line.submitted_at else ""
        found.append(
            ToValidate(
                title=item.action.title,
                url=line_url(board.esms, item.action),
                validate_url=reverse("pathway_validate", args=args),
                version=line.version,
                said=f"Soumise par {by}{on}",
                evidence=french.typography(line.evidence),
                document=document_of(item, board.esms),
            )
        )
    return found


def document_of(found: Standing, esms: ESMS) -> Link | None:
    """The document or the link that shows that a line is done."""
    line = found.line
    if line is None:
        return None
    if line.file_name:
        url = reverse("pathway_evidence", args=[esms.project.slug, esms.slug, found.action.slug])
        return Link(line.file_name, url, icon="doc")
    return Link(line.link, line.link, icon="link") if line.link else None
