"""The risks of all the structures that one person follows, side by side: what they transmitted, who did not."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from statistics import median

from django.db.models import Count, Q, Sum

from common import french
from organisations.models import ESMS, Project
from risks.catalogue import Question, questionnaire
from risks.criticality import criticality
from risks.enums import Criticality, Level
from risks.models import AgreedMark, Assessment, Risk, RiskAction, RiskCampaign
from risks.scoring import ALL, Score, Thresholds, rounded
from risks.selectors.assessments import Reading, marks_of, thresholds_of

MANY = 3  # structures that mark a question strongly: it is then common to many


@dataclass(frozen=True)
class Followed:
    """One structure. `asked`: its assessment of the campaign that is read; `reading`: what it transmitted last, then or
    before; `before`: the total of the one that it transmitted earlier."""

    esms: ESMS
    asked: Assessment | None = None
    reading: Reading | None = None
    before: Score | None = None

    @property
    def level(self) -> Level | None:
        """Of the whole; None while nothing was transmitted."""
        return self.reading.level if self.reading else None

    @property
    def awaited(self) -> bool:
        """Whether the campaign asked it and it did not transmit."""
        return self.asked is not None and not self.asked.transmitted

    @property
    def change(self) -> int | None:
        """By how many points its total moved; None when there is nothing to compare."""
        now = self.reading.scores.total.points if self.reading else None
        was = self.before.points if self.before else None
        return None if now is None or was is None else now - was


@dataclass(frozen=True)
class Common:
    """A question that several structures mark strongly. `count`: how many."""

    question: Question
    count: int


@dataclass(frozen=True)
class Summary:
    """What several structures transmitted, together. `structures`: how many; `levels` of the whole, `section_levels`
    and `medians` (in points) by section; `common`: what at least `MANY` of them mark strongly enough for an action."""

    structures: int
    levels: Counter[Level]
    section_levels: Sequence[Counter[Level]]
    medians: Sequence[int | None]
    total_median: int | None
    common: Sequence[Common]


def summary(readings: Sequence[Reading]) -> Summary:
    """Pure, from what was read."""
    form = questionnaire()
    strong = Counter(question.number for one in readings for question, _ in one.to_act_on)
    common = [Common(form.by_number[number], count) for number, count in strong.items() if count >= MANY]
    columns = list(zip(*(one.levels for one in readings), strict=True)) or [()] * len(form.sections)
    points = list(zip(*(one.scores.points for one in readings), strict=True)) or [()] * len(form.sections)
    return Summary(
        structures=len(readings),
        levels=Counter(one.level for one in readings if one.level),
        section_levels=[Counter(level for level in column if level) for column in columns],
        medians=[middle(column) for column in points],
        total_median=middle([one.scores.total.points for one in readings]),
        common=sorted(common, key=lambda item: (-item.count, item.question.rank)),
    )


@dataclass(frozen=True)
class Overview:
    """`campaign`: the one that is read; None while there is none. `structures`: those that it asked, or that
    transmitted by then, in their order; `unasked`: how many others. `own`: what the project itself transmitted, as far
    as the reader may know."""

    project: Project
    campaign: RiskCampaign | None
    structures: Sequence[Followed]
    unasked: int
    thresholds: Thresholds
    own: Reading | None
    today: date

    @cached_property
    def read(self) -> list[Followed]:
        """Those that transmitted."""
        return [one for one in self.structures if one.reading]

    @cached_property
    def awaited(self) -> list[Followed]:
        return [one for one in self.structures if one.awaited]

    @cached_property
    def summary(self) -> Summary:
        return summary([one.reading for one in self.structures if one.reading])

    @property
    def changes(self) -> list[int]:
        """Of the structures that can be compared."""
        return [one.change for one in self.read if one.change is not None]

    @property
    def late(self) -> bool:
        """Whether the day of the campaign is past while it waits."""
        campaign = self.campaign
        return campaign is not None and campaign.closed_at is None and campaign.due_on < self.today

    def narrowed(self, structures: Sequence[Followed]) -> "Overview":
        """The same, of some of the structures."""
        return replace(self, structures=structures)


def middle(values: Sequence[int | None]) -> int | None:
    """The median of those that are known, to the nearest point, halves upwards."""
    known = [value for value in values if value is not None]
    return rounded(Fraction(median(known))) if known else None


def overview(project: Project, structures: Sequence[ESMS], campaign: RiskCampaign | None) -> Overview:
    """The risks of these structures as of a campaign. Five queries, whatever their number."""
    thresholds = thresholds_of(project)
    rows = _by_place(project, [*(esms.pk for esms in structures), project.pk], campaign)
    read = {place: [row for row in items if row.transmitted][:2] for place, items in rows.items()}
    marks = marks_of([items[0] for items in read.values() if items])
    totals = _totals([items[1] for items in read.values() if len(items) > 1])
    readings = {
        place: Reading(items[0], marks[items[0].pk], thresholds)
        for place, items in read.items()
        if items and items[0].pk in marks
    }
    followed = [
        Followed(
            esms,
            asked=next((row for row in rows.get(esms.pk, []) if row.campaign == campaign), None),
            reading=readings.get(esms.pk),
            before=next((totals.get(row.pk) for row in read.get(esms.pk, [])[1:]), None),
        )
        for esms in structures
    ]
    concerned = [one for one in followed if one.asked or one.reading]
    return Overview(
        project=project,
        campaign=campaign,
        structures=concerned,
        unasked=len(followed) - len(concerned),
        thresholds=thresholds,
        own=readings.get(project.pk),
        today=french.today(),
    )


def _by_place(
    project: Project, places: Sequence[uuid.UUID], campaign: RiskCampaign | None
) -> Mapping[uuid.UUID, list[Assessment]]:
    """By place, its assessments up to a campaign, the latest first."""
    if campaign is None:
        return {}
    rows = Assessment.objects.filter(project=project, place__in=places, campaign__number__lte=campaign.number)
    found: dict[uuid.UUID, list[Assessment]] = {}
    for row in rows.select_related("campaign").order_by("-campaign__number"):
        found.setdefault(row.place, []).append(row)
    return found


def _totals(assessments: Sequence[Assessment]) -> dict[uuid.UUID, Score]:
    """By assessment, its total alone, added up by the database."""
    rows = AgreedMark.objects.filter(assessment__in=[row.pk for row in assessments]).order_by()
    asked = len(questionnaire().questions)
    return {
        pk: Score(raw or 0, marked, answered, asked, ALL)
        for pk, raw, marked, answered in rows.values_list("assessment_id").annotate(
            Sum("value"), Count("value"), Count("pk")
        )
    }


@dataclass(frozen=True)
class RegisterSummary:
    """The register of the project, and what structures raised to it. `late`: actions past their day."""

    open: int = 0
    critical: int = 0
    raised: int = 0
    late: int = 0


def register_summary(project: Project) -> RegisterSummary:
    """Its open risks in figures. Two queries."""
    carried = Q(esms=None) | Q(raised_at__isnull=False)
    risks = list(Risk.objects.open().filter(carried, project=project).order_by("place", "number"))
    late = RiskAction.objects.open().filter(risk__in=[risk.pk for risk in risks], due_on__lt=french.today())
    return RegisterSummary(
        open=len(risks),
        critical=sum(1 for risk in risks if criticality(risk.probability, risk.impact) == Criticality.CRITICAL),
        raised=sum(1 for risk in risks if risk.esms_id),
        late=late.count(),
    )
