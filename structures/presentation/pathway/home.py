"""The first page of a structure: where it stands, what is asked, what comes next."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from common.charts.bars import Segment
from common.ui import Link
from organisations.enums import Phase
from organisations.models import ESMS
from organisations.presentation.words import IN_PHASE, crumbs
from structures.asks import Ask
from structures.enums.pathway import LineState
from structures.models import Reminder
from structures.pathway import Standing
from structures.presentation.inventory.words import READINESS, field_url
from structures.presentation.pathway.page import LineRow, ToValidate, line_row, waiting
from structures.presentation.pathway.words import (
    is_mine,
    pathway_url,
    progress_sentence,
    section_words,
    segments_of,
)
from structures.rights import Rights
from structures.selectors.inventory import ReadinessOf
from structures.selectors.pathway import Board, tally

FEW = 5  # lines of the pathway that are named; the others are on its page
SIGNALS = 3  # points of the readiness that are named


@dataclass(frozen=True)
class ReminderNote:
    """What the project lead wrote; `seen_url` for who may say to have read it."""

    title: str
    about: str
    message: str
    seen_url: str


@dataclass(frozen=True)
class SectionLine:
    url: str
    number: str
    label: str
    count: str
    words: str
    segments: Sequence[Segment]


@dataclass(frozen=True)
class ReadyView:
    """Whether the structure is ready, as its inventory says."""

    word: str
    tone: str
    icon: str
    sentence: str
    points: list[LineRow]


@dataclass(frozen=True)
class HomeView:
    title: str
    lede: str
    context: str
    crumbs: list[Link]
    reminders: list[ReminderNote]
    to_validate: list[ToValidate]
    asks_title: str
    asks: list[LineRow]
    nothing: str
    steps_title: str
    steps: list[LineRow]
    sections: list[SectionLine]
    pathway_url: str
    ready: ReadyView | None
    wave: str


def home_view(
    board: Board,
    asks: Sequence[Ask],
    reminders: Sequence[Reminder],
    readiness: ReadinessOf | None,
    rights: Rights,
    user_id: uuid.UUID | None,
) -> HomeView:
    """`asks`: what tools ask of this reader, or of the structure for who only reads it."""
    esms, today = board.esms, french.today()
    to_do = _to_do(board, rights, user_id)
    next_ones = _next(board, rights, user_id)
    asked = [*(_ask(ask, today) for ask in asks), *(line_row(item, board, by=not rights.fills) for item in to_do)]
    to_validate = waiting(board) if rights.validates else []
    return HomeView(
        title=_title(board, rights),
        lede=_lede(len(asked) + len(to_validate), asked, to_validate, rights),
        context=_context(esms, rights),
        crumbs=crumbs(
            esms.project,
            ("Structures", reverse("structures", args=[esms.project.slug])),
            (french.typography(esms.name), ""),
        ),
        reminders=[_reminder(row, esms, rights) for row in reminders],
        to_validate=to_validate,
        asks_title="Ce qui vous est demandé" if rights.fills else "Ce qui attend dans cette structure",
        asks=asked,
        nothing="Rien ne vous est demandé pour l’instant" if rights.fills else "Rien n’attend ici pour l’instant",
        steps_title="Vos prochaines étapes" if rights.fills else "Les prochaines étapes",
        steps=[line_row(item, board, by=not rights.fills) for item in next_ones],
        sections=[
            SectionLine(
                url=pathway_url(esms, section),
                number=section.number,
                label=section.label,
                count=f"{counts.done} / {counts.total}",
                words=section_words(counts),
                segments=segments_of(counts),
            )
            for section, found in board.sections
            for counts in [tally(found)]
        ],
        pathway_url=pathway_url(esms),
        ready=_ready(readiness, esms),
        wave=_wave(esms),
    )


def _title(board: Board, rights: Rights) -> str:
    """« 23 étapes sur 59 sont faites ; trois sont bloquées »: to who works there; with its name to who reads it."""
    said, counts = progress_sentence(board.tally), board.tally
    whose = "votre validation" if rights.validates else "la validation de la direction"
    more = [
        f"{french.in_words(count, feminine=True)} {french.agree(count, *words)}"
        for count, words in (
            (counts.to_validate, (f"attend {whose}", f"attendent {whose}")),
            (counts.blocked, ("est bloquée", "sont bloquées")),
        )
        if count
    ]
    sentence = f"{said} ; {french.listed(more)}" if more else said
    if rights.fills:
        return french.typography(sentence)
    return french.typography(f"{board.esms.name} : {sentence[:1].lower()}{sentence[1:]}")


def _lede(count: int, asked: Sequence[LineRow], to_validate: Sequence[ToValidate], rights: Rights) -> str:
    if not count:
        return "Rien ne dépend de vous pour l’instant." if rights.fills else ""
    things = french.capital(french.counted(count, "chose", "choses", feminine=True))
    if not rights.fills:
        return f"{things} {french.agree(count, 'y attend', 'y attendent')} une réponse."
    first = to_validate[0].title if to_validate else asked[0].title
    depends = f"{things} {french.agree(count, 'dépend', 'dépendent')} de vous"
    return french.typography(
        f"{depends} ; la première : {first[:1].lower()}{first[1:]}."
        if count > 1
        else f"{depends} : {first[:1].lower()}{first[1:]}."
    )


def _context(esms: ESMS, rights: Rights) -> str:
    """Its place in the project; with its name where the title doesn't give it."""
    wave = esms.wave.name if esms.wave else ""
    if rights.fills:
        wave = f"{esms.name}, {wave[:1].lower()}{wave[1:]}" if wave else esms.name
    parts = [wave, esms.og.short_name, IN_PHASE[Phase(esms.phase)]]
    return french.typography(" · ".join(part for part in parts if part))


