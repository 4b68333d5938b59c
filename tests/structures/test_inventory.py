"""The inventory of a structure: filled field by field, submitted, validated, transmitted, sent back, reviewed."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from structures.asks import asks_of
from structures.catalogue.inventory import UNKNOWN, questionnaire
from structures.enums.documents import DocumentKind
from structures.enums.inventory import InventoryStatus
from structures.enums.pathway import LineState
from structures.facts import facts_of
from structures.forms.inventory import AnswerForm
from structures.inventory_answers import MISSING
from structures.models import Inventory, InventoryAnswer, InventoryLine, InventoryRemark, InventoryThreshold
from structures.selectors.inventory import readiness_of, users_to_equip
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import HTMX, outline, parse, swap
from tests.harness.world import World
from tests.structures.inventory_factories import filled, remark, typed

pytestmark = pytest.mark.django_db
DRAFT, SUBMITTED, TO_COMPLETE = InventoryStatus.DRAFT, InventoryStatus.SUBMITTED, InventoryStatus.TO_COMPLETE
VALIDATED, TRANSMITTED = InventoryStatus.VALIDATED, InventoryStatus.TRANSMITTED
CELLS = {
    "cell_functional_area": "billing",
    "cell_product": "Factura",
    "cell_hosting": "og_server",
    "cell_future": "kept_linked",
}


@dataclass
class Place:
    """A structure of the project with a direction and a referent, in which nothing is begun."""

    esms: ESMS
    director: User
    referent: User
    director_at: Client
    referent_at: Client
    lead_at: Client

    def url(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.esms.project.slug, self.esms.slug, *more])

    def inventory(self, number: int = 1) -> Inventory:
        with elevated():
            found = Inventory.objects.get(esms=self.esms, number=number)
        found.esms = self.esms
        return found

    def answer(self, by: Client, field: str, value: str, version: int = 0, **more: Any) -> HttpResponse:
        """As htmx posts it."""
        posted = {"value": value, "version": version, "number": 1, **more}
        return by.post(self.url("inventory_answer", field), posted, **HTMX)

    def act(self, by: Client, name: str, number: int = 1) -> HttpResponse:
        return by.post(self.url(name), {"version": self.inventory(number).version})

    def kept(self, field: str, number: int = 1) -> InventoryAnswer | None:
        with elevated():
            return InventoryAnswer.objects.filter(inventory=self.inventory(number), field=field).first()

    def lines(self, field: str = "software_in_place") -> list[InventoryLine]:
        with elevated():
            return list(InventoryLine.objects.filter(esms=self.esms, field=field).order_by("position"))


@pytest.fixture
def place(world: World, client_as: Callable[[User], Client]) -> Place:
    esms = ESMSFactory(og=world.own.ogs[0], name="SAVS du Port", slug="savs-du-port")
    director, referent = UserFactory(first_name="Alix", last_name="Vidal"), UserFactory(last_name="Referente")
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    MembershipFactory(user=referent, role=Role.LOCAL_REFERENT, target=esms)
    return Place(esms, director, referent, client_as(director), client_as(referent), client_as(world.lead))


def text(answer: HttpResponse) -> str:
    """What a reader sees, on one line, with plain spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def title(answer: HttpResponse) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found[1])).split())


# --- Filling ---------------------------------------------------------------------------------------------------------


def test_it_begins_with_one_button_and_only_for_who_fills(place: Place) -> None:
    page = place.referent_at.get(place.url("inventory"))
    assert title(page) == "L’état des lieux n’est pas commencé"
    assert "Commencer l’état des lieux" in text(page)
    assert "Commencer l’état des lieux" not in text(place.lead_at.get(place.url("inventory")))
    for _ in range(2):  # a double tap begins one
        assert place.referent_at.post(place.url("inventory_start")).status_code == 302
    assert place.inventory().started_by_id == place.referent.pk
    # What the sheet of the structure says is not asked twice.
    assert (place.kept("users_to_equip").value, place.kept("staff_count").value) == (20, 30)
    assert title(place.referent_at.get(place.url("inventory"))).startswith("2 réponses sur 58 ;")


