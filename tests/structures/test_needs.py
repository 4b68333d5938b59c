"""The needs of a structure: noted, completed, proposed, validated, transmitted; how they are collected and told."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Phase, Role
from organisations.models import ESMS
from structures.asks import asks_of
from structures.enums.needs import NeedStatus, Outcome
from structures.enums.pathway import LineState
from structures.facts import facts_of
from structures.models import Need, NeedCall, NeedCollection
from tests.factories import ESMSFactory
from tests.harness.htmx import HTMX
from tests.harness.structures.needs import CARRIED, DRAFT, PROPOSED, UNDECIDED, VALIDATED
from tests.harness.world import INSIDE, SLUG, World
from tests.structures.need_factories import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(world: World, client_as: Callable[..., Client]) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


@pytest.fixture
def referent(world: World, client_as: Callable[..., Client]) -> Client:
    return client_as(world.person(Role.LOCAL_REFERENT))


def at(name: str, *more: object) -> str:
    return reverse(name, args=[SLUG, "foyer", *more])


def need(world: World, number: int) -> Need:
    with elevated():
        return Need.objects.select_related("common").get(esms=world.own.structures[0], number=number)


def needs(world: World) -> list[Need]:
    with elevated():
        return list(Need.objects.filter(esms=world.own.structures[0]).order_by("number"))


def key(row: Need) -> str:
    return f"{row.pk}:{row.version}"


def said(answer: HttpResponse) -> str:
    """The page as one reads it: without tags, every run of white space one space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def title_of(answer: HttpResponse) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


# --- Noted ------------------------------------------------------------------------------------------------------------


def test_one_line_notes_a_need_and_asks_its_priority_and_domain(world: World, referent: Client) -> None:
    told = referent.post(at("need_add"), {"title": "Suivre M. Durand, usager", "token": uuid.uuid4()}, follow=True)
    assert "N’écrivez ni son nom, ni rien de sa santé." in said(told)
    body = {"title": "  Lire   sur la tablette ", "token": uuid.uuid4()}
    answer = referent.post(at("need_add"), body, follow=True)
    row = needs(world)[-1]
    assert (row.title, row.status, row.number, row.domain) == ("Lire sur la tablette", NeedStatus.DRAFT, 7, "")
    assert "Lire sur la tablette est noté." in said(answer)
    assert f'action="{at("need_field", 7, "priority")}"' in answer.content.decode()
    assert referent.post(at("need_add"), body).status_code == 302
    assert len(needs(world)) == 7  # posted twice, noted once


def test_an_empty_line_is_refused_beside_its_field(referent: Client) -> None:
    answer = referent.post(at("need_add"), {"title": " ", "token": uuid.uuid4()})
    assert answer.status_code == 422
    assert "Écrivez le besoin en quelques mots." in said(answer)


def test_several_lines_are_shown_before_they_are_noted(world: World, director: Client) -> None:
    pasted = "- Signer au lit\n\n2. Un agenda commun\n• Signer au lit\nSuivre la prise de M. Durand, usager diabétique"
    body = {"lines": pasted, "token": uuid.uuid4()}
    preview = director.post(at("need_paste"), body)
    assert title_of(preview) == "Trois besoins seront notés"
    assert "N’écrivez ni son nom, ni rien de sa santé." in said(preview)  # a warning, no refusal
    assert len(needs(world)) == 5
    for _ in range(2):  # posted twice
        assert director.post(at("need_paste"), {**body, "confirm": "1"}).status_code == 302
    assert [row.title for row in needs(world)[5:]] == [
        "Signer au lit",
        "Un agenda commun",
        "Suivre la prise de M. Durand, usager diabétique",
    ]


def test_a_pasted_line_that_is_too_long_or_known_is_told(world: World, director: Client) -> None:
    known = need(world, DRAFT).title
    answer = director.post(at("need_paste"), {"lines": f"{known}\n{'a' * 201}", "token": uuid.uuid4()})
    assert title_of(answer) == "Une ligne est à raccourcir"
    assert "Trop long : 201 caractères pour 200." in said(answer)
    assert "Un besoin noté a déjà ces mots." in said(answer)
    answer = director.post(at("need_paste"), {"lines": "a" * 201, "confirm": "1", "token": uuid.uuid4()})
    assert answer.status_code == 422
    assert len(needs(world)) == 5


