"""The waves of a project: the lead defines them and places structures, everybody reads them."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client

from common.errors import DomainError
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, Wave
from organisations.services import add_wave, remove_wave, update_wave
from tests.harness.htmx import HTMX, parse, text
from tests.harness.world import FOREIGN, SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/reglages/vagues/"
FIELD = f"/projets/{SLUG}/structures/foyer/annuaire/wave/"


def said(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def test_the_lead_adds_dates_renames_and_removes_a_wave(lead: Client, world: World) -> None:
    answer = lead.post(PAGE, {"name": "Vague 7", "planned_start": "2027-03-01"}, follow=True)
    assert "Vague 7 est ajoutée" in said(answer)
    with elevated():
        wave = Wave.objects.get(project=world.project, name="Vague 7")
        assert wave.position == 4  # after the three of the world
    field = f"{PAGE}{wave.pk}/champs/"
    assert lead.post(f"{field}name/", {"name": "Vague d’été", "version": 1}, **HTMX).status_code == 200
    refused = lead.post(f"{field}planned_end/", {"planned_end": "2027-02-01", "version": 2}, **HTMX)
    assert refused.status_code == 422
    assert "vient avant son ouverture" in said(refused)
    assert "À partir du 1er mars 2027, fin à fixer" in said(lead.get(f"/projets/{SLUG}/reglages/"))
    answer = lead.post(f"{PAGE}{wave.pk}/retirer/", follow=True)
    assert "Vague d’été est retirée" in said(answer)
    assert lead.post(f"{PAGE}{wave.pk}/retirer/").status_code == 404


def test_a_wave_with_structures_stays_and_says_why(lead: Client, world: World) -> None:
    wave = world.own.work[0].pathway.wave
    page = parse(lead.get(PAGE).content)
    assert not page.xpath(f"//form[contains(@action, '{wave.pk}/retirer')]")
    answer = lead.post(f"{PAGE}{wave.pk}/retirer/", follow=True)
    assert "changez-les de vague" in said(answer)
    assert text(parse(answer.content)).count("Vague foyer")


@pytest.mark.parametrize(
    ("posted", "refusal"),
    [
        ({"name": ""}, "Donnez un nom à la vague."),
        ({"name": "Vague foyer"}, "porte déjà ce nom"),
        ({"name": "V", "planned_start": "2027-03-01", "planned_end": "2027-02-01"}, "vient avant son ouverture"),
    ],
)
def test_a_wave_that_does_not_hold_is_refused_in_words(lead: Client, posted: dict[str, str], refusal: str) -> None:
    answer = lead.post(PAGE, posted)
    assert answer.status_code == 422
    assert refusal in said(answer)


def test_a_structure_is_placed_in_a_wave_and_its_history_names_it(lead: Client, world: World, client_as) -> None:
    other = world.own.work[1].pathway.wave
    with elevated():
        version = ESMS.objects.get(pk=world.own.structures[0].pk).version
    assert lead.post(FIELD, {"wave": other.pk, "version": version}, **HTMX).status_code == 200
    page = said(lead.get(f"/projets/{SLUG}/structures/foyer/equipe/"))
    assert "Vague de déploiement : « Vague atelier » au lieu de « Vague foyer »" in page
    vendor = client_as(world.person(Role.VENDOR))
    assert "Vague atelier" in said(vendor.get(f"/projets/{SLUG}/structures/"))
    conflict = lead.post(FIELD, {"wave": "", "version": version}, **HTMX)
    assert conflict.status_code == 409
    assert "Vague atelier" in said(conflict)
    for stranger in (world.foreign.work[0].pathway.wave.pk, "x"):
        assert lead.post(FIELD, {"wave": stranger, "version": version + 1}, **HTMX).status_code == 422


def test_a_wave_of_another_project_is_refused_by_the_database(world: World) -> None:
    foreign = world.foreign.work[0].pathway.wave
    assert FOREIGN in foreign.name
    with elevated(), pytest.raises(IntegrityError, match="esms_wave_same_project"), transaction.atomic():
        ESMS.objects.filter(pk=world.own.structures[0].pk).update(wave=foreign)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


def test_services_refuse_what_pages_would_not_ask(world: World) -> None:
    with acting_as(world.lead.pk):
        wave = add_wave(project=world.project, name=" Vague 8 ")
        assert wave.name == "Vague 8"
        with pytest.raises(DomainError, match="avant son ouverture"):
            update_wave(wave, version=1, planned_start=date(2027, 3, 1), planned_end=date(2027, 2, 1))
        remove_wave(wave=wave)
        remove_wave(wave=wave)  # twice is once
