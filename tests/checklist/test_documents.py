"""The documents put beside an action."""

import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from checklist.models import ActionDocument
from common.scope import elevated
from organisations.enums import Role
from tests.factories import ActionDocumentFactory
from tests.harness.htmx import HTMX, parse, text
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/checklist/"
NUMBER = "2.1.1"
PDF = b"%PDF-1.7 le contenu"


def url(what: str = "", number: str = NUMBER) -> str:
    return f"{PAGE}actions/{number}/{what}"


def add(client: Client, number: str = NUMBER, options: dict | None = None, **posted: object) -> HttpResponse:
    return client.post(url("documents/", number), {"token": str(uuid.uuid4()), **posted}, **(options or {}))


def pdf(name: str = "Note.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def beside(world: World) -> list[ActionDocument]:
    with elevated():
        return list(ActionDocument.objects.filter(action=world.action(NUMBER)))


def test_a_document_is_added_and_downloaded_as_it_was(world: World, lead: Client) -> None:
    answer = add(lead, file=pdf(), label="La note")
    assert (answer.status_code, answer["Location"]) == (302, url() + "#documents")
    page = lead.get(url())
    said = plain(page)
    assert "La note" in said
    assert f"Note.pdf · Ajouté par {world.lead.get_full_name()} le" in said
    assert "1 ko" in said
    link = parse(page.content).xpath("//a[normalize-space()='La note']/@href")
    document = lead.get(link[0])
    assert b"".join(document.streaming_content) == PDF
    assert document["Content-Type"] == "application/pdf"  # never what the browser of the sender said
    assert document["Content-Disposition"].startswith("attachment")
    assert document["X-Content-Type-Options"] == "nosniff"


def test_a_link_is_added_and_has_nothing_to_download(world: World, lead: Client) -> None:
    assert add(lead, link="https://exemple.fr/note").status_code == 302
    assert parse(lead.get(url()).content).xpath("//a[@href='https://exemple.fr/note']/@rel") == ["noopener noreferrer"]
    [document] = beside(world)
    assert lead.get(url(f"documents/{document.pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "Choisissez un document, ou donnez un lien."),
        ({"link": "javascript:alert(1)"}, "commence par https://"),
        ({"link": "note"}, "commence par https://"),
        ({"file": pdf(), "link": "https://exemple.fr"}, "pas les deux"),
        ({"file": pdf("page.html", b"<html>")}, "n’est pas d’un type accepté"),
        ({"file": pdf("dessin.svg", b"<svg/>")}, "n’est pas d’un type accepté"),
        ({"file": pdf("faux.pdf", b"<html>")}, "n’est pas un vrai fichier PDF"),
        ({"file": pdf("gros.pdf", b"%PDF-" + bytes(21 * 1024**2))}, "dépasse 20 Mo"),
    ],
    ids=["nothing", "script", "no address", "both", "html", "svg", "false pdf", "too large"],
)
@pytest.mark.parametrize("options", [{}, HTMX], ids=["page", "panel"])
def test_what_cannot_be_added_is_said_and_the_rest_kept(
    world: World, lead: Client, posted: dict, said: str, options: dict
) -> None:
    if "file" in posted:
        posted["file"].seek(0)
    answer = add(lead, label="Un intitulé", options=options, **posted)
    assert answer.status_code == 422
    assert said in plain(answer)
    form = parse(answer.content).get_element_by_id("document")
    assert form.xpath(".//input[@aria-invalid='true']")
    assert form.xpath("parent::details[@open]")
    assert form.xpath(".//input[@name='label']/@value") == ["Un intitulé"] or said == "dépasse 20 Mo"
    assert beside(world) == []


def test_the_same_form_posted_twice_adds_one(world: World, lead: Client) -> None:
    token = str(uuid.uuid4())
    for _ in range(2):
        assert add(lead, link="https://exemple.fr/note", token=token).status_code == 302
    assert len(beside(world)) == 1


def test_a_removed_document_is_out_of_reach_until_put_back(world: World, lead: Client) -> None:
    add(lead, file=pdf(), label="La note")
    [document] = beside(world)
    address, remove = url(f"documents/{document.pk}/"), url(f"documents/{document.pk}/retirer/")
    assert lead.post(remove).status_code == 302
    assert lead.get(address).status_code == 404
    assert "Voir 1 document retiré" in plain(lead.get(url()))
    assert lead.post(remove, {"undo": "1"}).status_code == 302
    assert b"".join(lead.get(address).streaming_content) == PDF


@pytest.mark.parametrize(
    ("role", "adds", "removes_anothers"),
    [
        (Role.PROJECT_LEAD, 302, 302),
        (Role.LOCAL_REFERENT, 302, 403),
        (Role.OBSERVER, 403, 403),
        (Role.PURCHASING, 404, 404),
    ],
)
def test_who_adds_and_who_removes(
    world: World, client_as: Callable, role: Role, adds: int, removes_anothers: int
) -> None:
    client = client_as(world.person(role))
    others = ActionDocumentFactory(action=world.action(NUMBER), added_by=world.person(Role.COMOP))
    assert add(client, link="https://exemple.fr/a").status_code == adds
    assert client.post(url(f"documents/{others.pk}/retirer/")).status_code == removes_anothers
    for mine in (item for item in beside(world) if item.added_by == world.person(role)):
        assert client.post(url(f"documents/{mine.pk}/retirer/")).status_code == 302


def test_a_button_to_remove_is_offered_where_it_works(world: World, client_as: Callable) -> None:
    mine = ActionDocumentFactory(action=world.action(NUMBER), added_by=world.person(Role.COMOP))
    for role, offered in ((Role.COMOP, True), (Role.PROJECT_LEAD, True), (Role.DPO, False), (Role.OBSERVER, False)):
        page = client_as(world.person(role)).get(url()).content.decode()
        assert (f"documents/{mine.pk}/retirer/" in page) is offered, role


def test_the_document_of_another_action_is_not_behind_this_one(world: World, lead: Client) -> None:
    other = ActionDocumentFactory(action=world.action("1.1.1"), added_by=world.lead)
    assert lead.post(url(f"documents/{other.pk}/retirer/")).status_code == 404


def test_the_results_of_the_group_are_beside_with_their_state(world: World, lead: Client) -> None:
    with elevated():
        label = world.own.deliverable.label
    section = parse(lead.get(url(number="1.1.2")).content).get_element_by_id("documents")
    said = text(section).replace("\xa0", " ")
    assert label in said
    assert "Déposé le" in said
    waiting = text(parse(lead.get(url()).content).get_element_by_id("documents"))
    assert "Attendu" in waiting
