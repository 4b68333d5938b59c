"""Where a line of the pathway stands, from what its tool knows and what people said. Pure: no query, no clock."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from organisations.enums import Phase
from structures.catalogue.local_actions import PathwayAction
from structures.enums.pathway import Doer, LineState, Recurrence
from structures.facts import Fact
from structures.models import PathwayLine

# After how long what is done is to be done again. A session has no date here, and what goes on all along has no
# rhythm of its own: each is looked at again after this long.
PERIODS = {
    Recurrence.MONTHLY: timedelta(days=31),
    Recurrence.QUARTERLY: timedelta(days=92),
    Recurrence.PER_SESSION: timedelta(days=92),
    Recurrence.ONGOING: timedelta(days=183),
}
_PHASES = list(Phase)


@dataclass(frozen=True)
class Standing:
    """One line as it stands. `again`: it was done, and its period is over. `words` and `day`: what says so, since when.

    `known`: its tool knows the line, which then closes by itself. `held_by`: the referent whom it was given to.
    """

    action: PathwayAction
    state: LineState
    again: bool = False
    late: bool = False
    known: bool = False
    words: str = ""
    day: date | None = None
    line: PathwayLine | None = None
    held_by: uuid.UUID | None = None

    @property
    def closed(self) -> bool:
        return self.done or self.state == LineState.NOT_APPLICABLE

    @property
    def done(self) -> bool:
        return self.state == LineState.DONE and not self.again

    @property
    def waits_for_validation(self) -> bool:
        """One tap of the direction closes it here; what a tool has to validate is validated there."""
        return self.state == LineState.SUBMITTED and not self.known

    @property
    def version(self) -> int:
        """What a form posts: 0 while nobody touched the line."""
        return self.line.version if self.line else 0

    @property
    def for_referent(self) -> bool:
        """Whether a local referent may do it: theirs by nature, or given to one of them."""
        return self.action.doer == Doer.REFERENT or self.held_by is not None


def standing(
    action: PathwayAction,
    *,
    line: PathwayLine | None,
    fact: Fact | None,
    phase: Phase,
    referents: Collection[uuid.UUID],
    today: date,
) -> Standing:
    """`phase`: that of the structure; `referents`: its local referents of today, who alone hold what was given them."""
    state, words, day = _state(line, fact)
    again = state == LineState.DONE and is_over(action.recurrence, day, today)
    held_by = line.delegated_to_id if line and line.delegated_to_id in referents else None
    open_still = again or state not in {LineState.DONE, LineState.NOT_APPLICABLE}
    return Standing(
        action=action,
        state=state,
        again=again,
        late=open_still and not again and _PHASES.index(action.phase) < _PHASES.index(phase),
        known=fact is not None,
        words=words,
        day=day,
        line=line,
        held_by=held_by,
    )


def _state(line: PathwayLine | None, fact: Fact | None) -> tuple[LineState, str, date | None]:
    """A tool that has begun wins, but over « bloquée » and « sans objet », which people say, only once it is done."""
    said = LineState(line.state) if line else LineState.TODO
    if fact is not None:
        set_aside = said in {LineState.BLOCKED, LineState.NOT_APPLICABLE} and fact.state != LineState.DONE
        untouched = fact.state == LineState.TODO and said != LineState.TODO
        if not (set_aside or untouched):
            return fact.state, fact.words, fact.day
    if line is None:
        return said, "", None
    words = {LineState.BLOCKED: line.blocker, LineState.NOT_APPLICABLE: line.reason}.get(said, line.evidence)
    return said, words, line.done_on if said in {LineState.SUBMITTED, LineState.DONE} else None


def is_over(recurrence: Recurrence, done_on: date | None, today: date) -> bool:
    """Whether what was done on a day is to be done again. What is done once never is."""
    period = PERIODS.get(recurrence)
    return period is not None and done_on is not None and done_on + period < today


def may_do(found: Standing, *, fills: bool, validates: bool, user_id: uuid.UUID | None) -> bool:
    """Whether a person may say where a line stands: the direction of any; a referent of theirs and of those given to
    them."""
    if validates:
        return True
    return fills and (found.action.doer == Doer.REFERENT or (user_id is not None and found.held_by == user_id))
