"""Writes of the governance app."""

from governance.composition import SEAT_ROLES
from governance.services.alerts import answer_alert, raise_alert
from governance.services.bodies import close_group, create_body, create_group, set_up_bodies, update_body
from governance.services.decisions import put_on_agenda, record_decision, settle_requests, withdraw_request
from governance.services.seats import answer_seat, appoint, appoint_member, change_seat, end_seat
from governance.services.weights import record_weighting

__all__ = [
    "SEAT_ROLES",
    "answer_alert",
    "answer_seat",
    "appoint",
    "appoint_member",
    "change_seat",
    "close_group",
    "create_body",
    "create_group",
    "end_seat",
    "put_on_agenda",
    "raise_alert",
    "record_decision",
    "record_weighting",
    "set_up_bodies",
    "settle_requests",
    "update_body",
    "withdraw_request",
]
