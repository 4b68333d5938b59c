"""Where the risks of structures stand, in figures and days: what the pathway and « Mon travail » are told. No mark."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q

from common import french
from organisations.models import ESMS
from risks.enums import SETTLED, AssessmentStatus, RiskStatus, Treatment
from risks.models import AgreedMark, Assessment, Mark, Respondent, Risk, RiskThresholds
from risks.scoring import Thresholds
from risks.selectors.assessments import asked_questions


@dataclass(frozen=True)
class Respondents:
    """Of an assessment being answered: how many of them `began`, who is `asked`, who has `finished`."""

    began: int = 0
    asked: frozenset[uuid.UUID] = frozenset()
    finished: frozenset[uuid.UUID] = frozenset()

    @property
    def over(self) -> bool:
        return bool(self.asked) and self.asked == self.finished


@dataclass(frozen=True)
class Plan:
    """Strong marks of an analysis: how many, how many of them a risk `covers`, since when."""

    strong: int = 0
    covered: int = 0
    day: date | None = None

    @property
    def missing(self) -> int:
        return self.strong - self.covered


@dataclass(frozen=True)
class Standing:
    """`current`: what the last campaign asks of the structure; `settled`: the last one whose marks were agreed on;
    `sent`: the last one transmitted, maybe the current one; `agreed`: how many marks the current one kept so far;
    `plan`: of `settled`, `told`: of `sent`, which those above read too."""

    esms: ESMS
    current: Assessment
    settled: Assessment | None
    sent: Assessment | None
    answering: Respondents
    agreed: int
    plan: Plan
    told: Plan

    @property
    def is_agreed(self) -> bool:
        """Whether nothing is left to agree on."""
        return self.agreed >= len(asked_questions(self.current))

    @property
    def sent_back(self) -> bool:
        """Whether the lead's word waits to be taken up."""
        return self.current.converging and self.current.sent_back_at is not None


def standings(structures: Sequence[ESMS]) -> list[Standing]:
    """Of those that a campaign asked. Six queries."""
    found: dict[uuid.UUID, list[Assessment]] = defaultdict(list)
    rows = Assessment.objects.filter(esms__in=structures).select_related("campaign").order_by("-campaign__number")
    for row in rows:
        found[row.place].append(row)
    settled = {place: next((row for row in held if row.settled), None) for place, held in found.items()}
    sent = {place: next((row for row in held if row.transmitted), None) for place, held in found.items()}
    answering, agreed = _answering(structures), _agreed(structures)
    plans = _plans(structures, {row for row in (*settled.values(), *sent.values()) if row})
    return [
        Standing(
            esms=esms,
            current=held[0],
            settled=(last := settled[esms.pk]),
            sent=(gone := sent[esms.pk]),
            answering=answering.get(held[0].pk, Respondents()),
            agreed=agreed.get(held[0].pk, 0),
            plan=plans[last.pk] if last else Plan(),
            told=plans[gone.pk] if gone else Plan(),
        )
        for esms in structures
        if (held := found.get(esms.pk))
    ]


def settled_on(assessment: Assessment) -> date | None:
    """The day on which its marks were agreed on; the direction may validate what nobody submitted."""
    moment = assessment.submitted_at or assessment.validated_at
    return french.day(moment) if moment else None


def _answering(structures: Sequence[ESMS]) -> dict[uuid.UUID, Respondents]:
    marks = Mark.objects.filter(Q(value__isnull=False) | Q(not_concerned=True), respondent=OuterRef("pk"))
    rows = Respondent.objects.filter(
        esms__in=structures, assessment__status=AssessmentStatus.ANSWERING, assessment__closed_at=None
    )
    people = defaultdict(list)
    found = (
        rows.annotate(began=Exists(marks)).order_by().values_list("assessment_id", "user_id", "began", "finished_at")
    )
    for assessment_id, user_id, began, finished_at in found:
        people[assessment_id].append((user_id, began or bool(finished_at), finished_at))
    return {
        assessment_id: Respondents(
            began=sum(began for _, began, _ in held),
            asked=frozenset(user_id for user_id, _, _ in held),
            finished=frozenset(user_id for user_id, _, finished_at in held if finished_at),
        )
        for assessment_id, held in people.items()
    }


def _agreed(structures: Sequence[ESMS]) -> dict[uuid.UUID, int]:
    rows = AgreedMark.objects.filter(esms__in=structures, assessment__status=AssessmentStatus.CONVERGING, carried=False)
    return dict(rows.order_by().values_list("assessment_id").annotate(Count("pk")))


def _plans(structures: Sequence[ESMS], settled: Iterable[Assessment]) -> dict[uuid.UUID, Plan]:
    """By assessment."""
    own = RiskThresholds.objects.filter(project__in={esms.project_id for esms in structures})
    from_mark = dict(own.values_list("project_id", "action_from"))
    lowest = min((*from_mark.values(), Thresholds().action_from))
    strong: dict[uuid.UUID, set[str]] = defaultdict(set)
    marks = AgreedMark.objects.filter(esms__in=structures, assessment__status__in=SETTLED, value__gte=lowest)
    values = marks.order_by().values_list("project_id", "assessment_id", "question", "value")
    for project_id, assessment_id, question, value in values:
        if value is not None and value >= from_mark.get(project_id, Thresholds().action_from):
            strong[assessment_id].add(question)
    held: dict[uuid.UUID, list[Risk]] = defaultdict(list)
    planned = Q(actions__due_on__isnull=False, actions__given_up_on=None)
    risks = Risk.objects.filter(esms__in=structures).exclude(question="")
    for risk in risks.annotate(planned_at=Max("actions__written_at", filter=planned)).order_by("place", "number"):
        held[risk.place].append(risk)
    return {row.pk: _plan(row, strong[row.pk], held[row.place]) for row in settled}


def _plan(assessment: Assessment, strong: set[str], risks: Iterable[Risk]) -> Plan:
    covered = {risk.question: day for risk, day in _covering(risks, settled_on(assessment)) if risk.question in strong}
    return Plan(len(strong), len(covered), max(covered.values(), default=None))


def _covering(risks: Iterable[Risk], since: date | None) -> Iterator[tuple[Risk, date]]:
    """Those about which something is done, is accepted, or was until the marks were agreed on; and since when."""
    for risk in risks:
        planned_at = getattr(risk, "planned_at", None)
        if risk.status == RiskStatus.CLOSED:
            if risk.closed_on and since and risk.closed_on >= since:
                yield risk, risk.closed_on
        elif planned_at:
            yield risk, french.day(planned_at)
        elif risk.treatment == Treatment.ACCEPT and risk.accepted_on:
            yield risk, risk.accepted_on
