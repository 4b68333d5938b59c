"""Seats on a body: given, changed, ended; accepted or declined by who holds them."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from common.errors import DomainError
from common.french import typography
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.scope import elevated
from common.versions import change
from governance.enums import Representation
from governance.models import Body, Mandate
from governance.services.seat_roles import follow_seats
from organisations.enums import ComopCategory, ProjectKind, Role
from organisations.models import ESMS, OG, Membership, User
from organisations.selectors import participants


@transaction.atomic
def appoint(
    *,
    body: Body,
    user: User,
    appointed_by: User | None,
    og: OG | None = None,
    esms: ESMS | None = None,
    representation: str = "",
    comop_category: ComopCategory | str = "",
    territory: str = "",
    substitute: User | None = None,
    votes: bool = False,
    invited: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
    seat_id: uuid.UUID | None = None,
) -> Mandate:
    """Give a person a seat, and the role that goes with it, to the substitute as well; a guest gets no role from it.

    `esms` brings its OG along. `seat_id`: of a form that may be posted twice. Raises DomainError (field) when the
    person holds that very seat in these days, or the vendor would sit otherwise than as a guest.
    """
    one_at_a_time(f"seats:{body.pk}")
    if seat_id and (known := Mandate.objects.filter(pk=seat_id).first()):
        return known
    starts_on = starts_on or timezone.localdate()
    og = esms.og if esms is not None else og
    if not invited:
        _check_not_vendor(body, user, field="user")
        _check_not_vendor(body, substitute, field="substitute")
    same = Mandate.objects.filter(body=body, user=user, og=og, esms=esms, comop_category=comop_category)
    meets = same.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), declined_at=None)
    if (meets.filter(starts_on__lte=ends_on) if ends_on else meets).exists():
        raise DomainError("Cette personne tient déjà ce siège.", field="user")
    with refused_in_words(Mandate, field="user"):
        seat = Mandate.objects.create(
            **({"id": seat_id} if seat_id else {}),
            project_id=body.project_id,
            body=body,
            user=user,
            og=og,
            esms=esms,
            representation=representation,
            comop_category=comop_category,
            territory=territory.strip(),
            substitute=substitute,
            votes=votes,
            invited=invited,
            starts_on=starts_on,
            ends_on=ends_on,
            accepted_at=timezone.now() if appointed_by == user else None,  # nobody is asked what they said themselves
        )
    follow_seats(body, [user, substitute], by=appointed_by)
    return seat


def _check_not_vendor(body: Body, user: User | None, *, field: str) -> None:
    """A seat gives the right to read what the body deliberates of, which is never the vendor's to read."""
    if user is None:
        return
    with elevated():
        held = Membership.objects.filter(project=body.project_id, user=user, role=Role.VENDOR)
        if held.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())).exists():  # to come as well
            raise DomainError("L’éditeur siège comme invité, jamais comme membre ni comme suppléant.", field=field)


@transaction.atomic
def appoint_member(
    *,
    body: Body,
    user: User,
    appointed_by: User,
    representation: Representation | None,
    og: OG | None,
    esms: ESMS | None,
    categories: Sequence[ComopCategory],
    territory: str,
    substitute: User | None,
    votes: bool,
    invited: bool,
    starts_on: date,
    ends_on: date | None,
    token: uuid.UUID,
) -> list[Mandate]:
    """Give a person of the project a seat in a title, or one for each category that they carry; the same form posted
    twice gives it once.

    Raises DomainError (field) for an outsider, a group that is closed, days in the wrong order, or a title without
    what it stands for.
    """
    _check_dates(body, starts_on, ends_on)
    _check_takes_part(body, user, field="user")
    _check_takes_part(body, substitute, field="substitute")
    if not invited and representation is None:
        raise DomainError("Dites à quel titre cette personne siège.", field="representation")
    if representation is Representation.OWN_ESMS and esms is None:
        raise DomainError("Choisissez la structure qu’elle représente.", field="esms")
    if representation is Representation.STRUCTURE_TYPE and not categories:
        raise DomainError("Choisissez au moins une catégorie de structures.", field="categories")
    if representation is Representation.TERRITORY and not territory.strip():
        raise DomainError("Nommez le territoire qu’elle représente.", field="territory")
    if representation in {Representation.OG_AMBASSADOR, Representation.STRUCTURE_TYPE} and og is None:
        raise DomainError("Choisissez l’OG qu’elle représente.", field="og")
    if votes and og is None and esms is None and body.project.kind == ProjectKind.MULTI_OG:
        raise DomainError("Choisissez l’OG pour lequel elle vote.", field="og")
    carried: list[ComopCategory | str] = [*categories] or [""]
    return [
        appoint(
            body=body,
            user=user,
            appointed_by=appointed_by,
            og=og,
            esms=esms,
            representation=representation or "",
            comop_category=category,
            territory=territory,
            substitute=substitute,
            votes=votes,
            invited=invited,
            starts_on=starts_on,
            ends_on=ends_on if body.closed_on is None else ends_on or body.closed_on - timedelta(days=1),
            seat_id=uuid.uuid5(body.pk, f"{token} {category}"),
        )
        for category in carried
    ]


