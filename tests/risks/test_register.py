"""The register: risks noted, written, placed in the matrix, accepted, closed, told above, linked."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checklist.enums import ACTION_SOURCE
from checklist.models import Action
from common.errors import Conflict, DomainError
from common.scope import elevated
from governance.enums import Severity
from governance.models import Alert
from governance.sources import link_to
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from risks.enums import RISK_SOURCE, Category, Criticality, RiskStatus, Treatment
from risks.models import Risk, RiskAction, RiskLink
from risks.places import Place
from risks.services import links
from risks.services import register as services
from tests.harness.htmx import HTMX
from tests.harness.risks import RiskWork
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
TRANSMITTED, OWN = 1, 2  # the two risks of the structure


@pytest.fixture
def director(world: World, client_as: Callable[..., Client]) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


@pytest.fixture
def referent(world: World, client_as: Callable[..., Client]) -> Client:
    return client_as(world.person(Role.LOCAL_REFERENT))


def at(name: str, *more: object) -> str:
    return reverse(f"esms_{name}", args=[SLUG, "foyer", *more])


def there(name: str, *more: object) -> str:
    return reverse(f"project_{name}", args=[SLUG, *more])


def work(world: World) -> RiskWork:
    return world.own.risk_work[0]


def place_of(world: World) -> Place:
    return Place(world.own.project, world.own.structures[0])


def risk(world: World, number: int = OWN) -> Risk:
    with elevated():
        rows = Risk.objects.select_related("project", "esms", "owner", "accepted_by")
        return rows.get(esms=world.own.structures[0], number=number)


def alerts(row: Risk) -> list[Alert]:
    with elevated():
        return list(Alert.objects.filter(source=RISK_SOURCE, source_id=row.pk).order_by("number"))


def said(answer: HttpResponse) -> str:
    """The page as one reads it: without tags, every run of white space one space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def title_of(answer: HttpResponse) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def in_scope_of(user: User, act: Callable[[], Any]) -> Any:
    with acting_as(user.pk):
        return act()


# --- Read -------------------------------------------------------------------------------------------------------------


def test_the_title_says_what_is_critical_and_what_is_late(world: World, director: Client) -> None:
    assert title_of(director.get(at("risk_register"))) == "Aucun risque n’est critique"
    late = timezone.localdate() - timedelta(days=3)
    with elevated():
        Risk.objects.filter(esms=world.own.structures[0]).update(probability=4)
        RiskAction.objects.filter(esms=world.own.structures[0]).update(due_on=late)
    page = director.get(at("risk_register"))
    assert title_of(page) == "Deux risques sont critiques, deux actions sont en retard"
    assert "en retard de trois jours" in said(page)
    assert "Un d’entre eux n’est lu que par la structure" in said(page)


def test_a_cell_of_the_matrix_narrows_the_list_and_says_so(world: World, director: Client) -> None:
    with elevated():
        Risk.objects.filter(pk=work(world).own.pk).update(probability=1, impact=2)
    page = director.get(at("risk_register"), {"case": "1-2"})
    assert "Peu probable, gênant : criticité faible. Un risque correspond à ces filtres." in said(page)
    assert "Départ d’un cadre" in said(page)
    assert "Débit insuffisant" not in said(page)
    assert "Aucun risque ne correspond" in said(director.get(at("risk_register"), {"case": "4-4"}))
    assert "Débit insuffisant" in said(director.get(at("risk_register"), {"case": "9-9", "categorie": "x"}))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"categorie": "human"}, ["Départ d’un cadre"]),
        ({"etat": "watched"}, ["Départ d’un cadre"]),
        ({"etat": "closed"}, []),
        ({"etat": "tous"}, ["Départ d’un cadre", "Débit insuffisant"]),
        ({"criticite": "critical"}, ["Départ d’un cadre"]),
        ({"retard": "on"}, ["Débit insuffisant"]),
    ],
    ids=str,
)
def test_filters_narrow_the_list(world: World, director: Client, query: dict[str, str], shown: list[str]) -> None:
    with elevated():
        own = Risk.objects.filter(pk=work(world).own.pk)
        own.update(category=Category.HUMAN, status=RiskStatus.WATCHED, probability=4, impact=4)
        Risk.objects.filter(pk=work(world).risk.pk).update(review_on=timezone.localdate() - timedelta(days=1))
    page = said(director.get(at("risk_register"), query))
    assert [title for title in ("Départ d’un cadre", "Débit insuffisant") if title in page] == shown


