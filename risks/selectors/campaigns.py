"""Campaigns as their lead follows them: who was asked, who is where, who is late."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from common import french
from organisations.models import ESMS, Project
from risks.aggregates import Answering, answering_of
from risks.enums import AssessmentStatus
from risks.models import Assessment, RiskCampaign
from risks.places import Place


@dataclass(frozen=True)
class Counted:
    """A campaign, how many places it asked and how many transmitted."""

    campaign: RiskCampaign
    asked: int
    transmitted: int


@dataclass(frozen=True)
class Standing:
    """One place asked by a campaign. `answering`: how its respondents get on, in figures."""

    place: Place
    assessment: Assessment
    answering: Answering

    @property
    def begun(self) -> bool:
        """Whether somebody there gave a mark."""
        return self.assessment.status != AssessmentStatus.ANSWERING or self.answering.begun


@dataclass(frozen=True)
class FollowUp:
    """One campaign. `standings`: the project itself first, then structures by name. `others`: those not asked.
    `busy`: the places of `others` that still work on another campaign."""

    campaign: RiskCampaign
    standings: Sequence[Standing]
    others: Sequence[ESMS]
    busy: frozenset[uuid.UUID]
    today: date

    @property
    def transmitted(self) -> list[Standing]:
        return [one for one in self.standings if one.assessment.transmitted]

    @property
    def awaited(self) -> list[Standing]:
        return [one for one in self.standings if not one.assessment.transmitted]

    @property
    def late(self) -> bool:
        """Whether its day is past while it waits."""
        return self.campaign.closed_at is None and self.campaign.due_on < self.today

    @property
    def to_add(self) -> list[ESMS]:
        return [esms for esms in self.others if esms.pk not in self.busy]


def campaigns_of(project: Project) -> list[RiskCampaign]:
    """The latest first. One query."""
    return list(RiskCampaign.objects.filter(project=project).order_by("-number"))


def counted_campaigns(project: Project) -> list[Counted]:
    """The latest first, with what each gathered. One query."""
    transmitted = Q(assessments__status=AssessmentStatus.TRANSMITTED)
    rows = RiskCampaign.objects.filter(project=project).annotate(
        asked=Count("assessments"), received=Count("assessments", filter=transmitted)
    )
    return [Counted(row, row.asked, row.received) for row in rows.order_by("-number")]


def structures_of(project: Project) -> list[ESMS]:
    """All those of a project, in the order of its waves, then by OG and name. One query."""
    rows = ESMS.objects.filter(project=project).select_related("og", "wave")
    found = list(rows.order_by("wave__position", "og__name", "name"))
    for esms in found:
        esms.project = project
    return found


def asked_places(campaign: RiskCampaign) -> frozenset[uuid.UUID]:
    """The places that a campaign asks. One query."""
    return frozenset(campaign.assessments.values_list("place", flat=True))


def busy_places(project: Project) -> Mapping[uuid.UUID, RiskCampaign]:
    """The places that still work on an assessment, and for which campaign. One query."""
    rows = Assessment.objects.open().filter(project=project).select_related("campaign")
    return {row.place: row.campaign for row in rows.order_by("place")}


def follow_up(campaign: RiskCampaign) -> FollowUp:
    """Where each place that it asked stands. Five queries, whatever their number."""
    project = campaign.project
    structures = structures_of(project)
    known = {esms.pk: esms for esms in structures}
    rows = campaign.assessments.select_related("transmitted_by", "validated_by", "submitted_by", "sent_back_by")
    assessments = {row.place: row for row in rows.order_by("place")}
    answering = answering_of([row.pk for row in assessments.values()])
    places = [Place(project), *(Place(project, esms) for esms in known.values())]
    return FollowUp(
        campaign=campaign,
        standings=[
            Standing(place, assessments[place.id], answering.get(assessments[place.id].pk, Answering()))
            for place in places
            if place.id in assessments
        ],
        others=[esms for esms in structures if esms.pk not in assessments],
        busy=frozenset(busy_places(project)),
        today=french.today(),
    )