@transaction.atomic
def change_seat(
    *, seat: Mandate, version: int, ends_on: date | None, substitute: User | None, changed_by: User
) -> Mandate:
    """Change the last day of a seat or who stands in; the roles that go with it follow.

    Raises Conflict when somebody changed it since `version`, DomainError (field) for an outsider, the vendor, or a day
    before the seat began.
    """
    before = seat.substitute
    _check_not_over(seat)
    if ends_on is not None and ends_on < timezone.localdate():
        raise DomainError(
            typography("Ce jour est passé : pour y mettre fin tout de suite, utilisez « Mettre fin »."), field="ends_on"
        )
    _check_dates(seat.body, seat.starts_on, ends_on)
    if substitute != before:
        _check_takes_part(seat.body, substitute, field="substitute")
    if not seat.invited:
        _check_not_vendor(seat.body, substitute, field="substitute")
    with refused_in_words(Mandate, field="substitute"):
        changed = change(seat, version=version, ends_on=ends_on, substitute=substitute)
    follow_seats(seat.body, [seat.user, before, substitute], by=changed_by)
    return changed


@transaction.atomic
def end_seat(*, seat: Mandate, version: int, ended_by: User) -> Mandate:
    """End a seat: yesterday was its last day. The role goes with the last seat of a person on that body.

    Raises Conflict when somebody changed it since `version`, DomainError when it is over already.
    """
    _check_not_over(seat)
    yesterday = timezone.localdate() - timedelta(days=1)
    # One given today ends before it began: it counts for no day.
    ended = change(seat, version=version, ends_on=max(yesterday, seat.starts_on - timedelta(days=1)))
    follow_seats(seat.body, [seat.user, seat.substitute], by=ended_by)
    return ended


@transaction.atomic
def answer_seat(*, seat: Mandate, accepts: bool, reason: str = "") -> Mandate:
    """The answer of who was given a seat; the same answer twice is given once. Declined, it no longer counts, and the
    role that goes with it ends.

    Raises DomainError (field `reason`) for a refusal without a reason, for a seat answered otherwise, or over.
    """
    reason = reason.strip()
    if not accepts and not reason:
        raise DomainError("Dites pourquoi : le chef de projet saura qui solliciter à votre place.", field="reason")
    standing = Mandate.objects.select_for_update(of=("self",)).select_related("body__project", "user", "substitute")
    current = standing.get(pk=seat.pk)
    if current.accepted_at is not None or current.declined_at is not None:
        if accepts is (current.accepted_at is not None):
            return current
        given = "accepté" if current.accepted_at is not None else "décliné"
        raise DomainError(typography(f"Vous avez déjà {given} ce siège : voyez le chef de projet pour en changer."))
    _check_not_over(current)
    now = timezone.now()
    answer = {"accepted_at": now} if accepts else {"declined_at": now, "decline_reason": reason[:300]}
    answered = change(current, version=current.version, **answer)
    if not accepts:
        follow_seats(current.body, [current.user, current.substitute], by=None)
    return answered


def _check_not_over(seat: Mandate) -> None:
    if seat.declined_at is not None:
        raise DomainError("Ce siège a été décliné : nommez la personne de nouveau, ou quelqu’un d’autre.")
    if seat.ends_on is not None and (seat.ends_on < timezone.localdate() or seat.ends_on < seat.starts_on):
        raise DomainError("Ce siège a déjà pris fin.")


def _check_dates(body: Body, starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise DomainError("La fin du siège vient avant son début.", field="ends_on")
    if body.closed_on is None:
        return
    if body.closed_on <= timezone.localdate():
        raise DomainError("Ce groupe est dissous : on n’y siège plus.", field="user")
    if max(starts_on, ends_on or starts_on) >= body.closed_on:
        raise DomainError("Ce groupe sera dissous avant : choisissez un jour plus tôt.", field="ends_on")


def _check_takes_part(body: Body, user: User | None, *, field: str) -> None:
    if user is not None and not participants(body.project).filter(pk=user.pk).exists():
        raise DomainError(f"{user} ne prend pas part au projet.", field=field)
