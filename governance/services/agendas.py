"""The points of an agenda: added, worded, ordered, taken off and put back."""

import uuid

from django.db import transaction
from django.db.models import F, Max, Q

from common import french
from common.errors import DomainError
from common.history import versions_of
from common.refusals import refused_in_words
from common.versions import change_fields
from governance.enums import ARBITRATION_SOURCE, MINUTES_SOURCE, ArbitrationStatus, BodyKind, ItemKind, MeetingStatus
from governance.models import AgendaItem, Arbitration, Meeting
from governance.offers import Offer
from governance.services.arbitrations import follow_agenda, put_to_meeting, take_off_agenda
from governance.services.meetings import add_points
from organisations.models import User

CALLED_OFF = "Cette séance est annulée : son ordre du jour ne change plus."


@transaction.atomic
def add_point(
    *,
    meeting: Meeting,
    label: str,
    token: uuid.UUID,
    detail: str = "",
    minutes: int = 10,
    kind: ItemKind = ItemKind.DISCUSSION,
    owner: User | None = None,
) -> AgendaItem:
    """Add a point at the end of an agenda; the same form posted twice adds once.

    Raises DomainError (field `label`) when it says nothing, or for a meeting that is closed or cancelled.
    """
    label = _worded(label)
    _hold(meeting)
    pk = uuid.uuid5(meeting.pk, str(token))  # the form's own, of this meeting
    if known := AgendaItem.objects.filter(meeting=meeting, pk=pk).first():
        return known
    with refused_in_words(AgendaItem):
        return AgendaItem.objects.create(
            id=pk,
            project_id=meeting.project_id,
            meeting=meeting,
            position=_end(meeting) + 1,
            label=label,
            detail=detail.strip(),
            minutes=minutes,
            kind=kind,
            owner=owner,
        )


@transaction.atomic
def take_offer(*, meeting: Meeting, offer: Offer) -> AgendaItem:
    """Put on an agenda what was offered for it: minutes to approve first, the rest at the end. Twice is once.

    An arbitration put to the COSTRAT is to be decided there. Raises DomainError for a meeting that is closed or
    cancelled, or an arbitration whose file lacks something.
    """
    _hold(meeting)
    present = AgendaItem.objects.filter(meeting=meeting)
    same = Q(source=offer.source, source_id=offer.source_id) if offer.source else Q(carried_from=offer.carried_from)
    if known := present.filter(same).first():
        return known
    decides = offer.source == ARBITRATION_SOURCE and meeting.body.kind == BodyKind.COSTRAT
    if decides and not offer.carried_from:
        _put(offer.source_id, meeting)
        return present.get(same)
    place = _end(meeting) + 1
    with refused_in_words(AgendaItem):
        if offer.source == MINUTES_SOURCE:
            place = present.order_by("position").values_list("position", flat=True).first() or 1
            present.update(position=F("position") + 1)
        [item] = add_points(meeting, [offer], place)
    if decides:
        follow_agenda(meeting=meeting)
    return item


@transaction.atomic
def edit_point(
    *,
    item: AgendaItem,
    version: int,
    label: str,
    detail: str,
    minutes: int,
    kind: ItemKind,
    owner: User | None,
) -> AgendaItem:
    """Word a point otherwise. Raises DomainError (field `label`) when it says nothing, or for a meeting that is closed
    or cancelled; Conflict when somebody changed it since `version`."""
    _hold(item.meeting)
    values = {"label": _worded(label), "detail": detail.strip(), "minutes": minutes, "kind": kind, "owner": owner}
    return change_fields(item, version=version, **values)


@transaction.atomic
def move_point(*, item: AgendaItem, up: bool) -> AgendaItem:
    """Exchange the places of a point and of its neighbour. Raises DomainError at either end of the agenda, for a point
    that was taken off meanwhile, or for a meeting that is closed or cancelled."""
    _hold(item.meeting)
    points = list(AgendaItem.objects.filter(meeting=item.meeting_id).order_by("position", "pk"))
    place = next((index for index, point in enumerate(points) if point.pk == item.pk), None)
    if place is None:
        raise DomainError(french.typography(f"« {item.label} » n’est plus à l’ordre du jour."))
    wanted = place - 1 if up else place + 1
    if not 0 <= wanted < len(points):
        end = "premier" if up else "dernier"
        raise DomainError(french.typography(f"« {item.label} » est déjà le {end} point."))
    points[place], points[wanted] = points[wanted], points[place]
    with refused_in_words(AgendaItem):
        for position, point in enumerate(points, start=1):  # places may have been left empty
            if point.position != position:
                AgendaItem.objects.filter(pk=point.pk).update(position=position)
    return AgendaItem.objects.select_related("meeting").get(pk=item.pk)


@transaction.atomic
def remove_point(*, item: AgendaItem) -> None:
    """Take a point off an agenda; its history can put it back. Raises DomainError for a meeting that is closed or
    cancelled, or a point from which something came out."""
    _hold(item.meeting)
    if item.follow_ups.exists() or item.decisions.exists():
        raise DomainError(
            french.typography(f"« {item.label} » a donné lieu à une décision ou à une action : ce point reste.")
        )
    arbitration = _to_decide_here(item)
    with refused_in_words(AgendaItem):
        if arbitration is None:
            item.delete()
        else:
            take_off_agenda(arbitration=arbitration, version=arbitration.version)


@transaction.atomic
def put_back_point(*, meeting: Meeting, item_id: uuid.UUID) -> AgendaItem:
    """Put a point back where it was, as the history knows it. Twice is once.

    Raises AgendaItem.DoesNotExist for one that this agenda never had, DomainError for a meeting that is closed or
    cancelled, or when its subject is on the agenda again.
    """
    _hold(meeting)
    if present := AgendaItem.objects.filter(meeting=meeting, pk=item_id).first():
        return present
    was = versions_of(AgendaItem).filter(meeting=meeting, pgh_obj_id=item_id).order_by("-pgh_id").first()
    if was is None:
        raise AgendaItem.DoesNotExist(item_id)
    values = {field.attname: getattr(was, field.attname) for field in AgendaItem._meta.concrete_fields}
    with refused_in_words(AgendaItem):
        AgendaItem.objects.filter(meeting=meeting, position__gte=was.position).update(position=F("position") + 1)
        item = AgendaItem.objects.create(**values)
    if item.source == ARBITRATION_SOURCE and meeting.body.kind == BodyKind.COSTRAT:
        _put(item.source_id, meeting)
    return item


def _put(arbitration_id: uuid.UUID | None, meeting: Meeting) -> None:
    arbitration = Arbitration.objects.get(Q(pk=arbitration_id))
    put_to_meeting(arbitration=arbitration, meeting=meeting, version=arbitration.version)


def _to_decide_here(item: AgendaItem) -> Arbitration | None:
    """The arbitration that this point puts to its meeting."""
    if item.source != ARBITRATION_SOURCE:
        return None
    waiting = Arbitration.objects.filter(Q(pk=item.source_id), meeting=item.meeting_id)
    return waiting.filter(status=ArbitrationStatus.TO_DECIDE).first()


def _worded(label: str) -> str:
    label = label.strip()
    if not label:
        raise DomainError("Dites en quelques mots de quoi il s’agit.", field="label")
    return label


def _hold(meeting: Meeting) -> None:
    """Two people who order one agenda do so one after the other. Raises DomainError for a meeting called off."""
    current = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if current.status == MeetingStatus.CANCELLED:
        raise DomainError(CALLED_OFF)


def _end(meeting: Meeting) -> int:
    return AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
