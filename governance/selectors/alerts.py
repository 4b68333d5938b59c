"""Alerts: who reads which, those that wait for somebody, and how long they wait."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db.models import Case, F, Q, QuerySet, TextChoices, Value, When
from django.db.models.expressions import RawSQL

from common import french, history
from common.scope import as_array
from governance.delays import Delays, Wait, measure
from governance.enums import BodyKind, Severity
from governance.models import Alert, Body
from organisations.access import Access
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role
from organisations.models import ESMS, Membership, Project, User

PRESSING = Case(When(severity=Severity.CRITICAL, then=Value(0)), default=Value(1))
# Open first, the most pressing and then the oldest before; then those answered, the latest answer first.
ORDER = (F("answered_at").desc(nulls_first=True), PRESSING, "raised_at", "number")
# Roles that may have an alert in hand: those that read the ones they have. An observer changes nothing.
HANDLING = tuple(
    role
    for role in Role
    if role != Role.OBSERVER
    and {Permission.VIEW_ALERTS, Permission.VIEW_OWN_ALERTS}
    & {item for held in ROLE_PERMISSIONS[role].values() for item in held}
)


def alerts_of(project: Project) -> QuerySet[Alert]:
    """The alerts of a project: those without an answer first, the most pressing and the oldest of them before."""
    return _with_people(Alert.objects.filter(project=project)).order_by(*ORDER)


def alerts_read_by(project: Project, access: Access) -> QuerySet[Alert]:
    """As `alerts_of`, those that this person reads: of the project, of their OG and structures, and their own."""
    return alerts_of(project).filter(_readable(access))


def _with_people(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    # The arbitration is not joined to who may not read it: the alert then has its id alone.
    return alerts.select_related("raised_by", "answered_by", "owner", "og", "esms", "escalated_by", "arbitration")


def _readable(access: Access) -> Q:
    return (
        Q(project_id__in=_those(access.ids_with(Level.PROJECT, Permission.VIEW_ALERTS)))
        | Q(og_id__in=_those(access.ids_with(Level.OG, Permission.VIEW_ALERTS)))
        | Q(esms_id__in=_those(access.ids_with(Level.ESMS, Permission.VIEW_ALERTS)))
        | Q(raised_by=access.user_id)
        | Q(owner=access.user_id)
    )


def _those(ids: Iterable[str]) -> RawSQL:
    """Ids that travel as one array, whatever their number."""
    return RawSQL("select unnest(%s::uuid[])", [as_array(ids)])


class Shown(TextChoices):
    """Which alerts the list shows; the values are those of the address (`?vue=ouvertes`)."""

    ALL = "", "Toutes"
    OPEN = "ouvertes", "Sans réponse"
    CLOSED = "closes", "Avec réponse"
    ESCALATED = "portees", "Portées au COSTRAT"
    MINE = "miennes", "Les miennes"


@dataclass(frozen=True)
class Filters:
    """What the list of alerts is narrowed to. `structure`: its slug."""

    shown: Shown = Shown.ALL
    severity: str = ""
    structure: str = ""
    og: uuid.UUID | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """As the address has them, those without a value left out."""
        asked = {
            "vue": str(self.shown.value),
            "gravite": self.severity,
            "structure": self.structure,
            "og": str(self.og or ""),
        }
        return {name: value for name, value in asked.items() if value}


def narrowed(alerts: QuerySet[Alert], filters: Filters, user: User) -> QuerySet[Alert]:
    """Those of these alerts that the filters keep."""
    kept = {
        Shown.ALL: Q(),
        Shown.OPEN: Q(answered_at=None),
        Shown.CLOSED: Q(answered_at__isnull=False),
        Shown.ESCALATED: Q(escalated_at__isnull=False),
        Shown.MINE: Q(raised_by=user),
    }[filters.shown]
    if filters.severity:
        kept &= Q(severity=filters.severity)
    if filters.structure:
        kept &= Q(esms__slug=filters.structure)
    if filters.og:
        kept &= Q(og_id=filters.og)
    return alerts.filter(kept)


@dataclass(frozen=True)
class Overview:
    """The alerts that one person reads, in figures: how long they wait, how many each choice of `Shown` shows."""

    delays: Delays
    counts: dict[Shown, int]


def overview(project: Project, access: Access, user: User, today: date) -> Overview:
    """Figures over what this person reads. Two queries."""
    found = list(
        Alert.objects.filter(_readable(access), project=project)
        .order_by("pk")
        .values_list("raised_at", "answered_at", "escalated_at", "raised_by_id")
    )
    closed = sum(answered is not None for _, answered, _, _ in found)
    waits = [_wait(raised, answered) for raised, answered, _, _ in found]
    return Overview(
        delays=measure(waits, months=months_to_answer(project), today=today),
        counts={
            Shown.ALL: len(found),
            Shown.OPEN: len(found) - closed,
            Shown.CLOSED: closed,
            Shown.ESCALATED: sum(escalated is not None for _, _, escalated, _ in found),
            Shown.MINE: sum(raiser == user.pk for _, _, _, raiser in found),
        },
    )


def delays(project: Project, since: date | None, today: date) -> Delays:
    """How long the alerts of the project wait: those open, and those answered since a day (ever unless said). Two
    queries."""
    alerts = Alert.objects.filter(project=project)
    if since is not None:
        alerts = alerts.filter(Q(answered_at=None) | Q(answered_at__date__gte=since))
    found = alerts.order_by("pk").values_list("raised_at", "answered_at")
    return measure(
        [_wait(raised, answered) for raised, answered in found], months=months_to_answer(project), today=today
    )


def _wait(raised: datetime, answered: datetime | None) -> Wait:
    return Wait(french.day(raised), french.day(answered) if answered else None)


def months_to_answer(project: Project) -> int:
    """The period of the COMOP in months: it answers by its next meeting. One query."""
    body = Body.objects.filter(project=project, kind=BodyKind.COMOP).first()
    return max(body.frequency_months, 1) if body else 1


def structures_with_alerts(project: Project, access: Access) -> list[ESMS]:
    """The structures that the alerts which this person reads are about, with their OG. One query."""
    told = Alert.objects.filter(_readable(access), project=project, esms__isnull=False).values("esms_id")
    return list(ESMS.objects.filter(project=project, pk__in=told).select_related("og").order_by("og__name", "name"))


def structures_to_alert_about(project: Project, access: Access) -> QuerySet[ESMS]:
    """The structures on which this person may raise an alert, OG by OG."""
    structures = ESMS.objects.filter(project=project).select_related("og").order_by("og__name", "name")
    if access.in_project(project, Permission.RAISE_ALERTS):
        return structures
    return structures.filter(
        Q(og_id__in=_those(access.ids_with(Level.OG, Permission.RAISE_ALERTS)))
        | Q(pk__in=_those(access.ids_with(Level.ESMS, Permission.RAISE_ALERTS)))
    )


def handlers(alert: Alert) -> QuerySet[User]:
    """Who may have an alert in hand: people whom the reader knows of, whose role reads alerts, and who are not of
    another OG or structure than the one that it is about."""
    held = Membership.objects.active().filter(project=alert.project_id, role__in=HANDLING)
    if alert.esms_id is not None:
        held = held.filter(Q(og=None) | Q(og=alert.og_id, esms=None) | Q(esms=alert.esms_id))
    return User.objects.filter(pk__in=held.values("user_id")).order_by("last_name", "first_name")


def open_alerts_to_answer(user: User, access: Access) -> QuerySet[Alert]:
    """Across projects: the alerts that nobody has in hand and this person may answer, and those they have in hand.

    What was escalated waits for the COSTRAT.
    """
    answers = Q(project_id__in=_those(access.projects_with(Permission.ANSWER_ALERTS)), owner=None)
    waiting = Alert.objects.open().filter(answers | Q(owner=user), _taking_part(access), escalated_at=None)
    return _with_people(waiting).select_related("project").order_by(*ORDER)


def answers_to_read(user: User, access: Access, project: Project | None = None) -> QuerySet[Alert]:
    """The answers to this person's alerts, given by somebody else, that they have not marked as read; of one project,
    or across projects."""
    given = Alert.objects.filter(_taking_part(access), raised_by=user, answered_at__isnull=False, read_at=None)
    if project is not None:
        given = given.filter(project=project)
    return _with_people(given.exclude(answered_by=user)).select_related("project").order_by("answered_at")


def _taking_part(access: Access) -> Q:
    return Q(project_id__in=_those(access.projects_with(Permission.VIEW_PROJECT)))


class Event(Enum):
    """What happens to an alert."""

    RAISED = "raised"
    TAKEN = "taken"
    HANDED_BACK = "handed back"
    ESCALATED = "escalated"
    ANSWERED = "answered"
    READ = "read"


@dataclass(frozen=True)
class Happening:
    """Something that happened to an alert; `person`: who then had it in hand."""

    at: datetime
    who: str
    event: Event
    person: User | None = None


_STAMPS = {"escalated_at": Event.ESCALATED, "answered_at": Event.ANSWERED, "read_at": Event.READ}


def happened(alert: Alert) -> list[Happening]:
    """What happened to an alert, the latest first. Three queries."""
    entries = history.entries(alert, ["owner_id", *_STAMPS])
    ids = {change.new for entry in entries for change in entry.changes if change.field == "owner_id" and change.new}
    people = User.objects.in_bulk(ids)
    found = []
    for entry in entries:
        changed = {change.field: change.new for change in entry.changes}
        events = [event for name, event in _STAMPS.items() if changed.get(name)]
        found += [Happening(entry.at, entry.who, event) for event in reversed(events)]
        if changed.get("owner_id"):
            found.append(Happening(entry.at, entry.who, Event.TAKEN, people.get(changed["owner_id"])))
        elif "owner_id" in changed and entry.label != "insert":
            found.append(Happening(entry.at, entry.who, Event.HANDED_BACK))
        if entry.label == "insert":
            found.append(Happening(entry.at, entry.who, Event.RAISED))
    return found


def alerts_about(project: Project, source: str, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Alert]:
    """The latest alert about each of these things, if one was raised. One query."""
    raised = Alert.objects.filter(project=project, source=source, source_id__in=list(ids))
    latest = _with_people(raised).order_by("number")
    return {alert.source_id: alert for alert in latest if alert.source_id is not None}
