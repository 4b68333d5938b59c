"""Who would be called to a meeting, who is, and how the e-mails about it left."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery

from common import french
from governance.calling import Called, called_on
from governance.enums import DispatchKind
from governance.models import Arbitration, Attendance, Dispatch, Meeting
from organisations.models import Membership, User

ABOUT_COMING = (
    DispatchKind.CONVOCATION,
    DispatchKind.CHANGE,
    DispatchKind.AGENDA,
    DispatchKind.CANCELLATION,
)


@dataclass(frozen=True)
class Convocation:
    """Whom convening a meeting calls. `without_role`: those whose role in the project is over, or to come: they sit,
    and are written nothing."""

    called: list[Called]
    without_role: list[User]

    @property
    def written_to(self) -> list[User]:
        return [line.user for line in self.called if line.user not in self.without_role]


def convocation_of(meeting: Meeting) -> Convocation:
    """All who sit on the body on the day of the meeting; of a meeting convened already, those who aren't called yet.

    Three queries. `meeting` comes with its body.
    """
    present = set(Attendance.objects.filter(meeting=meeting).values_list("user_id", flat=True))
    called = [line for line in called_on(meeting.body, french.day(meeting.starts_at)) if line.user.pk not in present]
    return Convocation(called, _without_role(meeting.project_id, [line.user for line in called]))


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Those called to a meeting, by name. One query."""
    called = Attendance.objects.filter(meeting=meeting).select_related("user", "og", "stands_in_for")
    return list(called.order_by("user__last_name", "user__first_name"))


@dataclass(frozen=True)
class Delivery:
    """The e-mails about one meeting, or one vote by writing: how many left, those that wait for their first try, those
    that failed."""

    sent: int
    waiting: list[Dispatch]
    failed: list[Dispatch]

    def __bool__(self) -> bool:
        return bool(self.sent or self.waiting or self.failed)


def delivery_of(meeting: Meeting) -> Delivery:
    """How the e-mails that call, change or cancel left. One query."""
    return _delivery(Dispatch.objects.filter(meeting=meeting, kind__in=ABOUT_COMING))


def consultation_delivery(arbitration: Arbitration) -> Delivery:
    """How the e-mails that ask for the vote by writing under way left. One query."""
    latest = Dispatch.objects.filter(arbitration=arbitration).order_by("-sequence").values("sequence")[:1]
    return _delivery(Dispatch.objects.filter(arbitration=arbitration, sequence=Subquery(latest)))


def _delivery(dispatches: QuerySet[Dispatch]) -> Delivery:
    rows = list(dispatches.select_related("user").order_by("user__last_name", "user__first_name", "asked_at"))
    return Delivery(
        sent=sum(row.sent_at is not None for row in rows),
        waiting=[row for row in rows if row.sent_at is None and not row.error],
        failed=[row for row in rows if row.sent_at is None and row.error],
    )


def _without_role(project_id: uuid.UUID, people: Sequence[User]) -> list[User]:
    held = Membership.objects.active().filter(project=project_id, user__in=[user.pk for user in people])
    present = set(held.values_list("user_id", flat=True))
    return [user for user in people if user.pk not in present]
