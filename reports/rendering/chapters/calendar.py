"""What comes next: meetings and phases, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common import french
from common.charts.base import percentage
from common.charts.palette import PALETTE
from common.documents.parts import Chapter
from reports.rendering.words import short
from reports.selectors.calendar import CalendarFacts, MeetingLine, PhaseLine


@dataclass(frozen=True)
class Span:
    """A stretch of time, as SVG lengths."""

    x: str
    width: str


@dataclass(frozen=True)
class PhaseRow:
    label: str
    planned: str
    real: str
    current: bool
    planned_span: Span | None
    real_span: Span | None


def calendar(facts: CalendarFacts, today: date) -> list[Chapter]:
    """Nothing when no meeting is convened and no phase has a date."""
    if not (facts.meetings or facts.phases):
        return []
    rows, here = phases(facts.phases, today)
    return [
        Chapter(
            anchor="calendrier",
            title=_title(facts.meetings),
            running="Calendrier",
            template="reports/committee/calendar.html",
            data={"meetings": facts.meetings, "phases": rows, "today": here, "palette": PALETTE},
            new_page=False,
        )
    ]


def _title(meetings: Sequence[MeetingLine]) -> str:
    if not meetings:
        return "Calendrier des phases"
    return f"Prochaine séance : {meetings[0].body}, {french.long_date(meetings[0].starts_at)}"


def phases(lines: Sequence[PhaseLine], today: date) -> tuple[list[PhaseRow], str]:
    """The phases in rows, and where today is, on one scale from the first day to the last."""
    days = [
        day
        for line in lines
        for day in (line.planned_start, line.planned_end, line.started_on, line.ended_on)
        if day is not None
    ]
    if not days:
        return [], ""
    first, last = min(*days, today), max(*days, today)
    length = max((last - first).days, 1)

    def span(start: date | None, end: date | None) -> Span | None:
        if start is None or end is None or end < start:
            return None
        return Span(percentage((start - first).days, length), percentage(max((end - start).days, 2), length))

    rows = [
        PhaseRow(
            label=line.phase.label,
            planned=_dates(line.planned_start, line.planned_end),
            real=_dates(line.started_on, line.ended_on, under_way=line.current),
            current=line.current,
            planned_span=span(line.planned_start, line.planned_end),
            real_span=span(line.started_on, line.ended_on or today),
        )
        for line in lines
    ]
    return rows, percentage((today - first).days, length)


def _dates(start: date | None, end: date | None, *, under_way: bool = False) -> str:
    if start is None and end is None:
        return "–"
    if under_way and end is None:
        return f"depuis le {short(start)}"
    if end is None:
        return f"à partir du {short(start)}"
    if start is None:
        return f"jusqu’au {short(end)}"
    return f"{short(start)} au {short(end)}"
