"""What is done about risks: written, proposed from a mark, followed by whoever does it, done, given up; the plan."""

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

from common.errors import Conflict, DomainError
from common.scope import elevated
from governance.models import Alert
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from risks.catalogue import questionnaire
from risks.enums import RISK_SOURCE, ActionKind, Criticality
from risks.models import AgreedMark, Risk, RiskAction
from risks.places import Place
from risks.services import actions as services
from tests.harness.htmx import HTMX
from tests.harness.risks import HIGH, RiskWork
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
TRANSMITTED, OWN = 1, 2  # the two risks of the structure
ASKED = questionnaire().by_number[HIGH]


@pytest.fixture
def director(world: World, client_as: Callable[..., Client]) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


def at(name: str, *more: object) -> str:
    return reverse(f"esms_{name}", args=[SLUG, "foyer", *more])


def there(name: str, *more: object) -> str:
    return reverse(f"project_{name}", args=[SLUG, *more])


def work(world: World) -> RiskWork:
    return world.own.risk_work[0]


def read(action: RiskAction) -> RiskAction:
    with elevated():
        return RiskAction.objects.select_related("risk__project", "risk__esms", "owner").get(pk=action.pk)


def given(action: RiskAction, **values: object) -> RiskAction:
    with elevated():
        RiskAction.objects.filter(pk=action.pk).update(**values)
    return read(action)


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


def posted(**more: object) -> dict[str, object]:
    new = {"label": "Former un remplaçant", "kind": "preventive", "owner": "", "due_on": "", "token": uuid.uuid4()}
    return {**new, **more}


# --- Written ----------------------------------------------------------------------------------------------------------


def test_an_action_is_written_beside_its_risk_and_taken_back(world: World, director: Client) -> None:
    boss, body = world.person(Role.ESMS_DIRECTOR), posted(due_on="2030-01-31")
    body["owner"] = str(boss.pk)
    answer = director.post(at("risk_action_add", OWN), body, follow=True)
    assert f"Préventive, {boss.get_full_name()}, pour le 31 janv. 2030" in said(answer)
    director.post(at("risk_action_add", OWN), body)  # posted twice, written once
    with elevated():
        (action,) = RiskAction.objects.filter(risk=work(world).own, label="Former un remplaçant")
    undo = at("risk_action_remove", OWN, action.pk)
    assert undo in answer.content.decode()
    assert "L’action est retirée." in said(director.post(undo, {"undo": 1}, follow=True))
    with elevated():
        assert not RiskAction.objects.filter(pk=action.pk).exists()
        assert Risk.objects.filter(pk=work(world).own.pk).exists()


def test_a_refused_action_keeps_what_was_typed(director: Client) -> None:
    answer = director.post(at("risk_action_add", OWN), posted(label=" ", due_on="2030-01-31"))
    assert answer.status_code == 422
    assert 'value="2030-01-31"' in answer.content.decode()
    assert "Dites ce qu’il y a à faire." in said(answer)


def test_an_action_that_moved_is_not_taken_back(world: World, director: Client) -> None:
    action = work(world).own_action
    director.post(at("risk_action_follow", OWN, action.pk), {"version": 1, "progress": "10", "note": ""})
    answer = director.post(at("risk_action_remove", OWN, action.pk), {"undo": 1})
    assert answer.status_code == 422
    assert "abandonnez-la en disant pourquoi" in said(answer)


@pytest.mark.parametrize(
    ("number", "role", "words"),
    [
        (OWN, Role.LOCAL_REFERENT, ""),
        (OWN, Role.PROJECT_LEAD, "n’est pas de la structure"),
        (OWN, Role.OG_DIRECTOR, "n’est pas de la structure"),
        (TRANSMITTED, Role.PROJECT_LEAD, ""),
        (TRANSMITTED, Role.OG_DIRECTOR, ""),
        (TRANSMITTED, Role.DPO, "n’est ni de la structure"),
    ],
)
def test_who_may_be_given_an_action_of_a_structure(world: World, number: int, role: Role, words: str) -> None:
    row = work(world).own if number == OWN else work(world).risk
    owner = world.person(role)

    def write() -> RiskAction:
        risk = Risk.objects.select_related("project", "esms").get(pk=row.pk)
        return services.add_action(
            risk=risk,
            label="Agir",
            kind=ActionKind.CORRECTIVE,
            owner=owner,
            due_on=None,
            by=world.person(Role.ESMS_DIRECTOR),
            token=uuid.uuid4(),
        )

    if not words:
        assert in_scope_of(world.person(Role.ESMS_DIRECTOR), write).owner == owner
        return
    with pytest.raises(DomainError, match=words) as refused:
        in_scope_of(world.person(Role.ESMS_DIRECTOR), write)
    assert refused.value.field == "owner"


