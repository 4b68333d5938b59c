"""The edges of the reports app: asking for a document, verifying one."""

from reports.forms.asking import AskForm, ChecklistForm, StateForm
from reports.forms.verifying import VerifyForm

__all__ = ["AskForm", "ChecklistForm", "StateForm", "VerifyForm"]
