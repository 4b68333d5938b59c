"""The four weeks to come, a week after the other."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common import french
from common.documents.parts import Chapter
from reports.rendering.words import Mark, Shown, first, reference
from reports.selectors.comop import Due, DueLine

MOST = 14  # lines a week
WHAT = {
    Due.MEETING: Mark("Séance", "accent", "calendar"),
    Due.ARBITRATION: Mark("Arbitrage", "ko", "vote"),
    Due.FOLLOW_UP: Mark("Action décidée", "progress", "check"),
    Due.ACTION: Mark("Checklist", "none", "list"),
}


@dataclass(frozen=True)
class DueRow:
    line: DueLine
    what: Mark
    mark: str
    label: str


@dataclass(frozen=True)
class Week:
    label: str
    rows: Shown[DueRow]


def next_weeks(lines: Sequence[DueLine], today: date) -> list[Chapter]:
    """Nothing when nothing falls due."""
    if not lines:
        return []
    return [
        Chapter(
            anchor="suite",
            title=_title(lines),
            running="Les quatre prochaines semaines",
            template="reports/committee/next.html",
            data={"weeks": weeks(lines, today)},
            new_page=False,
        )
    ]


def _title(lines: Sequence[DueLine]) -> str:
    """« D’ici quatre semaines : une séance et huit échéances »."""
    meetings = sum(line.what == Due.MEETING for line in lines)
    others = len(lines) - meetings
    parts = [french.counted(meetings, "séance", "séances", feminine=True)] if meetings else []
    parts += [french.counted(others, "échéance", "échéances", feminine=True)] if others else []
    return f"D’ici quatre semaines : {french.listed(parts)}"


def weeks(lines: Sequence[DueLine], today: date) -> list[Week]:
    """By week, from Monday to Sunday."""
    by_week: dict[date, list[DueRow]] = defaultdict(list)
    for line in lines:
        monday = line.on - timedelta(days=line.on.weekday())
        by_week[monday].append(DueRow(line, WHAT[line.what], reference(line.mark), french.typography(line.label)))
    this = today - timedelta(days=today.weekday())
    return [
        Week("Cette semaine" if monday == this else f"Semaine du {french.long_date(monday)}", first(rows, MOST))
        for monday, rows in sorted(by_week.items())
    ]
