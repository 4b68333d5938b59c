"""The page that tells how a figure was computed, as each person reads it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.french import long_date, today
from common.scope import elevated
from indicators.enums import Frequency
from indicators.models import Campaign, Indicator
from indicators.periods import Period
from organisations.enums import Role
from organisations.models import ESMS, User
from structures.enums.habilitations import MatrixStatus
from tests.factories import AlertFactory, ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.indicators.computing import CRITICAL, HIGH, Reckoning

pytestmark = pytest.mark.django_db
MONTH = Period.of(Frequency.MONTHLY, today()).previous
PAGE, AGAIN = 17, 50  # queries
RISKS, DONE = "open_risks_count", "risk_actions_completed_rate"


@pytest.fixture
def place(world: World) -> Reckoning:
    """A structure of the own project that nothing was written of, and its director."""
    esms = ESMSFactory(og=world.own.ogs[0], slug="savs-du-port", name="SAVS du Port")
    director = UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    return Reckoning(world.project, esms, director)


@pytest.fixture
def people(world: World, place: Reckoning, client_as: Callable[[User], Client]) -> dict[str, Client]:
    return {
        "director": client_as(place.user),
        "lead": client_as(world.lead),
        "comop": client_as(world.person(Role.COMOP)),
        "og": client_as(world.person(Role.OG_DIRECTOR)),
    }


def url(esms: ESMS, code: str, period: Period = MONTH, *, again: bool = False) -> str:
    name = "indicator_computed_again" if again else "indicator_computed"
    return reverse(name, args=[SLUG, esms.slug, code, period.code])


def said(answer: HttpResponse) -> str:
    return text(parse(answer.content).xpath("//main")[0]).replace("\xa0", " ").replace("\u202f", " ")


def links(answer: HttpResponse) -> list[str]:
    return [str(link) for link in parse(answer.content).xpath("//main//ul//a/@href")]


def test_a_rate_is_told_by_its_terms_its_day_and_its_rows(place: Reckoning, people: dict[str, Client]) -> None:
    risk = place.risk(MONTH.start)
    for done in ({}, {}, {}, {"done_on": MONTH.end}):
        place.action(risk, MONTH.start, **done)
    people["director"].post(url(place.esms, DONE, again=True))
    answer = people["director"].get(url(place.esms, DONE))
    page = said(answer)
    assert "25 % 1 action terminée sur 4 décidées." in page
    assert f"Situation au {long_date(MONTH.end)}".replace("\xa0", " ") in page
    assert "Une action abandonnée n’y entre plus." in page
    assert "n’a pas changé depuis" in page
    assert links(answer) == [
        reverse("esms_risk_register", args=[SLUG, place.esms.slug]) + "?etat=tous",
        reverse("esms_risk_plan", args=[SLUG, place.esms.slug]),
    ]
    for link in links(answer):
        assert people["director"].get(link).status_code == 200


def test_a_split_stands_in_a_table_in_the_order_of_its_levels(place: Reckoning, people: dict[str, Client]) -> None:
    place.risk(MONTH.start, cell=CRITICAL)
    place.risk(MONTH.start, cell=HIGH)
    place.risk(MONTH.start, cell=HIGH)
    people["lead"].post(url(place.esms, RISKS, again=True))
    answer = people["comop"].get(url(place.esms, RISKS))
    rows = parse(answer.content).xpath("//table//tbody/tr")
    assert [[text(cell) for cell in row] for row in rows] == [["Élevé", "2"], ["Critique", "1"]]
    assert "3 risques ouverts." in said(answer)


def test_bodies_read_the_figure_and_not_the_way_to_the_rows(place: Reckoning, people: dict[str, Client]) -> None:
    place.risk(MONTH.start)
    people["lead"].post(url(place.esms, RISKS, again=True))
    answer = people["comop"].get(url(place.esms, RISKS))
    assert "1 risque ouvert." in said(answer)
    assert links(answer) == []
    assert "Recalculer" not in said(answer)
    assert people["og"].get(url(place.esms, RISKS)).status_code == 200
    assert len(links(people["og"].get(url(place.esms, RISKS)))) == 1
    assert "Recalculer" not in said(people["og"].get(url(place.esms, RISKS)))
    assert people["og"].post(url(place.esms, RISKS, again=True)).status_code == 403


def test_a_risk_kept_inside_is_in_the_register_of_its_people_and_in_no_figure(
    place: Reckoning, people: dict[str, Client]
) -> None:
    place.risk(MONTH.start, transmitted=False)
    people["director"].post(url(place.esms, RISKS, again=True))
    page = said(people["director"].get(url(place.esms, RISKS)))
    assert "Aucun risque ouvert." in page
    assert "Un risque que la structure n’a pas transmis n’y entre pas." in page


def test_computing_again_says_whether_something_changed(place: Reckoning, people: dict[str, Client]) -> None:
    place.risk(MONTH.start)
    address = url(place.esms, RISKS, again=True)
    assert "sont recalculés" in text(parse(people["director"].post(address, follow=True).content))
    assert "Rien n’a changé" in text(parse(people["lead"].post(address, follow=True).content))


def test_a_period_that_is_over_says_that_it_stays(world: World, place: Reckoning, people: dict[str, Client]) -> None:
    with elevated():
        Campaign.objects.filter(project=world.project, period_start=MONTH.start).update(
            closed_at=timezone.now(), closed_by=world.lead
        )
    answer = people["lead"].get(url(place.esms, RISKS))
    assert "Recalculer" not in said(answer)
    assert "Il n’y a pas de chiffre pour cette période." in said(answer)
    refused = people["lead"].post(url(place.esms, RISKS, again=True))
    assert refused.status_code == 422
    assert "les chiffres calculés restent ce qu’ils étaient alors" in said(refused)


def test_the_period_that_goes_on_is_told_as_of_yesterday(place: Reckoning, people: dict[str, Client]) -> None:
    week = Period.of(Frequency.MONTHLY, today())
    page = said(people["director"].get(url(place.esms, RISKS, week)))
    if week.start == today():
        assert "à partir de son deuxième jour" in page
    else:
        yesterday = long_date(today() - timedelta(days=1)).replace("\xa0", " ")
        assert f"Situation au {yesterday} (hier, la période n’étant pas finie)" in page


@pytest.mark.parametrize(
    ("code", "waits"),
    [
        ("deployment_units_launched_count", "quand le plan de déploiement sera tenu ici"),
        ("schedule_drift_days", "quand les jalons du planning seront tenus ici"),
        ("trained_people_rate", "quand les sessions de formation seront tenues ici"),
        ("training_evaluation_score", "quand les évaluations de formation seront recueillies ici"),
    ],
)
def test_what_waits_says_for_what(place: Reckoning, people: dict[str, Client], code: str, waits: str) -> None:
    page = said(people["lead"].get(url(place.esms, code)))
    assert "Ce chiffre n’est pas encore calculé" in page
    assert waits in page
    assert "Recalculer" not in page


def test_accounts_lead_to_the_entries_and_the_matrix(place: Reckoning, people: dict[str, Client]) -> None:
    with elevated():
        Indicator.objects.filter(project=place.project, code="accounts_created_count").update(asked=True)
    place.entered("accounts_created_count", MONTH.previous, 6, nurse=6)
    place.matrix(1, MatrixStatus.APPROVED, nurse=8)
    people["director"].post(url(place.esms, RISKS, again=True))
    answer = people["director"].get(url(place.esms, "accounts_created_rate"))
    assert "75 % 6 comptes ouverts pour 8 utilisateurs dans la matrice." in said(answer)
    assert "6 sur 8" in said(answer)
    assert links(answer) == [
        reverse(name, args=[SLUG, place.esms.slug]) for name in ("statements", "habilitation_matrix")
    ]
    carried = said(people["director"].get(url(place.esms, "accounts_created_count")))
    assert "6 comptes ouverts, d’après une autre saisie" in carried
    entered = said(people["director"].get(url(place.esms, "accounts_created_count", MONTH.previous)))
    assert "la structure l’a saisi pour cette période" in entered


def test_alerts_lead_to_those_of_the_structure(place: Reckoning, people: dict[str, Client]) -> None:
    place.alert(MONTH.start)
    people["lead"].post(url(place.esms, RISKS, again=True))
    for who in ("lead", "director", "comop"):
        answer = people[who].get(url(place.esms, "attention_points_open_count"))
        assert "1 alerte sans réponse." in said(answer)
        assert links(answer) == [reverse("alerts", args=[SLUG]) + "?structure=savs-du-port"]
        assert people[who].get(links(answer)[0]).status_code == 200


@pytest.mark.parametrize(
    ("code", "period"),
    [
        ("attention_points_text", MONTH),  # entered
        ("budget_consumed_amount", MONTH),  # of the project
        ("inconnu", MONTH),
        (RISKS, Period.of(Frequency.WEEKLY, today())),
    ],
)
def test_what_is_not_computed_here_has_no_such_page(
    place: Reckoning, people: dict[str, Client], code: str, period: Period
) -> None:
    assert people["lead"].get(url(place.esms, code, period)).status_code == 404
    assert people["lead"].post(url(place.esms, code, period, again=True)).status_code == 404


def test_a_period_that_is_none_is_not_found(place: Reckoning, people: dict[str, Client]) -> None:
    address = url(place.esms, RISKS).replace(MONTH.code, "2026-13")
    assert people["lead"].get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_it_costs_the_same_whatever_it_counts(place: Reckoning, people: dict[str, Client], count: int) -> None:
    for _ in range(count):
        risk = place.risk(MONTH.start, cell=CRITICAL)
        place.action(risk, MONTH.start)
        AlertFactory(project=place.project, og=place.esms.og, esms=place.esms, raised_at=risk.transmitted_at)
    people["lead"].post(url(place.esms, RISKS, again=True))
    with counted() as queries:
        answer = people["lead"].get(url(place.esms, RISKS))
    assert f"{count} risque" in said(answer)
    assert len(queries) == PAGE
    place.risk(MONTH.start)
    with counted() as queries:
        people["lead"].post(url(place.esms, RISKS, again=True))
    assert len(queries) <= AGAIN