def test_the_owner_filter_offers_who_carries_a_risk(world: World, director: Client) -> None:
    page = director.get(at("risk_register"), {"porteur": str(world.person(Role.ESMS_DIRECTOR).pk)})
    assert "Deux risques correspondent" in said(page)
    nobody = director.get(at("risk_register"), {"porteur": str(uuid.uuid4())})
    assert "Aucun risque ne correspond" in said(nobody)


def test_those_above_read_what_was_transmitted(world: World, client_as: Callable[..., Client], lead: Client) -> None:
    for client in (lead, client_as(world.person(Role.OG_DIRECTOR))):
        page = said(client.get(at("risk_register")))
        assert "Débit insuffisant" in page
        assert "Départ d’un cadre" not in page
        assert "Vous lisez ce que la structure a transmis." in page
        assert client.get(at("risk", OWN)).status_code == 404
        sheet = client.get(at("risk", TRANSMITTED))
        assert "Poser un relais" in said(sheet)
        assert "Ajouter une action" not in said(sheet)


def test_the_project_reads_its_own_risks_those_raised_and_the_lead_those_transmitted(
    world: World, lead: Client, client_as: Callable[..., Client]
) -> None:
    page = said(lead.get(there("risk_register")))
    assert "Un seul intervenant chez l’éditeur" in page
    assert "Débit insuffisant" not in page
    told = lead.get(there("risk_register"), {"des": "structures"})
    assert said(told).count("Débit insuffisant") == 3  # one a structure, each named
    assert world.own.structures[0].name in said(told)
    costrat = client_as(world.person(Role.COSTRAT))
    assert "Tous ceux des structures" not in said(costrat.get(there("risk_register"), {"des": "structures"}))
    with elevated():
        row = work(world).risk
        Risk.objects.filter(pk=row.pk).update(raised_by=row.owner, raised_at=timezone.now(), title="Débit trop faible")
        RiskAction.objects.filter(risk=row).update(label="Poser un relais au Foyer")
    raised = costrat.get(there("risk_register"))
    assert "Portés au projet par des structures" in said(raised)
    assert there("risk_raised", row.pk) in raised.content.decode()
    sheet = costrat.get(there("risk_raised", row.pk))
    assert "Poser un relais au Foyer" in said(sheet)
    assert "Clore ce risque" not in said(sheet)
    assert lead.get(there("risk_raised", row.pk)).url == at("risk", TRANSMITTED)


# --- Noted ------------------------------------------------------------------------------------------------------------


def test_a_risk_is_noted_in_three_answers_and_numbered_after_the_last(world: World, referent: Client) -> None:
    body = {"title": "  Grève   au démarrage ", "category": "human", "cell": "2-3", "token": uuid.uuid4()}
    answer = referent.post(at("risk_add"), body, follow=True)
    row = risk(world, 3)
    assert (row.title, row.category, row.probability, row.impact) == ("Grève au démarrage", "human", 2, 3)
    assert row.owner == world.person(Role.LOCAL_REFERENT)
    assert row.transmitted_at is None
    assert "C’est enregistré. Possible, grave : criticité modérée." in said(answer)
    assert referent.post(at("risk_add"), body).url == at("risk", 3)  # posted twice, noted once
    with elevated():
        assert Risk.objects.filter(esms=world.own.structures[0]).count() == 3


def test_what_was_typed_stays_when_the_cell_is_missing(referent: Client) -> None:
    answer = referent.post(at("risk_add"), {"title": "Grève", "category": "human", "token": uuid.uuid4()})
    assert answer.status_code == 422
    assert 'value="Grève"' in answer.content.decode()
    assert "Choisissez une case : la probabilité et l’impact." in said(answer)


def test_noted_critical_it_alerts_at_once(world: World, referent: Client) -> None:
    assert "le COMOP reçoit une alerte" in said(referent.get(at("risk_add")))
    body = {"title": "Perte de données", "category": "technical", "cell": "3-4", "token": uuid.uuid4()}
    answer = referent.post(at("risk_add"), body, follow=True)
    row = risk(world, 3)
    (alert,) = alerts(row)
    assert alert.severity == Severity.CRITICAL
    assert alert.esms_id == row.esms_id
    assert row.transmitted_by == world.person(Role.LOCAL_REFERENT)
    assert f"L’alerte n° {alert.number} est donnée au COMOP et le risque est transmis." in said(answer)
    assert reverse("alert", args=[SLUG, alert.number]) in answer.content.decode()


