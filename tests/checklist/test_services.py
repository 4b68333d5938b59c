"""Writes of the checklist: what is accepted, what is refused, and in which words."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone

from checklist.enums import DepositKind, Letter, Status
from checklist.models import Action, ActionPerson, Comment, Deliverable, Deposit
from checklist.services import comment, deposit, edit, name_person, set_status, unname_person
from common.errors import Conflict, DomainError
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from tests.harness.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_the_lead(world: World):
    with acting_as(world.lead.pk):
        yield


@pytest.fixture
def action(world: World) -> Action:
    return Action.objects.select_related("project").get(number="2.1.1")


@pytest.fixture
def slot(world: World) -> Deliverable:
    return Deliverable.objects.filter(group__number="2.1").get()


# --- Status ----------------------------------------------------------------------------------------------------------


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def test_ok_is_dated_today_and_signed(world: World, action: Action) -> None:
    set_status(action=action, version=1, status=Status.OK, user=world.lead)
    left = fresh(action)
    assert (left.status, left.done_on, left.status_by, left.version) == (Status.OK, timezone.localdate(), world.lead, 2)
    assert abs(left.status_at - timezone.now()) < timedelta(minutes=1)


@pytest.mark.parametrize("status", [Status.TODO, Status.IN_PROGRESS, Status.KO])
def test_any_other_state_takes_the_date_of_realisation_away(world: World, action: Action, status: Status) -> None:
    set_status(action=action, version=1, status=Status.OK, user=world.lead)
    set_status(action=action, version=2, status=status, user=world.lead)
    assert (fresh(action).status, fresh(action).done_on) == (status, None)


@pytest.mark.parametrize("reason", ["", "   "])
def test_not_applicable_needs_a_reason(world: World, action: Action, reason: str) -> None:
    with pytest.raises(DomainError, match="Dites pourquoi") as refusal:
        set_status(action=action, version=1, status=Status.NOT_APPLICABLE, user=world.lead, reason=reason)
    assert refusal.value.field == "reason"
    assert (fresh(action).status, fresh(action).version) == (Status.TODO, 1)


def test_the_reason_is_kept_while_it_applies(world: World, action: Action) -> None:
    set_status(action=action, version=1, status=Status.NOT_APPLICABLE, user=world.lead, reason=" Un seul OG. ")
    assert fresh(action).not_applicable_reason == "Un seul OG."
    set_status(action=action, version=2, status=Status.TODO, user=world.lead)
    assert fresh(action).not_applicable_reason == ""


def test_the_database_refuses_what_the_service_would(world: World, action: Action) -> None:
    from django.db import transaction

    for values in ({"status": "na"}, {"done_on": timezone.localdate()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.filter(pk=action.pk).update(**values)


# --- One field -------------------------------------------------------------------------------------------------------


def test_a_field_is_written_alone(action: Action) -> None:
    edit(action=action, version=1, field="ko_blocker", value="Le devis tarde")
    assert (fresh(action).ko_blocker, fresh(action).status) == ("Le devis tarde", Status.TODO)


@pytest.mark.parametrize("field", ["status", "label", "project", "version", "number"])
def test_other_fields_are_not_edited_this_way(action: Action, field: str) -> None:
    with pytest.raises(ValueError, match="not edited one by one"):
        edit(action=action, version=1, field=field, value="x")


def test_who_can_unblock_is_somebody_of_the_project(world: World, action: Action) -> None:
    edit(action=action, version=1, field="ko_owner", value=world.person(Role.COMOP))
    assert fresh(action).ko_owner == world.person(Role.COMOP)
    for outsider in (world.foreign.people[Role.COMOP], world.ended, world.invited, world.superuser):
        with pytest.raises(DomainError, match="ne participe pas"):
            edit(action=action, version=2, field="ko_owner", value=outsider)
    edit(action=action, version=2, field="ko_owner", value=None)
    assert fresh(action).ko_owner is None


def test_a_stale_version_loses_nothing(world: World, action: Action) -> None:
    edit(action=fresh(action), version=1, field="note", value="La première")
    with pytest.raises(Conflict):
        edit(action=action, version=1, field="note", value="La seconde")
    assert fresh(action).note == "La première"


# --- People and exchanges --------------------------------------------------------------------------------------------


def test_naming_twice_names_once(world: World, action: Action) -> None:
    user = world.person(Role.COMOP)
    first = name_person(action=action, user=user, letter=Letter.A)
    assert name_person(action=action, user=user, letter=Letter.A) == first
    name_person(action=action, user=user, letter=Letter.C)
    assert ActionPerson.objects.filter(action=action).count() == 2
    unname_person(person=first)
    assert [item.letter for item in ActionPerson.objects.filter(action=action)] == [Letter.C]


def test_an_outsider_is_not_named(world: World, action: Action) -> None:
    with pytest.raises(DomainError, match="ne participe pas"):
        name_person(action=action, user=world.foreign.people[Role.COMOP], letter=Letter.A)


def test_the_same_message_posted_twice_is_written_once(world: World, action: Action) -> None:
    token = uuid.uuid4()
    first = comment(action=action, author=world.lead, text=" Bonjour ", token=token)
    assert comment(action=action, author=world.lead, text=" Bonjour ", token=token) == first
    assert [item.text for item in Comment.objects.filter(action=action)] == ["Bonjour"]
    comment(action=action, author=world.lead, text="Bonjour", token=uuid.uuid4())
    assert Comment.objects.filter(action=action).count() == 2


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_an_empty_message_is_refused(world: World, action: Action, text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        comment(action=action, author=world.lead, text=text, token=uuid.uuid4())
    assert refusal.value.field == "text"


# --- Deliverables ----------------------------------------------------------------------------------------------------


def give(slot: Deliverable, world: World, kind: DepositKind, **values: object) -> Deposit:
    return deposit(deliverable=slot, kind=kind, user=world.lead, token=values.pop("token", uuid.uuid4()), **values)


def document(content: bytes = b"%PDF-1.7 une note", name: str = "note.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_document_a_link_or_a_waiver_fills_the_slot_and_the_older_ones_stay(world: World, slot: Deliverable) -> None:
    give(slot, world, DepositKind.FILE, file=document())
    give(slot, world, DepositKind.LINK, link=" https://exemple.fr/note ")
    give(slot, world, DepositKind.WAIVER, reason=" Fait en 2024 ")
    kinds = [(item.kind, item.file_name, item.link, item.reason) for item in slot.deposits.all()]
    assert kinds == [
        ("waiver", "", "", "Fait en 2024"),
        ("link", "", "https://exemple.fr/note", ""),
        ("file", "note.pdf", "", ""),
    ]
    with slot.deposits.get(kind="file").file.open("rb") as file:
        assert file.read() == b"%PDF-1.7 une note"


def test_the_same_form_posted_twice_writes_once(world: World, slot: Deliverable) -> None:
    token = uuid.uuid4()
    first = give(slot, world, DepositKind.FILE, file=document(), token=token)
    assert give(slot, world, DepositKind.FILE, file=document(), token=token) == first
    assert slot.deposits.count() == 1


OLE = b"\xd0\xcf\x11\xe0"
ACCEPTED = {
    "a.pdf": b"%PDF-1.4",
    "a.PDF": b"%PDF-1.4",
    "a.docx": b"PK\x03\x04 word",
    "a.xlsx": b"PK\x03\x04 excel",
    "a.odt": b"PK\x03\x04 odt",
    "a.doc": OLE,
    "a.png": b"\x89PNG\r\n",
    "a.jpeg": b"\xff\xd8\xff\xe0",
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_documents_and_images_are_accepted(world: World, slot: Deliverable, name: str) -> None:
    assert give(slot, world, DepositKind.FILE, file=document(ACCEPTED[name], name)).file_name == name


HOSTILE = {
    "HTML named .pdf": ("facture.pdf", b"<!doctype html><script>alert(1)</script>", "vrai fichier PDF"),
    "HTML": ("page.html", b"<html><script>alert(1)</script></html>", "type accepté"),
    "SVG": ("logo.svg", b"<svg onload='alert(1)'/>", "type accepté"),
    "SVG named .png": ("logo.png", b"<svg onload='alert(1)'/>", "vrai fichier PNG"),
    "program": ("note.exe", b"MZ\x90", "type accepté"),
    "program named .docx": ("note.docx", b"MZ\x90", "vrai fichier DOCX"),
    "macro document": ("note.docm", b"PK\x03\x04", "type accepté"),
    "two extensions": ("note.pdf.js", b"%PDF-1.7", "type accepté"),
    "no extension": ("note", b"%PDF-1.7", "type accepté"),
    "right start, wrong name": ("note.jpg", b"%PDF-1.7", "vrai fichier JPG"),
    "page with a late signature": ("note.pdf", b"<html>%PDF-1.7", "vrai fichier PDF"),
    "empty": ("note.pdf", b"", "est vide"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_anything_else_is_refused_in_words(world: World, slot: Deliverable, case: str) -> None:
    name, content, words = HOSTILE[case]
    with pytest.raises(DomainError, match=words) as refusal:
        give(slot, world, DepositKind.FILE, file=document(content, name))
    assert refusal.value.field == "file"
    assert not slot.deposits.exists()


def test_a_document_of_21_mb_is_refused(world: World, slot: Deliverable) -> None:
    with pytest.raises(DomainError, match="dépasse 20"):
        give(slot, world, DepositKind.FILE, file=document(b"%PDF-" + bytes(21 * 1024**2)))


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "/etc/cron.d/x.pdf", "a/b/c.pdf"])
def test_a_path_in_the_name_leads_nowhere(world: World, slot: Deliverable, name: str) -> None:
    file = document()
    file._name = name  # as a browser of the attacker would send it, past Django's own cleaning
    kept = give(slot, world, DepositKind.FILE, file=file)
    assert "/" not in kept.file_name
    assert kept.file.name == f"deliverables/{world.project.pk}/{kept.pk}"


@pytest.mark.parametrize(
    "link",
    ["", "javascript:alert(1)", "data:text/html,x", "ftp://exemple.fr/x", "//exemple.fr", "exemple.fr", "https://"],
)
def test_only_a_web_address_is_a_link(world: World, slot: Deliverable, link: str) -> None:
    with pytest.raises(DomainError, match="https://") as refusal:
        give(slot, world, DepositKind.LINK, link=link)
    assert refusal.value.field == "link"


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (DepositKind.FILE, {}, "file"),
        (DepositKind.WAIVER, {"reason": "  "}, "reason"),
        (DepositKind.WAIVER, {}, "reason"),
    ],
)
def test_an_empty_deposit_names_what_is_missing(
    world: World, slot: Deliverable, kind: DepositKind, values: dict, field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        give(slot, world, kind, **values)
    assert refusal.value.field == field


def test_what_another_kind_would_have_given_is_left_out(world: World, slot: Deliverable) -> None:
    kept = give(slot, world, DepositKind.LINK, link="https://exemple.fr", reason="Pas besoin", file=document())
    assert (kept.reason, kept.file_name, bool(kept.file)) == ("", "", False)


def test_nothing_is_deposited_in_another_project(world: World) -> None:
    from django.db import DatabaseError, transaction

    with elevated():
        foreign = Deliverable.objects.get(pk=world.foreign.deliverable.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        give(foreign, world, DepositKind.WAIVER, reason="Pour voir")
