"""Figures of one structure as a file."""

from collections.abc import Iterable, Sequence

from common import french
from common.spreadsheets.tables import Column, Row, Sheet
from indicators.cells import expects, plain
from indicators.enums import Breakdown, Kind
from indicators.periods import Period
from indicators.presentation.words import MASKED, written
from indicators.resources import KEY, GridResource, head
from indicators.selectors.definitions import Followed
from indicators.selectors.spreadsheets import Line
from indicators.splits import choices_of
from indicators.values import Terms
from organisations.models import ESMS

SHEET, LONG = "Grille", "Valeurs"
WIDTHS = {"Indicateur": 44, KEY: 28, "Ce qu’on y écrit": 34}
HEADS = (
    "Structure", "Indicateur", "Code de l’indicateur", "Période", "Code de la période", "Valeur", "Numérateur",
    "Dénominateur", "Ventilation", "Texte ou raison", "Commentaire",
)  # fmt: skip


def template(resource: GridResource, esms: ESMS) -> Sheet:
    """The grid as it is given back: what is there is filled in."""
    heads = resource.get_export_headers()
    columns = [Column(name, WIDTHS.get(name, 16), typed=name not in WIDTHS) for name in heads]
    rows = [Row(resource.cells(instance)) for instance in resource.instances.values()]
    return Sheet(SHEET, columns, rows, title=_title(esms), frozen=2)


def told_grid(lines: Sequence[Line], periods: Sequence[Period], esms: ESMS) -> Sheet:
    """The same, to be read."""
    rows: dict[str, tuple[Followed, dict[str, str]]] = {}
    for line in lines:
        rows.setdefault(line.one.code, (line.one, {}))[1][line.period.code] = MASKED if line.withheld else line.text
    columns = [
        *(Column(name, width) for name, width in WIDTHS.items()),
        *(Column(head(period), 16) for period in periods),
    ]
    written_rows = [
        Row([one.definition.label, one.code, expects(one.definition), *(texts.get(item.code, "") for item in periods)])
        for one, texts in rows.values()
    ]
    return Sheet(SHEET, columns, written_rows, title=_title(esms), frozen=2)


def long_form(lines: Iterable[Line], esms: ESMS) -> Sheet:
    """One line a figure, then one each of its parts."""
    rows = []
    for line in lines:
        rows.append(Row(_cells(line, esms)))
        if not line.parts or not line.one.definition.breakdown:
            continue
        choices = choices_of(Breakdown(line.one.definition.breakdown))
        rows += [
            Row(_part(line, esms, choice.label, line.parts[choice.code]))
            for choice in choices
            if choice.code in line.parts
        ]
    columns = [Column(name, WIDTHS.get(name, 22)) for name in HEADS]
    return Sheet(LONG, columns, rows, title=_title(esms), frozen=2)


def _cells(line: Line, esms: ESMS) -> list[str]:
    definition = line.one.definition
    value = MASKED if line.withheld else written(definition, line.terms)
    if definition.kind == Kind.TEXT:
        value = line.text.partition(" : ")[0] if line.words and line.terms else ""
    amount, base = ("", "") if definition.kind == Kind.TEXT else _terms(line.terms)
    return [*_place(line, esms), value, amount, base, "", line.words, line.comment]


def _part(line: Line, esms: ESMS, label: str, terms: Terms | None) -> list[str]:
    value = MASKED if terms is None else written(line.one.definition, terms)
    return [*_place(line, esms), value, *_terms(terms), label, "", ""]


def _place(line: Line, esms: ESMS) -> list[str]:
    return [esms.name, line.one.definition.label, line.one.code, head(line.period), line.period.code]


def _terms(terms: Terms | None) -> tuple[str, str]:
    if terms is None:
        return "", ""
    return plain(terms.amount), "" if terms.base is None else plain(terms.base)


def file_name(esms: ESMS, extension: str) -> str:
    """« indicateurs-foyer-2026-11-22.xlsx »."""
    return f"indicateurs-{esms.slug}-{french.today().isoformat()}.{extension}"


def _title(esms: ESMS) -> str:
    return f"Indicateurs, {esms.name}, le {french.long_date(french.today())}"
