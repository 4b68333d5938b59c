"""A figure as one text, the way back of `entry.read_cell`: what a cell of the grid or of a file says."""

import re
from collections.abc import Iterable
from decimal import Decimal

from common import french
from common.errors import DomainError
from indicators.entry import NOT_CONCERNED_WHY, Given, read_cell
from indicators.enums import Absence, Breakdown, Kind
from indicators.models import Cell, Definition, Figure
from indicators.splits import REQUIRED, choices_of

_DAY = re.compile(r"\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d\Z")


def given_by(figure: Figure | None, cells: Iterable[Cell] = ()) -> Given:
    """What was given, as it would be given again; nothing for none."""
    if figure is None:
        return Given()
    return Given(
        amount=figure.amount,
        base=figure.base,
        text=figure.text,
        absence=figure.absence,
        why=figure.why,
        cells={cell.value: cell.terms for cell in cells},
    )


def cell_text(figure: Figure | None, cells: Iterable[Cell] = ()) -> str:
    """What its cell says: « 12 », « 4,5 », « 67/72 », « 224/57/43/36 », « À surveiller : lenteurs », « ND : pourquoi »,
    « NC ». Nothing for nothing."""
    return "" if figure is None else text_of(given_by(figure, cells), figure.definition)


def text_of(given: Given, definition: Definition) -> str:
    """The text that `read_cell` reads as this, as far as one text can say it (`says_all`)."""
    if given.absence == Absence.UNAVAILABLE:
        return f"ND : {given.why}"
    if given.absence:
        return "NC" if given.why == NOT_CONCERNED_WHY else f"NC : {given.why}"
    if definition.kind == Kind.TEXT:
        return _text(given)
    if given.amount is None:
        return ""
    if definition.kind == Kind.RATIO:
        return f"{plain(given.amount)}/{plain(given.base or Decimal())}"
    if parts := _parts(given, definition):
        return "/".join(plain(part) for part in parts)
    return plain(given.amount)


def says_all(given: Given, definition: Definition) -> bool:
    """Whether its text says the whole of it. It doesn't when a rate is split, or when a part is missing."""
    try:
        return read_cell(text_of(given, definition), definition) == given
    except DomainError:
        return False


def read_text(text: str, definition: Definition) -> Given:
    """As `read_cell`, from a spreadsheet, which makes days of « 5/12/26 »."""
    if definition.kind != Kind.TEXT and _DAY.match(text.strip()):
        raise DomainError(
            f"Le tableur a fait de cette valeur une date, « {text.strip()} » : mettez la cellule au format Texte."
        )
    return read_cell(text, definition)


def expects(definition: Definition) -> str:
    """What a cell of this line takes, in a few words."""
    if definition.kind == Kind.TEXT:
        return "gravité : texte"
    if definition.kind == Kind.RATIO:
        return f"{french.typography(definition.numerator)} / {french.typography(definition.denominator)}"
    if definition.breakdown in REQUIRED:
        labels = (choice.label for choice in choices_of(Breakdown(definition.breakdown)))
        return french.typography(" / ".join(labels))
    return definition.unit


def plain(value: Decimal) -> str:
    """« 1234,5 »: a number as one types it."""
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") if value % 1 else str(int(value))


def _text(given: Given) -> str:
    if not given.text:
        return ""
    label = next(
        (choice.label for choice in choices_of(Breakdown.ATTENTION_LEVEL) if Decimal(choice.rank) == given.amount), ""
    )
    return f"{label} : {given.text}" if label else given.text


def _parts(given: Given, definition: Definition) -> list[Decimal]:
    """The parts of a split in their order, when they are all there."""
    if not given.cells:
        return []
    choices = choices_of(Breakdown(definition.breakdown)) if definition.breakdown else ()
    if {choice.code for choice in choices} != set(given.cells):
        return []
    return [given.cells[choice.code].amount for choice in choices]
