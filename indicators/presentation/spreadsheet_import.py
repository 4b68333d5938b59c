"""What a file would change of the figures of one structure, in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.urls import reverse

from common import french
from common.models import SpreadsheetImport
from common.spreadsheets.diff import Outcome, RowOutcome
from common.spreadsheets.received import seen_of
from common.ui import Link
from indicators.presentation import crumbs as trails
from indicators.resources import GridResource
from indicators.rights import Rights
from organisations.models import ESMS

SHOWN = 100  # refused cells on the page; the file has them all


@dataclass(frozen=True)
class Change:
    """What a file would make of one value."""

    period: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """An indicator that the file changes. `moved`: what changed here too since the file was exported, as a sentence."""

    label: str
    changes: list[Change]
    moved: str


@dataclass(frozen=True)
class RefusedCell:
    cell: str
    where: str
    why: str


@dataclass(frozen=True)
class PreviewView:
    title: str
    lede: str
    crumbs: list[Link]
    changed: list[Changed]
    refused: list[RefusedCell]
    more_refused: str
    confirm: str
    seen: str
    kept_until: str


def crumbs(esms: ESMS, rights: Rights, *last: str) -> list[Link]:
    arguments = [esms.project.slug, esms.slug]
    url = reverse("statement_file_import", args=arguments) if last else ""
    return trails.of_structure(
        esms,
        rights,
        Link("Saisie", reverse("statements", args=arguments)),
        Link("Importer", url),
        *(Link(item) for item in last),
    )


def preview(
    outcome: Outcome, resource: GridResource, received: SpreadsheetImport, until: datetime, rights: Rights
) -> PreviewView:
    """Nothing of it is done yet."""
    esms = resource.grid.esms
    labels = {one.code: french.typography(one.definition.label) for one in resource.grid.rows}
    changed = [_changed(row, labels[row.key], resource) for row in outcome.changed]
    count = sum(len(item.changes) for item in changed)
    refused = [
        RefusedCell(refusal.cell, labels.get(row.key, row.key) or "aucun", french.typography(refusal.why))
        for row in outcome.refused
        for refusal in row.refusals
    ]
    confirm = ""
    if count and not refused:
        confirm = f"Enregistrer {'cette valeur' if count == 1 else f'ces {count} valeurs'}"
    return PreviewView(
        title=_title(count, len(refused)),
        lede=_lede(outcome, received, count, len(refused)),
        crumbs=crumbs(esms, rights, "Aperçu"),
        changed=changed,
        refused=refused[:SHOWN],
        more_refused=_more(len(refused) - SHOWN),
        confirm=confirm,
        seen=seen_of(outcome),
        kept_until=f"Cet aperçu vous attend ici jusqu’au {french.long_date(until)}.",
    )


def _changed(row: RowOutcome, label: str, resource: GridResource) -> Changed:
    changes = [
        Change(period.label, _said(getattr(row.before, name)), _said(getattr(row.after, name)))
        for name, period in resource.by_code.items()
        if getattr(row.before, name) != getattr(row.after, name)
    ]
    moved = ""
    if row.moved:
        moved = french.typography(
            f"{french.listed([f'« {item} »' for item in row.moved])} : changé aussi sur le site depuis que ce fichier "
            "a été exporté. Le fichier l’emportera."
        )
    return Changed(label, changes, moved)


def _said(text: str) -> str:
    return french.typography(text) or "rien"


def _title(changed: int, refused: int) -> str:
    if refused:
        return f"{french.plural(refused, 'cellule est', 'cellules sont')} à corriger dans ce fichier"
    if not changed:
        return "Ce fichier ne change rien"
    return f"Ce fichier change {french.plural(changed, 'valeur', 'valeurs')}"


def _lede(outcome: Outcome, received: SpreadsheetImport, changed: int, refused: int) -> str:
    """« « indicateurs.xlsx » : 17 indicateurs lus, 12 valeurs changent, aucune n’est refusée. »"""
    parts = [
        f"{french.plural(len(outcome.rows), 'indicateur lu', 'indicateurs lus')} dans « {received.file_name} » : "
        + (french.plural(changed, "valeur change", "valeurs changent") if changed else "aucune valeur ne change"),
        french.plural(refused, "est refusée", "sont refusées") if refused else "aucune n’est refusée",
    ]
    then = ""
    if refused:
        then = " Rien n’est enregistré : corrigez ces cellules, puis déposez le fichier à nouveau."
    elif changed:
        then = " Rien n’est encore enregistré."
    return french.typography(", ".join(parts) + "." + then)


def _more(count: int) -> str:
    if count <= 0:
        return ""
    others = french.plural(count, "autre cellule est à corriger", "autres cellules sont à corriger")
    return f"{others} : elles sont toutes marquées dans votre fichier."


def moved_since(keys: Sequence[str], resource: GridResource) -> str:
    """Which indicators are no longer what a person confirmed."""
    labels = {one.code: french.typography(one.definition.label) for one in resource.grid.rows}
    names = french.listed([f"« {labels.get(key, key)} »" for key in keys])
    return french.typography(f"{names} : une valeur a changé pendant que vous lisiez. Voici ce qu’il en est.")


def moved_in_between() -> str:
    return "Quelqu’un a modifié une de ces valeurs au même instant. Voici ce qu’il en est."


def applied(count: int, received: SpreadsheetImport) -> str:
    verb = french.plural(count, "valeur enregistrée", "valeurs enregistrées")
    return f"{verb} d’après « {received.file_name} »."


def annotated_name(received: SpreadsheetImport) -> str:
    """« indicateurs à corriger.xlsx »."""
    return f"{PurePath(received.file_name).stem} à corriger.xlsx"


def over(received: SpreadsheetImport) -> tuple[str, str]:
    """The title and the sentence of a preview that can no longer be applied."""
    if received.applied_at:
        title = "Cet import est appliqué"
        lede = f"« {received.file_name} », le {french.long_datetime(received.applied_at)}."
    else:
        title = "Cet aperçu n’est plus valable"
        lede = (
            f"« {received.file_name} » a été déposé le {french.long_date(received.received_at)} : déposez-le à nouveau."
        )
    return title, french.typography(lede)
