"""What nobody may do in the work of a structure, whatever they post, and what no document or SQL tells them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from structures.catalogue.local_actions import pathway
from structures.enums.people import ApplicationStatus
from structures.models import Contact
from tests.harness.world import SLUG, World
from tests.structures.inventory_follow_up_factories import call_for
from tests.structures.resource_factories import ApplicationFactory, ContactFactory

pytestmark = pytest.mark.django_db
Browsers = Callable[..., Client]


def url(name: str, *more: object) -> str:
    return reverse(name, args=[SLUG, "foyer", *more])


def now(row: Any) -> Any:
    with elevated():
        row.refresh_from_db()
    return row


@pytest.mark.parametrize(("role", "kept"), [(Role.LOCAL_REFERENT, False), (Role.ESMS_DIRECTOR, True)])
def test_what_the_direction_allowed_somebody_is_not_for_somebody_else(
    world: World, client_as: Browsers, role: Role, kept: bool
) -> None:
    esms, browser = world.own.structures[0], client_as(world.person(role))
    director = world.person(Role.ESMS_DIRECTOR)
    contact = ContactFactory(esms=esms, name="Joris Vaudel", authorised_on="2026-11-01", authorised_by=director,
                             added_by=director)  # fmt: skip
    said = {name: getattr(contact, name) for name in ("function", "organisation", "name", "email", "phone", "note")}
    browser.post(url("people_contact", contact.pk), {**said, "note": "Le matin", "version": contact.version})
    assert now(contact).authorised_on
    changed = {**said, "name": "Autre", "version": contact.version}
    page = browser.post(url("people_contact", contact.pk), changed, follow=True)
    assert ("à elle d’autoriser celui-ci" in page.content.decode()) is not kept
    assert now(contact).name == "Autre"
    assert bool(contact.authorised_on) is kept

    person = ApplicationFactory(esms=esms, status=ApplicationStatus.DRAFT, added_by=director)
    said = {"part": "personne", "name": person.name, "email": person.email, "function": "Cadre"}
    browser.post(url("people_application", person.pk), {**said, "version": person.version})
    assert now(person).manager_agreed_on
    browser.post(url("people_application", person.pk), {**said, "name": "Autre", "version": person.version})
    assert now(person).name == "Autre"
    assert [bool(person.manager_agreed_on), bool(person.person_agreed_on)] == [kept, kept]
    sent = browser.post(url("people_application_submit", person.pk))
    assert sent.status_code == (302 if kept else 422)


def test_the_lead_does_not_answer_what_they_have_not_read(world: World, client_as: Browsers) -> None:
    director, lead = client_as(world.person(Role.ESMS_DIRECTOR)), client_as(world.person(Role.PROJECT_LEAD))
    person = ApplicationFactory(esms=world.own.structures[0], added_by=world.lead)
    read = person.version
    director.post(url("people_application_submit", person.pk), {"undo": "1"})
    director.post(url("people_application_submit", person.pk))
    answer = {"answer": "retained", "word": "Bienvenue", "version": read}
    page = lead.post(url("people_application_decide", person.pk), answer)
    assert page.status_code == 409
    assert "Bienvenue" in page.content.decode()
    assert now(person).status == ApplicationStatus.SUBMITTED
    lead.post(url("people_application_decide", person.pk), {**answer, "version": person.version})
    assert now(person).status == ApplicationStatus.RETAINED


def test_what_no_page_posts_is_refused_and_breaks_nothing(world: World, client_as: Browsers) -> None:
    director, lead = client_as(world.person(Role.ESMS_DIRECTOR)), client_as(world.person(Role.PROJECT_LEAD))
    action = next(item for item in pathway().actions if item.code != world.own.work[0].pathway.line.action)
    said = {"state": "in_progress", "version": 7}  # of a line that nobody touched
    assert director.post(url("pathway_state", action.slug), said).status_code == 422
    for version in ("²", "9" * 5000):
        assert director.post(url("habilitation_share"), {"version": version}).status_code == 400
        block = {"profile": "nurse", "domain": "billing", "text": "L", "seen": f"nurse/billing:{version}"}
        assert director.post(url("habilitation_paste"), block, headers={"hx-request": "true"}).status_code == 200
        reset = reverse("inventory_threshold_reset", args=[SLUG, "upstream_mbps"])
        assert lead.post(reset, {"version": version}).status_code == 400
        needs = {"act": "propose", "besoin": f"{uuid.uuid4()}:{version}"}
        assert director.post(url("need_submit"), needs).status_code == 422
    assert director.get(url("need_home") + "?note=%00").status_code == 200
    assert lead.get(reverse("need_follow_up", args=[SLUG]) + "?structure=%00&og=%00").status_code == 200
    assert lead.get(reverse("people_follow_up", args=[SLUG]) + "?structure=%00&og=%00&libre=%00").status_code == 200


@pytest.mark.parametrize("role", Role)
def test_what_the_project_asks_of_structures_is_read_by_who_sees_one(world: World, role: Role) -> None:
    call_for(world.project, world.lead, message="Avant la reprise des données")
    with acting_as(world.person(role).pk), connection.cursor() as cursor:
        found = []
        for table in ("inventorycollection", "inventorycollectionevent"):
            cursor.execute(f"select message from structures_{table}")
            found += [row[0] for row in cursor.fetchall()]
    inside = {Role.PROJECT_LEAD, Role.OG_DIRECTOR, Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT}
    assert bool(found) is (role in inside)


def test_a_contact_comes_back_beside_the_one_that_its_form_entered_again(world: World, client_as: Browsers) -> None:
    director, token = client_as(world.person(Role.ESMS_DIRECTOR)), uuid.uuid4()
    said = {"function": "dpo", "name": "Ilse Roncourt", "email": "dpd@exemple.fr", "token": token}
    with elevated():
        Contact.objects.all().delete()
    director.post(url("people_contact_add"), said)
    with elevated():
        first = Contact.objects.get()
    director.post(url("people_contact_remove", first.pk))
    director.post(url("people_contact_add"), said)
    back = director.post(url("people_contact_remove", first.pk), {"undo": "1"})
    assert back.status_code == 302
    with elevated():
        assert Contact.objects.filter(name="Ilse Roncourt").count() == 2
