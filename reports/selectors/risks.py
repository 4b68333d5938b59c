"""Risks as a committee's report tells them: figures of all structures together, then what the project carries.

Its readers see no structure from inside: of structures it has figures over three of them at least, and the risks that
they asked the project to carry.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q

from organisations.models import Project
from reports.selectors.readers import known_by_readers
from reports.selectors.register import RiskFact, of_the_project_by_name, register_of
from risks.aggregates import ProjectFigures, project_figures
from risks.catalogue import questionnaire
from risks.criticality import HIGH_FROM
from risks.enums import Criticality, Level
from risks.models import Risk, RiskCampaign
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
    found = project_figures(project, campaign, *known_by_readers(project))
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
    summary = found.summary
    if summary is None:
        return None
    return TogetherFacts(
        structures=summary.structures,
        low=summary.levels[Level.LOW],
        moderate=summary.levels[Level.MODERATE],
        certain=summary.levels[Level.CERTAIN],
        total_median=summary.total_median,
        medians=_medians(project, summary),
        shared=tuple(SharedFact(item.question.number, item.question.text, item.count) for item in summary.common),
        before=found.before,
        since=found.since,
    )


def _medians(project: Project, summary: Summary) -> tuple[MedianFact, ...]:
    thresholds = thresholds_of(project)
    found = [
        MedianFact(section.title, points, thresholds.level(Fraction(points)))
        for section, points in zip(questionnaire().sections, summary.medians, strict=True)
        if points is not None
    ]
    return tuple(sorted(found, key=lambda item: -item.points))