# --- Written field by field -------------------------------------------------------------------------------------------


def test_a_field_saves_itself(world: World, referent: Client) -> None:
    posted = {"version": 1, "cause": "Le câblage date de 1998."}
    answer = referent.post(at("risk_field", OWN, "cause"), posted, **HTMX)
    assert answer.status_code == 200
    assert "Enregistré à" in said(answer)
    assert risk(world).cause == "Le câblage date de 1998."
    assert referent.post(at("risk_field", OWN, "number"), {"version": 1, "number": 9}).status_code == 404


def test_a_text_that_looks_like_a_patients_data_is_warned_of(referent: Client) -> None:
    posted = {"version": 1, "cause": "Le dossier de M. Durand, usager, est perdu."}
    answer = referent.post(at("risk_field", OWN, "cause"), posted, **HTMX)
    assert answer.status_code == 200
    assert "N’écrivez ni son nom, ni rien de sa santé." in said(answer)


def test_two_people_who_write_one_field_are_shown_both_writings(world: World, referent: Client) -> None:
    referent.post(at("risk_field", OWN, "category"), {"version": 1, "category": "human"}, **HTMX)
    answer = referent.post(at("risk_field", OWN, "category"), {"version": 1, "category": "legal"}, **HTMX)
    assert answer.status_code == 409
    assert "Humain" in said(answer)
    assert "Juridique" in said(answer)
    assert risk(world).category == "human"
    other = referent.post(at("risk_field", OWN, "cause"), {"version": 1, "cause": "Usure"}, **HTMX)
    assert other.status_code == 200  # another field: no conflict


def test_without_scripts_a_refused_field_keeps_what_was_typed(world: World, referent: Client) -> None:
    answer = referent.post(at("risk_field", OWN, "title"), {"version": 1, "title": " "})
    assert answer.status_code == 422
    assert "Rien n’est enregistré : ce qui peut arriver ne peut pas être vide." in said(answer)
    assert referent.post(at("risk_field", OWN, "title"), {"version": 1, "title": "Autre"}).url == at("risk", OWN)


def test_who_follows_a_risk_is_somebody_who_may_read_it(world: World, referent: Client) -> None:
    lead = world.lead
    answer = referent.post(at("risk_field", OWN, "owner"), {"version": 1, "owner": str(lead.pk)}, **HTMX)
    assert answer.status_code == 422
    director = world.person(Role.ESMS_DIRECTOR)
    with pytest.raises(DomainError, match="ne peut pas lire ce risque") as refused:
        in_scope_of(director, lambda: services.edit_risk(risk=risk(world), version=1, values={"owner": lead}))
    assert refused.value.field == "owner"
    told = referent.post(at("risk_field", TRANSMITTED, "owner"), {"version": 1, "owner": str(lead.pk)}, **HTMX)
    assert told.status_code == 200
    assert risk(world, TRANSMITTED).owner == lead


def test_two_people_who_name_somebody_are_shown_both_names(world: World, referent: Client) -> None:
    boss, other = world.person(Role.ESMS_DIRECTOR), world.person(Role.LOCAL_REFERENT)
    referent.post(at("risk_field", OWN, "owner"), {"version": 1, "owner": str(other.pk)}, **HTMX)
    answer = referent.post(at("risk_field", OWN, "owner"), {"version": 1, "owner": ""}, **HTMX)
    assert answer.status_code == 409
    assert other.get_full_name() in said(answer)
    assert "Rien" in said(answer)
    assert risk(world).owner == other != boss


def test_who_left_is_still_named(world: World, referent: Client) -> None:
    with elevated():
        Risk.objects.filter(pk=work(world).own.pk).update(owner=world.ended)
    assert f">{world.ended.get_full_name()}</option>" in referent.get(at("risk", OWN)).content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": RiskStatus.CLOSED}, "se clôt en disant pourquoi"),
        ({"treatment": Treatment.ACCEPT}, "en disant qui l’accepte"),
    ],
    ids=str,
)
def test_closing_and_accepting_are_no_plain_fields(world: World, values: dict[str, Any], words: str) -> None:
    def write() -> None:
        services.edit_risk(risk=risk(world), version=1, values=values)

    with pytest.raises(DomainError, match=words):
        in_scope_of(world.person(Role.ESMS_DIRECTOR), write)


# --- The matrix -------------------------------------------------------------------------------------------------------


