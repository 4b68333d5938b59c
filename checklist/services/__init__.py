"""Writes of the checklist: one function for one thing a person does."""

from checklist.services.deliverables import deposit
from checklist.services.exchanges import comment
from checklist.services.fields import EDITABLE, edit
from checklist.services.instantiation import instantiate
from checklist.services.people import name_person, unname_person
from checklist.services.status import set_status

__all__ = ["EDITABLE", "comment", "deposit", "edit", "instantiate", "name_person", "set_status", "unname_person"]