def test_an_action_of_the_project_goes_to_anybody_who_takes_part(world: World, lead: Client) -> None:
    buyer = world.person(Role.PURCHASING)
    assert lead.post(there("risk_action_add", 1), posted(owner=str(buyer.pk))).status_code == 302
    stranger = world.foreign.people[Role.COMOP]
    assert lead.post(there("risk_action_add", 1), posted(owner=str(stranger.pk))).status_code == 422


def test_a_closed_risk_takes_no_more_action(world: World, director: Client) -> None:
    director.post(at("risk_close", OWN), {"version": 1, "why": "Fini."})
    answer = director.post(at("risk_action_add", OWN), posted())
    assert answer.status_code == 422
    assert "rouvrez-le pour y ajouter une action" in said(answer)


def test_its_fields_save_themselves(world: World, director: Client) -> None:
    action = work(world).own_action
    url = at("risk_action_field", OWN, action.pk, "due_on")
    assert director.post(url, {"version": 1, "due_on": "2030-02-01"}, **HTMX).status_code == 200
    conflict = director.post(url, {"version": 1, "due_on": "2030-03-01"}, **HTMX)
    assert conflict.status_code == 409
    assert "1er février 2030" in said(conflict)
    owner = at("risk_action_field", OWN, action.pk, "owner")
    assert director.post(owner, {"version": 2, "owner": str(world.lead.pk)}, **HTMX).status_code == 422
    assert director.post(at("risk_action_field", OWN, action.pk, "note"), {"version": 2}).status_code == 404


# --- Followed ---------------------------------------------------------------------------------------------------------


def test_an_action_is_begun_goes_on_is_done_and_that_is_taken_back(world: World, director: Client) -> None:
    action = work(world).own_action
    director.post(at("risk_action_start", OWN, action.pk), {"version": 1})
    assert read(action).started_on == timezone.localdate()
    posted_progress = {"version": 2, "progress": "40", "note": "Deux candidats vus."}
    director.post(at("risk_action_follow", OWN, action.pk), posted_progress)
    assert "40 % : Deux candidats vus." in said(director.get(at("risk", OWN)))
    answer = director.post(at("risk_action_finish", OWN, action.pk), {"version": 3}, follow=True)
    row = read(action)
    assert (row.progress, row.done_on) == (100, timezone.localdate())
    assert at("risk_action_resume", OWN, action.pk) in answer.content.decode()
    refused = director.post(at("risk_action_follow", OWN, action.pk), {"version": 4, "progress": "50", "note": ""})
    assert refused.status_code == 422
    assert "Cette action est faite : reprenez-la pour la changer." in said(refused)
    director.post(at("risk_action_resume", OWN, action.pk), {"undo": 1})
    row = read(action)
    assert (row.progress, row.done_on, row.note) == (40, None, "Deux candidats vus.")


def test_at_a_hundred_it_is_done_and_beyond_it_is_refused(world: World, director: Client) -> None:
    action = work(world).own_action
    for wrong in ("101", "-1", "tout"):
        answer = director.post(at("risk_action_follow", OWN, action.pk), {"version": 1, "progress": wrong, "note": ""})
        assert answer.status_code == 422
        assert "Écrivez un nombre de 0 à 100." in said(answer)
    director.post(at("risk_action_follow", OWN, action.pk), {"version": 1, "progress": "100", "note": ""})
    assert read(action).done_on == timezone.localdate()


def test_given_up_it_says_why_and_comes_back(world: World, director: Client) -> None:
    action = work(world).own_action
    url = at("risk_action_give_up", OWN, action.pk)
    assert director.post(url, {"version": 1, "why": " "}).status_code == 422
    director.post(url, {"version": 1, "why": "Le poste est supprimé."})
    assert "Abandonnée : Le poste est supprimé." in said(director.get(at("risk_action", OWN, action.pk)))
    finish = director.post(at("risk_action_finish", OWN, action.pk), {"version": 2})
    assert finish.status_code == 422
    director.post(at("risk_action_resume", OWN, action.pk))
    assert read(action).given_up_on is None


