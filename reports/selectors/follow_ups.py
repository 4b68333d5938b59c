"""What committees gave somebody to do: how far it is, and what is late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from common.french import day
from governance.enums import BodyKind, FollowUpState
from governance.models import FollowUp, Mandate
from organisations.enums import Role
from organisations.models import Membership, Project


@dataclass(frozen=True)
class FollowUpLine:
    """Something to do. It comes from an arbitration (its reference), or a meeting (its body and day). `og`: the one
    that its owner acts for, if one."""

    number: int
    label: str
    owner: str
    og: str
    due_on: date
    state: FollowUpState
    days_late: int
    done_on: date | None
    comment: str
    arbitration: str
    body: str
    decided_on: date | None

    @property
    def late(self) -> bool:
        return self.days_late > 0


def follow_ups_of(project: Project, kind: BodyKind) -> QuerySet[FollowUp]:
    """What comes from the meetings of a body; for the COSTRAT, from arbitrations as well."""
    wanted = Q(meeting__body__kind=kind)
    if kind == BodyKind.COSTRAT:
        wanted |= Q(arbitration__isnull=False)
    found = FollowUp.objects.filter(wanted, project=project)
    return found.select_related("owner", "meeting__body", "arbitration").order_by("due_on", "number")


def in_period(follow_ups: QuerySet[FollowUp], since: date) -> QuerySet[FollowUp]:
    """Those still to be done, and those that ended since a day."""
    ended = Q(state=FollowUpState.DONE, done_on__gte=since) | Q(
        state=FollowUpState.DROPPED, meeting__starts_at__date__gte=since
    )
    return follow_ups.filter(Q(state__in=[FollowUpState.TO_DO, FollowUpState.IN_PROGRESS]) | ended)


def lines(follow_ups: Iterable[FollowUp], ogs: Mapping[UUID, str], today: date) -> tuple[FollowUpLine, ...]:
    """`follow_ups` come with their owner, their meeting and that one's body, and their arbitration; `ogs`: by person,
    whom they act for."""
    return tuple(_line(follow_up, ogs.get(follow_up.owner_id, ""), today) for follow_up in follow_ups)


def _line(follow_up: FollowUp, og: str, today: date) -> FollowUpLine:
    meeting, arbitration = follow_up.meeting, follow_up.arbitration
    return FollowUpLine(
        number=follow_up.number,
        label=follow_up.label,
        owner=follow_up.owner.get_full_name(),
        og=og,
        due_on=follow_up.due_on,
        state=FollowUpState(follow_up.state),
        days_late=follow_up.days_late(today),
        done_on=follow_up.done_on,
        comment=follow_up.comment,
        arbitration=arbitration.reference if arbitration else "",
        body=str(meeting.body) if meeting else "",
        decided_on=day(meeting.starts_at) if meeting else None,
    )


def ogs_of_people(project: Project, today: date) -> dict[UUID, str]:
    """By person, the OG that they direct, direct a structure of, or sit for; who acts for several is left out.

    Offices and seats are known to the whole project. Two queries.
    """
    offices = Membership.objects.active(today).filter(project=project, role__in=(Role.OG_DIRECTOR, Role.ESMS_DIRECTOR))
    seats = Mandate.objects.active(today).filter(project=project, og__isnull=False)
    found: dict[UUID, set[str]] = defaultdict(set)
    for rows in (offices, seats):
        for user_id, og in rows.order_by("pk").values_list("user_id", "og__short_name"):
            found[user_id].add(og)
    return {user_id: min(names) for user_id, names in found.items() if len(names) == 1}