def test_each_answer_saves_itself_and_says_what_it_changes(place: Place) -> None:
    place.referent_at.post(place.url("inventory_start"))
    answer = place.answer(place.referent_at, "upstream_mbps", "3,5")
    assert answer.status_code == 200
    said = text(answer)
    assert "Enregistré à" in said
    assert "À corriger : Débit montant inférieur à 4 Mbit/s." in said
    assert "Réseau et connectivité : 1 réponse sur 7" in said
    assert place.kept("upstream_mbps").value == "3.5"
    again = place.answer(place.referent_at, "upstream_mbps", "12", version=1)
    assert "Débit montant inférieur" not in text(again)
    assert place.kept("upstream_mbps").version == 2


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        ("network", "upstream_mbps", "3,5"),
        ("devices", "tablets_smartphones", "0"),
        ("software", "existing_dui", "oui"),
        ("security", "last_restore_test", "2026-06-12"),
    ],
)
def test_the_page_after_an_answer_is_the_page_one_would_load(
    place: Place, section: str, field: str, value: str
) -> None:
    filled(place.esms, place.director, mobile_device_management=False)
    url = place.url("inventory_section", section)
    page = parse(place.director_at.get(url).content)
    answer = place.answer(place.director_at, field, value, version=1)
    left = swap(page, answer.content, f"q-{field}-form")
    said = left.get_element_by_id(f"{field}-sv")
    assert said.text_content().strip().startswith("Enregistré à")
    for part in list(said):
        said.remove(part)
    loaded = parse(place.director_at.get(url).content)
    assert outline(left.get_element_by_id("contenu")) == outline(loaded.get_element_by_id("contenu"))


def test_an_answer_taken_away_is_no_answer_and_keeps_its_version(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    place.answer(place.director_at, "laptops", "12")
    place.answer(place.director_at, "laptops", "", version=1)
    kept = place.kept("laptops")
    assert (kept.answered, kept.value, kept.version) == (False, None, 2)
    # Who read the first one meets the conflict, although there is no answer any more.
    assert place.answer(place.referent_at, "laptops", "14", version=1).status_code == 409


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("named_accounts_rate", "104", "Écrivez un nombre de 0 à 100."),
        ("named_accounts_rate", "-3", "Écrivez un nombre positif."),
        ("downstream_mbps", "beaucoup", "Écrivez un nombre en chiffres"),
        ("laptops", "2,5", "Écrivez un nombre entier"),
        ("last_restore_test", "0012-03-01", "Cette année est hors de propos"),
        ("last_restore_test", "?", "Écrivez une date complète"),
        ("wifi_coverage", "nulle_part", "nulle_part"),
    ],
)
def test_what_is_refused_is_said_in_words_and_stays_typed(place: Place, field: str, value: str, words: str) -> None:
    place.director_at.post(place.url("inventory_start"))
    answer = place.answer(place.director_at, field, value)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "Enregistré" not in text(answer)
    assert place.kept(field) is None
    if not field.startswith("wifi"):
        assert f'value="{value}"' in answer.content.decode()


