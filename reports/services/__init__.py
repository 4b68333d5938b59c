"""Writes of the reports app: asking for a document, issuing it, asking by itself before a meeting."""

from reports.services.asking import AT_ONCE, ask_for_report, try_again
from reports.services.issuing import issue
from reports.services.preparing import prepare_reports

__all__ = ["AT_ONCE", "ask_for_report", "issue", "prepare_reports", "try_again"]
