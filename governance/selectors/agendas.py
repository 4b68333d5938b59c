"""The agenda of a meeting as far as the reader may read it, and what is offered for it."""

import uuid
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from governance.aggregates import minutes_before
from governance.enums import ARBITRATION_SOURCE
from governance.models import AgendaItem, Arbitration, Meeting
from governance.offers import Shelf, offered
from governance.rights import Rights
from governance.selectors import offers as _own_offers  # noqa: F401  what governance itself offers


@dataclass(frozen=True)
class Agenda:
    """Points of a meeting, and how many minutes into it each begins. `whole`: they are all of them."""

    items: list[AgendaItem]
    begins: dict[uuid.UUID, int]
    whole: bool
    arbitrations: dict[uuid.UUID, Arbitration] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)


def agenda_of(meeting: Meeting, rights: Rights) -> Agenda:
    """The points that this person may read: all of them, or those they bring. Two queries."""
    if rights.reads_meeting(meeting):
        return _whole(list(_points(meeting)))
    return own_points(meeting, rights.user_id) if rights.attends(meeting) else Agenda([], {}, whole=False)


def own_points(meeting: Meeting, user_id: uuid.UUID) -> Agenda:
    """The points that one person brings, each at its time. Two queries."""
    mine = list(_points(meeting).filter(owner=user_id))
    return Agenda(mine, minutes_before(meeting.pk, {item.pk for item in mine}) if mine else {}, whole=False)


def shelves_for(meeting: Meeting) -> list[Shelf]:
    """What is offered for an agenda and isn't on it. `meeting` comes with its body and project."""
    present = set(AgendaItem.objects.filter(meeting=meeting).values_list("source", "source_id", "carried_from"))
    sources = {(source, source_id) for source, source_id, _ in present}
    left = {carried_from for _, _, carried_from in present}
    found = [
        replace(
            shelf,
            offers=[
                offer
                for offer in shelf.offers
                if not (offer.source and (offer.source, offer.source_id) in sources)
                and not (offer.carried_from and offer.carried_from.pk in left)
            ],
        )
        for shelf in offered(meeting.project, meeting.body)
    ]
    return [shelf for shelf in found if shelf.offers]


def _points(meeting: Meeting) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting).select_related("owner").order_by("position", "pk")


def _whole(items: list[AgendaItem]) -> Agenda:
    begins, so_far = {}, 0
    for item in items:
        begins[item.pk] = so_far
        so_far += item.minutes
    about = [item.source_id for item in items if item.source == ARBITRATION_SOURCE and item.source_id]
    arbitrations = {row.pk: row for row in Arbitration.objects.filter(pk__in=about)} if about else {}
    return Agenda(items, begins, whole=True, arbitrations=arbitrations)
