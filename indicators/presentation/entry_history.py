"""« Historique » of one line of a statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common import french, history
from common.ui import Entry, Link
from indicators.forms.entry import has_base
from indicators.models import Definition
from indicators.presentation import crumbs, said
from indicators.presentation.statements import period_title, url_of
from indicators.rights import Rights
from indicators.selectors.definitions import Followed
from indicators.selectors.entry import Sheet
from indicators.values import Terms
from organisations.models import ESMS

FIELDS = ("amount", "text", "absence", "why", "comment")


@dataclass(frozen=True)
class HistoryPage:
    title: str
    crumbs: list[Link]
    entries: list[Entry]
    back: Link


def page(sheet: Sheet, one: Followed, rights: Rights) -> HistoryPage:
    """Two queries at most."""
    figure = sheet.figure_of(one)
    there = url_of(sheet.statement, "statement")
    period = period_title(sheet.period)
    # Elsewhere it weighs the figure, and is set when the statement is given.
    fields = [*FIELDS, "base"] if has_base(one.definition) else FIELDS
    return HistoryPage(
        title=french.typography(f"Historique : {one.definition.label}, {sheet.period.label}"),
        crumbs=crumbs.of_structure(sheet.esms, rights, _home(sheet.esms), Link(period, there), Link("Historique")),
        entries=_told(history.entries(figure, fields), one.definition) if figure else [],
        back=Link("Revenir au relevé", f"{there}#v-{one.code}", icon="previous"),
    )


def _home(esms: ESMS) -> Link:
    return Link("Saisie", reverse("statements", args=[esms.project.slug, esms.slug]))


def _told(found: Sequence[history.Entry], definition: Definition) -> list[Entry]:
    """Newest first, as they were found; told from the oldest on, for a term alone may have changed."""
    written: dict[str, object] = {}
    lines = []
    for entry in reversed(found):
        before = {**{change.field: change.old for change in entry.changes}, **written}
        written = {**before, **{change.field: change.new for change in entry.changes}}
        changed = {change.field for change in entry.changes}
        told = []
        if changed - {"comment"}:
            old, new = _value(before, definition), _value(written, definition)
            told.append((new or "valeur retirée") + (f", au lieu de « {old} »" if old and old != new else ""))
        if "comment" in changed and (written["comment"] or before["comment"]):
            told.append(f"commentaire : « {written['comment']} »" if written["comment"] else "commentaire retiré")
        if told:
            lines.append(Entry(entry.at, entry.who, french.typography(" ; ".join(told))))
    return lines[::-1]


def _value(values: Mapping[str, Any], definition: Definition) -> str:
    amount = values.get("amount")
    terms = None if amount is None else Terms(amount, values.get("base"))
    text, absence, why = (values.get(name) or "" for name in ("text", "absence", "why"))
    return said.of_terms(definition, terms, text, absence, why) if terms or text or absence else ""
