"""Places in which people answer: a structure, or the project, with who answers in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import ESMS, Project, User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, CampaignKind, Capacity
from risks.models import AgreedMark, Assessment, Mark, Respondent, RiskCampaign
from risks.places import Place
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import HTMX
from tests.harness.world import World


def campaign_of(project: Project, by: User, **values: Any) -> RiskCampaign:
    """The next campaign of a project."""
    in_three_weeks = timezone.localdate() + timedelta(days=21)
    with elevated():
        number = (RiskCampaign.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0) + 1
        return RiskCampaign.objects.create(
            project=project,
            number=number,
            opened_by=by,
            **{"kind": CampaignKind.START, "phase": Phase.FRAMING, "due_on": in_three_weeks, **values},
        )


@dataclass
class Room:
    """A structure that was asked, whose people answered nothing yet."""

    place: Place
    assessment: Assessment
    director: User
    referent: User
    lead: User
    sign_in: Callable[[User], Client]

    def url(self, name: str, *more: object) -> str:
        return self.place.url(name, *more)

    def mark(self, by: User, question: str, mark: str, version: int = 0, **more: Any) -> HttpResponse:
        """As htmx posts it from the screen of the question."""
        campaign = self.assessment.campaign.number
        posted = {"mark": mark, "version": version, "campaign": campaign, "screen": "question", "comment": "", **more}
        return self.sign_in(by).post(self.url("risk_mark", question.replace(".", "-")), posted, **HTMX)

    def kept(self, by: User, question: str) -> Mark | None:
        with elevated():
            return Mark.objects.filter(assessment=self.assessment, user=by, question=question).first()

    def ask(self, user: User, capacity: Capacity = Capacity.LEAD) -> Respondent:
        with elevated():
            return Respondent.objects.create(
                **self.place.columns,
                assessment=self.assessment,
                user=user,
                capacity=capacity,
                asked_by=self.director,
            )

    def respondent(self, user: User) -> Respondent | None:
        with elevated():
            return Respondent.objects.filter(assessment=self.assessment, user=user).first()

    def put_together(self) -> None:
        self.change(status=AssessmentStatus.CONVERGING, converging_by=self.director, converging_at=timezone.now())

    def change(self, **values: Any) -> None:
        with elevated():
            Assessment.objects.filter(pk=self.assessment.pk).update(**values)


def room_of(
    world: World, sign_in: Callable[[User], Client], esms: ESMS | None = None, campaign: RiskCampaign | None = None
) -> Room:
    """A structure of the first OG asked all hundred questions."""
    esms = esms or ESMSFactory(og=world.own.ogs[0], project=world.own.project)
    director, referent = UserFactory(), UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    MembershipFactory(user=referent, role=Role.LOCAL_REFERENT, target=esms)
    place = Place(world.own.project, esms)
    campaign = campaign or campaign_of(world.own.project, world.lead)
    with elevated():
        assessment = Assessment.objects.create(**place.columns, campaign=campaign)
    return Room(place, assessment, director, referent, world.lead, sign_in)


def asked_again(room: Room, value: int) -> None:
    """The structure transmitted its first campaign, this mark everywhere; a second one asks the starred questions."""
    now = timezone.now()
    with elevated():
        first = room.assessment
        AgreedMark.objects.bulk_create(
            AgreedMark(
                **room.place.columns,
                assessment=first,
                question=question.number,
                value=value,
                agreed_by=room.director,
            )
            for question in questionnaire().questions
        )
        room.change(
            status=AssessmentStatus.TRANSMITTED,
            validated_by=room.director,
            validated_at=now,
            transmitted_by=room.director,
            transmitted_at=now,
        )
        campaign = campaign_of(room.place.project, room.lead, kind=CampaignKind.PHASE_END)
        room.assessment = Assessment.objects.create(
            **room.place.columns, campaign=campaign, asks_all=False, based_on=first
        )
