"""Meetings in session, minutes, actions decided.

The meeting is a COSTRAT: its points are read by who reads all meetings, written by who prepares them.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from organisations.enums import Role
from tests.harness.world import World
from tests.walker.base import (
    COSTRAT,
    LEAD,
    MEMBERS,
    OBSERVER,
    OG_DIRECTOR,
    ONLY_LEAD,
    RIVAL_DIRECTOR,
    TOKEN,
    UUID,
    Row,
    Values,
    form,
)

READERS = frozenset({LEAD, COSTRAT, OG_DIRECTOR, RIVAL_DIRECTOR, OBSERVER})


def at(which: str, **more: str) -> Values:
    """A meeting of the own project, and one of its rows by the name of a parameter."""

    def place(world: World) -> dict[str, Any]:
        found = world.own.governance
        rows = {name: getattr(found, row).pk for name, row in more.items()}
        return {"number": getattr(found, which).number, **rows}

    return place


def strange(which: str, **more: str) -> Values:
    """The same of the other project; a row of it, under a meeting of the own one."""

    def place(world: World) -> dict[str, Any]:
        rows = {name: getattr(world.foreign.governance, row).pk for name, row in more.items()}
        tenant = world.own if rows else world.foreign
        return {"number": getattr(tenant.governance, which).number, **rows}

    return place


def missing(which: str, **more: str) -> Values:
    if not more:
        return form(number=99)
    return lambda world: {"number": getattr(world.own.governance, which).number, **dict.fromkeys(more, UUID)}


def where(which: str, **more: str) -> dict[str, Values]:
    return {"place": at(which, **more), "strange": strange(which, **more), "missing": missing(which, **more)}


SESSION, CLOSED = where("session"), where("closed")
POINT, PERSON = where("session", item_id="session_item"), where("session", attendance_id="presence")
DECISION = form(title="Le budget", text="Validé.", token=TOKEN)


def action(world: World) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    return {"label": "Chiffrer", "owner": world.lead.pk, "due_on": day, "token": TOKEN}


def someone(world: World) -> dict[str, Any]:
    return {"person": world.person(Role.DPO).pk}


def nobody(world: World) -> dict[str, Any]:
    """Who is here gives no proxy."""
    return {"giver": world.own.governance.presence.pk, "to": world.own.governance.presence.pk}


SUMMARY = form(summary="L’essentiel.", version=1)
FOLLOW_UP = {
    "place": lambda world: {"number": world.own.governance.follow_up.number},
    "strange": lambda world: {"number": world.foreign.governance.follow_up.number},
    "missing": form(number=99),
}
OTHERS = READERS - ONLY_LEAD

ROWS = [
    Row("session", get={200: READERS}, post={405: READERS}, **SESSION),
    Row("session_open", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, **SESSION),
    Row("session_quorum", get={302: READERS}, post={405: READERS}, **SESSION),
    Row("session_summary", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, body=SUMMARY, **SESSION),
    Row("session_close", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=SUMMARY, **SESSION),
    Row(
        "session_presence",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(presence="excused", version=1),
        **PERSON,
    ),
    Row("session_person", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, body=someone, **SESSION),
    Row("session_proxy", get={405: ONLY_LEAD}, post={422: ONLY_LEAD}, body=nobody, **SESSION),
    Row("session_proxy_undo", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(version=1), **PERSON),
    Row("session_source", get={404: READERS}, post={404: READERS}, **POINT),  # it is about nothing of another app
    Row("session_notes", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(notes="Dit.", version=1), **POINT),
    Row("session_state", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(state="treated", version=1), **POINT),
    Row("session_decision", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=DECISION, **POINT),
    Row("session_action", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=action, **POINT),
    Row(
        "session_approve",
        get={405: ONLY_LEAD},
        post={422: ONLY_LEAD},  # not sent yet
        **where("session", item_id="approval"),
    ),
    Row("minutes", get={200: READERS}, post={405: READERS}, **CLOSED),
    Row("minutes_send", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, **CLOSED),
    Row(
        "amend",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(text="Trois, et non deux.", token=TOKEN),
        **CLOSED,
    ),
    Row("follow_ups", get={200: MEMBERS}, post={405: MEMBERS}),
    Row(
        "follow_up_move",
        get={405: ONLY_LEAD, 403: OTHERS},
        post={302: ONLY_LEAD, 403: OTHERS},
        otherwise=404,  # who doesn’t read that meeting knows of their own only
        body=form(state="done", version=1),
        **FOLLOW_UP,
    ),
    Row(
        "follow_up_undo",
        get={405: ONLY_LEAD, 403: OTHERS},
        post={422: ONLY_LEAD, 403: OTHERS},  # it never moved
        otherwise=404,
        body=form(version=1),
        **FOLLOW_UP,
    ),
]
