"""The pages of the checklist, as a browser meets them."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from checklist.enums import Letter, Status
from checklist.models import Action, ActionPerson, Comment, Deliverable, Deposit
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from tests.factories import CommentFactory, DepositFactory
from tests.harness.htmx import HTMX, outline, parse, swap, text
from tests.harness.world import FOREIGN, SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/checklist/"


def action_url(number: str, what: str = "") -> str:
    return f"{PAGE}actions/{number}/{what}"


def tick(client: Client, number: str, status: str, version: int = 1, **options: object) -> HttpResponse:
    return client.post(action_url(number, "etat/"), {"status": status, "version": version}, **options)


def plain(answer: HttpResponse) -> str:
    """What one reads, with ordinary spaces."""
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def fresh(world: World, number: str) -> Action:
    return world.action(number)


# --- One tap ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["in_progress", "ok", "todo", "ko"])
@pytest.mark.parametrize("number", ["1.1.1", "2.2.1"])
def test_the_page_after_a_tap_is_the_page_one_would_load(world: World, lead: Client, number: str, status: str) -> None:
    """htmx leaves exactly what a fresh page shows: the switch, the progress of the step, the formula, the figures.

    Only what a tap to KO opens differs: the card to fill, where a fresh page sums it up.
    """
    step = number[0]
    first = tick(lead, number, "in_progress" if status != "in_progress" else "ok", **HTMX)
    assert first.status_code == 200
    address = f"{PAGE}?etape={step}"
    page = parse(lead.get(address).content)
    answer = tick(lead, number, status, version=2, **HTMX)
    assert answer.status_code == 200
    left = swap(page, answer.content, f"s{fresh(world, number).pk}")
    loaded = parse(lead.get(address).content)
    said = left.xpath("//p[@class='saved'][node()]")
    opened = [document.get_element_by_id(f"o{number}") for document in (left, loaded)] if status == "ko" else []
    for part in (*said, *opened):
        part.text = None
        for child in list(part):
            part.remove(child)
    assert outline(left.get_element_by_id("contenu")) == outline(loaded.get_element_by_id("contenu"))


def test_without_scripts_a_tap_goes_back_to_the_action_on_its_page(world: World, lead: Client) -> None:
    answer = tick(lead, "2.1.1", "ok")
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?etape=2#a2.1.1")
    assert fresh(world, "2.1.1").status == Status.OK


def progress(client: Client) -> list[int]:
    """The figures of the formula on the page: the percentage, how many are OK, and what the percentage is of."""
    formula = parse(client.get(PAGE).content).get_element_by_id("formule")
    return [int(number) for number in re.findall(r"\d+", text(formula))]


def test_progress_changes_with_the_tap(lead: Client) -> None:
    assert progress(lead)[:2] == [0, 0]
    tick(lead, "1.1.1", "ok")
    assert progress(lead)[:2] == [1, 1]


def test_a_conflict_shows_both_values_and_keeps_the_first(world: World, client_as: Callable) -> None:
    first, second = client_as(world.lead), client_as(world.person(Role.COMOP))
    assert tick(second, "2.2.1", "ok").status_code == 302
    for options in ({}, HTMX):
        answer = tick(first, "2.2.1", "ko", **options)
        assert answer.status_code == 409
        said = plain(answer)
        assert f"{world.person(Role.COMOP).get_full_name()} a changé cette action juste avant vous" in said
        assert "Elle est maintenant « OK »" in said
        assert "Vous vouliez « KO »" in said
    assert (fresh(world, "2.2.1").status, fresh(world, "2.2.1").version) == (Status.OK, 2)
    again = parse(answer.content).xpath("//form[.//button[contains(., 'quand même')]]")[0]
    posted = {field.get("name"): field.get("value") for field in again.xpath(".//input[@type='hidden']")}
    posted.pop("csrfmiddlewaretoken")
    assert first.post(again.get("action"), posted).status_code == 302
    assert fresh(world, "2.2.1").status == Status.KO


def test_not_applicable_asks_why_and_changes_nothing_until_told(world: World, lead: Client) -> None:
    asked = tick(lead, "2.1.1", "na", **HTMX)
    empty = lead.post(action_url("2.1.1", "etat/"), {"status": "na", "version": 1, "reason": " "}, **HTMX)
    assert (asked.status_code, empty.status_code) == (200, 422)
    for answer in (asked, empty):
        assert "Pourquoi cette action est-elle sans objet" in plain(answer)
    assert fresh(world, "2.1.1").status == Status.TODO
    lead.post(action_url("2.1.1", "etat/"), {"status": "na", "version": 1, "reason": "Un seul site"})
    assert fresh(world, "2.1.1").not_applicable_reason == "Un seul site"
    assert progress(lead)[-1] == 1


@pytest.mark.parametrize(
    "posted", [{}, {"status": "perdu", "version": 1}, {"status": "ok"}, {"status": "ok", "version": "x"}]
)
def test_a_tap_that_means_nothing_is_refused(world: World, lead: Client, posted: dict) -> None:
    assert lead.post(action_url("2.1.1", "etat/"), posted).status_code == 400
    assert fresh(world, "2.1.1").version == 1


def test_a_ko_opens_its_card(world: World, lead: Client) -> None:
    answer = tick(lead, "2.1.1", "ko", **HTMX)
    assert action_url("2.1.1", "blocage/") in answer.content.decode()
    card = lead.get(action_url("2.1.1", "blocage/"), **HTMX)
    fields = parse(card.content).xpath("//*[@name]/@name")
    assert {"ko_blocker", "ko_unblock", "ko_owner", "ko_review_on"} <= set(fields)


# --- Roles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "number", "status"),
    [
        (Role.COMOP, "2.2.1", 302),  # A
        (Role.COMOP, "2.3.1", 403),  # C
        (Role.COMOP, "1.1.1", 403),  # nothing
        (Role.DPO, "5.2.2", 302),  # R
        (Role.DPO, "3.3.2", 403),  # C
        (Role.COSTRAT, "1.1.1", 302),  # R
        (Role.PURCHASING, "3.1.3", 302),  # A
        (Role.PURCHASING, "1.1.1", 404),  # nothing: not even to read
        (Role.VENDOR, "4.1.7", 403),  # A in the catalogue, but the vendor has no access to the checklist
        (Role.OBSERVER, "1.1.1", 403),
        (Role.LOCAL_REFERENT, "1.1.1", 403),
    ],
)
def test_each_role_ticks_what_is_its_own(
    world: World, client_as: Callable, role: Role, number: str, status: int
) -> None:
    assert tick(client_as(world.person(role)), number, "ok").status_code == status
    assert (fresh(world, number).status == Status.OK) is (status == 302)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.VENDOR])
def test_the_page_offers_the_switch_exactly_where_a_tap_is_accepted(
    world: World, client_as: Callable, role: Role
) -> None:
    client = client_as(world.person(role))
    page = parse(client.get(f"{PAGE}?etape=3").content)
    switches = {
        form.get("action"): not form.xpath(".//fieldset[@disabled]")
        for form in page.xpath("//form[contains(@class, 'status-form')]")
    }
    assert switches
    sample = [
        *[url for url, offered in switches.items() if offered][:2],
        *[url for url, offered in switches.items() if not offered][:2],
    ]
    for url in sample:
        accepted = client.post(url, {"status": "ok", "version": 1}).status_code == 302
        assert accepted is switches[url], url


def test_purchasing_meets_only_its_actions(world: World, client_as: Callable) -> None:
    page = parse(client_as(world.person(Role.PURCHASING)).get(PAGE).content)
    shown = [item.get("id") for item in page.xpath("//li[contains(@class, 'action')]")]
    assert shown == [f"a{number}" for number in ("3.1.3", "3.1.4", "3.1.5", "3.3.1", "3.3.2")]


def test_the_due_date_is_the_managers_and_the_card_is_whos_acts(world: World, client_as: Callable) -> None:
    comop, day = client_as(world.person(Role.COMOP)), (timezone.localdate() + timedelta(days=9)).isoformat()
    url = action_url("2.2.1", "champs/")
    assert comop.post(f"{url}due_on/", {"due_on": day, "version": 1}).status_code == 403
    assert comop.post(f"{url}ko_blocker/", {"ko_blocker": "Un devis", "version": 1}).status_code == 302
    assert client_as(world.lead).post(f"{url}due_on/", {"due_on": day, "version": 2}).status_code == 302
    assert fresh(world, "2.2.1").due_on.isoformat() == day


# --- Fields ----------------------------------------------------------------------------------------------------------


def test_two_who_write_one_text_both_keep_theirs(world: World, client_as: Callable) -> None:
    url = action_url("2.2.1", "champs/ko_blocker/")
    assert (
        client_as(world.person(Role.COMOP)).post(url, {"ko_blocker": "Le devis tarde", "version": 1}).status_code == 302
    )
    answer = client_as(world.lead).post(url, {"ko_blocker": "Le COSTRAT hésite", "version": 1}, **HTMX)
    assert answer.status_code == 409
    said = plain(answer)
    assert "Le devis tarde" in said
    assert "Le COSTRAT hésite" in said
    assert world.person(Role.COMOP).get_full_name() in said
    assert fresh(world, "2.2.1").ko_blocker == "Le devis tarde"
    form = parse(answer.content).xpath("//form")[0]
    assert form.xpath(".//textarea")[0].text_content().strip() == "Le COSTRAT hésite"
    assert form.xpath(".//input[@name='version']/@value") == ["2"]


@pytest.mark.parametrize("field", ["status", "label", "version", "project", "rien"])
def test_a_field_that_is_not_edited_alone_is_no_address(lead: Client, field: str) -> None:
    assert lead.post(action_url("2.1.1", f"champs/{field}/"), {field: "x", "version": 1}).status_code == 404


def test_a_field_touches_no_other(world: World, lead: Client) -> None:
    posted = {"note": "Vu", "version": 1, "ko_blocker": "glissé", "status": "ok", "due_on": "2020-01-01", "label": "x"}
    assert lead.post(action_url("2.1.1", "champs/note/"), posted).status_code == 302
    left = fresh(world, "2.1.1")
    assert (left.note, left.ko_blocker, left.status, left.due_on) == ("Vu", "", Status.TODO, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("due_on", "demain"), ("due_on", "2026-02-30"), ("note", "x" * 301), ("ko_blocker", "x" * 1001)],
)
def test_what_cannot_be_saved_is_said_and_kept_on_the_page(world: World, lead: Client, field: str, value: str) -> None:
    answer = lead.post(action_url("2.1.1", f"champs/{field}/"), {field: value, "version": 1}, **HTMX)
    assert answer.status_code == 422
    assert value[:10] in answer.content.decode()
    assert parse(answer.content).xpath("//*[@aria-invalid='true']")
    assert fresh(world, "2.1.1").version == 1


# --- People and exchanges --------------------------------------------------------------------------------------------


def test_a_message_is_written_once_and_read_by_others(world: World, client_as: Callable) -> None:
    client, token = client_as(world.person(Role.LOCAL_REFERENT)), str(uuid.uuid4())
    for _ in range(2):
        posted = client.post(action_url("2.1.1", "messages/"), {"text": "Où en est-on ?", "token": token})
        assert posted.status_code == 302
    page = plain(client_as(world.lead).get(action_url("2.1.1")))
    assert page.count("Où en est-on ?") == 1
    assert world.person(Role.LOCAL_REFERENT).get_full_name() in page


def test_an_empty_message_is_refused_in_words(world: World, lead: Client) -> None:
    answer = lead.post(action_url("2.1.1", "messages/"), {"text": "  ", "token": str(uuid.uuid4())})
    assert answer.status_code == 422
    with elevated():
        assert not Comment.objects.filter(action=world.action("2.1.1")).exists()


def test_what_somebody_writes_is_shown_as_text(world: World, lead: Client) -> None:
    attack = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    lead.post(action_url("2.1.1", "messages/"), {"text": attack, "token": str(uuid.uuid4())})
    lead.post(action_url("2.1.1", "champs/note/"), {"note": attack, "version": 1})
    for address in (action_url("2.1.1"), f"{PAGE}?etape=2"):
        page = parse(lead.get(address).content)
        assert not page.xpath("//*[@onerror]")
        assert all(script.get("src") for script in page.xpath("//script"))
        assert "alert(2)" in text(page)


def test_the_lead_names_and_unnames_a_person(world: World, lead: Client) -> None:
    person = world.person(Role.DPO)
    assert lead.post(action_url("2.1.1", "personnes/"), {"user": person.pk, "letter": "A"}).status_code == 302
    with elevated():
        named = ActionPerson.objects.get(action__number="2.1.1", project=world.project)
    assert (named.user, named.letter) == (person, Letter.A)
    assert lead.post(action_url("2.1.1", f"personnes/{named.pk}/retirer/")).status_code == 302
    with elevated():
        assert not ActionPerson.objects.filter(pk=named.pk).exists()


def test_only_people_of_the_project_are_offered(world: World, lead: Client) -> None:
    page = parse(lead.get(action_url("2.1.1")).content)
    offered = {option.get("value") for option in page.xpath("//select[@name='user']/option")} - {""}
    with acting_as(world.lead.pk):
        assert str(world.person(Role.DPO).pk) in offered
    outsiders = (*world.foreign.people.values(), world.ended, world.invited, world.superuser)
    assert not offered & {str(user.pk) for user in outsiders}


# --- Deliverables ----------------------------------------------------------------------------------------------------


@pytest.fixture
def slot(world: World) -> Deliverable:
    with elevated():
        return Deliverable.objects.get(project=world.project, group__number="2.1")


def deposit_url(slot: Deliverable) -> str:
    return f"{PAGE}resultats/{slot.pk}/"


def test_a_document_is_deposited_and_downloaded_as_it_was(world: World, lead: Client, slot: Deliverable) -> None:
    file = SimpleUploadedFile("Note de cadrage.pdf", b"%PDF-1.7 le contenu", content_type="text/html")
    answer = lead.post(deposit_url(slot), {"kind": "file", "file": file, "token": str(uuid.uuid4())})
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?etape=2#b2.1")
    link = parse(lead.get(f"{PAGE}?etape=2").content).xpath(
        f"//a[contains(@href, '{slot.pk}') and contains(., 'Ouvrir')]/@href"
    )
    document = lead.get(link[0])
    assert b"".join(document.streaming_content) == b"%PDF-1.7 le contenu"
    assert document["Content-Type"] == "application/pdf"  # never what the browser of the sender said
    assert document["Content-Disposition"].startswith("attachment")
    assert document["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.pdf", b"<script>alert(1)</script>"), ("logo.svg", b"<svg/>"), ("vide.pdf", b""), ("note.exe", b"MZ")],
)
def test_a_hostile_upload_is_refused_with_the_form_kept(
    world: World, lead: Client, slot: Deliverable, name: str, content: bytes
) -> None:
    answer = lead.post(
        deposit_url(slot), {"kind": "file", "file": SimpleUploadedFile(name, content), "token": str(uuid.uuid4())}
    )
    assert answer.status_code == 422
    assert parse(answer.content).xpath("//*[@name='file'][@aria-invalid='true']")
    with elevated():
        assert not Deposit.objects.filter(deliverable=slot).exists()


def test_a_document_too_large_is_refused(world: World, lead: Client, slot: Deliverable) -> None:
    file = SimpleUploadedFile("gros.pdf", b"%PDF-" + bytes(21 * 1024**2))
    answer = lead.post(deposit_url(slot), {"kind": "file", "file": file, "token": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert "dépasse 20 Mo" in plain(answer)


def test_the_same_deposit_posted_twice_is_one(world: World, lead: Client, slot: Deliverable) -> None:
    token = str(uuid.uuid4())
    for _ in range(2):
        posted = {"kind": "link", "link": "https://exemple.fr/note", "token": token}
        assert lead.post(deposit_url(slot), posted).status_code == 302
    with elevated():
        assert Deposit.objects.filter(deliverable=slot).count() == 1


@pytest.mark.parametrize(("role", "status"), [(Role.COSTRAT, 302), (Role.COMOP, 403), (Role.OBSERVER, 403)])
def test_who_acts_in_the_group_fills_its_slot(
    world: World, client_as: Callable, slot: Deliverable, role: Role, status: int
) -> None:
    posted = {"kind": "waiver", "reason": "Déjà fait", "token": str(uuid.uuid4())}
    assert client_as(world.person(role)).post(deposit_url(slot), posted).status_code == status


def test_a_retired_action_fills_no_slot(world: World, client_as: Callable, slot: Deliverable) -> None:
    comop = world.person(Role.COMOP)
    with elevated():
        own = Action.objects.create(
            project=world.project, group=slot.group, number="2.1.P1", label="À nous", position=900, own=True
        )
        ActionPerson.objects.create(project=world.project, action=own, user=comop, letter=Letter.A)
    assert client_as(comop).get(deposit_url(slot)).status_code == 200
    with elevated():
        Action.objects.filter(pk=own.pk).update(retired_at=timezone.now())
    assert client_as(comop).get(deposit_url(slot)).status_code == 403


def test_the_document_of_another_slot_is_not_behind_this_one(world: World, lead: Client, slot: Deliverable) -> None:
    assert lead.get(f"{PAGE}resultats/{slot.pk}/{world.own.deposit.pk}/").status_code == 404


def test_a_link_has_nothing_to_download(world: World, lead: Client, slot: Deliverable) -> None:
    link = DepositFactory(deliverable=slot, deposited_by=world.lead)
    assert lead.get(f"{PAGE}resultats/{slot.pk}/{link.pk}/").status_code == 404


# --- The page --------------------------------------------------------------------------------------------------------


def test_a_filter_without_a_match_says_so(lead: Client) -> None:
    page = plain(lead.get(f"{PAGE}?vue=ko&acteur=dpo"))
    assert "Rien ne correspond à ce filtre" in page


def test_the_panel_shows_what_the_page_shows(world: World, lead: Client) -> None:
    CommentFactory(action=world.action("2.1.1"), author=world.lead, text="Vu ensemble")
    alone, panel = lead.get(action_url("2.1.1")), lead.get(action_url("2.1.1"), **HTMX)
    assert b"<html" not in panel.content
    sections = [text(item) for item in parse(panel.content).xpath("//section")]
    page = text(parse(alone.content))
    assert len(sections) >= 3
    assert all(section in page for section in sections)
    assert "Vu ensemble" in page


def test_pages_name_nobody_of_another_project(world: World, lead: Client) -> None:
    for address in (PAGE, f"{PAGE}?etape=2", action_url("2.1.1"), action_url("2.1.1", "blocage/")):
        assert FOREIGN not in lead.get(address).content.decode()


@pytest.mark.parametrize("query", ["?vue=rien", "?etape=un", "?etape=99", "?etape=123456", "?acteur=facteur&vue=ko"])
def test_a_filter_that_does_not_exist_is_left_out_and_said(lead: Client, query: str) -> None:
    page = plain(lead.get(PAGE + query))
    assert "Ce filtre n’existe pas : voici toutes les actions de l’étape." in page
    assert "Étape 1." in page


def test_a_filtered_page_counts_what_it_shows(world: World, lead: Client) -> None:
    with elevated():
        late = timezone.localdate() - timedelta(days=3)
        Action.objects.filter(project=world.project, number="5.2.2").update(due_on=late)
    answer = lead.get(f"{PAGE}?acteur=dpo")
    shown = len(parse(answer.content).xpath("//li[@class='action']"))
    assert f"{shown} actions du DPD" in plain(answer)
    assert f"Aucune des {shown} actions du DPD n’est faite ; une est en retard." in plain(answer)
    within = parse(lead.get(f"{PAGE}?etape=5&acteur=dpo").content)
    assert within.xpath("//form[@class='field-inline']//input[@name='etape']/@value") == ["5"]


def test_a_group_is_told_complete_once_its_actions_are_done_and_its_deliverables_there(
    world: World, lead: Client
) -> None:
    with elevated():
        Action.objects.filter(project=world.project, group__number="2.2").exclude(number="2.2.1").update(
            status=Status.OK
        )
    assert "Bloc complet" not in plain(tick(lead, "2.2.1", "ok", **HTMX))  # its « Résultat » is missing
    with elevated():
        for slot in Deliverable.objects.filter(project=world.project, group__number="2.2"):
            DepositFactory(deliverable=slot, deposited_by=world.lead)
    assert plain(lead.get(f"{PAGE}?etape=2")).count("Bloc complet") == 1
    assert "Bloc complet" not in plain(tick(lead, "2.2.1", "todo", version=2, **HTMX))
    assert "Bloc complet" in plain(tick(lead, "2.2.1", "ok", version=3, **HTMX))


def test_an_action_blocked_and_late_is_told_once(world: World, lead: Client) -> None:
    with elevated():
        late = timezone.localdate() - timedelta(days=3)
        Action.objects.filter(project=world.project, number="2.1.1").update(due_on=late, status=Status.KO)
    assert "Une est bloquée et en retard." in plain(lead.get(f"{PAGE}?etape=2"))


def test_a_blocked_action_is_summed_up_and_completed_on_demand(world: World, client_as: Callable) -> None:
    with elevated():
        Action.objects.filter(project=world.project, number="2.1.1").update(status=Status.KO)
    for client, offered in ((client_as(world.lead), True), (client_as(world.person(Role.OBSERVER)), False)):
        page = client.get(f"{PAGE}?etape=2")
        assert "Personne n’a encore dit comment elle repart." in plain(page)
        assert ("Compléter" in plain(page)) is offered
        assert "Cette action est bloquée." in plain(page)
        assert 'hx-trigger="load"' not in page.content.decode()
    card = parse(client_as(world.lead).get(action_url("2.1.1", "blocage/")).content)
    people = set(card.xpath("//select[@name='ko_owner']/option/@value"))
    assert str(world.person(Role.DPO).pk) in people
    assert not {str(world.person(role).pk) for role in (Role.OBSERVER, Role.VENDOR)} & people


def test_a_tap_confirms_itself_and_one_that_changes_nothing_writes_nothing(world: World, lead: Client) -> None:
    said = plain(tick(lead, "2.1.1", "ok", **HTMX))
    assert "Enregistré à" in said
    assert ": OK." in said
    assert "Enregistré à" not in plain(tick(lead, "2.1.1", "ok", version=2, **HTMX))
    assert fresh(world, "2.1.1").version == 2


def test_what_is_open_follows_the_tap(world: World, lead: Client) -> None:
    posted = {"status": "ok", "version": 1, "shown": "action", "opened": "2.1.1"}
    said = plain(lead.post(action_url("2.1.1", "etat/"), posted, **HTMX))
    assert "OK, faite le" in said
    assert "OK (était À faire)" in said


def test_locked_switches_say_why_once(world: World, client_as: Callable) -> None:
    reads, acts = client_as(world.person(Role.OBSERVER)), client_as(world.person(Role.COMOP))
    assert plain(reads.get(PAGE)).count("Vous lisez cette checklist sans la modifier.") == 1
    assert "où vous êtes Responsable ou Acteur ; les autres se lisent." in plain(acts.get(PAGE))
    assert "Écrivez-lui dans les échanges." in plain(acts.get(action_url("1.1.1")))
    assert "Écrivez-lui" not in plain(reads.get(action_url("1.1.1")))


def test_a_waiver_asks_for_its_reason(lead: Client, slot: Deliverable) -> None:
    page = parse(lead.get(f"{deposit_url(slot)}?par=waiver").content)
    assert text(page.xpath("//h1")[0]).startswith("Se dispenser de ce Résultat :")
    assert page.xpath("//button[contains(., 'Enregistrer la dispense')]")
    assert page.xpath("//input[@name='kind'][@checked]/@value") == ["waiver"]
