"""The checklist in French: sentences, links and component parameters made of what the selectors found."""

from checklist.presentation.action import detail, tick
from checklist.presentation.actors import the_actor
from checklist.presentation.ages import blocked_since, review_passed
from checklist.presentation.board import board
from checklist.presentation.calendar import month
from checklist.presentation.dates import dates, dates_changed_meanwhile
from checklist.presentation.filters import describe
from checklist.presentation.governance import (
    alert_view,
    citable_choices,
    cited,
    decided_view,
    governed,
    told_to_the_comop,
)
from checklist.presentation.layouts import layouts
from checklist.presentation.links import crumbs, group_url, page_url, step_url
from checklist.presentation.opinions import appointee_label, asked_of, opinion_choice_label
from checklist.presentation.own_actions import own_action, own_actions, place
from checklist.presentation.page import page, roles
from checklist.presentation.progress import (
    carpet,
    done_sentence,
    formula,
    trouble_sentence,
)
from checklist.presentation.since import told
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
    "crumbs",
    "dates",
    "dates_changed_meanwhile",
    "decided_view",
    "describe",
    "detail",
    "done_sentence",
    "formula",
    "governed",
    "group_url",
    "layouts",
    "month",
    "opinion_choice_label",
    "own_action",
    "own_actions",
    "page",
    "page_url",
    "place",
    "restoring",
    "review_passed",
    "roles",
    "step_url",
    "the_actor",
    "tick",
    "told",
    "told_to_the_comop",
    "trouble_sentence",
    "versions",
]
