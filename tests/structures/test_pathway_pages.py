"""The first page of a structure, its pathway and each line, as the people who work there and those who read it meet
them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from common import french
from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import ESMS, User
from structures.catalogue.local_actions import pathway
from structures.enums.pathway import LineState
from structures.models import PathwayLine, Reminder
from tests.harness.htmx import parse, text
from tests.harness.structures.pathway import SUBMITTED, SUBMITTED_SLUG
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
HOME = f"/projets/{SLUG}/structures/foyer/"
PATHWAY = f"{HOME}parcours/"
WAITING = f"{PATHWAY}{SUBMITTED_SLUG}/"  # submitted in the world
DIRECTORS = f"{PATHWAY}batir-le-plan-de-conduite-du-changement/"
REFERENTS = f"{PATHWAY}faire-vivre-le-plan-pendant-le-deploiement/"
SignIn = Callable[[User], Client]


def said(answer: HttpResponse) -> str:
    """What one reads, with ordinary spaces."""
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def h1(answer: HttpResponse) -> str:
    return text(parse(answer.content).xpath("//h1")[0]).replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def director(world: World, client_as: SignIn) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


@pytest.fixture
def referent(world: World, client_as: SignIn) -> Client:
    return client_as(world.person(Role.LOCAL_REFERENT))


@pytest.fixture
def og_director(world: World, client_as: SignIn) -> Client:
    return client_as(world.person(Role.OG_DIRECTOR))


def line(code: str) -> PathwayLine:
    with elevated():
        return PathwayLine.objects.get(esms__slug="foyer", esms__project__slug=SLUG, action=code)


def done(version: int = 0, **values: Any) -> dict[str, Any]:
    return {"version": version, "done_on": french.today().isoformat(), "evidence": "Le plan est écrit.", **values}


def undo_address(answer: HttpResponse) -> str:
    """Where the message of a page takes back what it tells."""
    [form] = parse(answer.content).xpath("//div[@class='messages']//form")
    return form.get("action")


# --- Home ------------------------------------------------------------------------------------------------------------


def test_the_director_reads_what_waits_and_validates_with_one_tap(director: Client, world: World) -> None:
    page = director.get(HOME)
    assert "une attend votre validation" in h1(page)
    assert "Préparer la communication locale" in said(page)
    assert "Le kit est prêt" in said(page)
    validate = {"version": 1, "retour": "accueil"}
    answer = director.post(f"{WAITING}valider/", validate, follow=True)
    assert answer.request["PATH_INFO"] == HOME
    assert "est validée" in said(answer)
    assert line(SUBMITTED).state == LineState.DONE
    undone = director.post(undo_address(answer), follow=True)
    assert "C’est annulé" in said(undone)
    assert line(SUBMITTED).state == LineState.SUBMITTED


def test_a_reader_reads_the_same_facts_in_other_words(og_director: Client, lead: Client) -> None:
    for client in (og_director, lead):
        page = client.get(HOME)
        assert h1(page).startswith("Foyer :")
        assert "Ce qui attend dans cette structure" in said(page)
        assert "dépend de vous" not in said(page)
        assert not parse(page.content).xpath("//button[normalize-space()='Valider']")


def test_the_referent_is_asked_what_is_theirs(referent: Client, world: World) -> None:
    with elevated():
        ESMS.objects.filter(pk=world.own.structures[0].pk).update(phase=Phase.ROLLOUT)
    words = said(referent.get(HOME))
    assert "Faire place aux initiatives des équipes" in words  # of the preparation, theirs: late
    assert "Annoncer le projet en trois temps" not in words  # of the direction
    assert not parse(referent.get(HOME).content).xpath("//form[contains(@action, '/valider/')]")


def test_a_reminder_stays_until_somebody_says_to_have_read_it(director: Client, referent: Client, world: World) -> None:
    reminder = world.own.work[0].pathway.reminder
    assert "vous relance" in said(referent.get(HOME))
    assert "Merci CANARIDEDANS" in said(director.get(HOME))
    assert director.post(f"{HOME}relances/{reminder.pk}/lue/").status_code == 302
    assert "vous relance" not in said(referent.get(HOME))
    with elevated():
        assert Reminder.objects.get(pk=reminder.pk).seen_by == world.person(Role.ESMS_DIRECTOR)


def test_the_wave_is_told_on_the_first_page_and_in_the_directory(
    director: Client, client_as: SignIn, world: World
) -> None:
    assert "vague foyer" in said(director.get(HOME)).lower()
    assert "Vague foyer" in said(client_as(world.person(Role.VENDOR)).get(f"/projets/{SLUG}/structures/"))


# --- The pathway -----------------------------------------------------------------------------------------------------


def test_the_pathway_shows_its_59_lines_and_narrows(director: Client, referent: Client, og_director: Client) -> None:
    page = parse(director.get(PATHWAY).content)
    titles = [text(item) for item in page.xpath("//ul[@class='tasks']//b")]
    assert len(titles) == 59
    assert titles == [text(parse(f"<p>{action.title}</p>".encode())) for action in pathway().actions]
    mine = {client: shown(client, "a-moi") for client in (director, referent)}
    assert "Bâtir le plan de conduite du changement" in mine[director]
    assert "Faire vivre le plan pendant le déploiement" in mine[referent]
    assert not set(mine[director]) & set(mine[referent])
    assert shown(director, "a-valider") == ["Préparer la communication locale"]
    assert shown(director, "rien") == titles
    assert "À moi" not in said(og_director.get(PATHWAY))
    assert "Aucune étape n’est en retard" in said(director.get(f"{PATHWAY}?vue=en-retard"))


def shown(client: Client, view: str) -> list[str]:
    page = parse(client.get(f"{PATHWAY}?vue={view}").content)
    return [text(item) for item in page.xpath("//ul[@class='tasks']//b")]


# --- One line --------------------------------------------------------------------------------------------------------


def test_a_line_is_said_done_with_what_shows_it_and_taken_back(director: Client) -> None:
    page = director.get(DIRECTORS)
    assert h1(page) == "Bâtir le plan de conduite du changement : à faire"
    answer = director.post(f"{DIRECTORS}faite/", done(), follow=True)
    assert h1(answer).endswith("c’est fait")
    assert "Le plan est écrit." in said(answer)
    assert "Validée par" in said(answer)
    undone = director.post(undo_address(answer), follow=True)
    assert h1(undone).endswith("à faire")
    assert "Annuler" not in said(undone)


def test_nothing_shows_it_nothing_is_done_and_what_was_typed_stays(director: Client) -> None:
    answer = director.post(f"{DIRECTORS}faite/", done(evidence="", link="ftp://x", done_on="2026-11-03"))
    assert answer.status_code == 422
    page = parse(answer.content)
    assert page.get_element_by_id("id_link").get("value") == "ftp://x"
    assert page.get_element_by_id("id_done_on").get("value") == "2026-11-03"
    answer = director.post(f"{DIRECTORS}faite/", done(evidence=""))
    assert "Dites ce qui montre que c’est fait" in said(answer)
    assert director.post(f"{DIRECTORS}faite/", {"evidence": "Oui"}).status_code == 400


def test_the_referent_submits_and_cannot_validate(referent: Client, director: Client) -> None:
    with elevated():
        PathwayLine.objects.filter(action=SUBMITTED).delete()
    assert "Soumettre à la direction" in said(referent.get(WAITING))
    answer = referent.post(f"{WAITING}faite/", done(), follow=True)
    assert h1(answer).endswith("soumise à la direction")
    assert "la direction la valide, ou vous la rend" in said(answer)
    assert referent.post(f"{WAITING}valider/", {"version": 1}).status_code == 403
    answer = director.post(f"{WAITING}rendre/", {"version": 1, "why": "Il manque l’affiche."}, follow=True)
    assert "est rendue" in said(answer)
    assert "La direction l’a rendue : Il manque l’affiche." in said(referent.get(WAITING))
    assert director.post(f"{WAITING}rendre/", {"version": 2, "why": "Encore."}).status_code == 422


def test_a_line_of_the_direction_is_locked_for_its_referents_until_it_is_given(
    referent: Client, director: Client, world: World
) -> None:
    assert "La direction fait cette étape." in said(referent.get(DIRECTORS))
    assert referent.post(f"{DIRECTORS}faite/", done()).status_code == 403
    given = {"referent": world.person(Role.LOCAL_REFERENT).pk, "actions": f"{DIRECTORS.split('/')[-2]}:0"}
    answer = director.post(f"{PATHWAY}confier/", given, follow=True)
    assert "Une étape est confiée à" in said(answer)
    assert referent.post(f"{DIRECTORS}faite/", done(1)).status_code == 302
    assert line("act_build_change_plan").state == LineState.SUBMITTED  # the direction validates it still


def test_two_people_on_one_line_see_both_texts(director: Client, referent: Client) -> None:
    director.post(f"{REFERENTS}faite/", done(evidence="Le texte de la direction"))
    answer = referent.post(f"{REFERENTS}faite/", done(evidence="Mon texte à moi"))
    assert answer.status_code == 409
    words = said(answer)
    assert "Le texte de la direction" in words
    assert "Rien n’a été écrasé" in words
    page = parse(answer.content)
    form = page.get_element_by_id("faite")
    assert text(form.get_element_by_id("id_evidence")) == "Mon texte à moi"
    version = form.xpath(".//input[@name='version']")[0].get("value")
    assert referent.post(f"{REFERENTS}faite/", done(int(version), evidence="Mon texte à moi")).status_code == 302
    assert line("act_run_change_plan").evidence == "Mon texte à moi"
    late = director.post(f"{REFERENTS}etat/", {"version": 1, "state": "blocked", "why": "Mon blocage"})
    assert late.status_code == 409
    assert "Mon blocage" in said(late)


def test_what_is_blocked_or_without_object_says_why(director: Client) -> None:
    for state in ("blocked", "not_applicable"):
        answer = director.post(f"{DIRECTORS}etat/", {"version": 0, "state": state, "why": ""})
        assert answer.status_code == 422
    answer = director.post(f"{DIRECTORS}etat/", {"version": 0, "state": "blocked", "why": "Le comité."}, follow=True)
    assert h1(answer).endswith("bloquée")
    assert "Le comité." in said(answer)
    assert director.post(f"{DIRECTORS}etat/", {"version": 1, "state": "done"}).status_code == 422
    assert director.post(f"{DIRECTORS}etat/", {"version": 1, "state": "submitted"}).status_code == 422


def test_a_referent_does_not_set_aside_what_the_direction_validates(director: Client, referent: Client) -> None:
    releases = f"{PATHWAY}preparer-les-montees-de-version/"  # the referent's to do, the direction's to validate
    aside = {"version": 0, "state": "not_applicable", "why": "Rien à dire"}
    assert "elle seule peut la dire sans objet" in said(referent.get(releases))
    assert referent.post(f"{releases}etat/", aside).status_code == 422
    with pytest.raises(PathwayLine.DoesNotExist):
        line("act_steer_releases")
    assert director.post(f"{releases}etat/", aside).status_code == 302
    assert line("act_steer_releases").state == LineState.NOT_APPLICABLE


def test_a_line_that_its_tool_knows_is_not_ticked_by_hand(director: Client) -> None:
    inventory = f"{PATHWAY}reunir-la-documentation-existante/"
    page = director.get(inventory)
    assert "se ferme d’elle-même" in said(page)
    assert not parse(page.content).xpath("//form[@id='faite']")
    assert director.post(f"{inventory}faite/", done()).status_code == 422
    assert director.post(f"{inventory}etat/", {"version": 0, "state": "blocked", "why": "Le SI"}).status_code == 302


def test_the_evidence_is_an_attachment_with_its_name(og_director: Client) -> None:
    answer = og_director.get(f"{WAITING}document/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "kit" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 kit"
    assert og_director.get(f"{DIRECTORS}document/").status_code == 404


def test_the_history_of_a_line_says_who_said_what(director: Client, world: World) -> None:
    director.post(f"{DIRECTORS}etat/", {"version": 0, "state": "blocked", "why": "Le comité."})
    director.post(f"{DIRECTORS}faite/", done(1))
    words = said(director.get(DIRECTORS))
    name = world.person(Role.ESMS_DIRECTOR).get_full_name()
    assert f"{name} : étape « Faite » ; ce qui le montre : « Le plan est écrit. »" in words
    assert "étape « Bloquée » ; ce qui bloque : « Le comité. »" in words


# --- Delegation ------------------------------------------------------------------------------------------------------


def test_delegation_says_what_is_kept_and_who_holds_what(director: Client, world: World) -> None:
    page = director.get(f"{PATHWAY}confier/")
    values = parse(page.content).xpath("//input[@name='actions']/@value")
    offered = {value.partition(":")[0] for value in values}
    assert offered <= {action.slug for action in pathway().actions if action.delegable}  # but those already done
    assert "batir-le-plan-de-conduite-du-changement" in offered
    assert "Partager puis valider la matrice" in said(page)
    user = world.person(Role.LOCAL_REFERENT)
    chosen = ["batir-le-plan-de-conduite-du-changement:0", "annoncer-le-projet-en-trois-temps:0"]
    answer = director.post(f"{PATHWAY}confier/", {"actions": chosen, "referent": user.pk}, follow=True)
    assert "Deux étapes sont confiées" in said(answer)
    assert "depuis le" in said(answer)
    held = parse(answer.content).xpath("//input[@name='reprendre']/following-sibling::input/@value")
    answer = director.post(f"{PATHWAY}confier/", {"actions": held[0], "reprendre": 1}, follow=True)
    assert "Une étape est de nouveau à la direction" in said(answer)
    assert director.post(f"{PATHWAY}confier/", {"actions": chosen[0], "referent": user.pk}).status_code == 409


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"actions": "nommer-un-referent-local:0"},
        {"actions": "absente:0"},
        {"actions": "batir-le-plan-de-conduite-du-changement:x"},
    ],
)
def test_what_cannot_be_given_is_refused_in_words(director: Client, world: World, posted: dict[str, str]) -> None:
    values = {"referent": world.person(Role.LOCAL_REFERENT).pk, **posted}
    assert director.post(f"{PATHWAY}confier/", values).status_code == 422
    stranger = {"referent": world.sibling_referent.pk, "actions": "batir-le-plan-de-conduite-du-changement:0"}
    answer = director.post(f"{PATHWAY}confier/", stranger)
    assert answer.status_code == 422
    assert "Choisissez un référent local." in said(answer)
