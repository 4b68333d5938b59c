"""Two people in one register at once lose nothing."""

import uuid
from collections import Counter
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from governance.models import Alert
from organisations.enums import Role
from organisations.models import ESMS, User
from risks.enums import RISK_SOURCE, AssessmentStatus, Category
from risks.models import AgreedMark, Assessment, Risk, RiskAction
from risks.places import Place
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import HTMX
from tests.harness.threads import together
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def esms(world: World) -> ESMS:
    return ESMSFactory(og=world.own.ogs[0], slug="savs-du-port")


@pytest.fixture
def people(esms: ESMS) -> list[User]:
    """Its director and its referent."""
    found = [UserFactory(), UserFactory()]
    for user, role in zip(found, (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT), strict=True):
        MembershipFactory(user=user, role=role, target=esms)
    return found


@pytest.fixture
def risk(world: World, esms: ESMS, people: list[User]) -> Risk:
    with elevated():
        return Risk.objects.create(
            **Place(world.own.project, esms).columns,
            number=1,
            title="Panne",
            category=Category.TECHNICAL,
            probability=2,
            impact=2,
            opened_by=people[0],
        )


@pytest.fixture
def post(esms: ESMS, people: list[User], client_as: Callable) -> Callable[..., HttpResponse]:
    """`post(0, "risk_add", …)`: from a browser of its own that shares the session of the director."""
    signed_in = [client_as(user) for user in people]
    for client in signed_in:
        client.get("/")  # one browser alone meets the middleware first

    def send(who: int, name: str, *more: object, **posted: object) -> HttpResponse:
        client = Client(raise_request_exception=False)
        client.cookies.update(signed_in[who].cookies)
        return client.post(reverse(f"esms_{name}", args=[SLUG, esms.slug, *more]), posted, **HTMX)

    return send


def test_risks_noted_at_once_are_numbered_one_after_the_other(esms: ESMS, post: Callable) -> None:
    got = together(
        8,
        lambda rank: post(
            rank % 2, "risk_add", title=f"Risque {rank}", category="human", cell="2-2", token=uuid.uuid4()
        ),
    )
    assert [answer.status_code for answer in got] == [302] * 8
    with elevated():
        assert sorted(Risk.objects.filter(esms=esms).values_list("number", flat=True)) == list(range(1, 9))


def test_one_form_posted_twelve_times_at_once_notes_one_risk(esms: ESMS, post: Callable) -> None:
    token = uuid.uuid4()
    got = together(12, lambda rank: post(0, "risk_add", title="Panne", category="human", cell="2-2", token=token))
    assert {answer.url for answer in got} == {reverse("esms_risk", args=[SLUG, esms.slug, 1])}
    with elevated():
        assert Risk.objects.filter(esms=esms).count() == 1


def test_one_field_written_by_two_keeps_the_first_and_tells_the_other(risk: Risk, post: Callable) -> None:
    got = together(8, lambda rank: post(rank % 2, "risk_field", 1, "cause", version=1, cause=f"Cause {rank}"))
    assert Counter(answer.status_code for answer in got) == {200: 1, 409: 7}
    (kept,) = [rank for rank, answer in enumerate(got) if answer.status_code == 200]
    with elevated():
        risk.refresh_from_db()
    assert risk.cause == f"Cause {kept}"


def test_different_fields_written_at_once_are_all_kept(risk: Risk, post: Callable) -> None:
    names = ("cause", "consequence", "description")
    got = together(3, lambda rank: post(rank % 2, "risk_field", 1, names[rank], version=1, **{names[rank]: "Écrit"}))
    assert [answer.status_code for answer in got] == [200] * 3
    with elevated():
        risk.refresh_from_db()
    assert [getattr(risk, name) for name in names] == ["Écrit"] * 3


def test_becoming_critical_twice_at_once_alerts_once(risk: Risk, post: Callable) -> None:
    got = together(6, lambda rank: post(rank % 2, "risk_cell", 1, version=1, cell="4-4"))
    assert {answer.status_code for answer in got} == {302}
    with elevated():
        assert Alert.objects.filter(source=RISK_SOURCE, source_id=risk.pk).count() == 1


def test_one_mark_made_an_action_six_times_at_once_opens_one_risk(
    world: World, esms: ESMS, people: list[User], post: Callable
) -> None:
    place = Place(world.own.project, esms).columns
    with elevated():
        assessment = Assessment.objects.create(
            **place, campaign=world.own.risks.second, status=AssessmentStatus.CONVERGING
        )
        AgreedMark.objects.create(**place, assessment=assessment, question="2.1", value=7, agreed_by=people[0])
    got = together(
        6,
        lambda rank: post(
            rank % 2,
            "risk_propose",
            "2-1",
            kind="preventive",
            owner="",
            due_on="",
            probability=3,
            impact=3,
            token=uuid.uuid4(),
        ),
    )
    assert {answer.status_code for answer in got} == {302}
    with elevated():
        risk = Risk.objects.get(esms=esms, question="2.1")
        assert risk.actions.count() == 6


def test_one_action_posted_eight_times_at_once_is_written_once(risk: Risk, post: Callable) -> None:
    token = uuid.uuid4()
    got = together(
        8,
        lambda rank: post(
            rank % 2, "risk_action_add", 1, label="Agir", kind="preventive", owner="", due_on="", token=token
        ),
    )
    assert {answer.status_code for answer in got} == {302}
    with elevated():
        assert RiskAction.objects.filter(risk=risk).count() == 1