def test_percentages_and_thousands_are_read_as_people_write_them(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    assert place.answer(place.director_at, "paper_share", "62,5 %").status_code == 200
    assert place.answer(place.director_at, "archived_records_count", "1 250").status_code == 200
    assert (place.kept("paper_share").value, place.kept("archived_records_count").value) == ("62.5", 1250)


def test_what_is_computed_is_shown_live_and_never_asked(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    for code, given in (("peak_users", "12"), ("fixed_workstations", "5"), ("laptops", "3")):
        place.answer(place.director_at, code, given)
    said = text(place.answer(place.director_at, "tablets_smartphones", "2"))
    assert "Utilisateurs simultanés par appareil 1,2 utilisateur par appareil" in said
    assert "Bloquant : Il y a plus d’utilisateurs simultanés que d’appareils" in said
    assert place.answer(place.director_at, "users_per_device", "0,5").status_code == 404


def test_a_question_appears_with_the_answer_that_asks_it(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    page = place.director_at.get(place.url("inventory_section", "software"))
    assert "Échéance du contrat du dossier actuel" not in text(page)
    answer = place.answer(place.director_at, "existing_dui", "oui")
    assert "Échéance du contrat du dossier actuel" in text(answer)
    assert 'id="q-existing_dui_contract_end" hx-swap-oob="true"' in answer.content.decode()


def test_a_lifted_rule_disappears_beside_another_question(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    said = text(place.answer(place.director_at, "mobile_device_management", "non"))
    assert "Un appareil mobile perdu ne peut pas être neutralisé." in said
    assert "Un appareil mobile perdu" not in text(place.answer(place.director_at, "tablets_smartphones", "0"))


def test_none_is_an_answer_where_it_may_be_one(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    assert place.answer(place.director_at, "last_restore_test", "", none="on").status_code == 200
    kept = place.kept("last_restore_test")
    assert (kept.answered, kept.value) == (True, None)
    # A date written after outweighs the box that is still ticked.
    place.answer(place.director_at, "last_restore_test", "2026-06-12", version=1, none="on")
    assert place.kept("last_restore_test").value == "2026-06-12"
    assert place.answer(place.director_at, "projects", "", none="on").status_code == 200
    assert "Rien à signaler" in text(place.director_at.get(place.url("inventory_whole", 1)))


def test_not_known_is_offered_where_the_form_accepts_it() -> None:
    yes_no = replace(typed("dpo_designated"), allow_unknown=True)
    form = AnswerForm({"value": "unknown", "version": 0, "number": 1}, question=yes_no)
    assert form.is_valid()
    assert form.answer is UNKNOWN
    count = replace(typed("laptops"), allow_unknown=True)
    form = AnswerForm({"value": "", "unknown": "on", "version": 0, "number": 1}, question=count)
    assert form.is_valid()
    assert form.answer is UNKNOWN
    form = AnswerForm({"value": "", "version": 0, "number": 1}, question=count)
    assert form.is_valid()
    assert form.answer is MISSING
    strict = AnswerForm({"value": "unknown", "version": 0, "number": 1}, question=typed("dpo_designated"))
    assert not strict.is_valid()


def test_a_text_that_looks_like_a_person_is_saved_and_told(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    answer = place.answer(place.director_at, "interfaces_needed", "M. Dupont né le 12/03/1950, voir son dossier")
    assert answer.status_code == 200
    assert "Cela ressemble à un nom et une date de naissance." in text(answer)
    assert place.kept("interfaces_needed").value.startswith("M. Dupont")


def test_a_document_that_is_there_can_be_deposited_under_its_own_type(place: Place) -> None:
    asked = [field.code for field in questionnaire().asked if field.attachment]
    assert set(asked) <= set(DocumentKind.values)
    place.director_at.post(place.url("inventory_start"))
    deposit = f"{place.url('document_add')}?type=it_roadmap"
    assert deposit not in place.answer(place.director_at, "it_roadmap", "none").content.decode()
    assert deposit in place.answer(place.director_at, "it_roadmap", "outdated", version=1).content.decode()
    assert "Feuille de route" in text(place.director_at.get(deposit))


def test_without_scripts_an_answer_goes_back_to_its_place(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    posted = {"value": "oui", "version": 0, "number": 1}
    answer = place.director_at.post(place.url("inventory_answer", "backup_link"), posted)
    assert answer.url == f"{place.url('inventory_section', 'network')}#q-backup_link"
    refused = place.director_at.post(place.url("inventory_answer", "laptops"), {**posted, "value": "x"})
    assert title(refused) == "Votre réponse n’est pas encore enregistrée"


def test_two_people_give_one_answer_and_both_are_shown(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    place.answer(place.referent_at, "laptops", "12")
    answer = place.answer(place.director_at, "laptops", "9")
    assert answer.status_code == 409
    said = text(answer)
    assert f"{place.referent.get_full_name()} a changé cette réponse pendant que vous répondiez." in said
    assert "Votre réponse 9 postes" in said
    assert "12 postes Garder celle-ci" in said
    assert place.kept("laptops").value == 12
    # The same answer from both is no conflict, and one's own goes through from there.
    assert place.answer(place.director_at, "laptops", "12").status_code == 200
    assert place.answer(place.director_at, "laptops", "9", version=1).status_code == 200


# --- Tables ----------------------------------------------------------------------------------------------------------


def test_lines_are_added_once_written_taken_away_and_put_back(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    add = place.url("inventory_line_add", "software_in_place")
    token = str(uuid.uuid4())
    for _ in range(2):
        assert place.referent_at.post(add, {**CELLS, "token": token}).status_code == 302
    (line,) = place.lines()
    url = place.url("inventory_line", "software_in_place", line.pk)
    assert 'value="Factura"' in place.director_at.get(url).content.decode()
    written = {**CELLS, "cell_version": "7.2", "cell_contract_end": "2027-12-31", "version": 1}
    assert place.director_at.post(url, written).status_code == 302
    page = text(place.director_at.get(place.url("inventory_section", "software")))
    assert "Version : 7.2" in page
    assert "Fin du contrat : 31 décembre 2027" in page
    removed = place.director_at.post(
        place.url("inventory_line_remove", "software_in_place", line.pk), {"version": 2}, follow=True
    )
    assert "« Factura » est retiré de la liste." in text(removed)
    assert place.lines()[0].removed
    undo = place.url("inventory_line_restore", "software_in_place", line.pk)
    assert undo in removed.content.decode()
    assert "de retour dans la liste" in text(place.director_at.post(undo, follow=True))
    assert not place.lines()[0].removed


def test_a_line_says_what_it_lacks(place: Place) -> None:
    place.director_at.post(place.url("inventory_start"))
    answer = place.director_at.post(place.url("inventory_line_add", "projects"), {"cell_project_label": "Travaux"})
    assert answer.status_code == 422
    assert "3 points sont à corriger" in text(answer)
    assert 'value="Travaux"' in answer.content.decode()
    dates = {"cell_start": "2027-02-01", "cell_end": "2027-01-01", "cell_reason": "Fermeture"}
    answer = place.director_at.post(place.url("inventory_line_add", "unavailable_periods"), dates)
    assert "La fin vient après le début." in text(answer)


def test_a_line_written_by_two_people_shows_both_and_keeps_what_was_typed(place: Place) -> None:
    filled(place.esms, place.director)
    (line,) = place.lines()
    url = place.url("inventory_line", "software_in_place", line.pk)
    place.referent_at.post(url, {**CELLS, "version": 1})
    answer = place.director_at.post(url, {**CELLS, "cell_product": "Carnet", "version": 1})
    assert answer.status_code == 409
    said = text(answer)
    assert f"{place.referent.get_full_name()} a changé cette ligne pendant que vous écriviez" in said
    assert f"Vous : Carnet {place.referent.get_full_name()} : Factura" in said
    html = answer.content.decode()
    assert 'value="Carnet"' in html
    assert 'name="version" value="2"' in html
    assert place.director_at.post(url, {**CELLS, "cell_product": "Carnet", "version": 2}).status_code == 302
    assert place.lines()[0].values["product"] == "Carnet"
    # Removed by the other under one's feet: the page shows the line as it is, nothing is removed.
    remove = place.url("inventory_line_remove", "software_in_place", line.pk)
    stale = place.referent_at.post(remove, {"version": 2})
    assert stale.status_code == 409
    assert "Rien n’a été retiré" in text(stale)


# --- From one to the other -------------------------------------------------------------------------------------------


def test_it_is_submitted_only_once_complete(place: Place) -> None:
    inventory = filled(place.esms, place.director, continuity_plan=..., it_charter=...)
    page = place.referent_at.get(place.url("inventory"))
    assert "Deux réponses exigées manquent pour le soumettre" in text(page)
    assert "Soumettre à la direction" not in text(page)
    answer = place.act(place.referent_at, "inventory_submit")
    assert answer.status_code == 422
    assert "« Plans de continuité et de reprise (PCA, PRA) » et « Charte informatique" in text(answer)
    place.answer(place.referent_at, "continuity_plan", "none")
    place.answer(place.referent_at, "it_charter", "fully")
    assert "Soumettre à la direction" in text(place.referent_at.get(place.url("inventory")))
    assert place.act(place.referent_at, "inventory_submit").status_code == 302
    assert place.inventory().status == SUBMITTED
    assert place.inventory().submitted_by_id == place.referent.pk
    assert inventory.number == 1


def test_a_referent_fills_and_never_validates(place: Place) -> None:
    filled(place.esms, place.referent, status=SUBMITTED)
    page = text(place.referent_at.get(place.url("inventory")))
    assert "La direction de la structure le valide, puis le transmet." in page
    assert "Valider l’état des lieux" not in page
    for name in ("inventory_validate", "inventory_transmit"):
        assert place.act(place.referent_at, name).status_code == 403
    assert place.inventory().status == SUBMITTED


def test_a_director_submits_validates_and_transmits_in_three_taps(place: Place) -> None:
    filled(place.esms, place.director)
    for name, button in (
        ("inventory_submit", "Soumettre à la direction"),
        ("inventory_validate", "Valider l’état des lieux"),
        ("inventory_transmit", "Transmettre au chef de projet"),
    ):
        assert button in text(place.director_at.get(place.url("inventory")))
        assert place.act(place.director_at, name).status_code == 302
    inventory = place.inventory()
    assert inventory.status == TRANSMITTED
    assert inventory.review_on > timezone.localdate() + timedelta(days=175)
    assert title(place.director_at.get(place.url("inventory"))) == "L’état des lieux est transmis : structure prête"
    # A late second tap changes nothing.
    stale = place.director_at.post(place.url("inventory_transmit"), {"version": inventory.version - 1})
    assert stale.status_code == 409
    assert "rien n’a été fait deux fois" in text(stale)


def test_a_closed_one_says_why_and_who_opens_it(place: Place) -> None:
    filled(place.esms, place.referent, status=SUBMITTED)
    page = text(place.referent_at.get(place.url("inventory_section", "network")))
    assert "La saisie est fermée Il est soumis à la direction : elle le valide, ou rouvre la saisie." in page
    assert f"Lien internet de secours Oui ({place.referent.get_full_name()}, " in page  # whom to ask about it
    answer = place.answer(place.referent_at, "backup_link", "non", version=1)
    assert answer.status_code == 422
    assert "Rien n’est enregistré : cet état des lieux ne change plus." in text(answer)
    line = place.lines()[0]
    refused = place.referent_at.post(place.url("inventory_line", "software_in_place", line.pk), {**CELLS, "version": 1})
    assert refused.status_code == 422
    assert place.act(place.referent_at, "inventory_reopen").status_code == 302
    assert place.inventory().status == DRAFT


def test_once_validated_the_direction_alone_reopens_it(place: Place) -> None:
    filled(place.esms, place.director, status=VALIDATED)
    assert "Rouvrir la saisie" not in text(place.referent_at.get(place.url("inventory")))
    assert place.act(place.referent_at, "inventory_reopen").status_code == 422
    assert place.act(place.director_at, "inventory_reopen").status_code == 302


def test_the_lead_reads_remarks_and_sends_back_and_neither_fills_nor_validates(place: Place) -> None:
    filled(place.esms, place.director, status=TRANSMITTED)
    assert place.answer(place.lead_at, "backup_link", "non", version=1).status_code == 403
    assert place.act(place.lead_at, "inventory_send_back").status_code == 422  # without a word of what is lacking
    add = place.url("inventory_remark", "network")
    posted = {"field": "downstream_mbps", "text": "Mesurez à l’heure des transmissions.", "token": str(uuid.uuid4())}
    for _ in range(2):
        assert place.lead_at.post(add, posted).status_code == 302
    section = place.url("inventory_section", "network")
    assert "Mesurez à l’heure" in text(place.lead_at.get(section))
    assert "Mesurez à l’heure" not in text(place.director_at.get(section))
    assert "Renvoyer à compléter, avec une remarque" in text(place.lead_at.get(place.url("inventory")))
    assert place.act(place.director_at, "inventory_send_back").status_code == 403
    assert place.act(place.lead_at, "inventory_send_back").status_code == 302
    page = place.director_at.get(place.url("inventory"))
    assert title(page) == "L’état des lieux est à compléter : une remarque du chef de projet"
    assert "Mesurez à l’heure" in text(page)
    with elevated():
        (found,) = InventoryRemark.objects.filter(esms=place.esms)
    assert place.referent_at.post(place.url("inventory_remark_resolve", found.pk)).status_code == 302
    place.answer(place.referent_at, "downstream_mbps", "80", version=1)
    for name in ("inventory_submit", "inventory_validate", "inventory_transmit"):
        assert place.act(place.director_at, name).status_code == 302
    assert f"Complété par {place.referent.get_full_name()}" in text(place.lead_at.get(section))


def test_a_remark_can_be_taken_back_until_it_is_sent(place: Place, world: World) -> None:
    inventory = filled(place.esms, place.director, status=TRANSMITTED)
    sent, unsent = remark(inventory, world.lead), remark(inventory, world.lead, sent=False, text="À oublier")
    assert place.lead_at.post(place.url("inventory_remark_withdraw", unsent.pk)).status_code == 302
    refused = place.lead_at.post(place.url("inventory_remark_withdraw", sent.pk))
    assert refused.status_code == 422
    assert "Cette remarque est envoyée" in text(refused)


def test_the_review_starts_from_the_last_answers_and_says_what_changed(place: Place) -> None:
    filled(place.esms, place.director, status=TRANSMITTED)
    assert place.referent_at.post(place.url("inventory_start")).status_code == 302
    review = place.inventory(2)
    assert review.based_on_id == place.inventory(1).pk
    page = place.director_at.get(place.url("inventory_section", "software"))
    assert "Ogirys" in text(page)
    place.answer(place.director_at, "laptops", "15", version=1, number=2)
    with elevated():
        line = InventoryLine.objects.get(inventory=review, field="software_in_place")
    place.director_at.post(place.url("inventory_line_remove", "software_in_place", line.pk), {"version": 1})
    place.director_at.post(place.url("inventory_line_add", "software_in_place"), CELLS)
    page = place.director_at.get(place.url("inventory_differences", 2))
    assert title(page) == "Deux réponses ont changé depuis l’état des lieux n° 1"
    said = text(page)
    assert "Ordinateurs portables professionnels Postes et mobilité 12 postes 15 postes" in said
    assert "Ogirys : Dossier de l’usager" in said
    assert "Factura : Facturation" in said
    # The first one stays as it was transmitted.
    assert "12 postes" in text(place.director_at.get(place.url("inventory_whole", 1)))
    # What was posted for the first is not written into the second.
    old = place.answer(place.director_at, "laptops", "99", version=1, number=1)
    assert old.status_code == 422
    assert "un autre état des lieux a été commencé" in text(old)


def test_an_old_one_is_not_sent_back_once_a_newer_is_begun(place: Place, world: World) -> None:
    inventory = filled(place.esms, place.director, status=TRANSMITTED)
    remark(inventory, world.lead, sent=False)
    version = inventory.version
    place.director_at.post(place.url("inventory_start"))
    assert place.lead_at.post(place.url("inventory_send_back"), {"version": version}).status_code in {409, 422}
    assert place.inventory(1).status == TRANSMITTED


# --- Held by the database --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [SUBMITTED, VALIDATED, TRANSMITTED])
def test_closed_answers_meet_the_same_refusal_in_bulk_and_raw_sql(place: Place, status: InventoryStatus) -> None:
    inventory = filled(place.esms, place.director, status=status)
    attempts: list[Callable[[], object]] = [
        lambda: InventoryAnswer.objects.filter(inventory=inventory).update(value=0),
        lambda: InventoryAnswer.objects.filter(inventory=inventory).delete(),
        lambda: InventoryLine.objects.filter(inventory=inventory).update(removed=True),
        lambda: InventoryLine.objects.bulk_create([InventoryLine(**_place(inventory), field="projects", position=9)]),
        lambda: _raw(
            "update structures_inventoryanswer set unknown = true, value = null where inventory_id = %s", inventory
        ),
    ]
    for attempt in attempts:
        with elevated(), pytest.raises(DatabaseError, match=r"inventory(answer|line)_frozen"), transaction.atomic():
            attempt()


def _place(inventory: Inventory) -> dict[str, Any]:
    return {
        "project_id": inventory.project_id,
        "og_id": inventory.og_id,
        "esms_id": inventory.esms_id,
        "inventory": inventory,
        "written_by_id": inventory.started_by_id,
    }


def _raw(sql: str, inventory: Inventory) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [inventory.pk])


def test_a_transmitted_one_moves_only_back_to_complete(place: Place) -> None:
    inventory = filled(place.esms, place.director, status=TRANSMITTED)
    rows = Inventory.objects.filter(pk=inventory.pk)
    for values in ({"review_on": timezone.localdate()}, {"status": DRAFT}, {"status": TO_COMPLETE, "number": 7}):
        with elevated(), pytest.raises(DatabaseError, match="inventory_frozen"), transaction.atomic():
            rows.update(**values)
    with elevated(), pytest.raises(DatabaseError, match="inventory_frozen"), transaction.atomic():
        _raw("delete from structures_inventory where id = %s", inventory)
    with elevated():
        assert rows.update(status=TO_COMPLETE) == 1


def test_one_is_open_at_a_time_whatever_writes_it(place: Place) -> None:
    inventory = filled(place.esms, place.director)
    values = {
        name: value for name, value in _place(inventory).items() if name.endswith("_id") and name != "written_by_id"
    }
    with elevated(), pytest.raises(DatabaseError, match="inventory_one_open"), transaction.atomic():
        Inventory.objects.create(**values, number=2, started_by=place.director)


# --- What others read of it ------------------------------------------------------------------------------------------


def test_readiness_comes_from_the_last_that_the_direction_stands_by(place: Place) -> None:
    filled(place.esms, place.director, status=TRANSMITTED)
    place.director_at.post(place.url("inventory_start"))
    place.answer(place.director_at, "users_to_equip", "61", version=1, number=2)
    with elevated():
        found = readiness_of([place.esms])[place.esms.pk]
        assert (found.inventory.number, found.current.number, found.settled) == (1, 2, True)
        assert found.readiness == "ready"
        assert found.values["users_to_equip"] == 58
        assert users_to_equip(place.esms) == 58
        place.esms.project.refresh_from_db()
        InventoryThreshold.objects.create(
            project=place.esms.project, field="upstream_mbps", threshold=Decimal(100), source="éditeur"
        )
        assert readiness_of([place.esms])[place.esms.pk].readiness == "ready_with_reserves"
    page = text(place.director_at.get(place.url("inventory_section", "network")))
    assert "À corriger : Il faut au moins 100 Mbit/s (éditeur)." in page


def test_the_pathway_and_the_home_know_where_it_stands(place: Place, world: World) -> None:
    def told() -> tuple[LineState, str, list[tuple[str, bool]]]:
        with elevated():
            fact = facts_of([place.esms])[place.esms.pk, "act_fill_inventory"]
            found = [ask for ask in asks_of([place.esms]) if ask.url == place.url("inventory")]
        return fact.state, " ".join(fact.words.split()), [(ask.title, ask.of_director) for ask in found]

    assert told()[0] == LineState.TODO
    place.director_at.post(place.url("inventory_start"))
    assert told() == (LineState.IN_PROGRESS, "2 réponses sur 58", [("Continuer l’état des lieux", False)])
    with elevated():
        Inventory.objects.filter(esms=place.esms).delete()
    inventory = filled(place.esms, place.director)
    assert told() == (LineState.IN_PROGRESS, "52 réponses sur 58", [("Soumettre l’état des lieux", False)])
    place.act(place.referent_at, "inventory_submit")
    assert (told()[0], told()[2]) == (LineState.SUBMITTED, [("Valider l’état des lieux", True)])
    place.act(place.director_at, "inventory_validate")
    assert (told()[0], told()[2]) == (LineState.DONE, [("Transmettre l’état des lieux au chef de projet", True)])
    place.act(place.director_at, "inventory_transmit")
    assert (told()[0], told()[2]) == (LineState.DONE, [])
    remark(inventory, world.lead, sent=False)
    place.act(place.lead_at, "inventory_send_back")
    assert told() == (
        LineState.IN_PROGRESS,
        "à compléter, une remarque du chef de projet",
        [("Compléter l’état des lieux", False)],
    )


def test_a_review_that_is_due_is_asked_by_its_day(place: Place) -> None:
    inventory = filled(place.esms, place.director, status=VALIDATED)
    soon = timezone.localdate() + timedelta(days=20)
    with elevated():
        now = timezone.now()
        Inventory.objects.filter(pk=inventory.pk).update(
            status=TRANSMITTED, transmitted_at=now, transmitted_by=place.director, review_on=soon
        )
        (ask,) = [ask for ask in asks_of([place.esms]) if ask.url == place.url("inventory")]
    assert (ask.title, ask.due_on) == ("Mettre à jour l’état des lieux", soon)
    page = place.director_at.get(place.url("inventory")).content.decode()
    assert re.search(r'class="button primary"[^>]*>.*?Mettre à jour', page, re.DOTALL)
