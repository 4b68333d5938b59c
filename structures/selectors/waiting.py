"""What waits in structures for who works there: what tools ask, lines of the pathway, reminders of the lead."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS
from structures.asks import Ask, asks_of
from structures.models import Reminder
from structures.pathway import Standing
from structures.rights import rights_in
from structures.selectors.pathway import Board, boards_of
from structures.selectors.reminders import open_reminders


@dataclass(frozen=True)
class Waiting:
    """`asks` by date; `to_validate`: lines that a referent submitted, for who directs; `late`: how many lines of a
    phase already passed each board still has."""

    asks: list[Ask] = field(default_factory=list)
    to_validate: list[tuple[ESMS, Standing]] = field(default_factory=list)
    late: list[tuple[ESMS, int]] = field(default_factory=list)
    reminders: list[tuple[ESMS, Reminder]] = field(default_factory=list)


def worked_in(structures: Sequence[ESMS], access: Access) -> list[ESMS]:
    """Those of these structures where this person fills or validates, not only reads. No query."""
    filled = access.ids_with(Level.ESMS, Permission.FILL_STRUCTURES)
    return [esms for esms in structures if str(esms.pk) in filled]


def waiting_in(structures: Sequence[ESMS], access: Access) -> Waiting:
    """All that waits for one person in the structures where they work, each with its project at hand. The number of
    queries doesn't depend on how many they are; none without one."""
    worked = worked_in(structures, access)
    if not worked:
        return Waiting()
    by_id = {esms.pk: esms for esms in worked}
    directs = {esms.pk for esms in worked if rights_in(esms, access).validates}
    boards = boards_of(worked)
    return Waiting(
        asks=for_person(asks_of(worked), directs, access.user_id),
        to_validate=[(board.esms, item) for board in boards if board.esms.pk in directs for item in board.to_validate],
        late=[(board.esms, count) for board in boards if (count := _late(board))],
        reminders=[(by_id[row.esms_id], row) for row in open_reminders(worked)],
    )


def for_person(found: Sequence[Ask], directs: set[uuid.UUID], user_id: uuid.UUID | None = None) -> list[Ask]:
    """What is asked of a direction is not for its referents, nor what a person did their part of for them any more."""
    theirs = [ask for ask in found if ask.esms.pk in directs or not ask.of_director]
    return [ask for ask in theirs if user_id not in ask.done_by]


def _late(board: Board) -> int:
    return board.tally.late
