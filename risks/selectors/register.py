"""The register as its pages, exports and reports read it: risks with their actions, one risk, the plan of action."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from governance.models import Alert
from organisations.models import Project, User
from risks.catalogue import Question
from risks.criticality import product
from risks.enums import RISK_SOURCE, RiskStatus
from risks.models import AgreedMark, Risk, RiskAction, RiskLink
from risks.places import Place
from risks.rights import Rights
from risks.selectors.assessments import assessments_of

ALL_STATES = "tous"  # closed ones too
# Which risks the register of the project shows: its own, those raised to it, for the lead all those transmitted.
OWN, RAISED, TRANSMITTED = "projet", "portes", "structures"

# What the page of a risk names.
NAMED = ("owner", "esms", "accepted_by", "transmitted_by", "raised_by")


@dataclass(frozen=True)
class Filters:
    """What the register is narrowed to. `status`: open ones while empty; `cell`: probability and impact."""

    whose: str = ""
    category: str = ""
    status: str = ""
    criticality: str = ""
    owner: uuid.UUID | None = None
    late: bool = False
    cell: tuple[int, int] | None = None

    @property
    def narrow(self) -> bool:
        return self != Filters(whose=self.whose)

    def keeps(self, risk: Risk, today: date) -> bool:
        """Whether this risk, read with its actions, is shown."""
        return (
            self._of_state(risk)
            and self.category in ("", risk.category)
            and self.criticality in ("", risk.criticality)
            and self.owner in (None, risk.owner_id)
            and (self.cell is None or self.cell == (risk.probability, risk.impact))
            and (not self.late or is_late(risk, today))
        )

    def _of_state(self, risk: Risk) -> bool:
        if not self.status:
            return risk.is_open
        return self.status in (ALL_STATES, risk.status)


def is_late(risk: Risk, today: date) -> bool:
    """Whether something about this risk, read with its actions, should have been done already."""
    if not risk.is_open:
        return False
    return (risk.review_on is not None and risk.review_on < today) or any(
        action_is_late(action, today) for action in risk.actions.all()
    )


def action_is_open(action: RiskAction) -> bool:
    return action.done_on is None and action.given_up_on is None


def action_is_late(action: RiskAction, today: date) -> bool:
    return action_is_open(action) and action.due_on is not None and action.due_on < today


def risks_read(place: Place, rights: Rights) -> QuerySet[Risk]:
    """The risks that the register of a place shows: in a structure, all of them to its people, those transmitted to
    those above; in the project, its own and those raised to it, and all those transmitted to its lead."""
    if place.esms:
        rows = Risk.objects.filter(place.rows)
        rows = rows if rights.inside else rows.exclude(transmitted_at=None)
    else:
        told = Q(transmitted_at__isnull=False) if rights.leads else Q(raised_at__isnull=False)
        rows = Risk.objects.filter(Q(esms=None) | told, project=place.project)
    return rows.select_related(*NAMED)


def register(place: Place, rights: Rights) -> list[Risk]:
    """Those with their actions, the most critical first. Two queries."""
    actions = RiskAction.objects.select_related("owner").order_by(F("due_on").asc(nulls_last=True), "written_at", "pk")
    rows = list(risks_read(place, rights).prefetch_related(Prefetch("actions", actions)))
    for risk in rows:
        risk.project = place.project
    return sorted(rows, key=lambda risk: (-product(risk.probability, risk.impact), risk.number, str(risk.pk)))


def find_risk(place: Place, rights: Rights, number: int) -> Risk | None:
    """A risk of this very place, or None. One query."""
    risk = risks_read(place, rights).filter(place=place.id, number=number).first()
    return _hung(risk, place)


def find_raised(project: Project, risk_id: uuid.UUID) -> Risk | None:
    """A risk that a structure raised to the project, if the reader may read it. One query."""
    rows = Risk.objects.filter(project=project, raised_at__isnull=False).select_related(*NAMED)
    risk = rows.filter(pk=risk_id).first()
    if risk is not None:
        risk.project = project
    return risk


def _hung(risk: Risk | None, place: Place) -> Risk | None:
    if risk is not None:
        risk.project, risk.esms = place.project, place.esms
    return risk


def actions_of(risk: Risk) -> list[RiskAction]:
    """What is done about a risk: what is open first, by date. One query."""
    rows = RiskAction.objects.filter(risk=risk).select_related("owner")
    found = list(rows.order_by(F("due_on").asc(nulls_last=True), "written_at", "pk"))
    for action in found:
        action.risk = risk
    return sorted(found, key=lambda action: not action_is_open(action))


def links_of(risk: Risk) -> list[RiskLink]:
    """One query."""
    return list(RiskLink.objects.filter(risk=risk).order_by("linked_at", "pk"))


def alerts_about(risk: Risk) -> list[Alert]:
    """The alerts that this risk raised and that the reader may read, the latest first. One query."""
    rows = Alert.objects.filter(project=risk.project_id, source=RISK_SOURCE, source_id=risk.pk)
    return list(rows.order_by("-number"))


def plan(place: Place, rights: Rights) -> list[RiskAction]:
    """What is done about the risks of a place, by date; in the project, about those raised to it too. One query."""
    risks = risks_read(place, rights)
    if place.esms is None:
        risks = risks.filter(Q(esms=None) | Q(raised_at__isnull=False))
    rows = RiskAction.objects.filter(risk__in=risks.values("pk")).select_related("owner", "risk", "risk__esms")
    found = list(rows.order_by(F("due_on").asc(nulls_last=True), "risk__number", "written_at", "pk"))
    for action in found:
        action.risk.project = place.project
    return found


def own_action(project: Project, action_id: uuid.UUID, user: User) -> RiskAction | None:
    """An action that this person has to do, whatever else they may read; None for another. One query."""
    return RiskAction.objects.filter(project=project, owner=user, pk=action_id).first()


def risk_of(action: RiskAction) -> Risk | None:
    """The risk that an action is about, if the reader may read it. One query."""
    return Risk.objects.filter(pk=action.risk_id).select_related("esms").first()


def agreed_mark(place: Place, question: Question) -> AgreedMark | None:
    """What a place last agreed on about a question. One query."""
    rows = AgreedMark.objects.filter(assessment__in=assessments_of(place).values("pk"), question=question.number)
    return rows.order_by("-assessment__campaign__number").first()


def agreed_value(place: Place, question: Question) -> int | None:
    """The mark itself; None for « non concerné » too. One query."""
    mark = agreed_mark(place, question)
    return mark.value if mark else None


def open_risk_about(place: Place, question: Question) -> Risk | None:
    """The risk that is open for a question, if one. One query."""
    return Risk.objects.filter(place.rows, question=question.number).exclude(status=RiskStatus.CLOSED).first()
