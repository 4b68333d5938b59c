"""The checklist in a committee's report: what moved, what blocks, what is late."""

from common import french
from common.documents.parts import Chapter
from reports.rendering.words import first
from reports.selectors.progress import ProgressFacts

MOST_CHANGES, MOST_BLOCKED, MOST_LATE = 20, 10, 15


def checklist(facts: ProgressFacts, since: str) -> list[Chapter]:
    """Nothing when nothing moved, nothing blocks and nothing is late. `since`: « depuis le … »."""
    if not (facts.changes or facts.blocked or facts.late):
        return []
    return [
        Chapter(
            anchor="checklist",
            title=_title(facts, since),
            running="Checklist",
            template="reports/committee/checklist.html",
            data={
                "changes": first(facts.changes, MOST_CHANGES),
                "blocked": first(facts.blocked, MOST_BLOCKED),
                "late": first(facts.late, MOST_LATE),
                "since": since,
            },
            new_page=False,
        )
    ]


def _title(facts: ProgressFacts, since: str) -> str:
    """« Checklist : sept actions ont changé d’état, six sont bloquées »."""
    parts = []
    if facts.changes:
        parts.append(changed(len(facts.changes)))
    if facts.blocked:
        parts.append(french.counted(len(facts.blocked), "action bloquée", "actions bloquées", feminine=True))
    if facts.late and len(parts) < 2:
        parts.append(french.counted(len(facts.late), "action en retard", "actions en retard", feminine=True))
    return f"Checklist : {french.listed(parts)}"


def changed(count: int) -> str:
    return french.counted(count, "action a changé d’état", "actions ont changé d’état", feminine=True)
