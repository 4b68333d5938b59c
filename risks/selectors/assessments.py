"""Assessments as every page, export and report reads them: marks, thresholds, scores."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef

from organisations.models import ESMS, Project
from risks.catalogue import Question, questionnaire
from risks.enums import Level
from risks.models import AgreedMark, Assessment, AssessmentQuerySet, RiskThresholds
from risks.places import Place
from risks.scoring import Marks, Scores, Thresholds, score, strongest


@dataclass(frozen=True)
class Reading:
    """The marks that an assessment agreed on, as far as the reader may know them, and what they come to."""

    assessment: Assessment
    marks: Marks
    thresholds: Thresholds

    @cached_property
    def scores(self) -> Scores:
        return score(questionnaire(), self.marks)

    @cached_property
    def to_act_on(self) -> list[tuple[Question, int]]:
        """Marks strong enough for an action to be proposed, the strongest first."""
        return strongest(questionnaire(), self.marks, from_mark=self.thresholds.action_from)

    @property
    def level(self) -> Level | None:
        """Of the whole; None while nothing is marked."""
        total = self.scores.total.normalised
        return None if total is None else self.thresholds.level(total, whole=True)

    @property
    def levels(self) -> list[Level | None]:
        """By section."""
        found = [item.score.normalised for item in self.scores.sections]
        return [None if value is None else self.thresholds.level(value) for value in found]


def asked_questions(assessment: Assessment) -> tuple[Question, ...]:
    """The questions that this assessment asks."""
    form = questionnaire()
    return form.questions if assessment.asks_all else form.starred


def assessments_of(place: Place) -> AssessmentQuerySet:
    """All those of a place, the latest campaign first, with what their pages name."""
    rows = Assessment.objects.filter(place.rows).select_related(
        "campaign", "based_on__campaign", "submitted_by", "validated_by", "transmitted_by", "sent_back_by"
    )
    return rows.order_by("-campaign__number")


def latest(place: Place) -> Assessment | None:
    """The one that the place works on, or worked on last. One query."""
    return assessments_of(place).first()


def last_transmitted(place: Place) -> Assessment | None:
    """The last one that went up. One query."""
    return assessments_of(place).transmitted().first()


def agreed_of(assessments: Iterable[Assessment]) -> dict[uuid.UUID, dict[str, AgreedMark]]:
    """By assessment, the agreed marks by question that the reader may read. One query."""
    ids = [item.pk for item in assessments]
    found: dict[uuid.UUID, dict[str, AgreedMark]] = defaultdict(dict)
    for mark in AgreedMark.objects.filter(assessment__in=ids).order_by("assessment", "question"):
        found[mark.assessment_id][mark.question] = mark
    return found


def marks_of(assessments: Iterable[Assessment]) -> dict[uuid.UUID, Marks]:
    """By assessment, the bare marks. One query, light enough for three hundred structures."""
    ids = [item.pk for item in assessments]
    found: dict[uuid.UUID, dict[str, int | None]] = defaultdict(dict)
    rows = AgreedMark.objects.filter(assessment__in=ids).order_by()
    for assessment_id, question, value in rows.values_list("assessment_id", "question", "value"):
        found[assessment_id][question] = value
    return dict(found)


def readable_of(structures: Sequence[ESMS]) -> set[uuid.UUID]:
    """The assessments of these structures of which the reader may read agreed marks. One query."""
    marks = AgreedMark.objects.filter(assessment=OuterRef("pk"))
    rows = Assessment.objects.filter(Exists(marks), esms__in=structures)
    return set(rows.order_by().values_list("pk", flat=True))


def thresholds_row(project: Project) -> RiskThresholds | None:
    return RiskThresholds.objects.filter(project=project).first()


def thresholds_of(project: Project) -> Thresholds:
    """Those of a project, ours while it set none. One query."""
    row = thresholds_row(project)
    return Thresholds(row.moderate_from, row.certain_from, row.action_from) if row else Thresholds()


def readings_of(project: Project, assessments: Sequence[Assessment]) -> dict[uuid.UUID, Reading]:
    """By assessment. Two queries, whatever their number."""
    thresholds, marks = thresholds_of(project), marks_of(assessments)
    return {item.pk: Reading(item, marks.get(item.pk, {}), thresholds) for item in assessments}


def current_of(structures: Sequence[ESMS]) -> dict[uuid.UUID, Assessment]:
    """By structure, the assessment of its latest campaign. One query."""
    rows = Assessment.objects.filter(esms__in=structures).select_related("campaign").order_by("campaign__number")
    return {row.place: row for row in rows}
