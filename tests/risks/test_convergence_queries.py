"""Query budgets: the same whatever the number of respondents, of questions to settle and of past campaigns."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from organisations.models import User
from risks.catalogue import questionnaire
from risks.enums import AssessmentStatus, CampaignKind, Capacity
from risks.models import AgreedMark, Assessment, RiskCampaign
from tests.factories import UserFactory
from tests.harness.queries import counted
from tests.harness.world import World
from tests.risks.together import EVERYTHING, Analysis, begun, respond

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 16
NUMBERS = list(EVERYTHING)


def grown(world: World, client_as: Callable[[User], Client], size: int) -> Analysis:
    """This many respondents, questions apart, and past campaigns."""
    analysis = begun(world, client_as, name=f"Taille {size}", slug=f"taille-{size}").answered(
        dict.fromkeys(NUMBERS[:50], 2), {number: 5 + rank % 4 for rank, number in enumerate(NUMBERS[:size])}
    )
    with elevated():
        for rank in range(size):
            respond(analysis, UserFactory(), Capacity.DEPUTY, {NUMBERS[rank]: 9})
        current = Assessment.objects.filter(pk=analysis.assessment.pk)
        current.update(closed_at=timezone.now())  # one is open at a time
        for rank in range(size):
            _past(world, analysis, size * 100 + rank)
        current.update(closed_at=None)
        RiskCampaign.objects.filter(pk=analysis.campaign.pk).update(number=10_000)  # the latest
    return analysis


def _past(world: World, analysis: Analysis, number: int) -> None:
    now, by = timezone.now(), analysis.director
    campaign = RiskCampaign.objects.create(
        project=world.project,
        number=number,
        kind=CampaignKind.START,
        phase="pilot",
        opened_by=by,
        due_on=timezone.localdate() - timedelta(days=30),
    )
    row = Assessment.objects.create(**analysis.place.columns, campaign=campaign, status=AssessmentStatus.CONVERGING)
    AgreedMark.objects.bulk_create(
        AgreedMark(**analysis.place.columns, assessment=row, question=one.number, value=4, agreed_by=by)
        for one in questionnaire().questions[:3]
    )
    Assessment.objects.filter(pk=row.pk).update(
        status=AssessmentStatus.TRANSMITTED,
        validated_by=by,
        validated_at=now,
        transmitted_by=by,
        transmitted_at=now,
    )


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("risk_questionnaire", ""),
        ("risk_convergence_open", ""),
        ("risk_convergence", ""),
        ("risk_convergence", "?question=1-1"),
    ],
)
def test_a_page_asks_as_much_with_1_3_and_30_rows(
    world: World, client_as: Callable[[User], Client], name: str, query: str
) -> None:
    found = []
    for size in (1, 3, 30):
        analysis = grown(world, client_as, size)
        if name == "risk_convergence":
            assert analysis.act("director", "risk_convergence_open").status_code == 302
        analysis.get("director", name, query=query)  # what is read once for all is read
        with counted() as queries:
            assert analysis.get("director", name, query=query).status_code == 200
        found.append(len(queries))
    assert found == [found[0]] * 3
    assert found[0] <= BUDGET


@pytest.mark.parametrize("act", ["open", "agree", "medians"])
def test_a_write_asks_as_much_with_1_3_and_30_rows(world: World, client_as: Callable[[User], Client], act: str) -> None:
    found = []
    for size in (1, 3, 30):
        analysis = grown(world, client_as, size)
        version = analysis.assessment.version
        analysis.get("director", "risk_questionnaire")
        if act != "open":
            assert analysis.act("director", "risk_convergence_open").status_code == 302
        with counted() as queries:
            if act == "open":
                answer = analysis.post("director", "risk_convergence_open", version=version)
            elif act == "agree":
                answer = analysis.agree("director", NUMBERS[-1], 4, htmx=True)
            else:
                answer = analysis.post("director", "risk_convergence_medians")
        assert answer.status_code in {200, 302}
        found.append(len(queries))
    assert found == [found[0]] * 3
