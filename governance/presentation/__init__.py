"""Governance in French: sentences and component parameters made of what the selectors found."""

from governance.presentation.alerts import AlertLine, alert_line, alert_sentence, alert_sheet
from governance.presentation.decisions import decided, decision_register, decision_sheet, decision_view, record_sheet
from governance.presentation.home import home_page

__all__ = [
    "AlertLine",
    "alert_line",
    "alert_sentence",
    "alert_sheet",
    "decided",
    "decision_register",
    "decision_sheet",
    "decision_view",
    "home_page",
    "record_sheet",
]
