"""Writes of the governance app."""

from governance.services.alerts import answer_alert, raise_alert
from governance.services.bodies import SEAT_ROLES, appoint, create_body
from governance.services.decisions import put_on_agenda, record_decision, settle_requests, withdraw_request

__all__ = [
    "SEAT_ROLES",
    "answer_alert",
    "appoint",
    "create_body",
    "put_on_agenda",
    "raise_alert",
    "record_decision",
    "settle_requests",
    "withdraw_request",
]