def test_more_lines_than_sixty_are_refused(world: World, director: Client) -> None:
    lines = "\n".join(f"Besoin {number}" for number in range(61))
    answer = director.post(at("need_paste"), {"lines": lines, "confirm": "1", "token": uuid.uuid4()})
    assert answer.status_code == 422
    assert "Pas plus de 60 besoins à la fois" in said(answer)
    assert len(needs(world)) == 5


def test_a_need_noted_once_the_record_is_deployed_is_a_demand_for_evolution(world: World, referent: Client) -> None:
    with elevated():
        ESMS.objects.filter(pk=world.own.structures[0].pk).update(phase=Phase.ROUTINE)
    referent.post(at("need_add"), {"title": "Dicter", "token": uuid.uuid4()})
    assert needs(world)[-1].evolution
    assert "Demande d’évolution notée par" in said(referent.get(at("need", 6)))


# --- Its fields -------------------------------------------------------------------------------------------------------


def test_fields_save_one_by_one_and_warn_of_a_patients_data(world: World, referent: Client) -> None:
    row = need(world, DRAFT)
    url = at("need_field", DRAFT, "serves")
    answer = referent.post(url, {"version": row.version, "serves": ["management", "users"]}, **HTMX)
    assert answer.status_code == 200
    assert "Enregistré à" in said(answer)
    row = need(world, DRAFT)
    assert row.serves == ["users", "management"]
    text = "Mme Martin, née le 3 mars 1950, demande un agenda"
    url = at("need_field", DRAFT, "description")
    answer = referent.post(url, {"version": row.version, "description": text}, **HTMX)
    assert "Retirez-les : cette application ne garde rien des usagers." in said(answer)
    assert need(world, DRAFT).description == text


def test_two_people_on_two_fields_lose_nothing_and_on_one_meet_a_conflict(
    world: World, referent: Client, director: Client
) -> None:
    version = need(world, DRAFT).version
    referent.post(at("need_field", DRAFT, "title"), {"version": version, "title": "Mon texte"}, **HTMX)
    other = director.post(at("need_field", DRAFT, "priority"), {"version": version, "priority": "could"}, **HTMX)
    assert other.status_code == 200
    same = director.post(at("need_field", DRAFT, "title"), {"version": version, "title": "Le mien"}, **HTMX)
    assert same.status_code == 409
    assert "Mon texte" in said(same)
    assert "Le mien" in same.content.decode()
    assert (need(world, DRAFT).title, need(world, DRAFT).priority) == ("Mon texte", "could")


def test_a_conflict_on_several_choices_keeps_both_and_comes_back(
    world: World, referent: Client, director: Client
) -> None:
    version, url = need(world, DRAFT).version, at("need_field", DRAFT, "serves")
    referent.post(url, {"version": version, "serves": ["users"]}, **HTMX)
    answer = director.post(url, {"version": version, "serves": ["partners", "management"]}, **HTMX)
    assert answer.status_code == 409
    assert "Direction, Partenaires" in said(answer)
    posted = re.search(r'name="serves" value="([^"]*)"', answer.content.decode())
    assert posted
    again = director.post(url, {"version": need(world, DRAFT).version, "serves": posted[1]}, **HTMX)
    assert again.status_code == 200
    assert need(world, DRAFT).serves == ["management", "partners"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(VALIDATED, "la direction a validé ce besoin"), (UNDECIDED, "ce besoin est transmis, il ne change plus.")],
)
def test_words_no_longer_change_once_validated_or_transmitted(
    world: World, referent: Client, number: int, words: str
) -> None:
    row = need(world, number)
    answer = referent.post(at("need_field", number, "title"), {"version": row.version, "title": "Autre"}, **HTMX)
    assert answer.status_code == 422
    assert words in said(answer)
    assert need(world, number).title == row.title


