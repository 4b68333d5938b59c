"""An analysis that two people answer, and what they do with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, Capacity
from risks.models import AgreedMark, Assessment, Mark, Respondent, RiskCampaign
from risks.places import Place
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.world import World

Marks = Mapping[str, int | None]
EVERYTHING = {question.number: 3 for question in questionnaire().questions}


@dataclass
class Analysis:
    """In a structure of the project, with its direction and its referent; the lead and the OG's direction above."""

    place: Place
    campaign: RiskCampaign
    director: User
    referent: User
    lead: User
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def assessment(self) -> Assessment:
        """As it stands."""
        with elevated():
            return Assessment.objects.select_related("campaign").get(place=self.place.id, campaign=self.campaign)

    @property
    def status(self) -> AssessmentStatus:
        return self.assessment.state

    def agreed(self) -> dict[str, int | None]:
        """The marks that are kept, by question."""
        with elevated():
            rows = AgreedMark.objects.filter(assessment=self.assessment).order_by("question")
            return dict(rows.values_list("question", "value"))

    def kept(self, question: str) -> AgreedMark:
        with elevated():
            return AgreedMark.objects.get(assessment=self.assessment, question=question)

    def get(self, who: str, name: str, *more: object, query: str = "") -> HttpResponse:
        return self.clients[who].get(self.place.url(name, *more) + query)

    def post(self, who: str, name: str, *more: object, htmx: bool = False, **posted: Any) -> HttpResponse:
        headers = {"HTTP_HX_REQUEST": "true"} if htmx else {}
        return self.clients[who].post(self.place.url(name, *more), posted, **headers)

    def act(self, who: str, name: str, **posted: Any) -> HttpResponse:
        """With the version that stands."""
        return self.post(who, name, version=self.assessment.version, **posted)

    def agree(self, who: str, question: str, mark: int | str, **posted: Any) -> HttpResponse:
        """From a page where the question has no mark yet, or the one given by `version` and `kept`."""
        given = {"version": 0, "kept": "", "comment": "", **posted}
        return self.post(who, "risk_convergence_agree", question.replace(".", "-"), mark=mark, **given)

    def answered(self, director: Marks = EVERYTHING, referent: Marks = EVERYTHING) -> "Analysis":
        """Both have finished."""
        with elevated():
            for user, capacity, marks in (
                (self.director, Capacity.DIRECTION, director),
                (self.referent, Capacity.REFERENT, referent),
            ):
                respond(self, user, capacity, marks)
        return self

    def converging(self, director: Marks = EVERYTHING, referent: Marks = EVERYTHING) -> "Analysis":
        self.answered(director, referent)
        assert self.act("referent", "risk_convergence_open").status_code == 302
        return self

    def transmitted(self) -> "Analysis":
        """By its direction, all answers being alike."""
        self.converging()
        for name in ("risk_validate", "risk_transmit"):
            assert self.act("director", name).status_code == 302
        return self


def respond(analysis: Analysis, user: User, capacity: Capacity, marks: Marks, *, finished: bool = True) -> Respondent:
    """Write the answers of one person, in the elevated role."""
    columns, assessment = analysis.place.columns, analysis.assessment
    respondent = Respondent.objects.create(
        **columns,
        assessment=assessment,
        user=user,
        capacity=capacity,
        asked_by=user,
        finished_at=timezone.now() if finished else None,
    )
    Mark.objects.bulk_create(
        Mark(
            **columns,
            assessment=assessment,
            respondent=respondent,
            user=user,
            question=number,
            value=value,
            not_concerned=value is None,
            comment=f"Vu par {user.last_name}" if number == "1.1" else "",
        )
        for number, value in marks.items()
    )
    return respondent


def begun(
    world: World,
    client_as: Callable[[User], Client],
    *,
    name: str = "SAVS du Port",
    slug: str = "savs-du-port",
    asks_all: bool = True,
) -> Analysis:
    """Asked by the open campaign, unanswered. Not `asks_all`: after one that was transmitted, all fours."""
    esms: ESMS = ESMSFactory(og=world.own.ogs[0], name=name, slug=slug)
    esms.project = world.project
    director = UserFactory(first_name="Alix", last_name="Vidal")
    referent = UserFactory(first_name="Jo", last_name="Marchand")
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    MembershipFactory(user=referent, role=Role.LOCAL_REFERENT, target=esms)
    place, risks = Place(world.project, esms), world.own.risks
    with elevated():
        before = None if asks_all else _before(place, risks.first, director)
        Assessment.objects.create(**place.columns, campaign=risks.second, asks_all=asks_all, based_on=before)
    clients = {
        "director": client_as(director),
        "referent": client_as(referent),
        "lead": client_as(world.lead),
        "og_director": client_as(world.person(Role.OG_DIRECTOR)),
        "rival": client_as(world.rival_director),
    }
    return Analysis(place, risks.second, director, referent, world.lead, clients)


def _before(place: Place, campaign: RiskCampaign, by: User) -> Assessment:
    now = timezone.now()
    before = Assessment.objects.create(**place.columns, campaign=campaign, status=AssessmentStatus.CONVERGING)
    AgreedMark.objects.bulk_create(
        AgreedMark(**place.columns, assessment=before, question=question.number, value=4, agreed_by=by)
        for question in questionnaire().questions
    )
    Assessment.objects.filter(pk=before.pk).update(
        status=AssessmentStatus.TRANSMITTED,
        validated_by=by,
        validated_at=now,
        transmitted_by=by,
        transmitted_at=now,
    )
    return before
