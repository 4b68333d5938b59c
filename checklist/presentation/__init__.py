"""The checklist in French: sentences, links and component parameters made of what the selectors found."""

from checklist.presentation.action import detail, tick
from checklist.presentation.board import board
from checklist.presentation.calendar import month
from checklist.presentation.dates import dates
from checklist.presentation.filters import describe
from checklist.presentation.governed import (
    alert_view,
    blocked_since,
    citable_choices,
    cited,
    decided_view,
    governed,
    review_passed,
    told_to_the_comop,
)
from checklist.presentation.layouts import layouts
from checklist.presentation.opinions import appointee_label, asked_of, for_actor, opinion_choice_label
from checklist.presentation.own_actions import own_action, own_actions, place
from checklist.presentation.page import page, roles
from checklist.presentation.progress import (
    carpet,
    done_sentence,
    formula,
    trouble_sentence,
)
from checklist.presentation.versions import restoring, versions

__all__ = [
    "alert_view",
    "appointee_label",
    "asked_of",
    "blocked_since",
    "board",
    "carpet",
    "citable_choices",
    "cited",
    "dates",
    "decided_view",
    "describe",
    "detail",
    "done_sentence",
    "for_actor",
    "formula",
    "governed",
    "layouts",
    "month",
    "opinion_choice_label",
    "own_action",
    "own_actions",
    "page",
    "place",
    "restoring",
    "review_passed",
    "roles",
    "tick",
    "told_to_the_comop",
    "trouble_sentence",
    "versions",
]
