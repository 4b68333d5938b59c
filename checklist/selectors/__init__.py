"""Reads of the checklist: the page, one action, progress, what changed."""

from checklist.selectors.action import ActionDetail, action_detail, latest_writer
from checklist.selectors.changes import StatusChange, changed_since, my_open_actions
from checklist.selectors.page import (
    ActionLine,
    ChecklistPage,
    Filters,
    GroupBlock,
    RaciLine,
    Reading,
    Slot,
    checklist_page,
    read_checklist,
    step_progress,
)
from checklist.selectors.progress import Counts, Progress, StepProgress, progress

__all__ = [
    "ActionDetail",
    "ActionLine",
    "ChecklistPage",
    "Counts",
    "Filters",
    "GroupBlock",
    "Progress",
    "RaciLine",
    "Reading",
    "Slot",
    "StatusChange",
    "StepProgress",
    "action_detail",
    "changed_since",
    "checklist_page",
    "latest_writer",
    "my_open_actions",
    "progress",
    "read_checklist",
    "step_progress",
]
