"""Risks of a register, and what is done about each, as documents say them."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from common.french import day
from organisations.enums import Role
from organisations.models import Membership, User
from risks.criticality import criticality, product
from risks.enums import ActionKind, Category, Criticality, RiskStatus, Treatment
from risks.models import Risk, RiskAction

# Of whom it is, of which structure (None: the project itself) → how they are called; empty for nobody.
Naming = Callable[[User | None, uuid.UUID | None], str]


@dataclass(frozen=True)
class ActionFact:
    """`owner`: empty when nobody does it, or is to be named. `late`: its day is past."""

    label: str
    kind: ActionKind
    owner: str
    due_on: date | None
    progress: int
    done_on: date | None
    given_up_on: date | None
    late: bool

    @property
    def open(self) -> bool:
        return self.done_on is None and self.given_up_on is None


@dataclass(frozen=True)
class RiskFact:
    """`structure`: empty for a risk of the project itself. `residual`: what is left once it is treated, 1 to 16."""

    number: int
    structure: str
    title: str
    category: Category
    probability: int
    impact: int
    status: RiskStatus
    treatment: Treatment | None
    residual: int | None
    owner: str
    cause: str
    consequence: str
    opened_on: date
    review_on: date | None
    transmitted: bool
    raised_on: date | None
    actions: tuple[ActionFact, ...]

    @property
    def value(self) -> int:
        return product(self.probability, self.impact)

    @property
    def criticality(self) -> Criticality:
        return criticality(self.probability, self.impact)

    @property
    def open(self) -> bool:
        return self.status != RiskStatus.CLOSED

    @property
    def late_actions(self) -> list[ActionFact]:
        return [action for action in self.actions if action.late]


def register_of(risks: QuerySet[Risk], naming: Naming, today: date) -> tuple[RiskFact, ...]:
    """These risks, open ones first, the most critical first, with the actions of each. Two queries."""
    found = list(risks.select_related("esms", "owner").order_by("place", "number"))
    actions: dict[uuid.UUID, list[RiskAction]] = defaultdict(list)
    of_these = RiskAction.objects.filter(risk__in=[risk.pk for risk in found])
    for action in of_these.select_related("owner").order_by("risk", "due_on", "written_at", "pk"):
        actions[action.risk_id].append(action)
    facts = [_risk(risk, actions[risk.pk], naming, today) for risk in found]
    return tuple(sorted(facts, key=lambda risk: (not risk.open, -risk.value, risk.structure, risk.number)))


def _risk(risk: Risk, actions: Iterable[RiskAction], naming: Naming, today: date) -> RiskFact:
    left = (risk.residual_probability, risk.residual_impact)
    return RiskFact(
        number=risk.number,
        structure=risk.esms.name if risk.esms else "",
        title=risk.title,
        category=Category(risk.category),
        probability=risk.probability,
        impact=risk.impact,
        status=RiskStatus(risk.status),
        treatment=Treatment(risk.treatment) if risk.treatment else None,
        residual=product(left[0], left[1]) if left[0] is not None and left[1] is not None else None,
        owner=naming(risk.owner, risk.esms_id),
        cause=risk.cause,
        consequence=risk.consequence,
        opened_on=risk.opened_on,
        review_on=risk.review_on,
        transmitted=risk.transmitted_at is not None,
        raised_on=day(risk.raised_at) if risk.raised_at else None,
        actions=tuple(_action(action, risk, naming, today) for action in actions),
    )


def _action(action: RiskAction, risk: Risk, naming: Naming, today: date) -> ActionFact:
    waits = action.done_on is None and action.given_up_on is None and risk.is_open
    return ActionFact(
        label=action.label,
        kind=ActionKind(action.kind),
        owner=naming(action.owner, risk.esms_id),
        due_on=action.due_on,
        progress=action.progress,
        done_on=action.done_on,
        given_up_on=action.given_up_on,
        late=waits and action.due_on is not None and action.due_on < today,
    )


# --- How people are called -------------------------------------------------------------------------------------------


def by_name(user: User | None, esms_id: uuid.UUID | None) -> str:
    """« Maëlle Kerdrain »."""
    return user.get_full_name() if user else ""


def of_the_project_by_name(user: User | None, esms_id: uuid.UUID | None) -> str:
    """Who carries a risk of the project, by name; nobody of a structure: not all readers know its team."""
    return "" if esms_id else by_name(user, esms_id)


def by_function(project_id: uuid.UUID) -> Naming:
    """« Direction d’ESMS »: what each is, in the structure before in the project. One query."""
    roles: dict[uuid.UUID, list[tuple[uuid.UUID | None, Role]]] = defaultdict(list)
    held = Membership.objects.active().filter(project=project_id).order_by("starts_on", "pk")
    for user_id, esms_id, role in held.values_list("user_id", "esms_id", "role"):
        roles[user_id].append((esms_id, Role(role)))

    def naming(user: User | None, esms_id: uuid.UUID | None) -> str:
        return _function(roles, user.pk, esms_id) if user else ""

    return naming


def _function(
    roles: Mapping[uuid.UUID, list[tuple[uuid.UUID | None, Role]]], user_id: uuid.UUID, esms_id: uuid.UUID | None
) -> str:
    held = roles.get(user_id, [])
    here = [role for place, role in held if esms_id is not None and place == esms_id]
    order = list(Role)
    found = sorted(here or [role for _, role in held], key=order.index)
    return found[0].label if found else "une personne du projet"