def test_a_proposed_need_keeps_its_priority_and_domain(world: World, referent: Client) -> None:
    row = need(world, PROPOSED)
    answer = referent.post(at("need_field", PROPOSED, "priority"), {"version": row.version, "priority": ""}, **HTMX)
    assert answer.status_code == 422
    assert "garde son domaine et sa priorité" in said(answer)


@pytest.mark.parametrize("change", [{"title": "Autre"}, {"status": NeedStatus.DRAFT}, {"priority": "could"}])
def test_the_database_freezes_what_was_transmitted(world: World, change: dict) -> None:
    with elevated(), pytest.raises(IntegrityError, match="need_frozen"), transaction.atomic():
        Need.objects.filter(pk=need(world, UNDECIDED).pk).update(**change)
    with elevated(), pytest.raises(IntegrityError, match="need_frozen"), transaction.atomic():
        need(world, UNDECIDED).delete()


def test_a_need_taken_away_comes_back_with_its_undo(world: World, referent: Client) -> None:
    row = need(world, DRAFT)
    answer = referent.post(at("need_remove", DRAFT), {"version": row.version}, follow=True)
    assert "est retiré." in said(answer)
    assert f'action="{at("need_restore", DRAFT)}"' in answer.content.decode()
    assert referent.get(at("need", DRAFT)).status_code == 404
    assert referent.post(at("need_restore", DRAFT), {"undo": "1"}).status_code == 302
    assert referent.get(at("need", DRAFT)).status_code == 200


def test_what_changed_meanwhile_is_not_taken_away(world: World, referent: Client) -> None:
    answer = referent.post(at("need_remove", DRAFT), {"version": need(world, DRAFT).version + 3})
    assert answer.status_code == 409
    assert need(world, DRAFT).removed_at is None


# --- Proposed, validated, transmitted ---------------------------------------------------------------------------------


def test_a_referent_proposes_and_neither_validates_nor_transmits(world: World, referent: Client) -> None:
    page = referent.get(at("need_submit"))
    assert title_of(page) == "Quels besoins proposez-vous à la direction ?"
    assert "Valider" not in said(page)
    for act in ("validate", "transmit"):
        body = {"besoin": key(need(world, PROPOSED)), "act": act}
        assert referent.post(at("need_submit"), body).status_code == 403
    assert referent.post(at("need_submit"), {"besoin": key(need(world, DRAFT)), "act": "propose"}).status_code == 302
    assert need(world, DRAFT).status == NeedStatus.PROPOSED


def test_the_director_transmits_all_at_once(world: World, director: Client) -> None:
    chosen = [need(world, number) for number in (DRAFT, PROPOSED, VALIDATED)]
    before = chosen[2].validated_at
    answer = director.post(at("need_submit"), {"besoin": [key(row) for row in chosen], "act": "transmit"}, follow=True)
    assert "3 besoins sont transmis." in said(answer)
    assert title_of(answer) == "Les cinq besoins notés sont transmis au chef de projet"
    assert {row.status for row in needs(world)} == {NeedStatus.TRANSMITTED}
    assert need(world, DRAFT).validated_by == world.person(Role.ESMS_DIRECTOR)
    assert need(world, VALIDATED).validated_at == before


def test_some_only_are_validated_then_reopened(world: World, director: Client) -> None:
    director.post(at("need_submit"), {"besoin": key(need(world, PROPOSED)), "act": "validate"})
    row = need(world, PROPOSED)
    assert (row.status, need(world, DRAFT).status) == (NeedStatus.VALIDATED, NeedStatus.DRAFT)
    director.post(at("need_reopen", PROPOSED), {"version": row.version})
    row = need(world, PROPOSED)
    assert (row.status, row.validated_by) == (NeedStatus.PROPOSED, None)


def test_the_director_validates_what_was_read_and_nothing_else(
    world: World, director: Client, referent: Client
) -> None:
    """A need that changed since the page was opened stops all of it."""
    chosen = [key(need(world, PROPOSED)), key(need(world, DRAFT))]
    url, version = at("need_field", DRAFT, "title"), need(world, DRAFT).version
    referent.post(url, {"version": version, "title": "Tout autre chose"}, **HTMX)
    answer = director.post(at("need_submit"), {"besoin": chosen, "act": "transmit"})
    assert answer.status_code == 409
    assert "« Tout autre chose », a changé depuis que vous l’avez lu." in said(answer)
    assert need(world, PROPOSED).status == NeedStatus.PROPOSED


