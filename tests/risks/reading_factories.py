"""Analyses as they are once put together: campaigns, and what a place agreed on in each."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import ESMS, Project, User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, CampaignKind
from risks.models import AgreedMark, Assessment, RiskCampaign
from risks.places import Place
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.world import World

NUMBERS = [question.number for question in questionnaire().questions]


def everywhere(mark: int, **others: int | None) -> dict[str, int | None]:
    """This mark everywhere but for some: `everywhere(3, q2_1=9, q1_1=None)`; a question is left out with 0."""
    marks = dict.fromkeys(NUMBERS, mark)
    for name, value in others.items():
        number = name.removeprefix("q").replace("_", ".")
        marks[number] = value
        if value == 0:
            del marks[number]
    return marks


def campaign(project: Project, by: User, number: int, **values: Any) -> RiskCampaign:
    with elevated():
        return RiskCampaign.objects.create(
            project=project,
            number=number,
            kind=CampaignKind.PHASE_END,
            phase=Phase.PILOT,
            opened_by=by,
            due_on=timezone.localdate() + timedelta(days=10),
            **values,
        )


def assessed(
    place: Place,
    asked: RiskCampaign,
    by: User,
    marks: Mapping[str, int | None],
    *,
    status: AssessmentStatus = AssessmentStatus.TRANSMITTED,
    carried: Collection[str] = (),
    comments: Mapping[str, str] | None = None,
    **values: Any,
) -> Assessment:
    """An analysis that agreed on these marks, None for « non concerné »."""
    now, comments = timezone.now(), comments or {}
    with elevated():
        assessment = Assessment.objects.create(
            **place.columns, campaign=asked, status=AssessmentStatus.CONVERGING, **values
        )
        AgreedMark.objects.bulk_create(
            AgreedMark(
                **place.columns,
                assessment=assessment,
                question=number,
                value=value,
                not_concerned=value is None,
                carried=number in carried,
                comment=comments.get(number, ""),
                agreed_by=by,
            )
            for number, value in marks.items()
        )
        Assessment.objects.filter(pk=assessment.pk).update(
            status=status,
            submitted_by=by,
            submitted_at=now,
            validated_by=by,
            validated_at=now,
            transmitted_by=by,
            transmitted_at=now,
        )
        assessment.refresh_from_db()
    return assessment


def structure(world: World, slug: str, *, og: int = 0) -> tuple[ESMS, User]:
    """A structure more, and its director."""
    esms = ESMSFactory(og=world.own.ogs[og], slug=slug, name=f"Structure {slug.capitalize()}")
    director = UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    return esms, director
