"""Writes of the checklist: one function for one thing a person does."""

from checklist.services.dates import Dates, set_dates
from checklist.services.deliverables import deposit
from checklist.services.documents import add_document, remove_document, restore_document
from checklist.services.exchanges import comment, handle, reopen
from checklist.services.fields import EDITABLE, MANAGED, edit
from checklist.services.governance import alert_comop, ask_body, decide
from checklist.services.instantiation import instantiate
from checklist.services.opinions import ask_opinions, give_opinion, withdraw_opinion_request
from checklist.services.own_actions import (
    add_own_action,
    edit_own_action,
    move_own_action,
    restore_own_action,
    retire_own_action,
)
from checklist.services.people import (
    appoint_responsible,
    dismiss_responsible,
    name_person,
    restore_person,
    unname_person,
)
from checklist.services.raci import set_letters
from checklist.services.saved import remove_view, save_view
from checklist.services.spreadsheets import KIND as IMPORT_KIND
from checklist.services.spreadsheets import LIFE as IMPORT_LIFE
from checklist.services.spreadsheets import RowChange, apply_import, receive
from checklist.services.status import set_status, undo_status
from checklist.services.versions import restore_version, take_version

__all__ = [
    "EDITABLE",
    "IMPORT_KIND",
    "IMPORT_LIFE",
    "MANAGED",
    "Dates",
    "RowChange",
    "add_document",
    "add_own_action",
    "alert_comop",
    "apply_import",
    "appoint_responsible",
    "ask_body",
    "ask_opinions",
    "comment",
    "decide",
    "deposit",
    "dismiss_responsible",
    "edit",
    "edit_own_action",
    "give_opinion",
    "handle",
    "instantiate",
    "move_own_action",
    "name_person",
    "receive",
    "remove_document",
    "remove_view",
    "reopen",
    "restore_document",
    "restore_own_action",
    "restore_person",
    "restore_version",
    "retire_own_action",
    "save_view",
    "set_dates",
    "set_letters",
    "set_status",
    "take_version",
    "undo_status",
    "unname_person",
    "withdraw_opinion_request",
]
