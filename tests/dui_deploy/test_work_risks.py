"""« Mon travail »: what risks ask of one person, across their projects."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common import french
from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from risks.enums import AssessmentStatus, Capacity
from risks.models import Assessment, Respondent, Risk, RiskAction
from risks.places import Place
from tests.factories import ProjectFactory
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import FOREIGN, SLUG, World

pytestmark = pytest.mark.django_db
OWN = "Répondre au questionnaire de risques du projet"


def plain(answer: Any) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def given(world: World, user: User, days: int, **values: Any) -> RiskAction:
    """An action on the risk of the project, due so many days from today."""
    risk = world.own.risks.risk
    with elevated():
        return RiskAction.objects.create(
            **Place(world.project).columns,
            risk=risk,
            label="Demander un second intervenant",
            owner=user,
            due_on=french.today() + timedelta(days=days),
            written_by=world.lead,
            **values,
        )


def ask(world: World, user: User, capacity: Capacity, assessment: Assessment, esms: ESMS | None = None) -> Respondent:
    with elevated():
        return Respondent.objects.create(
            **Place(world.project, esms).columns,
            assessment=assessment,
            user=user,
            capacity=capacity,
            asked_by=world.lead,
        )


def put(row: Assessment, **values: Any) -> None:
    with elevated():
        Assessment.objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("role", [Role.VENDOR, Role.DPO, Role.PURCHASING, Role.OBSERVER])
def test_who_owns_an_action_follows_it_without_reading_its_risk(world: World, client_as: Callable, role: Role) -> None:
    client = client_as(world.person(role))
    action = given(world, world.person(role), -4)
    answer = client.get("/")
    page = plain(answer)
    assert "Demander un second intervenant" in page
    assert "4 jours de retard" in page
    assert world.own.risks.risk.title not in page
    url = reverse("project_risk_my_action", args=[SLUG, action.pk])
    assert url in answer.text
    assert client.get(url).status_code == 200


def test_what_is_done_or_given_up_is_asked_no_more(world: World, client_as: Callable) -> None:
    vendor = world.person(Role.VENDOR)
    given(world, vendor, -4, done_on=french.today(), progress=100)
    given(world, vendor, -4, given_up_on=french.today(), given_up_why="Le contrat le prévoit déjà.")
    assert "Demander un second intervenant" not in plain(client_as(vendor).get("/"))


def test_the_action_of_one_person_is_nobody_elses(world: World, client_as: Callable) -> None:
    given(world, world.person(Role.VENDOR), 3)
    assert "Demander un second intervenant" not in plain(client_as(world.person(Role.DPO)).get("/"))


def test_the_lead_takes_the_analysis_of_the_project_from_step_to_step(
    world: World, lead: Client, client_as: Callable
) -> None:
    row, place = world.own.risks.assessment, Place(world.project)
    assert OWN in plain(lead.get("/"))
    respondent = ask(world, world.lead, Capacity.LEAD, row)
    assert OWN in plain(lead.get("/"))
    with elevated():
        Respondent.objects.filter(pk=respondent.pk).update(finished_at=timezone.now())
    page = lead.get("/")
    assert "Mettre en commun les réponses sur les risques du projet" in plain(page)
    assert place.url("risk_questionnaire") in page.text
    member = world.person(Role.COMOP)
    ask(world, member, Capacity.BODY, row)
    page = plain(lead.get("/"))  # others still answer
    assert OWN not in page
    assert "du projet" not in page.split("Répondre au questionnaire")[-1][:20]
    assert OWN in plain(client_as(member).get("/"))
    for status, words in (
        (AssessmentStatus.CONVERGING, "Retenir ensemble les notes de risques du projet"),
        (AssessmentStatus.SUBMITTED, "Valider l’analyse de risques du projet"),
    ):
        put(row, status=status)
        assert words in plain(lead.get("/"))
        assert OWN not in plain(client_as(member).get("/"))
    put(row, status=AssessmentStatus.ANSWERING, closed_at=timezone.now())
    assert "risques du projet" not in plain(lead.get("/"))


def test_a_lead_asked_by_a_structure_answers_there(world: World, lead: Client) -> None:
    esms, work = world.own.structures[0], world.own.risk_work[0]
    with elevated():
        Respondent.objects.filter(assessment=work.assessment).update(finished_at=timezone.now())
    ask(world, world.lead, Capacity.LEAD, work.assessment, esms)
    words = f"Répondre au questionnaire de risques : {esms.name}"
    assert words not in plain(lead.get("/"))  # its answers are already put together
    put(work.assessment, status=AssessmentStatus.ANSWERING)
    page = lead.get("/")
    assert words in plain(page)
    assert "en qualité de chef de projet" in plain(page)
    assert Place(world.project, esms).url("risk_answer") in page.text
    with elevated():
        Respondent.objects.filter(user=world.lead).update(finished_at=timezone.now())
    assert words not in plain(lead.get("/"))


def test_whoever_works_in_the_structure_is_asked_once(world: World, client_as: Callable) -> None:
    work, director = world.own.risk_work[0], world.person(Role.ESMS_DIRECTOR)
    put(work.assessment, status=AssessmentStatus.ANSWERING)
    page = plain(client_as(director).get("/"))
    assert page.count("Répondre au questionnaire de risques") == 1


def test_no_word_of_another_project(world: World, lead: Client) -> None:
    assert FOREIGN not in lead.get("/").text


@pytest.mark.django_db(transaction=True)
def test_the_number_of_rows_does_not_change_the_number_of_queries(world: World, lead: Client) -> None:
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            given(world, world.lead, 2)
            with elevated():
                place = Place(ProjectFactory())
                risk = Risk.objects.create(
                    **place.columns,
                    number=1,
                    title="Ailleurs",
                    category="human",
                    probability=1,
                    impact=1,
                    opened_by=world.lead,
                )
                RiskAction.objects.create(
                    **place.columns, risk=risk, label="Ailleurs", owner=world.lead, written_by=world.lead
                )
        with counted() as queries:
            assert lead.get("/").status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
