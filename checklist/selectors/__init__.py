"""Reads of the checklist: the page, one action, progress, what changed."""

from checklist.selectors.action import ActionDetail, action_detail, latest_writer
from checklist.selectors.calendar import Event, events
from checklist.selectors.changes import StatusChange, changed_since
from checklist.selectors.exchanges import unhandled_mentions
from checklist.selectors.filters import Filters
from checklist.selectors.governance import Citable, Governed, alert_about, citable, governed
from checklist.selectors.history import LetterChange, action_history, letter_changes
from checklist.selectors.mine import my_open_actions, news_for, opinions_asked_of
from checklist.selectors.opinions import AskedOpinion, OpinionChoice, opinions_to_ask
from checklist.selectors.own_actions import OwnActions, actions_in, groups_of, own_actions, place_of
from checklist.selectors.page import (
    ActionLine,
    ChecklistPage,
    GroupBlock,
    RaciLine,
    Reading,
    Slot,
    checklist_page,
    read_checklist,
    step_progress,
)
from checklist.selectors.people import Appointees, appointees
from checklist.selectors.progress import Counts, Progress, StepProgress, is_complete, progress
from checklist.selectors.raci import Matrix, RaciFilters, RaciRow, raci_matrix, raci_row
from checklist.selectors.rows import ActionRow, action_rows, retired_numbers
from checklist.selectors.saved import saved_views
from checklist.selectors.schedule import Proposed, ProposedDates, proposal_for, proposed_dates
from checklist.selectors.since import Happened, What
from checklist.selectors.versions import (
    Plan,
    followed_version,
    newer_version,
    plan_of_restoring,
    plan_of_taking,
    snapshots_of,
)

__all__ = [
    "ActionDetail",
    "ActionLine",
    "ActionRow",
    "Appointees",
    "AskedOpinion",
    "ChecklistPage",
    "Citable",
    "Counts",
    "Event",
    "Filters",
    "Governed",
    "GroupBlock",
    "Happened",
    "LetterChange",
    "Matrix",
    "OpinionChoice",
    "OwnActions",
    "Plan",
    "Progress",
    "Proposed",
    "ProposedDates",
    "RaciFilters",
    "RaciLine",
    "RaciRow",
    "Reading",
    "Slot",
    "StatusChange",
    "StepProgress",
    "What",
    "action_detail",
    "action_history",
    "action_rows",
    "actions_in",
    "alert_about",
    "appointees",
    "changed_since",
    "checklist_page",
    "citable",
    "events",
    "followed_version",
    "governed",
    "groups_of",
    "is_complete",
    "latest_writer",
    "letter_changes",
    "my_open_actions",
    "newer_version",
    "news_for",
    "opinions_asked_of",
    "opinions_to_ask",
    "own_actions",
    "place_of",
    "plan_of_restoring",
    "plan_of_taking",
    "progress",
    "proposal_for",
    "proposed_dates",
    "raci_matrix",
    "raci_row",
    "read_checklist",
    "retired_numbers",
    "saved_views",
    "snapshots_of",
    "step_progress",
    "unhandled_mentions",
]
