"""Planning meetings of a body, moving them, calling them off."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change
from governance.agenda import composed, standard
from governance.catalogue import catalogue
from governance.enums import BodyKind, DispatchKind, MeetingStatus
from governance.models import AgendaItem, Body, Meeting
from governance.offers import Offer
from governance.schedule import MOST, SECOND_CALL
from governance.services.arbitrations import follow_agenda, release_arbitrations
from governance.services.outbox import write_to
from organisations.models import User

LENGTH = 90  # minutes, of a meeting whose agenda says nothing
TOLD = ("starts_at", "duration_minutes", "place", "link")  # a change of these is told to whoever is called


@transaction.atomic
def plan_meetings(
    *,
    body: Body,
    starts: Sequence[datetime],
    agenda: str,
    token: uuid.UUID,
    duration_minutes: int | None = None,
    place: str = "",
    link: str = "",
    objective: str = "",
    second_call_of: Meeting | None = None,
) -> list[Meeting]:
    """Plan one meeting of a body or several, as drafts that nobody is told of. The same form posted twice plans once.

    `agenda`: a standard agenda of the body, or "" for an empty one; it gives the length and the objective that aren't
    said. What the last meeting left goes to the first of them. Raises DomainError (field).
    """
    _check_days(body, starts, second_call_of)
    one_at_a_time(f"meeting:{body.project_id}")  # so that numbers follow one another
    tokens = [token, *(uuid.uuid5(token, str(index)) for index in range(1, len(starts)))]
    of_project = Meeting.objects.filter(project_id=body.project_id)
    if known := list(of_project.filter(token__in=tokens).order_by("number")):
        return known
    model = catalogue().agenda(agenda)
    number = of_project.aggregate(last=Max("number"))["last"] or 0
    with refused_in_words(Meeting):
        meetings = Meeting.objects.bulk_create(
            Meeting(
                project_id=body.project_id,
                body=body,
                number=number + index,
                agenda=agenda,
                starts_at=start,
                duration_minutes=duration_minutes or length_of(agenda),
                place=place.strip(),
                link=link,
                objective=objective.strip() or (model.objective if model else ""),
                series=tokens[0] if len(starts) > 1 else None,
                second_call_of=second_call_of,
                token=given,
            )
            for index, (start, given) in enumerate(zip(sorted(starts), tokens, strict=True), start=1)
        )
    first, *others = meetings
    add_points(first, composed(body, agenda))
    if body.kind == BodyKind.COSTRAT:
        follow_agenda(meeting=first)  # arbitrations that the last meeting left
    points = standard(agenda, body.project) if others else []
    for meeting in others:
        add_points(meeting, points)
    return meetings


def length_of(agenda: str) -> int:
    """How long a meeting with that standard agenda is planned for, in minutes."""
    model = catalogue().agenda(agenda)
    return model.duration_minutes if model else LENGTH


def add_points(meeting: Meeting, points: Sequence[Offer], first: int = 1) -> list[AgendaItem]:
    """Write these points to an agenda, from that place on."""
    return AgendaItem.objects.bulk_create(
        AgendaItem(
            project_id=meeting.project_id,
            meeting=meeting,
            position=position,
            label=point.label[:300],
            detail=point.detail,
            minutes=point.minutes,
            kind=point.kind,
            owner=point.owner,
            source=point.source,
            source_id=point.source_id,
            carried_from=point.carried_from,
        )
        for position, point in enumerate(points, start=first)
    )


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    version: int,
    user: User,
    starts_at: datetime,
    duration_minutes: int,
    place: str,
    link: str,
    objective: str,
    message: str = "",
) -> Meeting:
    """Move a meeting, or say otherwise where or why it is held. Whoever is called to a convened one is told, with
    `message`, when the time or the place changed.

    Raises DomainError for a meeting that began or was cancelled, or a time past; Conflict when somebody changed it.
    """
    if meeting.status not in {MeetingStatus.DRAFT, MeetingStatus.CONVENED}:
        raise DomainError("Cette séance ne se déplace plus : elle est ouverte, close ou annulée.")
    values = {
        "starts_at": starts_at,
        "duration_minutes": duration_minutes,
        "place": place.strip(),
        "link": link,
        "objective": objective.strip(),
    }
    if starts_at != meeting.starts_at:
        _check_days(meeting.body, [starts_at], meeting.second_call_of)
    told = meeting.status == MeetingStatus.CONVENED and any(getattr(meeting, name) != values[name] for name in TOLD)
    with refused_in_words(Meeting):
        changed = change(meeting, version=version, **values)
    if told:
        tell_called(changed, DispatchKind.CHANGE, user, message)
    return changed


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, version: int, reason: str, user: User) -> Meeting:
    """Call a convened meeting off and tell whoever is called why; twice is once.

    Raises DomainError (field) without a reason, or for a meeting that began; Conflict when somebody changed it.
    """
    reason = reason.strip()
    if not reason:
        raise DomainError("Dites pourquoi : le motif va avec l’annonce.", field="reason")
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if current.status == MeetingStatus.CANCELLED:
        return current
    if current.status != MeetingStatus.CONVENED:
        raise DomainError("Seule une séance convoquée et pas encore ouverte s’annule.")
    cancelled = change(
        meeting,
        version=version,
        status=MeetingStatus.CANCELLED,
        cancelled_at=timezone.now(),
        cancel_reason=reason,
    )
    release_arbitrations(meeting=cancelled)
    tell_called(cancelled, DispatchKind.CANCELLATION, user)
    return cancelled


@transaction.atomic
def discard_meeting(*, meeting: Meeting, version: int) -> None:
    """Drop a meeting that nobody was told of, with its agenda. Raises DomainError once it is convened, Conflict when
    somebody changed it."""
    if meeting.status != MeetingStatus.DRAFT:
        raise DomainError("Cette séance est convoquée : annulez-la, et chacun en sera prévenu.")
    change(meeting, version=version, place=meeting.place)  # at the version that was read
    release_arbitrations(meeting=meeting)
    meeting.delete()


def tell_called(meeting: Meeting, kind: DispatchKind, user: User, message: str = "") -> int:
    """Another version of the invitation, to everybody who holds one. Returns how many they are."""
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)
    meeting.sequence += 1
    called = [row.user for row in meeting.attendances.select_related("user")]
    write_to(meeting=meeting, people=called, kind=kind, user=user, message=message)
    return len(called)


def _check_days(body: Body, starts: Sequence[datetime], second_call_of: Meeting | None) -> None:
    if not starts:
        raise DomainError("Gardez au moins une date.", field="days")
    if len(starts) > MOST:
        raise DomainError(f"Une série compte {MOST} séances au plus.", field="count")
    if body.closed_on is not None:
        raise DomainError(f"{body} est dissous : il ne se réunit plus.", field="body")
    if min(starts) <= timezone.now():
        raise DomainError("Cette heure est passée : choisissez un jour à venir.", field="day")
    if second_call_of is not None and (last := _last_day(second_call_of)) < french.day(max(starts)):
        raise DomainError(
            french.typography(
                f"La seconde convocation se tient sous quinze jours, au plus tard le {french.long_date(last)}."
            ),
            field="day",
        )


def _last_day(missed: Meeting) -> date:
    """The last day on which the second call of a meeting may be held."""
    return french.day(missed.starts_at) + SECOND_CALL
