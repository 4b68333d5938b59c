"""The checklist as a file, and what a file would change, in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from django.urls import reverse

from checklist.enums import Actor, Status
from checklist.presentation.links import crumbs, page_url
from checklist.resources import ChecklistResource
from checklist.selectors import ActionRow, GroupBlock
from common import french
from common.models import SpreadsheetImport
from common.spreadsheets.diff import Outcome, RowOutcome
from common.spreadsheets.received import moved_keys, seen_of
from common.spreadsheets.tables import Column, Row, Sheet
from common.ui import Link
from organisations.models import Project

SHEET = "Checklist"
WIDTHS = {
    "Étape": 9, "N°": 8, "Actions": 56, "OK": 7, "EN COURS": 10, "KO": 7, "SANS OBJET": 10, "Pourquoi sans objet": 24,
    "Responsable": 18, "Acteur": 18, "Consulté": 18, "Informé": 18, "Résultat": 34, "Début": 12, "Échéance": 12,
    "Fait le": 12, "Où en est-on": 40, "Personnes nommées": 28,
}  # fmt: skip
CENTRED = {"OK", "EN COURS", "KO", "SANS OBJET"}
SHOWN = 100  # refused cells on the page; the file has them all
FROZEN = 3  # étape, number and label stay in sight
LETTERS = (
    ("Responsable", "responsible"),
    ("Acteur", "acting"),
    ("Consulté", "consulted"),
    ("Informé", "informed"),
)


def sheet(resource: ChecklistResource, blocks: Sequence[GroupBlock], project: Project) -> Sheet:
    """The table as the ANAP lays it out: steps, groups with their « Résultat », actions."""
    heads = resource.get_export_headers()
    rows: list[Row] = []
    step = None
    for block in blocks:
        if block.step != step:
            step = block.step
            title = block.lines[0].action.group.step.title
            rows.append(_titled(heads, {"Étape": f"ÉTAPE {step} – {title}"}, "section"))
        rows.append(
            _titled(heads, {"Actions": f"{block.number} {block.title}", "Résultat": _deliverables(block)}, "heading")
        )
        rows += [Row(resource.cells(resource.instances[line.action.number])) for line in block.lines]
    columns = [Column(head, WIDTHS[head], head in CENTRED) for head in heads]
    title = f"Checklist, {project.name}, le {french.long_date(french.today())}"
    return Sheet(SHEET, columns, rows, title=title, frozen=FROZEN)


def _titled(heads: Sequence[str], texts: dict[str, str], kind: str) -> Row:
    return Row([texts.get(head, "") for head in heads], kind)


def _deliverables(block: GroupBlock) -> str:
    return "\n".join(
        f"{slot.deliverable.label} ({slot.kind.label.lower() if slot.kind else 'à fournir'})" for slot in block.slots
    )


def file_name(project: Project, extension: str) -> str:
    """« checklist-trois-rivages-2026-11-22.xlsx »."""
    return f"checklist-{project.slug}-{french.today().isoformat()}.{extension}"


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedAction:
    """An action that the file changes. `moved`: what changed here too since the file was exported, as a sentence."""

    number: str
    label: str
    url: str
    changes: list[FieldChange]
    moved: str


@dataclass(frozen=True)
class RefusedCell:
    cell: str
    number: str
    why: str


@dataclass(frozen=True)
class PreviewView:
    title: str
    lede: str
    crumbs: list[Link]
    changed: list[ChangedAction]
    refused: list[RefusedCell]
    more_refused: str
    unchanged: str  # the numbers of the others
    confirm: str
    seen: str
    kept_until: str


def preview(outcome: Outcome, received: SpreadsheetImport, until: datetime, project: Project) -> PreviewView:
    """What the file would do: nothing of it is done yet."""
    changed, refused = outcome.changed, outcome.refused
    cells = [
        RefusedCell(refusal.cell, row.key, french.typography(refusal.why))
        for row in refused
        for refusal in row.refusals
    ]
    confirm = ""
    if changed and not refused:
        confirm = f"Mettre à jour {'cette action' if len(changed) == 1 else f'ces {len(changed)} actions'}"
    return PreviewView(
        title=_title(outcome),
        lede=_lede(outcome, received),
        crumbs=import_crumbs(project, "Aperçu"),
        changed=[_changed(row, project) for row in changed],
        refused=cells[:SHOWN],
        more_refused=_more(len(cells) - SHOWN),
        unchanged=_unchanged(outcome),
        confirm=confirm,
        seen=seen_of(outcome),
        kept_until=f"Cet aperçu vous attend ici jusqu’au {french.long_date(until)}.",
    )


def import_crumbs(project: Project, *last: str) -> list[Link]:
    """The trail of an import, and of what is below it."""
    url = reverse("checklist_import", args=[project.slug]) if last else ""
    return crumbs(project, Link("Importer", url), *map(Link, last))


def _title(outcome: Outcome) -> str:
    if outcome.refused:
        cells = len(outcome.marks)
        return f"{french.plural(cells, 'cellule est', 'cellules sont')} à corriger dans ce fichier"
    changed = len(outcome.changed)
    if not changed:
        return "Ce fichier ne change rien"
    return f"Ce fichier change {french.plural(changed, 'action', 'actions')}"


def _lede(outcome: Outcome, received: SpreadsheetImport) -> str:
    """« « checklist.xlsx » : 200 lignes lues, 12 changent, 188 ne changent pas, aucune n’est refusée. »"""
    refused, changed = len(outcome.refused), len(outcome.changed)
    parts = [
        f"{french.plural(len(outcome.rows), 'ligne lue', 'lignes lues')} dans « {received.file_name} » : "
        + (f"{changed} {french.agree(changed, 'change', 'changent')}" if changed else "aucune ne change"),
        f"{outcome.unchanged} ne {french.agree(outcome.unchanged, 'change', 'changent')} pas",
        f"{refused} {french.agree(refused, 'est refusée', 'sont refusées')}" if refused else "aucune n’est refusée",
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


def _unchanged(outcome: Outcome) -> str:
    numbers = [row.key for row in outcome.rows if not row.changed and not row.refused]
    return ", ".join(numbers)


def _changed(row: RowOutcome, project: Project) -> ChangedAction:
    moved = ""
    if row.moved:
        columns = ", ".join(map(_column, row.moved))
        moved = french.typography(
            f"{columns} : changé aussi sur le site depuis que ce fichier a été exporté. Le fichier l’emportera."
        )
    return ChangedAction(
        number=row.key,
        label=french.typography(row.before.label.partition("\n")[0]),
        url=reverse("checklist_action", args=[project.slug, row.key]),
        changes=list(_changes(row.before, row.after)),
        moved=moved,
    )


def _column(head: str) -> str:
    """What a heading that moved is called: the status stands under four."""
    return {"OK": "L’état", "Début": "Les dates"}.get(head, f"« {head} »")


def _changes(before: ActionRow, after: ActionRow) -> list[FieldChange]:
    pairs = [
        ("État", _status(before), _status(after)),
        *((label, _actors(getattr(before, name)), _actors(getattr(after, name))) for label, name in LETTERS),
        ("Début", _day(before.start_on), _day(after.start_on)),
        ("Échéance", _day(before.due_on), _day(after.due_on)),
        ("Où en est-on", _text(before.note), _text(after.note)),
    ]
    return [FieldChange(*pair) for pair in pairs if pair[1] != pair[2]]


def _status(row: ActionRow) -> str:
    reason = f" : {row.reason}" if row.status == Status.NOT_APPLICABLE else ""
    return french.typography(f"{row.status.label}{reason}")


def _actors(actors: Sequence[Actor]) -> str:
    return ", ".join(actor.label for actor in actors) or "personne"


def _day(value: date | None) -> str:
    return french.long_date(value) if value else "aucune date"


def _text(value: str) -> str:
    return french.typography(value) if value else "rien"


def moved_since(outcome: Outcome, seen: str) -> str:
    """Which actions are no longer what a person confirmed (`PreviewView.seen`), as a sentence; nothing when all are."""
    numbers = moved_keys(outcome, seen)
    if not numbers:
        return ""
    if len(numbers) == 1:
        return french.typography(f"L’action {numbers[0]} a changé pendant que vous lisiez. Voici ce qu’il en est.")
    return french.typography(
        f"Les actions {french.listed(numbers)} ont changé pendant que vous lisiez. Voici ce qu’il en est."
    )


def moved_in_between() -> str:
    return "Quelqu’un a modifié une de ces actions au même instant. Voici ce qu’il en est."


def applied(outcome: Outcome, received: SpreadsheetImport) -> str:
    changed = len(outcome.changed)
    verb = french.agree(changed, "action mise", "actions mises")
    return french.typography(f"{changed} {verb} à jour d’après « {received.file_name} ».")


@dataclass(frozen=True)
class OverView:
    """A preview that can no longer be applied."""

    title: str
    lede: str
    crumbs: list[Link]
    checklist_url: str
    import_url: str


def over(received: SpreadsheetImport, project: Project) -> OverView:
    if received.applied_at:
        title = "Cet import est appliqué"
        lede = f"« {received.file_name} », le {french.long_datetime(received.applied_at)}."
    else:
        title = "Cet aperçu n’est plus valable"
        lede = (
            f"« {received.file_name} » a été déposé le {french.long_date(received.received_at)} : déposez-le à nouveau."
        )
    return OverView(
        title=title,
        lede=french.typography(lede),
        crumbs=import_crumbs(project, "Aperçu"),
        checklist_url=page_url(project),
        import_url=reverse("checklist_import", args=[project.slug]),
    )


def annotated_name(received: SpreadsheetImport) -> str:
    """« checklist à corriger.xlsx »."""
    return f"{PurePath(received.file_name).stem} à corriger.xlsx"