def test_two_people_who_follow_one_action_overwrite_nothing(world: World, director: Client) -> None:
    action = work(world).own_action
    director.post(at("risk_action_follow", OWN, action.pk), {"version": 1, "progress": "40", "note": "Vu."})
    answer = director.post(at("risk_action_follow", OWN, action.pk), {"version": 1, "progress": "60", "note": ""})
    assert answer.status_code == 409
    assert "Quelqu’un vient de changer cette action." in said(answer)
    with pytest.raises(Conflict):
        in_scope_of(world.person(Role.ESMS_DIRECTOR), lambda: services.finish_action(action=read(action), version=1))


def test_lateness_is_told_in_words(world: World, director: Client) -> None:
    given(work(world).own_action, due_on=timezone.localdate() - timedelta(days=1))
    page = said(director.get(at("risk", OWN)))
    assert "Une action est prévue ; elle est en retard." in page
    assert "en retard d’un jour" in page


# --- From a mark ------------------------------------------------------------------------------------------------------


def test_a_strong_mark_becomes_an_action_in_one_gesture(world: World, director: Client) -> None:
    page = director.get(at("risk_propose", ASKED.slug))
    assert ASKED.text in said(page)
    assert "Note retenue : 9 sur 10" in said(page)
    assert ASKED.mitigation in said(page)
    assert "le COMOP reçoit une alerte" in said(page)  # were it placed higher
    due = timezone.localdate() + timedelta(days=30)
    assert f'value="{due.isoformat()}"' in page.content.decode()
    boss = world.person(Role.ESMS_DIRECTOR)
    body = {
        "kind": "preventive",
        "owner": str(boss.pk),
        "due_on": due.isoformat(),
        "probability": "4",
        "impact": "1",
        "token": uuid.uuid4(),
    }
    answer = director.post(at("risk_propose", ASKED.slug), body, follow=True)
    with elevated():
        risk = Risk.objects.get(esms=world.own.structures[0], question=ASKED.number)
        action = risk.actions.get()
    assert (risk.title, risk.category, risk.probability, risk.impact) == (ASKED.text, ASKED.category, 4, 1)
    assert (action.label, action.owner_id, action.due_on) == (ASKED.mitigation, boss.pk, due)
    assert answer.request["PATH_INFO"] == at("risk", risk.number)
    assert director.post(at("risk_propose", ASKED.slug), body).status_code == 302  # posted twice, made once
    with elevated():
        assert risk.actions.count() == 1
    # A second action joins the risk that is open; « Annuler » takes back what the gesture made.
    known = director.get(at("risk_propose", ASKED.slug))
    assert "L’action s’ajoute au risque déjà ouvert" in said(known)
    undo = at("risk_action_remove", risk.number, action.pk)
    assert undo in answer.content.decode()
    assert director.post(undo, {"undo": 1}).url == at("risk_register")
    with elevated():
        assert not Risk.objects.filter(pk=risk.pk).exists()


@pytest.mark.parametrize(("mark", "probability"), [(7, 3), (8, 3), (9, 4), (10, 4), (5, 2)])
def test_the_mark_says_how_probable_until_somebody_says_otherwise(world: World, mark: int, probability: int) -> None:
    boss, place = world.person(Role.ESMS_DIRECTOR), Place(world.own.project, world.own.structures[0])
    with elevated():
        AgreedMark.objects.filter(assessment=work(world).assessment, question=HIGH).update(value=mark)

    def propose() -> RiskAction:
        return services.propose_from_mark(
            place=place,
            question=ASKED,
            owner=None,
            due_on=None,
            kind=ActionKind.PREVENTIVE,
            by=boss,
            token=uuid.uuid4(),
        )

    risk = in_scope_of(boss, propose).risk
    assert (risk.probability, risk.impact) == (probability, 2)
    with elevated():
        told = Alert.objects.filter(source=RISK_SOURCE, source_id=risk.pk).count()
    assert told == (risk.criticality == Criticality.CRITICAL)


