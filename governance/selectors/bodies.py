"""Bodies, who sits on them, and what the composition rules say of them today."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from common.history import Entry, entries
from governance.catalogue import catalogue
from governance.composition import SEAT_ROLES, Coverage, Finding, Partner, Seat, Situation, Structure, findings
from governance.enums import BodyKind
from governance.models import Body, Mandate
from organisations.access import Access
from organisations.enums import ComopCategory, Phase, ProjectKind, Role
from organisations.models import ESMS, OG, Membership, Project, User

_ORDER = list(BodyKind)
_CONTRACT = list(Phase).index(Phase.PREPARATION)  # the phase that begins once the contract is signed


def members(project: Project, on: date | None = None) -> dict[BodyKind, list[User]]:
    """Who sits on each body on a day (today unless said), guests left out, each person once. One query."""
    found: dict[BodyKind, dict[object, User]] = defaultdict(dict)
    mandates = Mandate.objects.active(on).filter(project=project, invited=False).select_related("body", "user")
    for mandate in mandates.order_by("user__last_name", "user__first_name"):
        found[BodyKind(mandate.body.kind)][mandate.user_id] = mandate.user
    return {kind: list(people.values()) for kind, people in found.items()}


def bodies_of(project: Project) -> list[Body]:
    """The COSTRAT, the COMOP, then the groups by name, those closed included. One query."""
    bodies = list(Body.objects.filter(project=project).select_related("chair", "secretary"))
    for body in bodies:
        body.project = project
    return sorted(bodies, key=lambda body: (_ORDER.index(BodyKind(body.kind)), body.name.casefold()))


def body_of(project: Project, code: str) -> Body | None:
    """The body that an address names: « costrat », « comop », or the id of a body. One query."""
    bodies = Body.objects.filter(project=project).select_related("chair", "secretary")
    if code in {BodyKind.COSTRAT, BodyKind.COMOP}:
        body = bodies.filter(kind=code).first()
    else:
        try:
            body = bodies.filter(pk=uuid.UUID(code)).first()
        except ValueError:
            return None
    if body is not None:
        body.project = project
    return body


def seats_of(body: Body) -> list[Mandate]:
    """Every seat that a body had, has or will have, by person. One query."""
    seats = list(_with_people(Mandate.objects.filter(body=body)))
    for seat in seats:
        seat.body = body
    return seats


def seat_of(project: Project, seat_id: uuid.UUID) -> Mandate | None:
    """One seat of a project, with its body and the people and structures that it names. One query."""
    seats = _with_people(Mandate.objects.filter(project=project)).select_related("body__chair", "body__secretary")
    seat = seats.filter(pk=seat_id).first()
    if seat is not None:
        seat.body.project = project
    return seat


def _with_people(seats: QuerySet[Mandate]) -> QuerySet[Mandate]:
    by_person = ("user__last_name", "user__first_name", "user_id", "starts_on", "comop_category", "pk")
    return seats.select_related("user", "og", "esms", "substitute").order_by(*by_person)


def seats_to_answer(user: User, access: Access) -> list[Mandate]:
    """The seats that this person was given and neither accepted nor declined, in all their projects, with body,
    project, OG and structure. One query."""
    waiting = _waiting().filter(user=user, project__in=Project.objects.visible_to(access))
    return list(waiting.select_related("body", "project", "og", "esms").order_by("starts_on", "pk"))


def own_seats_to_answer(user: User, project: Project) -> list[Mandate]:
    """The same, in one project. One query."""
    return list(_waiting().filter(user=user, project=project).select_related("body", "og", "esms").order_by("pk"))


def _waiting() -> QuerySet[Mandate]:
    today = timezone.localdate()
    unanswered = Mandate.objects.filter(accepted_at=None, declined_at=None)
    # Ended before it began: it counts for no day.
    not_over = unanswered.filter(Q(ends_on=None) | Q(ends_on__gte=today)).exclude(ends_on__lt=F("starts_on"))
    return not_over.filter(Q(body__closed_on=None) | Q(body__closed_on__gt=today))


@dataclass(frozen=True)
class BodyState:
    """A body today: its seats in force, and for a COSTRAT or a COMOP what its rule says of them. `coverage`: who
    represents whom, of a COMOP."""

    body: Body
    seats: list[Mandate]
    findings: list[Finding] = field(default_factory=list)
    coverage: Coverage | None = None

    @property
    def closed(self) -> bool:
        return self.body.closed_on is not None and self.body.closed_on <= timezone.localdate()


def states_of(project: Project, bodies: Sequence[Body]) -> list[BodyState]:
    """These bodies of a project as they stand today. Four queries."""
    seats: dict[object, list[Mandate]] = defaultdict(list)
    for seat in _with_people(Mandate.objects.active().filter(project=project, body__in=[body.pk for body in bodies])):
        seats[seat.body_id].append(seat)
    ogs = OG.objects.filter(project=project).order_by("name")
    partners = [Partner(og.pk, og.short_name) for og in ogs]
    structures = [
        Structure(esms.pk, esms.og_id, esms.name, ComopCategory(esms.comop_category))
        for esms in ESMS.objects.filter(project=project).order_by("name")
    ]
    roles = _roles(project)
    return [_state(project, body, seats[body.pk], partners, structures, roles) for body in bodies]


def _state(
    project: Project,
    body: Body,
    seats: list[Mandate],
    partners: Sequence[Partner],
    structures: Sequence[Structure],
    roles: dict[uuid.UUID, frozenset[Role]],
) -> BodyState:
    described = catalogue().bodies.get(BodyKind(body.kind))
    if described is None:
        return BodyState(body, seats)
    leads = {user_id for user_id, held in roles.items() if Role.PROJECT_LEAD in held}
    situation = Situation(
        kind=BodyKind(body.kind),
        project_kind=ProjectKind(project.kind),
        rule=described.compositions[ProjectKind(project.kind)],
        seats=[_seat(seat, roles) for seat in seats],
        partners=partners,
        structures=structures,
        lead_runs_it=bool(leads & {body.chair_id, body.secretary_id}),
        contract_signed=list(Phase).index(Phase(project.phase)) >= _CONTRACT,
    )
    coverage = situation.coverage if body.kind == BodyKind.COMOP else None
    return BodyState(body, seats, findings(situation), coverage)


def _seat(seat: Mandate, roles: dict[uuid.UUID, frozenset[Role]]) -> Seat:
    return Seat(
        person_id=seat.user_id,
        person=seat.user.get_full_name(),
        og_id=seat.og_id,
        esms_id=seat.esms_id,
        category=ComopCategory(seat.comop_category) if seat.comop_category else None,
        votes=seat.votes,
        invited=seat.invited,
        substituted=seat.substitute_id is not None,
        roles=roles.get(seat.user_id, frozenset()),
    )


def _roles(project: Project) -> dict[uuid.UUID, frozenset[Role]]:
    """The roles of each person today, but that of local referent: not every reader knows who they are, and the rules
    say the same to all."""
    found: dict[uuid.UUID, set[Role]] = defaultdict(set)
    held = Membership.objects.active().filter(project=project).exclude(role=Role.LOCAL_REFERENT)
    for user_id, role in held.values_list("user_id", "role"):
        found[user_id].add(Role(role))
    return {user_id: frozenset(of_one) for user_id, of_one in found.items()}


def people_on(body: Body) -> QuerySet[User]:
    """Who may chair a body or be its secretary: those who sit on it, guests left out, the leads of the project, and
    who does it today."""
    sits = Mandate.objects.active().filter(body=body, invited=False).values("user_id")
    leads = Membership.objects.active().filter(project=body.project_id, role=Role.PROJECT_LEAD).values("user_id")
    today = [pk for pk in (body.chair_id, body.secretary_id) if pk]
    people = User.objects.filter(Q(pk__in=sits) | Q(pk__in=leads) | Q(pk__in=today))
    return people.order_by("last_name", "first_name")


def other_roles(seat: Mandate) -> list[Membership]:
    """What the person of a seat is in the project besides, today. One query."""
    held = Membership.objects.active().filter(user=seat.user_id, project=seat.project_id).order_by("starts_on", "pk")
    of_seat = SEAT_ROLES.get(BodyKind(seat.body.kind))
    return list(held.exclude(role=of_seat) if of_seat else held)


def takes_part(user: User, project: Project) -> bool:
    """Whether this person has a role in the project today. One query."""
    return Membership.objects.active().filter(user=user, project=project).exists()


@dataclass(frozen=True)
class BodyHistory:
    """What changed of a body, newest first, and the names of the people whom it speaks of."""

    entries: list[Entry]
    names: dict[uuid.UUID, str]


def history_of(body: Body, columns: Sequence[str]) -> BodyHistory:
    """How these columns of a body changed. Three queries."""
    found = entries(body, columns)
    people = {value for entry in found for change in entry.changes for value in (change.new, change.old)}
    users = User.objects.filter(pk__in=[value for value in people if isinstance(value, uuid.UUID)])
    return BodyHistory(found, {user.pk: user.get_full_name() for user in users})
