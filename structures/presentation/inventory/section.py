"""One section of an inventory: its questions, to answer or to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from common import french
from common.ids import new_id
from common.sensitive import warning
from common.ui import Link
from organisations.models import ESMS
from structures.catalogue.inventory import Field, Questionnaire, Section
from structures.enums.inventory import FieldType, InventoryStatus
from structures.forms.inventory import AnswerForm, RemarkForm
from structures.inventory_answers import MISSING, progress
from structures.models import Inventory, InventoryAnswer, InventoryLine, InventoryRemark
from structures.presentation.inventory import words
from structures.readiness import Evaluation, is_asked
from structures.rights import Rights
from structures.services.inventory import WHY_LOCKED

# The documents that the form asks to deposit are types of the documentary base under the same codes.
DEPOSIT = "document_add"
THERE = ("up_to_date", "outdated")  # answers that say that there is one


@dataclass(frozen=True)
class FlagView:
    """What an answer makes one watch; `word` is empty when nothing does. `id` stays, so that it can change alone."""

    id: str
    word: str = ""
    message: str = ""
    tone: str = "none"
    icon: str = "s-na"


@dataclass(frozen=True)
class RemarkView:
    id: str
    text: str
    about: str
    who: str
    at: datetime
    sent: bool
    resolved: str = ""
    resolve_url: str = ""
    withdraw_url: str = ""


@dataclass(frozen=True)
class LineView:
    id: str
    title: str
    details: list[tuple[str, str]]
    version: int
    edit_url: str = ""
    remove_url: str = ""
    warning: str = ""


@dataclass(frozen=True)
class QuestionView:
    """A question. `form`: to answer it; without one it is read. `asked`: the other answers ask it."""

    code: str
    label: str
    value: str
    help: str
    flag: FlagView
    asked: bool = True
    required: bool = True
    form: AnswerForm | None = None
    url: str = ""
    warning: str = ""
    computed: bool = False
    table: bool = False
    lines: list[LineView] = field(default_factory=list)
    add_url: str = ""
    add_label: str = ""
    remarks: list[RemarkView] = field(default_factory=list)
    deposit_url: str = ""
    saved_at: datetime | None = None
    by: str = ""
    novalidate: bool = True

    @property
    def shows_form(self) -> bool:
        """A table with lines is not « nothing to say »."""
        return self.form is not None and not (self.table and self.lines)


@dataclass(frozen=True)
class Heads:
    """What the title of the page says, and the readiness below it."""

    title: str
    readiness: str
    tone: str
    icon: str


@dataclass(frozen=True)
class SectionPage:
    title: str
    crumbs: list[Link]
    heads: Heads
    help: str
    confidentiality: str
    questions: list[QuestionView]
    writes: bool
    locked: str
    remarks: list[RemarkView]
    remark_form: RemarkForm | None
    remark_url: str
    previous: Link | None
    next: Link | None
    overview_url: str


@dataclass(frozen=True)
class Read:
    """All that a section is made of, read once. `rows`: the answers, with their versions."""

    esms: ESMS
    inventory: Inventory
    form: Questionnaire
    evaluation: Evaluation
    rows: Mapping[str, InventoryAnswer]
    lines: Mapping[str, Sequence[InventoryLine]]
    remarks: Sequence[InventoryRemark]
    rights: Rights

    @property
    def values(self) -> Mapping[str, Any]:
        return self.evaluation.values

    @property
    def writes(self) -> bool:
        return self.rights.fills and self.inventory.state.open


def page(read: Read, section: Section, *, remark_form: RemarkForm | None = None) -> SectionPage:
    sections = read.form.sections
    place = sections.index(section)
    remarks = [one for one in _remarks(read) if one[0] == section.code]
    remarking = read.rights.coordinates and read.inventory.state == InventoryStatus.TRANSMITTED
    form = remark_form or (RemarkForm(section=section, initial={"token": new_id()}) if remarking else None)
    return SectionPage(
        title=section.label,
        crumbs=words.crumbs(read.esms, Link(section.label)),
        heads=heads(read, section),
        help=section.help,
        confidentiality=read.form.confidentiality,
        questions=[question(read, one) for one in section.fields],
        writes=read.writes,
        locked="" if read.writes or not read.rights.fills else WHY_LOCKED.get(read.inventory.state, ""),
        remarks=[one for _, code, one in remarks if not code],
        remark_form=form,
        remark_url=words.url("inventory_remark", read.esms, section.code),
        previous=_beside(read.esms, sections[place - 1]) if place else None,
        next=_beside(read.esms, sections[place + 1]) if place + 1 < len(sections) else None,
        overview_url=words.url("inventory", read.esms),
    )


def _beside(esms: ESMS, section: Section) -> Link:
    return Link(section.label, words.url("inventory_section", esms, section.code))


def heads(read: Read, section: Section) -> Heads:
    """« Réseau et connectivité : 5 réponses sur 7 »."""
    done = progress(section.fields, read.values)
    counted = words.answers_count(done.answered, done.asked)
    if done.answered == done.asked:
        counted = "toutes les réponses y sont"
    here = [one for one in read.evaluation.blocking if one.field.section == section.code]
    if here:
        counted += f" ; {french.counted(len(here), 'point bloque', 'points bloquent')}"
    label, tone, icon = words.READINESS[read.evaluation.readiness]
    said = f"Structure {label.lower()} : {words.points(read.evaluation)}."
    return Heads(
        title=french.typography(f"{section.label} : {counted}"),
        readiness=french.typography(said),
        tone=tone,
        icon=icon,
    )


def question(
    read: Read, asked: Field, *, form: AnswerForm | None = None, saved_at: datetime | None = None
) -> QuestionView:
    """`form`: what was typed and refused, in place of what is written."""
    value = read.values.get(asked.code, MISSING)
    row = read.rows.get(asked.code)
    remarks = [one for _, code, one in _remarks(read) if code == asked.code]
    answerable = read.writes and not asked.computed and (not asked.is_table or asked.takes_none)
    shown = form or (answer_form(read, asked) if answerable else None)
    return QuestionView(
        code=asked.code,
        label=asked.label,
        value=words.answer(asked, value),
        help=asked.help,
        flag=flag(read.evaluation, asked),
        asked=is_asked(asked, read.values),
        required=asked.required,
        form=shown,
        url=words.url("inventory_answer", read.esms, asked.code) if shown else "",
        warning=warning(value) if asked.type == FieldType.TEXT and isinstance(value, str) else "",
        computed=bool(asked.computed),
        table=asked.is_table,
        lines=[_line(read, asked, line) for line in read.lines.get(asked.code, ())] if asked.is_table else [],
        add_url=words.url("inventory_line_add", read.esms, asked.code) if asked.is_table and read.writes else "",
        add_label=ADD.get(asked.code, "Ajouter une ligne"),
        remarks=remarks,
        deposit_url=f"{words.url(DEPOSIT, read.esms)}?type={asked.code}" if asked.attachment and value in THERE else "",
        saved_at=saved_at,
        by=_by(row) if row and row.answered and shown is None else "",
        novalidate=asked.type != FieldType.DATE,
    )


ADD = {
    "software_in_place": "Ajouter un logiciel",
    "data_sources": "Ajouter une source",
    "providers": "Ajouter un prestataire",
    "projects": "Ajouter un projet",
    "unavailable_periods": "Ajouter une période",
}


def _by(row: InventoryAnswer) -> str:
    """« Lucas Tambourin, 30 septembre 2026 »: whom to ask about an answer that one reads."""
    return f"{row.answered_by.get_full_name()}, {french.long_date(row.answered_at)}"


def answer_form(read: Read, asked: Field) -> AnswerForm:
    row = read.rows.get(asked.code)
    return AnswerForm(
        question=asked,
        known=read.values.get(asked.code, MISSING),
        initial={"version": row.version if row else 0, "number": read.inventory.number},
    )


def flag(evaluation: Evaluation, asked: Field) -> FlagView:
    signal = evaluation.signal(asked.code)
    empty = FlagView(id=f"{asked.code}-flag")
    if signal is None:
        return empty
    word, tone, icon = words.SEVERITY[signal.severity]
    return replace(empty, word=word, message=signal.message, tone=tone, icon=icon)


def flags_elsewhere(read: Read, asked: Field) -> list[FlagView]:
    """The flags of the section that an answer may have changed: all but its own."""
    section = read.form.section(asked.section)
    return [flag(read.evaluation, other) for other in section.fields if other.flag and other.code != asked.code]


def dependents(read: Read, asked: Field) -> list[QuestionView]:
    """The questions that this answer asks, or no longer asks, and what is computed from it."""
    section = read.form.section(asked.section)
    return [
        question(read, other)
        for other in section.fields
        if other.computed or (other.depends_on and other.depends_on.field == asked.code)
    ]


def _line(read: Read, table: Field, line: InventoryLine) -> LineView:
    values = {
        column.code: column.value(line.values[column.code]) for column in table.columns if column.code in line.values
    }
    texts = [
        str(values[column.code]) for column in table.columns if column.type == FieldType.TEXT and column.code in values
    ]
    return LineView(
        id=f"l-{line.pk}",
        title=words.line_title(table, values),
        details=words.line_details(table, values),
        version=line.version,
        edit_url=words.url("inventory_line", read.esms, table.code, line.pk) if read.writes else "",
        remove_url=words.url("inventory_line_remove", read.esms, table.code, line.pk) if read.writes else "",
        warning=next((said for said in map(warning, texts) if said), ""),
    )


def _remarks(read: Read) -> list[tuple[str, str, RemarkView]]:
    """Those that the reader may know of, by section and field: the structure reads what was sent."""
    found = []
    for one in read.remarks:
        if one.sent_at is None and not read.rights.coordinates:
            continue
        field = read.form.by_code.get(one.field)
        by = one.resolved_by.get_full_name() if one.resolved_by else ""
        resolvable = read.writes and one.sent_at is not None and one.resolved_at is None
        withdrawable = read.rights.coordinates and one.sent_at is None
        view = RemarkView(
            id=str(one.pk),
            text=french.typography(one.text),
            about=field.label if field else "",
            who=one.made_by.get_full_name(),
            at=one.sent_at or one.made_at,
            sent=one.sent_at is not None,
            resolved=f"Complété par {by}" if one.resolved_at else "",
            resolve_url=words.url("inventory_remark_resolve", read.esms, one.pk) if resolvable else "",
            withdraw_url=words.url("inventory_remark_withdraw", read.esms, one.pk) if withdrawable else "",
        )
        found.append((one.section, one.field, view))
    return found


def remarks_of(read: Read) -> list[RemarkView]:
    """All the remarks, for the first page."""
    return [view for _, _, view in _remarks(read)]
