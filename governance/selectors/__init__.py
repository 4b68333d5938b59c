"""Reads of the governance app. What they return is for who holds the permission: the caller checks it."""

from governance.selectors.alerts import alerts_about, alerts_of, answers_to_read, open_alerts_to_answer
from governance.selectors.bodies import members, seats_to_answer
from governance.selectors.decisions import decisions_of, latest_decision, open_request_about, open_requests
from governance.selectors.meetings import last_closed, my_meetings, next_meeting

__all__ = [
    "alerts_about",
    "alerts_of",
    "answers_to_read",
    "decisions_of",
    "last_closed",
    "latest_decision",
    "members",
    "my_meetings",
    "next_meeting",
    "open_alerts_to_answer",
    "open_request_about",
    "open_requests",
    "seats_to_answer",
]