def test_becoming_critical_it_is_transmitted_and_the_comop_alerted_once(world: World, director: Client) -> None:
    before = said(director.get(at("risk", OWN)))
    assert "Si sa place est critique, le COMOP reçoit une alerte, et le risque se transmet" in before
    answer = director.post(at("risk_cell", OWN), {"version": 1, "cell": "4-3"}, follow=True)
    row = risk(world)
    assert answer.redirect_chain[-1][0] == at("risk", OWN)  # from the top, where the alert is told
    assert row.criticality == Criticality.CRITICAL
    assert row.transmitted_at is not None
    (alert,) = alerts(row)
    assert "est critique\u00a0: quasi certain, grave." in alert.text
    assert f"L’alerte n° {alert.number} est donnée au COMOP" in said(answer)
    # Out of the critical ones and back, while nobody answered: no second alert.
    director.post(at("risk_cell", OWN), {"version": row.version, "cell": "1-1"})
    director.post(at("risk_cell", OWN), {"version": risk(world).version, "cell": "4-4"})
    assert len(alerts(row)) == 1
    with elevated():
        Alert.objects.filter(pk=alert.pk).update(
            answered_at=timezone.now(), answered_by=world.lead, answer="Un relais est commandé."
        )
    director.post(at("risk_cell", OWN), {"version": risk(world).version, "cell": "2-2"})
    director.post(at("risk_cell", OWN), {"version": risk(world).version, "cell": "3-4"})
    assert len(alerts(row)) == 2


def test_the_alert_leads_back_to_the_risk(world: World, director: Client, client_as: Callable[..., Client]) -> None:
    director.post(at("risk_cell", OWN), {"version": 1, "cell": "4-4"})
    (alert,) = alerts(risk(world))
    url = reverse("alert", args=[SLUG, alert.number])
    assert at("risk", OWN) in director.get(url).content.decode()
    assert at("risk", OWN) in client_as(world.lead).get(url).content.decode()
    comop = client_as(world.person(Role.COMOP)).get(url)  # who reads the alert, not the register of the structure
    assert comop.status_code == 200
    assert at("risk", OWN) not in comop.content.decode()
    assert in_scope_of(world.lead, lambda: link_to(world.own.project, RISK_SOURCE, uuid.uuid4())) is None


def test_a_risk_of_the_project_alerts_without_a_structure(world: World, lead: Client) -> None:
    lead.post(there("risk_cell", 1), {"version": 1, "cell": "4-4"})
    (alert,) = alerts(world.own.risks.risk)
    assert alert.esms_id is None
    page = lead.get(reverse("alert", args=[SLUG, alert.number]))
    assert "Ouvrir le risque n° 1 du projet" in said(page)


def test_the_same_cell_posted_twice_is_no_conflict_and_another_one_is(world: World, director: Client) -> None:
    assert director.post(at("risk_cell", OWN), {"version": 1, "cell": "2-2"}).status_code == 302
    assert director.post(at("risk_cell", OWN), {"version": 1, "cell": "2-2"}).status_code == 302
    answer = director.post(at("risk_cell", OWN), {"version": 1, "cell": "1-1"})
    assert answer.status_code == 409
    assert "Quelqu’un vient de changer ce risque." in said(answer)
    assert director.post(at("risk_cell", OWN), {"version": 1, "cell": "5-1"}).status_code == 400


def test_what_will_remain_is_placed_too_and_taken_away(world: World, director: Client) -> None:
    director.post(at("risk_residual", OWN), {"version": 1, "cell": "1-2"})
    row = risk(world)
    assert (row.residual_probability, row.residual_impact) == (1, 2)
    assert "Peu probable, gênant : criticité faible." in said(director.get(at("risk", OWN)))
    director.post(at("risk_residual", OWN), {"version": row.version, "cell": "aucune"})
    assert risk(world).residual_impact is None


# --- Accepted, closed -------------------------------------------------------------------------------------------------


def test_the_direction_accepts_a_risk_and_another_treatment_takes_that_back(world: World, referent: Client) -> None:
    boss = world.person(Role.ESMS_DIRECTOR)
    refused = referent.post(at("risk_accept", OWN), {"version": 1, "who": str(boss.pk), "why": ""})
    assert refused.status_code == 422
    assert "Dites pourquoi le risque est accepté." in said(refused)
    stranger = {"version": 1, "who": str(world.person(Role.LOCAL_REFERENT).pk), "why": "Tant pis."}
    assert referent.post(at("risk_accept", OWN), stranger).status_code == 422
    page = referent.post(at("risk_accept", OWN), {**stranger, "who": str(boss.pk)}, follow=True)
    assert f"Accepté par {boss.get_full_name()}" in said(page)
    row = risk(world)
    assert (row.treatment, row.accepted_by, row.accepted_on) == (Treatment.ACCEPT, boss, timezone.localdate())
    posted = {"version": row.version, "treatment": "reduce"}
    assert referent.post(at("risk_field", OWN, "treatment"), posted, **HTMX).status_code == 200
    row = risk(world)
    assert (row.treatment, row.accepted_by, row.accepted_why) == (Treatment.REDUCE, None, "")


