"""What « Analyse de risques » says of one structure, read at one moment.

Of a transmitted analysis it holds what the structure transmitted, whoever asks; of another, all that the structure has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from common.french import day, today
from organisations.enums import Role
from organisations.models import ESMS, Membership
from reports.selectors.register import Naming, RiskFact, by_function, by_name, register_of
from risks.catalogue import Question, questionnaire
from risks.enums import AssessmentStatus, Level
from risks.models import AgreedMark, Assessment, Risk, RiskQuerySet
from risks.places import Place
from risks.scoring import Marks, Scores, Thresholds
from risks.selectors.assessments import Reading
from risks.selectors.reading import read


@dataclass(frozen=True)
class ScoreFact:
    """A section, or the whole. `points`: normalised, None while nothing is marked; `raw`: the marks added; `before`:
    the points of the last transmitted analysis, if there is one."""

    number: int
    title: str
    short: str
    raw: int
    marked: int
    asked: int
    points: int | None
    level: Level | None
    before: int | None

    @property
    def change(self) -> int | None:
        return None if self.points is None or self.before is None else self.points - self.before


@dataclass(frozen=True)
class MarkFact:
    """What was agreed on for one question. `answered`: whether it was; without a `value` then, it is « non concerné ».
    `before`: the last mark."""

    number: str
    section: int
    text: str
    mitigation: str
    answered: bool
    value: int | None
    comment: str
    carried: bool
    before: int | None


@dataclass(frozen=True)
class AnalysisFacts:
    """`transmitted`: its readers are those above too, and it holds transmitted risks only. `strongest`: marks from
    `thresholds.action_from`. `direction`, `validated_by`, `transmitted_by`: empty when nobody is to be named."""

    project: str
    structure: str
    og: str
    campaign: str
    campaign_number: int
    status: AssessmentStatus
    transmitted: bool
    validated_on: date | None
    transmitted_on: date | None
    compared_with: str
    thresholds: Thresholds
    total: ScoreFact
    sections: tuple[ScoreFact, ...]
    marks: tuple[MarkFact, ...]
    strongest: tuple[MarkFact, ...]
    risks: tuple[RiskFact, ...]
    direction: tuple[str, ...]
    validated_by: str
    transmitted_by: str
    today: date
    read_at: datetime

    @property
    def open_risks(self) -> list[RiskFact]:
        return [risk for risk in self.risks if risk.open]

    @property
    def late_actions(self) -> int:
        return sum(len(risk.late_actions) for risk in self.risks)

    @property
    def carried(self) -> int:
        return sum(mark.carried for mark in self.marks)


def analysis_facts(assessment: Assessment, esms: ESMS, *, transmitted: bool, named: bool) -> AnalysisFacts:
    """`assessment` comes with its campaign. `named`: whether people may be. Raises LookupError when the reader may read
    none of its marks."""
    place, now = Place(esms.project, esms), today()
    found = read(place, assessment.campaign.number)
    if found is None or not found.reading.marks:
        raise LookupError(assessment.pk)
    reading, assessment = found.reading, found.assessment
    before = found.before.marks if found.before else {}
    was = found.before.scores if found.before else None
    said = _marks(found.agreed, before)
    by_number = {mark.number: mark for mark in said}
    return AnalysisFacts(
        project=esms.project.name,
        structure=esms.name,
        og=esms.og.name,
        campaign=assessment.campaign.title,
        campaign_number=assessment.campaign.number,
        status=AssessmentStatus(assessment.status),
        transmitted=transmitted,
        validated_on=day(assessment.validated_at) if assessment.validated_at else None,
        transmitted_on=day(assessment.transmitted_at) if assessment.transmitted_at else None,
        compared_with=found.before.assessment.campaign.title if found.before else "",
        thresholds=reading.thresholds,
        total=total_fact(reading, was),
        sections=section_facts(reading, was),
        marks=said,
        strongest=tuple(by_number[question.number] for question, _ in reading.to_act_on),
        risks=register_of(_risks(place, transmitted=transmitted), _naming(esms, named=named), now),
        direction=_direction(esms) if named else (),
        validated_by=by_name(assessment.validated_by, None) if named else "",
        transmitted_by=by_name(assessment.transmitted_by, None) if named else "",
        today=now,
        read_at=timezone.now(),
    )


def section_facts(reading: Reading, was: Scores | None) -> tuple[ScoreFact, ...]:
    """Its sections, in their order. `was`: the scores that it is compared with."""
    earlier = was.points if was else (None,) * len(reading.scores.sections)
    return tuple(
        ScoreFact(
            number=item.section.number,
            title=item.section.title,
            short=item.section.short,
            raw=item.score.raw,
            marked=item.score.marked,
            asked=item.score.asked,
            points=item.score.points,
            level=level,
            before=before,
        )
        for item, level, before in zip(reading.scores.sections, reading.levels, earlier, strict=True)
    )


def total_fact(reading: Reading, was: Scores | None) -> ScoreFact:
    """The whole, as `section_facts`."""
    total = reading.scores.total
    return ScoreFact(
        number=0,
        title="Ensemble",
        short="Ensemble",
        raw=total.raw,
        marked=total.marked,
        asked=total.asked,
        points=total.points,
        level=reading.level,
        before=was.total.points if was else None,
    )


def _marks(agreed: Mapping[str, AgreedMark], before: Marks) -> tuple[MarkFact, ...]:
    return tuple(_mark(question, agreed.get(question.number), before) for question in questionnaire().questions)


def _mark(question: Question, agreed: AgreedMark | None, before: Marks) -> MarkFact:
    return MarkFact(
        number=question.number,
        section=question.section,
        text=question.text,
        mitigation=question.mitigation,
        answered=agreed is not None,
        value=agreed.value if agreed else None,
        comment=agreed.comment if agreed else "",
        carried=agreed.carried if agreed else False,
        before=before.get(question.number),
    )


def _risks(place: Place, *, transmitted: bool) -> RiskQuerySet:
    rows = Risk.objects.filter(place.rows)
    return rows.filter(transmitted_at__isnull=False) if transmitted else rows


def _naming(esms: ESMS, *, named: bool) -> Naming:
    return by_name if named else by_function(esms.project_id)


def _direction(esms: ESMS) -> tuple[str, ...]:
    held = Membership.objects.active().filter(esms=esms, role=Role.ESMS_DIRECTOR).select_related("user")
    return tuple(item.user.get_full_name() for item in held.order_by("starts_on", "pk"))
