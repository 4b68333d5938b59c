"""The documentary base: deposited, renewed, told absent, asked for; who reads it."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS
from structures.asks import asks_of
from structures.enums.documents import OF_THE_INVENTORY, DocumentKind
from structures.enums.pathway import LineState
from structures.facts import Fact, facts_of
from structures.models import DocumentAbsence, DocumentRequest, DocumentVersion, StructureDocument
from tests.browser.visitor import plain
from tests.harness.world import SLUG, World
from tests.structures.resource_factories import PDF, AbsenceFactory, DocumentFactory, request_documents

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def foyer(world: World) -> ESMS:
    """A structure whose base is empty and of which nothing is asked."""
    esms = world.own.structures[0]
    with elevated():
        StructureDocument.objects.filter(esms=esms).delete()
        DocumentRequest.objects.filter(project=world.project).delete()
    return esms


@pytest.fixture
def director(world: World, client_as: Callable) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


def url(name: str, *more: object, esms: str = "foyer") -> str:
    return reverse(name, args=[SLUG, esms, *more])


def words(answer: HttpResponse) -> str:
    return plain(html.fromstring(answer.content.decode()).xpath("//main")[0].text_content())


def title(answer: HttpResponse) -> str:
    return plain(html.fromstring(answer.content.decode()).xpath("//h1")[0].text_content())


def pdf(name: str = "feuille.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def deposit(client: Client, **values: object) -> HttpResponse:
    given = {"kind": "it_roadmap", "file": pdf(), "token": uuid.uuid4(), **values}
    return client.post(url("document_add"), given, follow=True)


# --- Depositing ------------------------------------------------------------------------------------------------------


def test_an_empty_base_says_what_is_useful_first(foyer: ESMS, director: Client) -> None:
    page = director.get(url("document_base"))
    assert title(page) == "La base de documents est encore vide"
    for kind in OF_THE_INVENTORY:
        assert kind.label in words(page)


def test_a_deposited_document_is_listed_and_comes_back_as_a_download(foyer: ESMS, director: Client) -> None:
    page = deposit(director, valid_until=TODAY + timedelta(days=200))
    assert "« feuille.pdf » est dans la base." in words(page)
    assert title(page).startswith("Un document est dans la base")
    with elevated():
        version = DocumentVersion.objects.get(esms=foyer)
    answer = director.get(url("document_file", version.document_id, version.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="feuille.pdf"'


def test_the_same_form_posted_twice_deposits_once(foyer: ESMS, director: Client) -> None:
    token = uuid.uuid4()
    for _ in range(2):
        deposit(director, token=token)
    with elevated():
        assert StructureDocument.objects.filter(esms=foyer).count() == 1


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"file": ""}, "Choisissez un fichier, ou donnez un lien."),
        ({"link": "https://exemple.fr/a"}, "Choisissez un fichier ou donnez un lien, pas les deux."),
        ({"file": "", "link": "javascript:alert(1)"}, "Indiquez une adresse complète, qui commence par https://."),
        ({"file": pdf("virus.exe", b"MZ")}, "n’est pas d’un type accepté"),
        ({"file": pdf("faux.pdf", b"MZ rien")}, "n’est pas un vrai fichier PDF"),
        ({"kind": ""}, "Choisissez un type dans la liste."),
        (
            {"dated_on": TODAY, "valid_until": TODAY - timedelta(days=1)},
            "La date de révision vient avant celle du document.",
        ),
    ],
)
def test_what_cannot_be_deposited_is_refused_in_words(
    foyer: ESMS, director: Client, values: dict[str, object], told: str
) -> None:
    answer = deposit(director, title="Ma feuille de route", **values)
    assert answer.status_code == 422
    assert told in words(answer) or told in plain(answer.content.decode())
    assert 'value="Ma feuille de route"' in answer.content.decode()
    with elevated():
        assert not StructureDocument.objects.filter(esms=foyer).exists()


def test_a_new_version_is_on_top_and_the_old_one_stays(foyer: ESMS, director: Client) -> None:
    deposit(director, dated_on=TODAY - timedelta(days=400), valid_until=TODAY - timedelta(days=5))
    with elevated():
        document = StructureDocument.objects.get(esms=foyer)
    page = director.get(url("document", document.pk))
    assert "Sa date de révision est passée : déposez la nouvelle version." in words(page)
    posted = {"file": pdf("feuille-2027.pdf"), "valid_until": TODAY + timedelta(days=365), "token": uuid.uuid4()}
    page = director.post(url("document_version", document.pk), posted, follow=True)
    assert "Sa date de révision est passée" not in words(page)
    assert "Version 2, déposée" in words(page)
    with elevated():
        first, second = document.versions.order_by("number")
    for version, name in ((first, "feuille.pdf"), (second, "feuille-2027.pdf")):
        answer = director.get(url("document_file", document.pk, version.pk))
        assert b"".join(answer.streaming_content) == PDF
        assert name in answer["Content-Disposition"]


def test_one_version_is_taken_out_and_put_back_but_not_the_last(foyer: ESMS, director: Client) -> None:
    deposit(director)
    with elevated():
        document = StructureDocument.objects.get(esms=foyer)
    director.post(url("document_version", document.pk), {"link": "https://exemple.fr/b", "token": uuid.uuid4()})
    with elevated():
        first, second = document.versions.order_by("number")
    remove = url("document_version_remove", document.pk, second.pk)
    page = director.post(remove, follow=True)
    assert "La version 2 est retirée." in words(page)
    assert director.get(url("document_file", document.pk, second.pk)).status_code == 404
    only = director.post(url("document_version_remove", document.pk, first.pk))
    assert only.status_code == 422
    assert "C’est la seule version de ce document : retirez plutôt le document." in words(only)
    assert "Version 2, déposée" in words(director.post(remove, {"undo": "1"}, follow=True))


def test_a_document_taken_out_is_put_back_with_its_versions(foyer: ESMS, director: Client) -> None:
    deposit(director)
    with elevated():
        document = StructureDocument.objects.get(esms=foyer)
    remove = url("document_remove", document.pk)
    page = director.post(remove, follow=True)
    assert "« feuille.pdf » est retiré de la base." in words(page)
    assert director.get(url("document", document.pk)).status_code == 404
    assert "est remis dans la base" in words(director.post(remove, {"undo": "1"}, follow=True))
    assert director.get(url("document", document.pk)).status_code == 200


def test_two_people_who_correct_one_sheet_lose_nothing(
    world: World, foyer: ESMS, director: Client, client_as: Callable
) -> None:
    deposit(director)
    with elevated():
        document = StructureDocument.objects.get(esms=foyer)
    sheet = {"kind": "it_roadmap", "title": "Feuille de route 2026", "version": document.version}
    client_as(world.person(Role.LOCAL_REFERENT)).post(url("document", document.pk), sheet)
    answer = director.post(url("document", document.pk), {**sheet, "title": "Feuille de route 2027"})
    assert answer.status_code == 409
    assert "Vous : Feuille de route 2027" in words(answer)
    assert "L’autre personne : Feuille de route 2026" in words(answer)
    page = html.fromstring(answer.content.decode())
    again = {name: page.xpath(f"//form[@id='corriger']//*[@name='{name}']/@value") for name in ("title", "version")}
    assert again["title"] == ["Feuille de route 2027"]
    answer = director.post(
        url("document", document.pk), {**sheet, "title": again["title"][0], "version": again["version"][0]}
    )
    assert answer.status_code == 302
    with elevated():
        assert StructureDocument.objects.get(pk=document.pk).title == "Feuille de route 2027"


# --- Absent, asked, lapsing ------------------------------------------------------------------------------------------


def test_does_not_exist_is_an_answer_that_a_deposit_takes_back(world: World, foyer: ESMS, director: Client) -> None:
    request_documents([foyer], world.lead, [DocumentKind.NETWORK_DIAGRAM])
    assert "un est attendu" in title(director.get(url("document_base")))
    page = director.post(url("document_absence"), {"kind": "network_diagram", "word": "Prévu pour mars"}, follow=True)
    assert "attendu" not in title(page)
    assert "« Prévu pour mars »" in words(page)
    page = deposit(director, kind="network_diagram")
    assert "Signalés absents" not in words(page)
    refused = director.post(url("document_absence"), {"kind": "network_diagram"})
    assert refused.status_code == 422
    assert "La base contient déjà « feuille.pdf »" in words(refused)


def test_an_absence_is_taken_back(foyer: ESMS, director: Client, world: World) -> None:
    AbsenceFactory(esms=foyer, told_by=world.lead)
    director.post(f"{url('document_absence')}?type=network_diagram", {"undo": "1"})
    with elevated():
        assert not DocumentAbsence.objects.filter(esms=foyer).exists()


def test_the_lead_asks_and_each_structure_sees_what_it_owes(world: World, foyer: ESMS, lead: Client) -> None:
    asked = {"kinds": ["it_charter", "degraded_mode"], "due_on": TODAY + timedelta(days=5), "token": uuid.uuid4()}
    some = {**asked, "whom": "some", "structures": ["foyer"], "message": "Pour le pilote."}
    for _ in range(2):  # posted twice, asked once
        page = lead.post(reverse("document_ask", args=[SLUG]), some, follow=True)
    assert "Demandé à une structure" in words(page)
    with elevated():
        esms = list(ESMS.objects.filter(project=world.project).select_related("project"))
        owed = [ask for ask in asks_of(esms) if ask.title.startswith("Déposer")]
    assert [(ask.esms.slug, ask.title, ask.due_on) for ask in owed] == [
        ("foyer", "Déposer deux documents", TODAY + timedelta(days=5))
    ]
    with elevated():
        DocumentFactory(esms=foyer, kind=DocumentKind.IT_CHARTER, added_by=world.lead)
        (left,) = [ask for ask in asks_of(esms) if ask.title.startswith("Déposer")]
    assert plain(left.title) == "Déposer un document : Procédure dégradée"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"kinds": []}, "Choisissez au moins un type de document."),
        ({"whom": "some"}, "Choisissez au moins une structure."),
        ({"due_on": TODAY - timedelta(days=1)}, "Cette date est passée"),
    ],
)
def test_a_request_that_asks_nothing_of_nobody_is_refused(
    world: World, lead: Client, values: dict[str, object], told: str
) -> None:
    asked = {"kinds": ["it_charter"], "due_on": TODAY + timedelta(days=5), "whom": "all", "token": uuid.uuid4()}
    answer = lead.post(reverse("document_ask", args=[SLUG]), {**asked, **values})
    assert answer.status_code == 422
    assert told in words(answer)


def test_a_withdrawn_request_asks_nothing_until_it_is_put_back(world: World, foyer: ESMS, lead: Client) -> None:
    request = request_documents([foyer], world.lead, [DocumentKind.IT_CHARTER])
    withdraw = reverse("document_request_withdraw", args=[SLUG, request.pk])

    def owed() -> int:
        with elevated():
            return sum(ask.title.startswith("Déposer") for ask in asks_of([foyer]))

    foyer.project = world.project
    assert owed() == 1
    lead.post(withdraw)
    assert owed() == 0
    lead.post(withdraw, {"undo": "1"})
    assert owed() == 1


def test_a_document_that_lapses_asks_for_its_new_version(world: World, foyer: ESMS) -> None:
    foyer.project = world.project
    for days, name in ((-3, "Passé"), (20, "Bientôt"), (300, "Tranquille")):
        DocumentFactory(esms=foyer, title=name, valid_until=TODAY + timedelta(days=days), added_by=world.lead)
    with elevated():
        asked = [plain(ask.title) for ask in asks_of([foyer]) if ask.title.startswith("Mettre à jour")]
    assert asked == ["Mettre à jour « Passé »", "Mettre à jour « Bientôt »"]


# --- What the pathway reads ------------------------------------------------------------------------------------------


def fact(esms: ESMS, code: str) -> Fact:
    with elevated():
        return facts_of([esms])[esms.pk, code]


def test_the_existing_documents_are_collected_once_each_kind_has_its_answer(world: World, foyer: ESMS) -> None:
    code = "act_collect_documents"
    assert fact(foyer, code).state == LineState.TODO
    for kind in OF_THE_INVENTORY[:3]:
        DocumentFactory(esms=foyer, kind=kind, added_by=world.lead)
    assert fact(foyer, code).state == LineState.IN_PROGRESS
    AbsenceFactory(esms=foyer, kind=OF_THE_INVENTORY[3], told_by=world.lead)
    assert fact(foyer, code).state == LineState.DONE


def test_training_materials_are_stored_once_each_says_where(world: World, foyer: ESMS) -> None:
    code, kind = "act_store_training_materials", DocumentKind.TRAINING_MATERIAL
    assert fact(foyer, code).state == LineState.TODO
    DocumentFactory(esms=foyer, kind=kind, place="Intranet", added_by=world.lead)
    lost = DocumentFactory(esms=foyer, kind=kind, added_by=world.lead)
    assert fact(foyer, code).state == LineState.IN_PROGRESS
    with elevated():
        StructureDocument.objects.filter(pk=lost.pk).update(place="Classeur")
    assert fact(foyer, code).state == LineState.DONE


def test_reference_documents_count_with_their_date_of_revision(world: World, foyer: ESMS) -> None:
    code, kind = "act_integrate_project_documents", DocumentKind.PROJECT_DOCUMENT
    assert fact(foyer, code).state == LineState.TODO
    DocumentFactory(esms=foyer, kind=kind, dated_on=TODAY - timedelta(days=400), added_by=world.lead)
    for until, state in ((None, LineState.IN_PROGRESS), (-1, LineState.IN_PROGRESS), (90, LineState.DONE)):
        day = None if until is None else TODAY + timedelta(days=until)
        with elevated():
            DocumentVersion.objects.filter(esms=foyer).update(valid_until=day)
        assert fact(foyer, code).state == state
    assert fact(foyer, code).day == TODAY  # when it was put there, not what it bears


# --- Who reads -------------------------------------------------------------------------------------------------------


def test_the_data_protection_officer_reads_documents_and_nothing_else_of_a_structure(
    world: World, client_as: Callable
) -> None:
    dpo, found = client_as(world.person(Role.DPO)), world.own.work[0].resources
    page = html.fromstring(dpo.get(url("document_base")).content.decode())
    labels = {plain(link.text_content()) for link in page.xpath("//nav[@id='menu']//a")}
    assert "Documents" in labels
    assert not labels & {"Personnes", "Accueil", "Équipe et accès"}
    assert not page.xpath("//main//form")
    file = dpo.get(url("document_file", found.document.pk, found.latest.pk))
    assert b"".join(file.streaming_content) == PDF
    assert dpo.get(url("people_home")).status_code == 404


def test_the_table_of_all_structures_opens_each_document(world: World, lead: Client) -> None:
    found = world.own.work[0].resources
    page = html.fromstring(lead.get(reverse("document_follow_up", args=[SLUG])).content.decode())
    cells = page.xpath(f"//tr[th/a[@href='{url('document_base')}']]/td")
    links = {cell.get("data-label"): cell.xpath(".//a/@href") for cell in cells}
    assert links["Feuille de route"] == [url("document", found.document.pk)]
    assert "0 réponse sur 3 documents demandés" in plain(page.xpath("//h1")[0].text_content())


def test_a_director_of_an_og_follows_its_structures_only(world: World, client_as: Callable) -> None:
    page = client_as(world.rival_director).get(reverse("document_follow_up", args=[SLUG]))
    names = [plain(item) for item in html.fromstring(page.content.decode()).xpath("//tbody//th[@scope='row']//text()")]
    assert names == ["Foyer d’Aval"]