def test_an_incomplete_need_waits(world: World, director: Client) -> None:
    director.post(at("need_add"), {"title": "Dicter", "token": uuid.uuid4()})
    row = needs(world)[-1]
    answer = director.post(at("need_submit"), {"besoin": key(row), "act": "transmit"})
    assert answer.status_code == 422
    assert "n’a pas encore son domaine et sa priorité" in said(answer)
    assert "Il leur manque une priorité ou un domaine" in said(director.get(at("need_submit")))


def test_nothing_chosen_is_refused_and_a_need_of_elsewhere_is_none(world: World, director: Client) -> None:
    assert director.post(at("need_submit"), {"act": "transmit"}).status_code == 422
    rival = world.own.work[2].needs
    answer = director.post(at("need_submit"), {"besoin": rival.key(PROPOSED), "act": "transmit"})
    assert answer.status_code == 422
    with elevated():
        assert Need.objects.get(pk=rival.rows[PROPOSED].pk).status == NeedStatus.PROPOSED


def test_a_message_is_added_to_a_transmitted_need(world: World, lead: Client, director: Client) -> None:
    token = uuid.uuid4()
    for _ in range(2):
        lead.post(at("need_message", UNDECIDED), {"text": "De nuit aussi ?", "token": token})
    page = said(director.get(at("need", UNDECIDED)))
    assert page.count("De nuit aussi ?") == 1


# --- How they are collected -------------------------------------------------------------------------------------------


def collection(world: World) -> NeedCollection:
    with elevated():
        return NeedCollection.objects.get(esms=world.own.structures[0])


def test_the_first_field_begins_the_collection(world: World, referent: Client) -> None:
    with elevated():
        NeedCollection.objects.all().delete()
    assert title_of(referent.get(at("need_collection"))) == "Qui consultez-vous, et comment ?"
    answer = referent.post(at("need_collection_field", "methods"), {"version": 1, "methods": ["workshop"]}, **HTMX)
    assert answer.status_code == 200
    assert collection(world).methods == ["workshop"]


def test_the_director_approves_the_scope_which_then_is_locked(world: World, director: Client, referent: Client) -> None:
    url, row = at("need_scope"), collection(world)
    director.post(url, {"version": row.version})
    row = collection(world)
    assert row.approved_by == world.person(Role.ESMS_DIRECTOR)
    body = {"version": row.version, "scope": "managers"}
    answer = referent.post(at("need_collection_field", "scope"), body, **HTMX)
    assert answer.status_code == 422
    assert "la direction a validé le périmètre" in said(answer)
    assert "La direction peut le rouvrir." in said(referent.get(at("need_collection")))
    director.post(url, {"version": row.version, "reopen": "1"})
    body = {"version": collection(world).version, "scope": "managers"}
    assert referent.post(at("need_collection_field", "scope"), body, **HTMX).status_code == 200


def test_a_scope_without_the_words_of_users_is_not_approved(world: World, director: Client) -> None:
    with elevated():
        NeedCollection.objects.update(users_voice="")
    answer = director.post(at("need_scope"), {"version": collection(world).version})
    assert answer.status_code == 422
    assert "comment la parole des usagers est entendue" in said(answer)


def test_a_collection_does_not_end_before_it_starts(world: World, referent: Client) -> None:
    url = "need_collection_field"
    referent.post(at(url, "starts_on"), {"version": 1, "starts_on": "2026-03-10"}, **HTMX)
    body = {"version": collection(world).version, "ends_on": "2026-03-01"}
    answer = referent.post(at(url, "ends_on"), body, **HTMX)
    assert answer.status_code == 422
    assert "la fin du recueil vient avant son début" in said(answer)


# --- What becomes of them ---------------------------------------------------------------------------------------------