@pytest.mark.parametrize(("role", "why"), [(Role.LOCAL_REFERENT, "Tant pis."), (Role.ESMS_DIRECTOR, " ")], ids=str)
def test_nobody_else_accepts_and_nobody_without_a_reason(world: World, role: Role, why: str) -> None:
    def accept() -> None:
        services.accept_risk(risk=risk(world), version=1, who=world.person(role), why=why)

    with pytest.raises(DomainError):
        in_scope_of(world.person(Role.ESMS_DIRECTOR), accept)


def test_for_the_project_its_lead_accepts(world: World, lead: Client) -> None:
    posted = {"version": 1, "who": str(world.lead.pk), "why": "L’éditeur s’engage sous un mois."}
    assert lead.post(there("risk_accept", 1), posted).status_code == 302
    refused = lead.post(there("risk_accept", 1), {**posted, "who": str(world.person(Role.COSTRAT).pk)})
    assert refused.status_code == 422


def test_a_risk_is_closed_with_a_reason_locked_and_reopened_as_it_was(world: World, director: Client) -> None:
    director.post(at("risk_field", OWN, "status"), {"version": 1, "status": "watched"}, **HTMX)
    version = risk(world).version
    assert director.post(at("risk_close", OWN), {"version": version, "why": ""}).status_code == 422
    answer = director.post(at("risk_close", OWN), {"version": version, "why": "Le poste est pourvu."}, follow=True)
    assert "Le poste est pourvu." in said(answer)
    assert at("risk_open_again", OWN) in answer.content.decode()
    refused = director.post(at("risk_field", OWN, "cause"), {"version": version + 1, "cause": "x"}, **HTMX)
    assert refused.status_code == 422
    assert "ce risque est clos : rouvrez-le pour le changer" in said(refused)
    for name, body in (("risk_cell", {"cell": "1-1"}), ("risk_raise", {"why": "Aidez-nous."})):
        assert director.post(at(name, OWN), {"version": version + 1, **body}).status_code == 422
    assert "Tous les" not in title_of(director.get(at("risk_register")))
    director.post(at("risk_open_again", OWN), {"undo": 1})
    row = risk(world)
    assert (row.status, row.closed_on, row.closing_note) == (RiskStatus.WATCHED, None, "")
    director.post(at("risk_open_again", OWN))
    assert risk(world).version == row.version


def test_two_risks_are_not_open_for_one_question(world: World, director: Client) -> None:
    with elevated():
        Risk.objects.filter(pk=work(world).own.pk).update(question="2.1")
    director.post(at("risk_close", OWN), {"version": 1, "why": "Fini."})
    with elevated():
        Risk.objects.filter(pk=work(world).risk.pk).update(question="2.1")
    answer = director.post(at("risk_open_again", OWN))
    assert answer.status_code == 422
    assert "Un risque est déjà ouvert pour cette question." in said(answer)


def test_closing_what_moved_meanwhile_is_a_conflict(world: World) -> None:
    with pytest.raises(Conflict):
        in_scope_of(
            world.person(Role.ESMS_DIRECTOR), lambda: services.close_risk(risk=risk(world), version=7, why="Fini.")
        )


# --- Told above -------------------------------------------------------------------------------------------------------


def test_the_direction_transmits_one_risk(world: World, director: Client, referent: Client, lead: Client) -> None:
    assert "La direction peut le transmettre." in said(referent.get(at("risk", OWN)))
    answer = director.post(at("risk_transmit_one", OWN), {"version": 1}, follow=True)
    assert "la direction de l’OG et le chef de projet le lisent" in said(answer)
    assert lead.get(at("risk", OWN)).status_code == 200
    director.post(at("risk_transmit_one", OWN), {"version": 1})
    assert risk(world).version == 2  # twice is once


