"""Risks as a committee's report tells them: figures of all structures together, then what the project carries.

Its readers see no structure from inside: of structures it has figures over three of them at least, and the risks that
they asked the project to carry.
"""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q

from common.scope import elevated
from organisations.models import Project
from reports.selectors.register import RiskFact, of_the_project_by_name, register_of
from risks.aggregates import ProjectFigures, project_figures
from risks.catalogue import questionnaire
from risks.comparison import FEWEST
from risks.criticality import HIGH_FROM
from risks.enums import Criticality, Level
from risks.models import Assessment, Risk, RiskCampaign
from risks.selectors.assessments import thresholds_of
from risks.selectors.overview import Summary


@dataclass(frozen=True)
class MedianFact:
    """The middle score of the structures in a section, in points."""

    title: str
    points: int
    level: Level


@dataclass(frozen=True)
class SharedFact:
    """A question that several structures mark strongly."""

    number: str
    text: str
    count: int


@dataclass(frozen=True)
class TogetherFacts:
    """What the structures that transmitted say together. `medians`: by section, the highest first; `before` and
    `since`: the median total of those that can be compared, then and now."""

    structures: int
    low: int
    moderate: int
    certain: int
    total_median: int | None
    medians: tuple[MedianFact, ...]
    shared: tuple[SharedFact, ...]
    before: int | None
    since: int | None


@dataclass(frozen=True)
class RiskFacts:
    """`campaign`: the last one, empty while there is none. `together`: None when too few structures transmitted.
    `risks`: open ones of the project, and those that structures asked it to carry; `new`: those that came since."""

    campaign: str
    due_on: date | None
    asked: int
    transmitted: int
    together: TogetherFacts | None
    risks: tuple[RiskFact, ...]
    new: int
    raised: int

    @property
    def empty(self) -> bool:
        return not self.campaign and not self.risks

    @property
    def critical(self) -> int:
        return sum(risk.criticality == Criticality.CRITICAL for risk in self.risks)

    @property
    def strong(self) -> list[RiskFact]:
        """Critical and high ones."""
        return [risk for risk in self.risks if risk.value >= HIGH_FROM]

    @property
    def late_actions(self) -> int:
        return sum(len(risk.late_actions) for risk in self.risks)


def risks_since(project: Project, since: date, today: date) -> RiskFacts:
    """For who reads the risks of the project. Ten queries, whatever there is."""
    campaign = RiskCampaign.objects.filter(project=project).order_by("-number").first()
    found = project_figures(project, campaign)
    carried = Risk.objects.open().filter(Q(esms=None) | Q(raised_at__isnull=False), project=project)
    risks = register_of(carried, of_the_project_by_name, today)
    return RiskFacts(
        campaign=campaign.title if campaign else "",
        due_on=campaign.due_on if campaign else None,
        asked=found.asked,
        transmitted=found.transmitted,
        together=_together(project, found),
        risks=risks,
        new=sum((risk.raised_on or risk.opened_on) >= since for risk in risks),
        raised=sum(bool(risk.structure) for risk in risks),
    )


def _together(project: Project, found: ProjectFigures) -> TogetherFacts | None:
    """None unless no reader learns of a structure that isn't theirs: each director of an OG reads these reports, and
    knows what its own structures transmitted."""
    summary = found.summary
    if summary is None or found.campaign is None:
        return None
    once, twice = _by_og(project, found.campaign)
    if not tells_of_none(once):
        return None
    comparable = tells_of_none(twice)
    return TogetherFacts(
        structures=summary.structures,
        low=summary.levels[Level.LOW],
        moderate=summary.levels[Level.MODERATE],
        certain=summary.levels[Level.CERTAIN],
        total_median=summary.total_median,
        medians=_medians(project, summary),
        shared=tuple(SharedFact(item.question.number, item.question.text, item.count) for item in summary.common),
        before=found.before if comparable else None,
        since=found.since if comparable else None,
    )


def tells_of_none(structures: Counter[uuid.UUID]) -> bool:
    """Whether figures over so many structures of each OG say nothing of one: who knows those of one OG could take them
    away from the whole."""
    total = structures.total()
    return total >= FEWEST and not any(0 < total - count < FEWEST for count in structures.values())


def _by_og(project: Project, campaign: RiskCampaign) -> tuple[Counter[uuid.UUID], Counter[uuid.UUID]]:
    """By OG, how many structures transmitted by that campaign, and how many did so twice. One query."""
    with elevated():
        sent = Assessment.objects.transmitted().filter(
            project=project, esms__isnull=False, campaign__number__lte=campaign.number
        )
        rows = list(sent.order_by().values_list("og_id", "esms_id").annotate(times=Count("pk")))
    return Counter(og for og, _, _ in rows), Counter(og for og, _, times in rows if times > 1)


def _medians(project: Project, summary: Summary) -> tuple[MedianFact, ...]:
    thresholds = thresholds_of(project)
    found = [
        MedianFact(section.title, points, thresholds.level(Fraction(points)))
        for section, points in zip(questionnaire().sections, summary.medians, strict=True)
        if points is not None
    ]
    return tuple(sorted(found, key=lambda item: -item.points))