def test_nothing_is_proposed_without_a_mark(world: World, director: Client, lead: Client) -> None:
    with elevated():
        AgreedMark.objects.filter(assessment=work(world).assessment, question=HIGH).update(value=None)
    assert director.get(at("risk_propose", ASKED.slug)).status_code == 404
    assert director.get(at("risk_propose", "99-1")).status_code == 404
    assert lead.get(there("risk_propose", ASKED.slug)).status_code == 404
    boss = world.person(Role.ESMS_DIRECTOR)
    with pytest.raises(DomainError, match="pas de note"):
        in_scope_of(
            boss,
            lambda: services.propose_from_mark(
                place=Place(world.own.project, world.own.structures[0]),
                question=ASKED,
                owner=None,
                due_on=None,
                kind=ActionKind.PREVENTIVE,
                by=boss,
                token=uuid.uuid4(),
            ),
        )


# --- The plan ---------------------------------------------------------------------------------------------------------


def test_the_plan_puts_actions_by_date(world: World, director: Client) -> None:
    made, today = work(world), timezone.localdate()
    given(made.action, due_on=today - timedelta(days=2), owner=world.person(Role.LOCAL_REFERENT))
    given(made.own_action, due_on=None)
    page = director.get(at("risk_plan"))
    assert title_of(page) == "Deux actions restent à faire, dont une en retard"
    text = said(page)
    assert text.index("En retard 1") < text.index("Plus tard, ou sans date 1")
    assert "0 faite sur 2" in text
    mine = said(director.get(at("risk_plan"), {"vue": "miennes"}))
    assert "Nommer un suppléant" in mine
    assert "Poser un relais" not in mine
    given(made.own_action, done_on=today, progress=100)
    assert "Faites ou abandonnées 1" in said(director.get(at("risk_plan")))


def test_those_above_read_the_actions_of_what_was_transmitted(
    world: World, lead: Client, client_as: Callable[..., Client]
) -> None:
    for client in (lead, client_as(world.person(Role.OG_DIRECTOR))):
        page = said(client.get(at("risk_plan")))
        assert "Poser un relais" in page
        assert "Nommer un suppléant" not in page


def test_the_plan_of_the_project_holds_its_own_actions_and_those_of_raised_risks(
    world: World, lead: Client, client_as: Callable[..., Client]
) -> None:
    page = said(lead.get(there("risk_plan")))
    assert "En demander un second" in page
    assert "Poser un relais" not in page
    risk = work(world).risk
    with elevated():
        Risk.objects.filter(pk=risk.pk).update(raised_by=risk.owner, raised_at=timezone.now())
    for client in (lead, client_as(world.person(Role.COMOP))):
        assert "Poser un relais" in said(client.get(there("risk_plan")))


# --- Who does it ------------------------------------------------------------------------------------------------------


def test_who_does_an_action_follows_it_without_reading_its_risk(
    world: World, client_as: Callable[..., Client], lead: Client
) -> None:
    dpo = world.person(Role.DPO)
    action = given(world.own.risks.action, owner=dpo, label="Vérifier le registre")
    client, url = client_as(dpo), there("risk_my_action", action.pk)
    page = client.get(url)
    assert "Vérifier le registre" in said(page)
    assert "Un seul intervenant" not in said(page)
    assert client.get(there("risk_register")).status_code == 403
    assert lead.get(url).status_code == 404  # who keeps the register follows it there
    client.post(there("risk_my_action_start", action.pk), {"version": 1})
    client.post(there("risk_my_action_follow", action.pk), {"version": 2, "progress": "30", "note": "Demandé."})
    assert (read(action).progress, read(action).note) == (30, "Demandé.")
    assert client.post(there("risk_my_action_follow", action.pk), {"version": 3, "progress": "x"}).status_code == 422
    done = client.post(there("risk_my_action_finish", action.pk), {"version": 3}, follow=True)
    assert "L’action est faite." in said(done)
    assert there("risk_my_action_resume", action.pk) in done.content.decode()
    client.post(there("risk_my_action_resume", action.pk), {"undo": 1})
    assert read(action).progress == 30
    conflict = client.post(there("risk_my_action_follow", action.pk), {"version": 1, "progress": "60", "note": ""})
    assert conflict.status_code == 409


def test_who_may_read_the_risk_is_led_to_it(world: World, client_as: Callable[..., Client]) -> None:
    og_director = world.person(Role.OG_DIRECTOR)
    action = given(work(world).action, owner=og_director)
    client = client_as(og_director)
    page = client.get(there("risk_my_action", action.pk))
    assert "Débit insuffisant" in said(page)
    assert at("risk", TRANSMITTED) in page.content.decode()
    # From the register too, one's own action opens on the page where it is followed.
    assert client.get(at("risk_action", TRANSMITTED, action.pk)).url == there("risk_my_action", action.pk)
