"""What lies beside an action: its documents, and the « Résultats » of its group."""

from checklist.models import Action, ActionDocument, Deliverable
from checklist.selectors.page import Slot, latest_deposit


def documents_of(action: Action) -> list[ActionDocument]:
    """The documents and links put beside an action, removed ones too, oldest first. One query."""
    return list(ActionDocument.objects.filter(action=action).select_related("added_by"))


def slots_beside(action: Action) -> list[Slot]:
    """The « Résultats » of the group of an action, each with what fills it. One query."""
    deliverables = Deliverable.objects.filter(group=action.group_id).annotate(newest=latest_deposit())
    return [Slot(deliverable, deliverable.newest) for deliverable in deliverables.order_by("position")]