def _wave(esms: ESMS) -> str:
    """« Vague 1 : ouverture prévue le 2 novembre 2026 »."""
    if esms.wave is None or esms.wave.planned_start is None:
        return ""
    verb = "ouverture prévue" if esms.wave.planned_start >= french.today() else "ouverture depuis"
    return french.typography(f"{esms.wave.name} : {verb} le {french.long_date(esms.wave.planned_start)}.")


def _to_do(board: Board, rights: Rights, user_id: uuid.UUID | None) -> list[Standing]:
    """The lines that press: begun, given back, blocked, to be done again or of a phase already passed; what a tool
    knows it asks itself."""
    pressing = [
        item
        for item in board.standings
        if not item.closed
        and not item.known
        and (item.late or item.again or item.state in {LineState.IN_PROGRESS, LineState.BLOCKED})
        and (is_mine(item, board, rights, user_id) if rights.fills else True)
    ]
    order = {LineState.BLOCKED: 0, LineState.IN_PROGRESS: 1}
    return sorted(pressing, key=lambda item: (not item.late, order.get(item.state, 2), item.action.number))


def _next(board: Board, rights: Rights, user_id: uuid.UUID | None) -> list[Standing]:
    """The first lines of the phase under way that nobody began."""
    found = [
        item
        for item in board.standings
        if item.state == LineState.TODO
        and not item.late
        and item.action.phase == board.esms.phase
        and (is_mine(item, board, rights, user_id) if rights.fills else True)
    ]
    return found[:FEW]


def _ask(ask: Ask, today: date) -> LineRow:
    late = (today - ask.due_on).days if ask.due_on else 0
    return LineRow(
        url=ask.url,
        icon=ask.icon,
        title=french.typography(ask.title),
        tone="late" if late > 0 else "progress",
        detail=french.typography(ask.detail),
        when=f"Avant le {french.short_date(ask.due_on)}" if ask.due_on else "",
        when_detail=(f"{french.plural(late, 'jour', 'jours')} de retard" if late > 0 else french.relative(ask.due_on))
        if ask.due_on
        else "",
    )


def _reminder(row: Reminder, esms: ESMS, rights: Rights) -> ReminderNote:
    whom = "vous relance" if rights.fills else "a relancé cette structure"
    return ReminderNote(
        title=french.typography(f"{row.asked_by.get_full_name()} {whom}, {french.relative(row.asked_at)}"),
        about=french.typography(row.about),
        message=french.typography(row.message),
        seen_url=reverse("pathway_reminder_seen", args=[esms.project.slug, esms.slug, row.pk]) if rights.fills else "",
    )


def _ready(found: ReadinessOf | None, esms: ESMS) -> ReadyView | None:
    if found is None:
        return None
    label, tone, icon = READINESS[found.readiness]
    blocking, to_fix = found.evaluation.blocking, found.evaluation.to_fix
    return ReadyView(
        word=f"Structure {label.lower()}",
        tone=tone,
        icon=icon,
        sentence=_ready_sentence(len(blocking), len(to_fix), len(found.evaluation.missing)),
        points=[
            LineRow(
                url=field_url(esms, signal.field),
                icon="alert",
                title=french.typography(signal.field.label),
                tone="ko" if signal in blocking else "late",
                detail=french.typography(signal.message),
                when="Bloquant" if signal in blocking else "À corriger",
                when_detail="",
            )
            for signal in (*blocking, *to_fix)[:SIGNALS]
        ],
    )


def _ready_sentence(blocking: int, to_fix: int, missing: int) -> str:
    parts = []
    if blocking:
        parts.append(french.counted(blocking, "point bloque", "points bloquent"))
    if to_fix:
        parts.append(french.counted(to_fix, "point reste à lever", "points restent à lever"))
    if missing:
        parts.append(french.counted(missing, "prérequis n’est pas renseigné", "prérequis ne sont pas renseignés"))
    if not parts:
        return "Tous les prérequis sont renseignés et tenus."
    return french.typography(f"{french.capital(french.listed(parts))}.")
