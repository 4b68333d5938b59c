"""The checklist as a spreadsheet: the columns of the ANAP's table, then ours; what comes back, and what is refused."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from import_export.fields import Field
from import_export.widgets import Widget

from checklist.enums import Actor
from checklist.selectors import ActionRow
from checklist.services import RowChange
from common.spreadsheets.diff import RowOutcome
from common.spreadsheets.resource import DiffResource
from common.spreadsheets.widgets import CrossWidget, DateWidget, TextWidget
from governance.enums import BodyKind

BETWEEN = re.compile(r"[,;\n]")


def _folded(name: str) -> str:
    """A name without case, accents, spaces nor marks: « O.G. / directeurs » is « OG/Directeurs »."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


ACTORS = {_folded(actor.label): actor for actor in Actor}
KNOWN = ", ".join(actor.label for actor in Actor)


class ActorsWidget(Widget):
    """The actors that hold a letter: « COSTRAT, COMOP »."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> tuple[Actor, ...]:
        names = [name.strip() for name in BETWEEN.split(value or "") if name.strip()]
        unknown = [f"« {name} »" for name in names if _folded(name) not in ACTORS]
        if unknown:
            verb = "n’est pas un acteur connu" if len(unknown) == 1 else "ne sont pas des acteurs connus"
            raise ValueError(f"{', '.join(unknown)} {verb}. Écrivez, séparés par des virgules : {KNOWN}.")
        held = {ACTORS[_folded(name)] for name in names}
        return tuple(actor for actor in Actor if actor in held)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ", ".join(actor.label for actor in value or ())


def _text(attribute: str, head: str, longest: int, *, comes_back: bool = True) -> Field:
    return Field(attribute, head, TextWidget(longest), readonly=not comes_back)


class ChecklistResource(DiffResource):
    """One row an action. `retired`: the numbers that are no longer in the checklist."""

    key = "number"
    units = (("ok", "in_progress", "ko", "na", "reason", "done_on"), ("start_on", "due_on"))

    step = _text("step", "Étape", 20, comes_back=False)
    number = _text("number", "N°", 10)
    label = _text("label", "Actions", 700)
    ok = Field("ok", "OK", CrossWidget())
    in_progress = Field("in_progress", "EN COURS", CrossWidget())
    ko = Field("ko", "KO", CrossWidget())
    na = Field("na", "SANS OBJET", CrossWidget())
    reason = _text("reason", "Pourquoi sans objet", 300)
    responsible = Field("responsible", "Responsable", ActorsWidget())
    acting = Field("acting", "Acteur", ActorsWidget())
    consulted = Field("consulted", "Consulté", ActorsWidget())
    informed = Field("informed", "Informé", ActorsWidget())
    deliverables = _text("deliverables", "Résultat", 5000, comes_back=False)
    start_on = Field("start_on", "Début", DateWidget())
    due_on = Field("due_on", "Échéance", DateWidget())
    done_on = Field("done_on", "Fait le", DateWidget())
    note = _text("note", "Où en est-on", 300)
    people = _text("people", "Personnes nommées", 5000, comes_back=False)

    def __init__(self, rows: Sequence[ActionRow], retired: Collection[str] = ()) -> None:
        super().__init__(rows)
        self.retired = retired

    def says(self, head: str) -> bool:
        return head != self.fields["label"].column_name  # the title of a step or of a group stands there

    def unknown(self, key: str) -> str:
        if key in self.retired:
            return f"L’action {key} a été retirée de la checklist : supprimez cette ligne."
        return f"Cette checklist n’a pas d’action {key}. Une action s’ajoute sur le site, pas dans le fichier."

    def settle(self, before: ActionRow, after: ActionRow) -> dict[str, str]:
        why = {**self._settle_status(before, after), **self._settle_label(before, after)}
        if after.start_on and after.due_on and after.due_on < after.start_on:
            why["due_on"] = "L’échéance vient avant le début."
        return why

    def _settle_status(self, before: ActionRow, after: ActionRow) -> dict[str, str]:
        if len(after.crosses) > 1:
            heads = " et ".join(f"« {self.fields[status.value].column_name} »" for status in after.crosses)
            return {after.crosses[-1].value: f"Deux états pour une action ({heads}) : gardez une seule croix."}
        if after.na and not after.reason:
            return {"reason": "Dites pourquoi cette action est sans objet."}
        if not after.na and after.reason not in ("", before.reason):
            return {"reason": "Cette raison n’a pas de croix dans « SANS OBJET » : mettez la croix ou ôtez la raison."}
        if not after.na:
            after.reason = ""  # an action that applies again needs no reason: the old one goes
        if after.ok and not before.ok and after.decided_by:
            body = BodyKind(after.decided_by).label
            return {"ok": f"Cette action ne devient OK qu’en citant une décision du {body} : faites-le sur le site."}
        return {}

    def _settle_label(self, before: ActionRow, after: ActionRow) -> dict[str, str]:
        why = {}
        if after.label.split() != self.fields["label"].export(before).split():
            why["label"] = "L’intitulé d’une action ne se change pas par un fichier."
        after.label = before.label
        if after.done_on != before.done_on:
            why["done_on"] = "Cette date s’écrit le jour où l’action passe à OK : laissez la cellule comme elle était."
        return why


def row_change(row: RowOutcome) -> RowChange:
    """What a row changes, for the service that writes it."""
    before, after = row.before, row.after
    stands = (before.status, before.reason) == (after.status, after.reason)
    dated = (before.start_on, before.due_on) != (after.start_on, after.due_on)
    return RowChange(
        number=before.number,
        version=before.version,
        status=None if stands else after.status,
        reason=after.reason,
        letters=(after.letters, before.letters) if after.letters != before.letters else None,
        dates=(after.start_on, after.due_on) if dated else None,
        note=after.note if after.note != before.note else None,
    )
