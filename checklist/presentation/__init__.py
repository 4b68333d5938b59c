"""The checklist in French: sentences, links and component parameters made of what the selectors found."""

from checklist.presentation.action import detail, tick
from checklist.presentation.filters import describe
from checklist.presentation.layouts import layouts
from checklist.presentation.page import page, roles
from checklist.presentation.progress import (
    carpet,
    done_sentence,
    formula,
    trouble_sentence,
)

__all__ = [
    "carpet",
    "describe",
    "detail",
    "done_sentence",
    "formula",
    "layouts",
    "page",
    "roles",
    "tick",
    "trouble_sentence",
]
