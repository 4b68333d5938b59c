"""The documents beside an action in French."""

from dataclasses import dataclass
from uuid import UUID

from checklist.enums import DepositKind
from checklist.models import ActionDocument
from checklist.rights import Rights
from checklist.selectors import ActionDetail, Slot
from common import french


@dataclass(frozen=True)
class DocumentRow:
    """A document or a link; `link` is empty for a document, which is downloaded."""

    id: UUID
    label: str
    link: str
    detail: str
    may_remove: bool


@dataclass(frozen=True)
class SlotRow:
    """A « Résultat » of the group and its state."""

    slot: Slot
    state: str


@dataclass(frozen=True)
class Documents:
    """`removed`: those that the reader may put back."""

    present: list[DocumentRow]
    removed: list[DocumentRow]
    slots: list[SlotRow]


def documents(found: ActionDetail, rights: Rights) -> Documents:
    """What lies beside an action."""
    rows = [_row(document, rights) for document in found.documents if document.removed_at is None]
    removed = [_row(document, rights) for document in found.documents if document.removed_at is not None]
    return Documents(
        present=rows,
        removed=[row for row in removed if row.may_remove],
        slots=[SlotRow(slot, _state(slot)) for slot in found.slots],
    )


def _row(document: ActionDocument, rights: Rights) -> DocumentRow:
    said = [f"Ajouté par {document.added_by.get_full_name()} le {french.short_date(document.added_at)}"]
    if document.label and document.file_name:
        said.insert(0, document.file_name)
    if document.file_name:
        said.append(_size(document))
    return DocumentRow(
        id=document.pk,
        label=str(document),
        link=document.link,
        detail=" · ".join(said),
        may_remove=rights.comments and (rights.manages or document.added_by_id == rights.user.pk),
    )


def _size(document: ActionDocument) -> str:
    """« 12 ko », « 1,4 Mo »."""
    try:
        size = document.file.size
    except FileNotFoundError:
        return "fichier introuvable"
    kilobytes = max(1, round(size / 1024))
    if kilobytes < 1024:
        return f"{french.number(kilobytes)}{french.NBSP}ko"
    return f"{french.number(round(kilobytes / 1024, 1))}{french.NBSP}Mo"


def _state(slot: Slot) -> str:
    if slot.deposited_at is None:
        return "Attendu"
    verb = "Dispense" if slot.kind == DepositKind.WAIVER else "Déposé"
    return f"{verb} le {french.short_date(slot.deposited_at)}"
