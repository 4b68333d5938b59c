"""The edges of the reports app: asking for a document, verifying one."""

from reports.forms.asking import AskForm, ChecklistForm, StateForm
from reports.forms.risks import ConsolidatedForm
from reports.forms.structures import AnalysisForm, FiguresForm, MatrixForm
from reports.forms.verifying import VerifyForm

__all__ = [
    "AnalysisForm",
    "AskForm",
    "ChecklistForm",
    "ConsolidatedForm",
    "FiguresForm",
    "MatrixForm",
    "StateForm",
    "VerifyForm",
]
