"""The filters of a page in words, for the documents and files made of it."""

from checklist.enums import View
from checklist.selectors import Filters
from common import french


def describe(filters: Filters) -> str:
    """« en retard, DPD, étape 2 »; empty when nothing is filtered."""
    parts = [
        _view(filters.view),
        filters.actor.label if filters.actor else "",
        f"étape {filters.step}" if filters.step is not None else "",
        f"changées depuis le {french.long_date(filters.since)}" if filters.since else "",
    ]
    return french.typography(", ".join(part for part in parts if part))


def _view(view: View | None) -> str:
    """« en retard »; « KO » stays in capitals."""
    if not view:
        return ""
    return view.label if view == View.KO else view.label.lower()
