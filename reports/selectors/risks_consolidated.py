"""What « Analyse de risques consolidée » says, for who leads it: every structure by name, transmitted only."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from common.french import day, today
from organisations.models import Project, User
from reports.selectors.register import Naming, RiskFact, by_function, by_name, register_of
from reports.selectors.risk_analysis import ScoreFact, section_facts, total_fact
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, Level
from risks.models import Risk, RiskCampaign
from risks.scoring import Thresholds
from risks.selectors.assessments import Reading
from risks.selectors.campaigns import structures_of
from risks.selectors.overview import Followed, Overview, Summary, overview

OWN_STRONGEST = 5


@dataclass(frozen=True)
class StructureScores:
    """What a structure transmitted last. `sections`: points and level of each; `campaign_number`: of
    the campaign of these marks."""

    name: str
    og: str
    points: int | None
    level: Level | None
    sections: tuple[tuple[int | None, Level | None], ...]
    change: int | None
    campaign_number: int


@dataclass(frozen=True)
class AwaitedFact:
    """A structure that the campaign asked, and that did not transmit."""

    name: str
    og: str
    status: AssessmentStatus
    sent_back_on: date | None


@dataclass(frozen=True)
class SpreadFact:
    """Of a section: how many structures at each level, and their median."""

    number: int
    title: str
    short: str
    median: int | None
    low: int
    moderate: int
    certain: int

    @property
    def marked(self) -> int:
        return self.low + self.moderate + self.certain


@dataclass(frozen=True)
class CommonFact:
    """A question that several structures mark strongly."""

    number: str
    text: str
    mitigation: str
    count: int


@dataclass(frozen=True)
class StrongFact:
    number: str
    text: str
    mitigation: str
    mark: int


@dataclass(frozen=True)
class OwnFacts:
    """What the project answers for itself."""

    campaign: str
    total: ScoreFact
    sections: tuple[ScoreFact, ...]
    strongest: tuple[StrongFact, ...]


@dataclass(frozen=True)
class ConsolidatedFacts:
    """As of one campaign. `asked`: structures in it; `transmitted`: those of them that did. `risks`: the project's own
    and all those that structures transmitted."""

    project: str
    campaign: str
    campaign_number: int
    due_on: date
    closed_on: date | None
    thresholds: Thresholds
    asked: int
    transmitted: int
    unasked: int
    structures: tuple[StructureScores, ...]
    awaited: tuple[AwaitedFact, ...]
    levels: tuple[int, int, int]
    total_median: int | None
    spread: tuple[SpreadFact, ...]
    common: tuple[CommonFact, ...]
    own: OwnFacts | None
    risks: tuple[RiskFact, ...]
    today: date
    read_at: datetime

    @property
    def carried(self) -> list[RiskFact]:
        """The open risks of the project itself, and those that structures asked it to carry."""
        return [risk for risk in self.risks if risk.open and (not risk.structure or risk.raised_on)]

    @property
    def earlier(self) -> int:
        """Structures that are shown as they were in an earlier campaign."""
        return sum(item.campaign_number != self.campaign_number for item in self.structures)


def consolidated_facts(project: Project, campaign: RiskCampaign) -> ConsolidatedFacts:
    """Nine queries, whatever the number of structures."""
    now = today()
    found = overview(project, structures_of(project), campaign)
    together, asked = found.summary, [one for one in found.structures if one.asked]
    told = Q(esms=None) | Q(transmitted_at__isnull=False)
    return ConsolidatedFacts(
        project=project.name,
        campaign=campaign.title,
        campaign_number=campaign.number,
        due_on=campaign.due_on,
        closed_on=day(campaign.closed_at) if campaign.closed_at else None,
        thresholds=found.thresholds,
        asked=len(asked),
        transmitted=len(asked) - len(found.awaited),
        unasked=found.unasked,
        structures=tuple(_structures(found)),
        awaited=tuple(_awaited(one) for one in _by_og(found.awaited)),
        levels=(together.levels[Level.LOW], together.levels[Level.MODERATE], together.levels[Level.CERTAIN]),
        total_median=together.total_median,
        spread=_spread(together),
        common=tuple(
            CommonFact(item.question.number, item.question.text, item.question.mitigation, item.count)
            for item in together.common
        ),
        own=_own(found.own) if found.own else None,
        risks=register_of(Risk.objects.filter(told, project=project), _naming(project), now),
        today=now,
        read_at=timezone.now(),
    )


def _by_og(structures: Sequence[Followed]) -> list[Followed]:
    return sorted(structures, key=lambda one: (one.esms.og.name, one.esms.name))


def _structures(found: Overview) -> list[StructureScores]:
    return [
        StructureScores(
            name=one.esms.name,
            og=one.esms.og.name,
            points=one.reading.scores.total.points,
            level=one.level,
            sections=tuple(zip(one.reading.scores.points, one.reading.levels, strict=True)),
            change=one.change,
            campaign_number=one.reading.assessment.campaign.number,
        )
        for one in _by_og(found.read)
        if one.reading
    ]


def _awaited(one: Followed) -> AwaitedFact:
    if one.asked is None:
        raise ValueError(f"{one.esms} was not asked.")
    sent_back = one.asked.sent_back_at
    return AwaitedFact(
        one.esms.name, one.esms.og.name, AssessmentStatus(one.asked.status), day(sent_back) if sent_back else None
    )


def _spread(together: Summary) -> tuple[SpreadFact, ...]:
    columns = zip(questionnaire().sections, together.medians, together.section_levels, strict=True)
    return tuple(
        SpreadFact(
            number=section.number,
            title=section.title,
            short=section.short,
            median=median,
            low=count[Level.LOW],
            moderate=count[Level.MODERATE],
            certain=count[Level.CERTAIN],
        )
        for section, median, count in columns
    )


def _own(reading: Reading) -> OwnFacts:
    return OwnFacts(
        campaign=reading.assessment.campaign.title,
        total=total_fact(reading, None),
        sections=section_facts(reading, None),
        strongest=tuple(
            StrongFact(question.number, question.text, question.mitigation, mark)
            for question, mark in reading.to_act_on[:OWN_STRONGEST]
        ),
    )


def _naming(project: Project) -> Naming:
    """By name those who carry the project's own risks; by their function the people of structures."""
    functions = by_function(project.pk)

    def naming(user: User | None, esms_id: uuid.UUID | None) -> str:
        return functions(user, esms_id) if esms_id else by_name(user, None)

    return naming
