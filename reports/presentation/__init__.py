"""Documents in French: sentences and component parameters made of what the selectors found."""

from reports.presentation.listing import DocumentsPage, documents
from reports.presentation.one import AskPage, ReportPage, ask_page, report_page
from reports.presentation.verifying import Verdict, verdict

__all__ = [
    "AskPage",
    "DocumentsPage",
    "ReportPage",
    "Verdict",
    "ask_page",
    "documents",
    "report_page",
    "verdict",
]
