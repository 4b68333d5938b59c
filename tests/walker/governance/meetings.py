"""Meetings: planned, convened; the points of their agendas. What each reads of one: see test_agendas."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from checklist.enums import ACTION_SOURCE
from governance.schedule import working
from tests.harness.world import World
from tests.walker.base import MEMBERS, ONLY_LEAD, TOKEN, UUID, Row, Values, form


def meeting(which: str = "meeting") -> Values:
    """A COSTRAT of the own project: convened, or `draft`."""
    return lambda world: {"number": getattr(world.own.governance, which).number}


def strange_meeting(world: World) -> dict[str, Any]:
    return {"number": world.foreign.governance.meeting.number}


def point(world: World) -> dict[str, Any]:
    return {"number": world.own.governance.meeting.number, "item_id": world.own.governance.item.pk}


def strange_point(world: World) -> dict[str, Any]:
    """Of the other project, under a meeting of the own one."""
    return {"number": world.own.governance.meeting.number, "item_id": world.foreign.governance.item.pk}


def missing_point(world: World) -> dict[str, Any]:
    return {"number": world.own.governance.meeting.number, "item_id": UUID}


def when(**values: Any) -> Values:
    """The day and the hour of a meeting in a form."""
    return lambda world: {
        "day": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "time": "14:30",
        "duration_minutes": 90,
        **values,
    }


def planned(world: World) -> dict[str, Any]:
    """One meeting, on the day that the form proposes or the next working one."""
    day = working(timezone.localdate() + timedelta(days=30)).day
    series = {"agenda": "vide", "count": 1, "every": 1, "token": TOKEN}
    return {**when()(world), **series, "days": day.isoformat(), "etape": "preparer"}


missing = form(number=99)
ONE = {"strange": strange_meeting, "missing": missing}
POINT = {"place": point, "strange": strange_point, "missing": missing_point}
WORDS = {"label": "Le budget", "minutes": 10, "kind": "decision"}

ROWS = [
    Row("meetings", get={200: MEMBERS}, post={405: MEMBERS}),
    Row("meeting_plan", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=planned),
    Row("meeting", get={200: MEMBERS}, post={405: MEMBERS}, place=meeting(), **ONE),
    Row("meeting", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}, otherwise=404, place=meeting("draft"), **ONE),
    Row(
        "meeting_change",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=meeting(),
        body=when(place="Mairie", version=1),
        **ONE,
    ),
    Row(
        "meeting_cancel",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=meeting(),
        body=form(reason="Grève", version=1),
        **ONE,
    ),
    Row(
        "meeting_convene",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=meeting("draft"),
        body=form(version=1),
        **ONE,
    ),
    Row("meeting_tell", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, place=meeting(), **ONE),
    Row("meeting_resend", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, place=meeting(), **ONE),
    Row(
        "meeting_point_add",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=meeting(),
        body=form(**WORDS, token=TOKEN),
        **ONE,
    ),
    Row(
        "meeting_offer",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=meeting("draft"),
        body=lambda world: {"offer": f"{ACTION_SOURCE}:{world.own.action.pk}"},
        **ONE,
    ),
    Row("meeting_point", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}, body=form(**WORDS, version=1), **POINT),
    Row(
        "meeting_point_move",
        get={405: ONLY_LEAD},
        post={422: ONLY_LEAD},  # alone on its agenda
        body=form(vers="bas"),
        **POINT,
    ),
    Row("meeting_point_remove", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, **POINT),
    Row("meeting_point_back", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}, **POINT),
]
