"""The pathway of structures as it stands: what was said by hand and what the tools know, put together."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from common import french
from organisations.enums import Phase, Role
from organisations.models import ESMS, Membership, User
from structures.catalogue.local_actions import PathwayAction, PathwaySection, pathway
from structures.enums.pathway import LineState
from structures.facts import facts_of
from structures.models import PathwayLine
from structures.pathway import Standing, standing


@dataclass(frozen=True)
class Tally:
    """How many lines stand where. `total` leaves out what is without object."""

    total: int = 0
    done: int = 0
    progress: int = 0
    blocked: int = 0
    late: int = 0
    again: int = 0
    to_validate: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.total + other.total,
            self.done + other.done,
            self.progress + other.progress,
            self.blocked + other.blocked,
            self.late + other.late,
            self.again + other.again,
            self.to_validate + other.to_validate,
        )


def tally(found: Sequence[Standing]) -> Tally:
    """The counts of some lines."""
    applicable = [item for item in found if item.state != LineState.NOT_APPLICABLE]
    return Tally(
        total=len(applicable),
        done=sum(item.done for item in applicable),
        progress=sum(item.state in {LineState.IN_PROGRESS, LineState.SUBMITTED} for item in applicable),
        blocked=sum(item.state == LineState.BLOCKED for item in applicable),
        late=sum(item.late for item in applicable),
        again=sum(item.again for item in applicable),
        to_validate=sum(item.waits_for_validation for item in applicable),
    )


@dataclass(frozen=True)
class Board:
    """The pathway of one structure. `referents`: its local referents of today, by id."""

    esms: ESMS
    standings: tuple[Standing, ...]
    referents: dict[uuid.UUID, User]

    @cached_property
    def tally(self) -> Tally:
        return tally(self.standings)

    @cached_property
    def sections(self) -> list[tuple[PathwaySection, list[Standing]]]:
        by_code = {code: list(found) for code, found in groupby(self.standings, lambda item: item.action.section)}
        return [(section, by_code.get(section.code, [])) for section in pathway().sections]

    @property
    def to_validate(self) -> list[Standing]:
        return [item for item in self.standings if item.waits_for_validation]

    @property
    def late(self) -> list[Standing]:
        return [item for item in self.standings if item.late]

    def standing_of(self, action: PathwayAction) -> Standing:
        return next(item for item in self.standings if item.action.code == action.code)

    def holder(self, found: Standing) -> User | None:
        """The referent whom a line was given to."""
        return self.referents.get(found.held_by) if found.held_by else None


def boards_of(structures: Sequence[ESMS]) -> list[Board]:
    """The pathway of each of these structures, in their order. Two queries and those of the tools, whatever their
    number."""
    if not structures:
        return []
    today = french.today()
    lines: dict[uuid.UUID, dict[str, PathwayLine]] = defaultdict(dict)
    for line in PathwayLine.objects.filter(esms__in=structures).select_related("submitted_by", "validated_by"):
        lines[line.esms_id][line.action] = line
    referents: dict[uuid.UUID, dict[uuid.UUID, User]] = defaultdict(dict)
    named = Membership.objects.active(today).filter(esms__in=structures, role=Role.LOCAL_REFERENT)
    for membership in named.select_related("user").order_by("user__last_name", "user__first_name", "pk"):
        if membership.esms_id:
            referents[membership.esms_id][membership.user_id] = membership.user
    facts = facts_of(structures)
    return [
        Board(
            esms=esms,
            standings=tuple(
                standing(
                    action,
                    line=lines[esms.pk].get(action.code),
                    fact=facts.get((esms.pk, action.code)),
                    phase=Phase(esms.phase),
                    referents=referents[esms.pk],
                    today=today,
                )
                for action in pathway().actions
            ),
            referents=referents[esms.pk],
        )
        for esms in structures
    ]


def board_of(esms: ESMS) -> Board:
    """The pathway of one structure."""
    return boards_of([esms])[0]