def test_all_open_risks_are_transmitted_with_the_assessment(world: World) -> None:
    boss, place = world.person(Role.ESMS_DIRECTOR), place_of(world)
    assert in_scope_of(boss, lambda: services.transmit_open_risks(place=place, by=boss)) == 1
    assert in_scope_of(boss, lambda: services.transmit_open_risks(place=place, by=boss)) == 0
    assert risk(world).transmitted_by == boss


def test_those_of_the_project_are_not_transmitted(world: World) -> None:
    place = Place(world.own.project)
    assert in_scope_of(world.lead, lambda: services.transmit_open_risks(place=place, by=world.lead)) == 0


def test_raised_to_the_project_a_risk_is_handed_back_with_a_reason(
    world: World, director: Client, lead: Client, client_as: Callable[..., Client]
) -> None:
    assert director.post(at("risk_raise", OWN), {"version": 1, "why": " "}).status_code == 422
    director.post(at("risk_raise", OWN), {"version": 1, "why": "Il faut un poste commun."})
    row = risk(world)
    assert row.raised_by == row.transmitted_by == world.person(Role.ESMS_DIRECTOR)
    assert "Il faut un poste commun." in said(lead.get(at("risk", OWN)))
    costrat = client_as(world.person(Role.COSTRAT))
    assert costrat.get(there("risk_raised", row.pk)).status_code == 200
    assert lead.post(at("risk_return", OWN), {"version": row.version, "why": ""}).status_code == 422
    lead.post(at("risk_return", OWN), {"version": row.version, "why": "L’OG a ce poste."})
    assert costrat.get(there("risk_raised", row.pk)).status_code == 404
    page = said(director.get(at("risk", OWN)))
    assert "Le projet a rendu ce risque à la structure" in page
    assert "L’OG a ce poste." in page
    again = risk(world)
    assert again.transmitted_at is not None
    assert lead.post(at("risk_return", OWN), {"version": again.version, "why": "Encore."}).status_code == 422


def test_a_risk_of_the_project_is_not_raised(world: World) -> None:
    def rise() -> None:
        row = Risk.objects.select_related("project", "esms").get(pk=world.own.risks.risk.pk)
        services.raise_risk(risk=row, version=1, why="Aidez-nous.", by=world.lead)

    with pytest.raises(DomainError, match="déjà celui du projet"):
        in_scope_of(world.lead, rise)


# --- Linked -----------------------------------------------------------------------------------------------------------


def test_a_risk_is_linked_with_an_action_of_the_checklist_and_the_link_is_taken_back(
    world: World, director: Client
) -> None:
    with elevated():
        action = Action.objects.current().filter(project=world.own.project).first()
    assert action
    assert f"Action {action.number}, " in said(director.get(at("risk", OWN)))
    target = f"{ACTION_SOURCE}:{action.pk}"
    answer = director.post(at("risk_link", OWN), {"target": target}, follow=True)
    assert reverse("checklist_action", args=[SLUG, action.number]) in answer.content.decode()
    undo = at("risk_unlink", OWN, ACTION_SOURCE, action.pk)
    assert undo in answer.content.decode()
    director.post(undo, {"undo": 1})
    assert not risk(world).links.exists()
    director.post(at("risk_relink", OWN, ACTION_SOURCE, action.pk), {"undo": 1})
    with elevated():
        assert RiskLink.objects.filter(risk=work(world).own).count() == 1
    assert director.post(at("risk_link", OWN), {"target": f"{ACTION_SOURCE}:{uuid.uuid4()}"}).status_code == 422


def test_only_what_is_there_is_linked(world: World) -> None:
    boss = world.person(Role.ESMS_DIRECTOR)
    for source in (ACTION_SOURCE, "inconnue"):
        with pytest.raises(DomainError, match="Choisissez dans la liste"):
            in_scope_of(boss, lambda s=source: links.link(risk=risk(world), source=s, source_id=uuid.uuid4(), by=boss))


# --- History ----------------------------------------------------------------------------------------------------------


def test_the_history_names_people_and_says_what_changed(world: World, director: Client) -> None:
    other = world.person(Role.LOCAL_REFERENT)
    director.post(at("risk_field", OWN, "owner"), {"version": 1, "owner": str(other.pk)}, **HTMX)
    director.post(at("risk_field", OWN, "category"), {"version": 2, "category": "human"}, **HTMX)
    page = said(director.get(at("risk", OWN)))
    assert "Catégorie : « Humain » au lieu de « Technique »" in page
    assert f"Porté par : « {other.get_full_name()} »" in page
