"""The role that goes with a seat: held as long as the person sits, or stands in for who does."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from common.locks import one_at_a_time
from common.scope import elevated
from governance.composition import SEAT_ROLES
from governance.enums import BodyKind
from governance.models import Body, Mandate
from organisations.enums import Role
from organisations.models import Membership, Project, User
from organisations.services import end, grant, sync_permissions

Period = tuple[date, date | None]  # first day, last day (None: no end)


def follow_seats(body: Body, people: Iterable[User | None], *, by: User | None) -> None:
    """Make the role of these people on a body say what their seats say; guests get none from theirs.

    In the elevated role: who ends their own seat would lose sight of it halfway.
    """
    role = SEAT_ROLES.get(BodyKind(body.kind))
    if role is None:
        return
    # Two seats of one person that end at the same moment: the second sees that the first is over.
    one_at_a_time(f"seats:{body.pk}")
    with elevated():
        for user in {user.pk: user for user in people if user is not None}.values():
            _hold(user, role, body.project, _periods(body, user.pk), by)


def _periods(body: Body, user_id: uuid.UUID) -> list[Period]:
    """When this person sits on the body, for themselves or for another, from today on; what touches is one."""
    seats = Mandate.objects.filter(body=body, invited=False, declined_at=None)
    seats = seats.filter(Q(user=user_id) | Q(substitute=user_id))
    seats = seats.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
    seats = seats.exclude(ends_on__lt=F("starts_on"))  # ended before it began
    periods: list[Period] = []
    for start, last in seats.order_by("starts_on").values_list("starts_on", "ends_on"):
        before, until = periods[-1] if periods else (start, date.min)
        if periods and (until is None or start <= until + timedelta(days=1)):
            periods[-1] = before, None if until is None or last is None else max(until, last)
        else:
            periods.append((start, last))
    return periods


def _hold(user: User, role: Role, project: Project, periods: list[Period], by: User | None) -> None:
    today = timezone.localdate()
    not_over = Membership.objects.filter(user=user, role=role, project=project)
    not_over = not_over.filter(Q(ends_on=None) | Q(ends_on__gte=today)).exclude(ends_on__lt=F("starts_on"))
    held = list(not_over.order_by("starts_on", "pk").select_for_update())
    kept: list[tuple[Membership, Period]] = []
    missing: list[Period] = []
    for period in periods:
        membership = next((row for row in held if _meets(row, period, today)), None)
        if membership is None:
            missing.append(period)
        else:
            held.remove(membership)
            kept.append((membership, period))
    for membership in held:
        end(membership)
    for membership, (start, last) in kept:
        # What began is history: it keeps the day on which it did.
        first = min(membership.starts_on, start) if membership.starts_on <= today else start
        if (membership.starts_on, membership.ends_on) != (first, last):
            Membership.objects.filter(pk=membership.pk).update(starts_on=first, ends_on=last)
    for start, last in missing:
        grant(user=user, role=role, target=project, granted_by=by, starts_on=start, ends_on=last)
    sync_permissions([user.pk])


def _meets(membership: Membership, period: Period, today: date) -> bool:
    """Whether this role is that of the period. One that began does not last until a seat that is still to come."""
    start, last = period
    if membership.starts_on <= today < start:
        return False
    return (last is None or membership.starts_on <= last) and (
        membership.ends_on is None or membership.ends_on >= start
    )
