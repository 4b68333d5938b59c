"""What the analyses of one place come to, as far as one person may read them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from risks.aggregates import median_by_section
from risks.catalogue import questionnaire
from risks.comparison import Median, Move, SectionChange, changes, moves
from risks.enums import AssessmentStatus
from risks.models import AgreedMark, Assessment, Risk, RiskCampaign
from risks.places import Place
from risks.selectors.assessments import Reading, agreed_of, assessments_of, thresholds_of

Agreed = Mapping[str, AgreedMark]


@dataclass(frozen=True)
class PlaceReading:
    """`reading`: of the analysis that is shown, without marks when the reader may not read any; `agreed`: its marks as
    they were kept. `every`: all analyses of the place, the latest first. `before`: the one that it is compared with;
    `history`: what was settled up to now, the oldest first. `origins`: the campaign of each mark that was kept from an
    earlier one. `median`: of the other structures. `open_risks`: those of the register, by question."""

    reading: Reading
    agreed: Agreed
    every: Sequence[Assessment]
    before: Reading | None = None
    history: Sequence[Reading] = ()
    origins: Mapping[str, RiskCampaign] = field(default_factory=dict)
    median: Median = field(default_factory=Median)
    open_risks: Mapping[str, Risk] = field(default_factory=dict)

    @property
    def assessment(self) -> Assessment:
        return self.reading.assessment

    @property
    def latest(self) -> Assessment:
        return self.every[0]

    @property
    def changes(self) -> list[SectionChange]:
        return changes(self.before.scores, self.reading.scores) if self.before else []

    @property
    def moves(self) -> list[Move]:
        return moves(questionnaire(), self.before.marks, self.reading.marks) if self.before else []


def read(place: Place, number: int | None = None) -> PlaceReading | None:
    """The analysis of that campaign; without a number, the latest whose marks the reader may read. None when there is
    none. Six queries at most, whatever the number of campaigns and structures."""
    every = list(assessments_of(place))
    agreed = agreed_of(every)
    shown = _shown(every, agreed, number)
    if shown is None:
        return None
    thresholds = thresholds_of(place.project)
    readings = {
        one.pk: Reading(one, {question: mark.value for question, mark in agreed[one.pk].items()}, thresholds)
        for one in every
        if one.pk in agreed
    }
    found = readings.get(shown.pk) or Reading(shown, {}, thresholds)
    if not found.marks:
        return PlaceReading(found, {}, every)
    earlier = [one for one in every if one.campaign.number < shown.campaign.number and one.transmitted]
    basis = shown.based_on_id or next((one.pk for one in earlier), None)
    settled = shown.settled
    return PlaceReading(
        reading=found,
        agreed=agreed[shown.pk],
        every=every,
        before=readings.get(basis) if settled and basis else None,
        history=[readings[one.pk] for one in reversed(every) if one.settled and one.pk in readings],
        origins=_origins(shown, {one.pk: one for one in every}, agreed),
        median=_median(place, shown) if settled else Median(),
        open_risks={risk.question: risk for risk in Risk.objects.open().filter(place.rows).exclude(question="")},
    )


def _shown(every: Sequence[Assessment], agreed: Mapping[uuid.UUID, Agreed], number: int | None) -> Assessment | None:
    """The one that was asked for. Otherwise the latest that can be read, one that was stopped only for want of
    another."""
    if number is not None:
        return next((one for one in every if one.campaign.number == number), None)
    readable = [one for one in every if one.pk in agreed]
    going_on = [one for one in readable if one.closed_at is None]
    return next(iter([*going_on, *readable, *every]), None)


def _origins(
    shown: Assessment, every: Mapping[uuid.UUID, Assessment], agreed: Mapping[uuid.UUID, Agreed]
) -> dict[str, RiskCampaign]:
    """The campaign that each carried mark was given in, from one to the one before."""
    found = {}
    for question, mark in agreed[shown.pk].items():
        at, kept = shown, mark
        while kept.carried and at.based_on_id and question in agreed.get(at.based_on_id, {}):
            at = every[at.based_on_id]
            kept = agreed[at.pk][question]
        if at is not shown:
            found[question] = at.campaign
    return found


def _median(place: Place, shown: Assessment) -> Median:
    """Of the other structures that transmitted in the same campaign."""
    marked = AgreedMark.objects.filter(assessment=OuterRef("pk"))
    transmitted = Assessment.objects.filter(campaign=shown.campaign_id, status=AssessmentStatus.TRANSMITTED)
    known = transmitted.filter(Exists(marked)).order_by().values_list("place", flat=True)
    return median_by_section(shown.campaign, besides=place.id, known=set(known))
