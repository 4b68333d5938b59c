"""The edges of the reports app: asking for a document, verifying one."""

from reports.forms.asking import AskForm, ChecklistForm, StateForm
from reports.forms.structures import MatrixForm
from reports.forms.verifying import VerifyForm

__all__ = ["AskForm", "ChecklistForm", "MatrixForm", "StateForm", "VerifyForm"]
