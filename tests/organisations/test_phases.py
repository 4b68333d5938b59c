"""The dates of a project's phases: filled one by one, refused in words, kept from being overwritten."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from common.history import entries_by_row
from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import PhasePeriod
from organisations.presentation.phases import phases_title, when
from tests.harness.htmx import HTMX, parse, text
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def save(client: Client, phase: str, field: str, value: str, version: int = 1, **options: object) -> HttpResponse:
    address = reverse("period_field", args=[SLUG, phase, field])
    return client.post(address, {field: value, "version": version}, **options)


def period(world: World, phase: Phase) -> PhasePeriod:
    with elevated():
        return PhasePeriod.objects.get(project=world.project, phase=phase)


def test_a_date_is_saved_by_itself_and_said(world: World, lead: Client) -> None:
    answer = save(lead, "framing", "planned_start", "2026-03-02", **HTMX)
    assert "Enregistré à" in plain(answer)
    assert period(world, Phase.FRAMING).planned_start == date(2026, 3, 2)
    page = plain(lead.get(reverse("project_phases", args=[SLUG])))
    assert "Cadrage. Début prévu : « 2 mars 2026 »" in page
    assert world.lead.get_full_name() in page


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("planned_start", "planned_end", "la fin prévue de cette phase vient avant son début prévu"),
        ("started_on", "ended_on", "la fin réelle de cette phase vient avant son début réel"),
    ],
)
def test_an_end_before_the_start_is_refused_in_words(
    world: World, lead: Client, first: str, second: str, sentence: str
) -> None:
    assert save(lead, "purchase", first, "2026-03-20").status_code == 302
    answer = save(lead, "purchase", second, "2026-03-02", version=2, **HTMX)
    assert answer.status_code == 422
    assert sentence in plain(answer)
    assert parse(answer.content).xpath(f"//input[@name='{second}']/@value") == ["2026-03-02"]
    assert getattr(period(world, Phase.PURCHASE), second) is None


def test_two_people_and_one_date_meet(world: World, lead: Client) -> None:
    save(lead, "pilot", "planned_start", "2026-03-02")
    answer = save(lead, "pilot", "planned_start", "2026-03-09", **HTMX)
    assert answer.status_code == 409
    said = plain(answer)
    assert "2 mars 2026" in said
    assert "9 mars 2026" in said
    assert period(world, Phase.PILOT).planned_start == date(2026, 3, 2)


def test_two_phases_are_filled_side_by_side(world: World, lead: Client) -> None:
    for phase in Phase:
        assert save(lead, phase.value, "planned_start", "2026-03-02").status_code == 302
    assert save(lead, "pilot", "planned_end", "2026-04-02").status_code == 302  # read before the start was written
    assert period(world, Phase.PILOT).version == 3


@pytest.mark.parametrize(("phase", "field"), [("vacances", "planned_start"), ("framing", "phase"), ("framing", "rien")])
def test_what_is_no_date_of_a_phase_is_no_address(lead: Client, phase: str, field: str) -> None:
    assert save(lead, phase, field, "2026-03-02").status_code == 404


def test_the_dates_are_the_leads(world: World, client_as) -> None:
    director = client_as(world.person(Role.OG_DIRECTOR))
    assert director.get(reverse("project_phases", args=[SLUG])).status_code == 403
    assert save(director, "framing", "planned_start", "2026-03-02").status_code == 403


def test_the_settings_tell_when_each_phase_is(world: World, lead: Client) -> None:
    save(lead, "framing", "planned_start", "2026-03-02")
    save(lead, "framing", "planned_end", "2026-05-29", version=2)
    page = plain(lead.get(reverse("project_settings", args=[SLUG])))
    assert "Du 2 mars 2026 au 29 mai 2026, prévu" in page
    assert page.count("Dates à fixer") == len(Phase) - 1


MARCH, MAY, JUNE = date(2026, 3, 2), date(2026, 5, 29), date(2026, 6, 12)


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ({}, "Dates à fixer"),
        ({"planned_start": MARCH}, "À partir du 2 mars 2026, fin à fixer"),
        ({"planned_end": MAY}, "Fin prévue le 29 mai 2026, début à fixer"),
        ({"planned_start": MARCH, "planned_end": MAY, "ended_on": JUNE}, "Du 2 mars 2026 au 12 juin 2026"),
    ],
)
def test_a_period_in_words(dates: dict[str, date], sentence: str) -> None:
    assert when(PhasePeriod(phase=Phase.PILOT, **dates)).replace("\xa0", " ") == sentence


def test_the_title_says_what_is_missing() -> None:
    full = {"planned_start": MARCH, "planned_end": MAY}
    periods = [PhasePeriod(phase=phase, **full) for phase in Phase]
    assert phases_title(periods) == "Toutes les phases ont leurs dates"
    assert phases_title([PhasePeriod(phase=phase) for phase in Phase]) == "Aucune phase n’a encore ses dates"
    periods[-1].planned_end = None
    assert phases_title(periods).replace("\xa0", " ") == "Il manque des dates à une phase : Vie courante"


def test_a_period_that_a_migration_made_has_no_history_yet(world: World) -> None:
    made = PhasePeriod(project=world.project, phase=Phase.PILOT)
    with elevated():
        assert entries_by_row([made], ["planned_start"]) == {made.pk: []}
