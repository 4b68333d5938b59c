"""Documents in French: sentences and component parameters made of what the selectors found."""

from reports.presentation.addresses import address
from reports.presentation.listing import DocumentsPage, documents
from reports.presentation.one import AskPage, ReportPage, ask_page, report_page
from reports.presentation.structures import (
    ask_analysis_page,
    ask_figures_page,
    ask_matrix_page,
    structure_documents,
)
from reports.presentation.verifying import Verdict, verdict

__all__ = [
    "AskPage",
    "DocumentsPage",
    "ReportPage",
    "Verdict",
    "address",
    "ask_analysis_page",
    "ask_figures_page",
    "ask_matrix_page",
    "ask_page",
    "documents",
    "report_page",
    "structure_documents",
    "verdict",
]
