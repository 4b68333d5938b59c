"""What the COMOP gave somebody to do."""

from collections.abc import Sequence

from common import french
from common.documents.parts import Chapter
from governance.enums import FollowUpState
from reports.rendering.chapters.decisions import in_order, row
from reports.rendering.words import first
from reports.selectors.follow_ups import FollowUpLine

MOST, MOST_DONE = 30, 12


def actions(lines: Sequence[FollowUpLine], since: str) -> list[Chapter]:
    """Nothing when nobody has anything to do and nothing was done. `since`: « depuis le … »."""
    if not lines:
        return []
    waiting = [line for line in lines if line.state.open]
    ended = [line for line in lines if not line.state.open]
    return [
        Chapter(
            anchor="actions",
            title=title(lines),
            running="Actions des séances",
            template="reports/committee/actions.html",
            data={
                "waiting": first([row(line) for line in in_order(waiting)], MOST),
                "ended": first([row(line) for line in in_order(ended)], MOST_DONE),
                "said": said(lines, since),
            },
        )
    ]


def title(lines: Sequence[FollowUpLine]) -> str:
    """« Deux actions décidées sur cinq sont en retard »."""
    late, waiting = sum(line.late for line in lines), sum(line.state.open for line in lines)
    if late:
        verb = french.agree(late, "action décidée est en retard", "actions décidées sont en retard")
        return f"{french.capital(french.in_words(late, feminine=True))} {verb}"
    if waiting:
        verb = french.counted(waiting, "action décidée est à faire", "actions décidées sont à faire", feminine=True)
        return f"{french.capital(verb)}, aucune en retard"
    return "Toutes les actions décidées sont faites"


def said(lines: Sequence[FollowUpLine], since: str) -> str:
    done = sum(line.state == FollowUpState.DONE for line in lines)
    under_way = sum(line.state == FollowUpState.IN_PROGRESS for line in lines)
    to_do = sum(line.state == FollowUpState.TO_DO for line in lines)
    parts = [
        french.counted(done, "est faite", "sont faites", feminine=True) if done else "aucune n’est faite",
        french.counted(under_way, "est en cours", "sont en cours", feminine=True) if under_way else "",
        french.counted(to_do, "est à commencer", "sont à commencer", feminine=True) if to_do else "",
    ]
    return f"{french.capital(since)}, {french.listed([part for part in parts if part])}."
