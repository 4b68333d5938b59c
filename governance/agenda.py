"""What a new agenda is made of: the approval of the last minutes, what was left, the standard points."""

from dataclasses import dataclass, replace

from django.db.models import Q, Subquery

from common import french
from governance.catalogue import CatalogueAgenda, CatalogueItem, catalogue
from governance.enums import FOLLOW_UP_SOURCE, MINUTES_SOURCE, BodyKind, ItemKind, ItemState, MeetingStatus
from governance.models import AgendaItem, Body, FollowUp, Meeting
from governance.offers import Offer
from organisations.enums import Phase, Role
from organisations.models import Project, User
from organisations.selectors import holders

# The catalogue's roles that a role of the project stands for. A jurist or a business referent has none.
OWNERS = {
    "project_lead": Role.PROJECT_LEAD,
    "og_director": Role.OG_DIRECTOR,
    "esms_director": Role.ESMS_DIRECTOR,
    "local_referent": Role.LOCAL_REFERENT,
    "comop_member": Role.COMOP,
    "dpo": Role.DPO,
    "purchasing": Role.PURCHASING,
    "vendor": Role.VENDOR,
    "observer": Role.OBSERVER,
}
# The standard points that look back at what was decided: what is still to be done is listed there.
LOOKING_BACK = ("Relevé de décisions précédent", "Actions décidées à la séance précédente")
TO_APPROVE, TO_FOLLOW = 5, 10  # minutes
MOST_LISTED, LABEL = 12, 100  # lines, and characters of each: a point holds 2,000


@dataclass(frozen=True)
class Left:
    """What the earlier meetings of a body leave to the next one."""

    last: Meeting | None
    to_approve: list[Meeting]
    items: list[AgendaItem]
    follow_ups: list[FollowUp]


def left_to(body: Body) -> Left:
    """What waits for the next meeting of a body, and no agenda has taken up. Three queries."""
    closed = list(
        Meeting.objects.filter(body=body, status=MeetingStatus.CLOSED)
        .filter(Q(minutes_approved_at=None) | Q(pk=_last(body)))
        .order_by("starts_at")
    )
    last = closed[-1] if closed else None
    return Left(
        last=last,
        to_approve=[meeting for meeting in closed if meeting.minutes_approved_at is None],
        items=_left_items(last),
        follow_ups=open_follow_ups(body),
    )


def open_follow_ups(body: Body) -> list[FollowUp]:
    """What a body's meetings and arbitrations gave to do, and isn't done. One query."""
    of_body = Q(meeting__body=body) | Q(arbitration__meeting__body=body)
    return list(FollowUp.objects.open().filter(of_body).select_related("owner").order_by("due_on", "number"))


def carried(left: Left) -> list[Offer]:
    """The points that an agenda takes over: minutes to approve, then what was left untreated."""
    approvals = [
        Offer(
            label=f"Approbation du compte rendu du {french.long_date(meeting.starts_at)}",
            source=MINUTES_SOURCE,
            source_id=meeting.pk,
            minutes=TO_APPROVE,
            kind=ItemKind.DECISION,
        )
        for meeting in left.to_approve
    ]
    return approvals + [
        Offer(
            label=item.label,
            detail=item.detail,
            source=item.source,
            source_id=item.source_id,
            minutes=item.minutes,
            kind=ItemKind(item.kind),
            owner=item.owner,
            carried_from=item,
        )
        for item in left.items
        if item.source not in {MINUTES_SOURCE, FOLLOW_UP_SOURCE}
    ]


def standard(code: str, project: Project) -> list[Offer]:
    """The points of a standard agenda that are for this project in its phase, each with its owner where exactly one
    person of today stands for it. One query."""
    agenda = catalogue().agenda(code)
    if agenda is None:
        return []
    people = holders(project, OWNERS.values())
    return [
        Offer(label=item.label, minutes=item.minutes, kind=item.kind, owner=_owner(item, people))
        for item in agenda.items
        if _is_for(item, project)
    ]


def composed(body: Body, code: str) -> list[Offer]:
    """The agenda that a meeting of the body begins with. Four queries."""
    left = left_to(body)
    points = carried(left) + standard(code, body.project)
    if not left.follow_ups or left.last is None:
        return points
    for place, point in enumerate(points):
        if point.label.startswith(LOOKING_BACK):
            points[place] = replace(
                point, detail=listed(left.follow_ups), source=FOLLOW_UP_SOURCE, source_id=left.last.pk
            )
            return points
    at = len(left.to_approve)
    return [*points[:at], follow_up_point(left), *points[at:]]


def follow_up_point(left: Left) -> Offer:
    """One point for all that is still to be done."""
    return Offer(
        label="Actions en cours",
        detail=listed(left.follow_ups),
        source=FOLLOW_UP_SOURCE,
        source_id=left.last.pk if left.last else None,
        minutes=TO_FOLLOW,
        kind=ItemKind.INFORMATION,
    )


def listed(follow_ups: list[FollowUp]) -> str:
    """« N° 3, Chiffrer l’appui : Fanny Delorgerie, pour le 4 décembre 2026 », a line each, as many as a point holds."""
    lines = [
        f"N° {item.number}, {_shortened(item.label)} : {item.owner.get_full_name()}, "
        f"pour le {french.long_date(item.due_on)}"
        for item in follow_ups[:MOST_LISTED]
    ]
    if len(follow_ups) > MOST_LISTED:
        lines.append(f"et {french.plural(len(follow_ups) - MOST_LISTED, 'autre', 'autres')}")
    return french.typography("\n".join(lines))


def _shortened(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[:LABEL].rsplit(' ', 1)[0]}…"


def agendas_of(body: Body) -> list[CatalogueAgenda]:
    """The standard agendas of a body; none for a working group."""
    return catalogue().agendas_of(BodyKind(body.kind))


def _last(body: Body) -> Subquery:
    closed = Meeting.objects.filter(body=body, status=MeetingStatus.CLOSED)
    return Subquery(closed.order_by("-starts_at").values("pk")[:1])


def _left_items(last: Meeting | None) -> list[AgendaItem]:
    if last is None:
        return []
    taken = AgendaItem.objects.filter(project=last.project_id, carried_from__isnull=False).exclude(
        meeting__status=MeetingStatus.CANCELLED
    )
    untreated = AgendaItem.objects.filter(meeting=last, state__in=[ItemState.TO_TREAT, ItemState.POSTPONED])
    return list(untreated.exclude(pk__in=taken.values("carried_from")).select_related("owner").order_by("position"))


def _is_for(item: CatalogueItem, project: Project) -> bool:
    phases = list(Phase)
    begun = item.from_phase is None or phases.index(item.from_phase) <= phases.index(Phase(project.phase))
    return begun and item.only_if in {None, project.kind}


def _owner(item: CatalogueItem, people: dict[Role, list[User]]) -> User | None:
    role = OWNERS.get(item.owner)
    found = people.get(role, []) if role else []
    return found[0] if len(found) == 1 else None