def test_the_synthesis_tells_what_became_of_each(world: World, director: Client) -> None:
    with elevated():
        reason = {"outcome": Outcome.LOCAL, "outcome_reason": "Le logiciel actuel suffit."}
        Need.objects.filter(pk=need(world, UNDECIDED).pk).update(**reason)
    answer = director.get(at("need_synthesis"))
    page = said(answer)
    assert title_of(answer) == "Sur deux besoins transmis, un est porté au niveau commun"
    assert f"Besoin commun n° 1, Besoin commun 1, {world.project.name}" in page
    assert "Avec deux autres structures" in page
    assert "Le logiciel actuel suffit." in page
    assert INSIDE in page  # its own words, and the walker sees that no other’s are there


# --- What the pathway and the page of the structure are told ----------------------------------------------------------


def facts(world: World, esms: ESMS | None = None) -> dict[str, LineState]:
    esms = esms or world.own.structures[0]
    with acting_as(world.lead.pk):
        found = facts_of([ESMS.objects.select_related("project").get(pk=esms.pk)])
    return {code: fact.state for (_, code), fact in found.items() if "need" in code and code != "act_carry_needs"}


def asked(world: World) -> list[str]:
    with acting_as(world.person(Role.ESMS_DIRECTOR).pk):
        esms = ESMS.objects.select_related("project").get(pk=world.own.structures[0].pk)
        return [ask.title for ask in asks_of([esms]) if "besoin" in ask.url]


def test_lines_of_the_pathway_close_by_themselves(world: World, director: Client) -> None:
    with elevated():
        NeedCollection.objects.update(scope="", users_voice="", shared_how="")
    before = facts(world)
    assert before["act_scope_needs"] == before["act_choose_needs_method"] == LineState.TODO
    assert before["act_express_needs"] == LineState.DONE  # something was transmitted
    steps = [
        ("scope", "all", "act_scope_needs", LineState.IN_PROGRESS),
        ("users_voice", "Le CVS", "act_scope_needs", LineState.SUBMITTED),
        ("methods", "survey", "act_choose_needs_method", LineState.IN_PROGRESS),
        ("starts_on", "2026-01-05", "act_choose_needs_method", LineState.DONE),
        ("shared_on", "2026-02-05", "act_share_needs", LineState.TODO),
        ("shared_how", "Réunion", "act_share_needs", LineState.DONE),
    ]
    for field, value, code, state in steps:
        body = {"version": collection(world).version, field: value}
        assert director.post(at("need_collection_field", field), body, **HTMX).status_code == 200
        assert facts(world)[code] == state, field
    director.post(at("need_scope"), {"version": collection(world).version})
    assert facts(world)["act_scope_needs"] == LineState.DONE


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (None, LineState.TODO),
        (NeedStatus.DRAFT, LineState.IN_PROGRESS),
        (NeedStatus.PROPOSED, LineState.SUBMITTED),
        (NeedStatus.TRANSMITTED, LineState.DONE),
    ],
)
def test_needs_are_expressed_once_transmitted(world: World, status: NeedStatus | None, state: LineState) -> None:
    esms = ESMSFactory(og=world.own.ogs[0])
    if status is not None:
        make_need(esms, world.lead, status)
    assert facts(world, esms)["act_express_needs"] == state
    assert facts(world, esms)["act_collect_evolution_needs"] == LineState.TODO  # not deployed there yet
    make_need(esms, world.lead, NeedStatus.TRANSMITTED, evolution=True)
    assert facts(world, esms)["act_collect_evolution_needs"] == LineState.DONE


def test_what_waits_is_asked_of_who_can_do_it(world: World) -> None:
    titles = asked(world)
    assert "Valider qui est consulté sur les besoins" in titles
    assert "Valider et transmettre deux besoins" in titles
    with elevated():
        for number in (PROPOSED, VALIDATED):
            need(world, number).delete()
        later = timezone.now() + timedelta(minutes=1)  # asked anew, after what was transmitted
        NeedCall.objects.filter(project=world.project).update(called_at=later)
    assert "Noter et transmettre les besoins de la structure" in asked(world)
    with elevated():
        NeedCall.objects.filter(project=world.project).update(called_at=timezone.now() - timedelta(days=9))
    assert "Noter et transmettre les besoins de la structure" not in asked(world)
    assert need(world, CARRIED).is_transmitted
