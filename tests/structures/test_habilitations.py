"""The habilitation matrix of a structure: begun from the proposal, filled cell by cell, shared, commented, validated,
sent back, revised; frozen once validated; each role reads and does what is theirs."""

import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from common import french
from common.errors import Conflict, DomainError
from common.scope import elevated
from organisations.enums import Phase, Role
from organisations.models import ESMS, User
from structures.asks import asks_of
from structures.enums.habilitations import MatrixStatus
from structures.enums.pathway import LineState
from structures.facts import facts_of
from structures.models import HabilitationMatrix, MatrixCell, MatrixComment, MatrixProfile
from structures.selectors import habilitations as selectors
from structures.services import habilitation_workflow as workflow
from tests.browser.visitor import plain
from tests.factories import ESMSFactory, MembershipFactory
from tests.harness.htmx import HTMX
from tests.harness.threads import together
from tests.harness.world import SLUG, World
from tests.structures.habilitation_matrices import HEADS, WHY, matrix_of

pytestmark = pytest.mark.django_db
Browsers = Callable[[User], Client]
CELL = ("educator", "rehabilitation_care")  # the proposal says none


@pytest.fixture
def esms(world: World) -> ESMS:
    """A structure without a matrix, with the director and the referent of « foyer »."""
    found = ESMSFactory(og=world.own.ogs[0], name="Maison neuve", slug="neuve", phase=Phase.PREPARATION)
    for role in (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT):
        MembershipFactory(user=world.person(role), role=role, target=found)
    return found


@pytest.fixture
def director(world: World, client_as: Browsers) -> Client:
    return client_as(world.person(Role.ESMS_DIRECTOR))


@pytest.fixture
def referent(world: World, client_as: Browsers) -> Client:
    return client_as(world.person(Role.LOCAL_REFERENT))


@pytest.fixture
def draft(world: World, esms: ESMS) -> HabilitationMatrix:
    """A complete one: every rule that blocks holds."""
    return matrix_of(esms, world.person(Role.ESMS_DIRECTOR), accesses=())


def url(name: str, *more: object) -> str:
    return reverse(f"habilitation_{name}", args=[SLUG, "neuve", *more])


def words(answer: HttpResponse) -> str:
    return plain(html.fromstring(answer.content.decode()).xpath("//main")[0].text_content())


def title(answer: HttpResponse) -> str:
    return plain(html.fromstring(answer.content.decode()).xpath("//h1")[0].text_content())


def element(answer: HttpResponse, key: str) -> html.HtmlElement:
    return html.fromstring(f"<div>{answer.content.decode()}</div>").xpath(f"//*[@id='{key}']")[0]


def text_of(answer: HttpResponse, key: str) -> str:
    return plain(element(answer, key).text_content())


def set_cell(client: Client, profile: str, domain: str, version: int, **values: object) -> HttpResponse:
    return client.post(url("cell", profile, domain), {"version": version, **values}, **HTMX)


def cell(matrix: HabilitationMatrix, profile: str = CELL[0], domain: str = CELL[1]) -> MatrixCell | None:
    with elevated():
        return MatrixCell.objects.filter(matrix=matrix, profile=profile, domain=domain).first()


def current(esms: ESMS) -> selectors.Standing:
    with elevated():
        return selectors.standings([esms])[esms.pk]


def read(matrix: HabilitationMatrix) -> selectors.Reading:
    with elevated():
        return selectors.read(HabilitationMatrix.objects.get(pk=matrix.pk))


# --- From the proposal to the vendor ---------------------------------------------------------------------------------


def test_a_matrix_from_the_proposal_to_the_vendor(
    world: World, esms: ESMS, director: Client, referent: Client, client_as: Browsers
) -> None:
    assert title(referent.get(url("matrix"))) == "Qui verra quoi dans le DUI reste à décider"
    token = str(uuid.uuid4())
    for _ in range(2):  # posted twice begins one
        assert referent.post(url("matrix"), {"token": token}).status_code == 302
    matrix = current(esms).open
    assert (matrix.number, matrix.status, matrix.started_by) == (1, "draft", world.person(Role.LOCAL_REFERENT))
    assert title(referent.get(url("matrix"))).startswith("17 points empêchent de valider")

    with elevated():
        profiles = {row.profile: row for row in MatrixProfile.objects.filter(matrix=matrix)}
    assert len(profiles) == 16
    for code, row in profiles.items():
        field, value = ("users_count", HEADS[code]) if code in HEADS else ("unused", "on")
        answer = referent.post(url("profile_field", code, field), {"version": row.version, field: value}, **HTMX)
        assert answer.status_code == 200
    # Counting somebody again in a profile without object takes that back.
    with elevated():
        educator = MatrixProfile.objects.get(matrix=matrix, profile="psychologist")
    answer = referent.post(
        url("profile_field", "psychologist", "users_count"), {"version": educator.version, "users_count": 1}, **HTMX
    )
    assert "checked" not in element(answer, "effectif-psychologist-unused").attrib
    assert title(referent.get(url("matrix"))) == "La matrice est complète : il reste à la partager avec l’encadrement"

    # The referent fills, but neither shares nor validates.
    for name in ("share", "approve"):
        assert referent.post(url(name), {"version": 1}).status_code == 403
    assert director.post(url("approve"), {"seen": read(matrix).fingerprint}).status_code == 422  # not shared yet
    assert director.post(url("share"), {"version": current(esms).open.version}).status_code == 302
    assert title(director.get(url("matrix"))) == "La matrice est complète : il reste à la valider"
    assert "ne se délègue pas" in words(referent.get(url("matrix")))
    assert director.post(url("approve"), {"seen": read(matrix).fingerprint}).status_code == 302
    approved = current(esms).in_force
    assert approved.approved_by == world.person(Role.ESMS_DIRECTOR)
    assert title(referent.get(url("matrix"))).startswith("Voici qui voit quoi dans le DUI depuis le")

    vendor = client_as(world.person(Role.VENDOR))
    assert title(vendor.get(url("matrix"))) == "Aucune matrice n’est à lire pour l’instant"
    with elevated():
        workflow.consolidate(matrix=approved, version=approved.version, user=world.lead)
    assert title(vendor.get(url("matrix"))).startswith("Voici qui voit quoi")
    assert vendor.get(url("version", 1)).status_code == 200


def test_what_blocks_is_said_and_keeps_from_validating(world: World, esms: ESMS, director: Client) -> None:
    heads = {**HEADS, "temporary_worker": 2}
    matrix = matrix_of(esms, world.person(Role.ESMS_DIRECTOR), status=MatrixStatus.SHARED, accesses=(), heads=heads)
    page = director.get(url("matrix"))
    assert "Pour valider, un point reste à corriger" in words(page)
    assert "Les accès temporaires ont une fin" in text_of(page, "regles")
    answer = director.post(url("approve"), {"seen": read(matrix).fingerprint})
    assert answer.status_code == 422
    assert "Une règle empêche de valider : Les accès temporaires ont une fin." in words(answer)
    assert read(matrix).matrix.status == "shared"


def test_nobody_validates_what_they_have_not_seen(world: World, esms: ESMS, director: Client, referent: Client) -> None:
    matrix = matrix_of(esms, world.person(Role.ESMS_DIRECTOR), status=MatrixStatus.SHARED, accesses=())
    seen = element(director.get(url("matrix")), "contenu").xpath(".//input[@name='seen']/@value")[0]
    assert set_cell(referent, *CELL, 0, level="read", perimeter="unit", justification=WHY).status_code == 200
    answer = director.post(url("approve"), {"seen": seen})
    assert answer.status_code == 409
    assert "La matrice a changé depuis que vous l’avez lue." in words(answer)
    seen = element(answer, "contenu").xpath(".//input[@name='seen']/@value")[0]
    # What the director writes follows what they see; what the referent wrote meanwhile has to be read first.
    follows = set_cell(director, "educator", "reporting", 0, level="read", justification=WHY, seen=seen)
    seen = element(follows, "vu").get("value")
    set_cell(referent, "educator", "reporting", 1, level="none")
    late = set_cell(director, "educator", "access_logs", 0, level="read", justification=WHY, seen=seen)
    assert element(late, "vu").get("value") == seen
    assert director.post(url("approve"), {"seen": seen}).status_code == 409
    seen = element(director.get(url("matrix")), "vu").get("value")
    late = set_cell(director, "educator", "access_logs", 1, level="none", seen=seen)
    assert director.post(url("approve"), {"seen": element(late, "vu").get("value")}).status_code == 302
    assert read(matrix).matrix.validated


def test_the_lead_sends_it_back_with_a_word(world: World, esms: ESMS, director: Client) -> None:
    matrix = matrix_of(esms, world.person(Role.ESMS_DIRECTOR), status=MatrixStatus.APPROVED, accesses=())
    with elevated():
        with pytest.raises(DomainError, match="Dites ce qu’il faut reprendre"):
            workflow.send_back(matrix=matrix, version=matrix.version, note=" ", user=world.lead)
        workflow.send_back(matrix=matrix, version=matrix.version, note="Deux médecins, pas un.", user=world.lead)
    page = director.get(url("matrix"))
    assert "Le chef de projet demande de reprendre la matrice" in words(page)
    assert "Deux médecins, pas un." in words(page)
    assert current(esms).in_force is None
    director.post(url("share"), {"version": current(esms).open.version})
    director.post(url("approve"), {"seen": read(matrix).fingerprint})
    assert "Deux médecins" not in words(director.get(url("matrix")))
    again = current(esms).in_force
    with elevated(), pytest.raises(Conflict):  # the lead's page was of the first validation
        workflow.consolidate(matrix=again, version=matrix.version, user=world.lead)


def test_only_what_the_director_validated_is_consolidated(world: World, esms: ESMS, draft: HabilitationMatrix) -> None:
    with elevated(), pytest.raises(DomainError, match="la direction ne l’a pas validée"):
        workflow.consolidate(matrix=draft, version=draft.version, user=world.lead)


# --- The revision ----------------------------------------------------------------------------------------------------


def test_a_revision_starts_from_the_one_in_force_which_holds_meanwhile(
    world: World, esms: ESMS, director: Client, referent: Client
) -> None:
    first = matrix_of(esms, world.person(Role.ESMS_DIRECTOR), status=MatrixStatus.APPROVED, days=400)
    page = director.get(url("matrix"))
    assert title(page) == "La matrice a plus d’un an : elle est à revoir"
    assert "Préparer la révision" in words(page)
    assert referent.post(url("matrix"), {"token": str(uuid.uuid4())}).status_code == 302
    second = director.post(url("matrix"), {"token": str(uuid.uuid4())})
    assert second.status_code == 422
    assert "Une matrice est déjà en préparation" in words(second)
    where = current(esms)
    assert (where.in_force, where.open.number, where.open.based_on_id) == (first, 2, first.pk)
    reading, before = read(where.open), read(first)
    assert reading.values.cells == before.values.cells
    assert reading.values.heads == before.values.heads
    assert "reste en vigueur" in words(referent.get(url("matrix")))


def test_two_versions_are_compared_in_words_and_in_the_grid(world: World, esms: ESMS, director: Client) -> None:
    user = world.person(Role.ESMS_DIRECTOR)
    matrix_of(esms, user, status=MatrixStatus.APPROVED, accesses=(), days=90)
    matrix_of(esms, user, accesses=((*CELL, "read", "unit", WHY),), heads={**HEADS, "nurse": 5}, number=2)
    page = director.get(url("compare"), {"de": 1, "a": 2})
    assert title(page) == "Un accès et un effectif changent"
    assert "Éducateur, Bilans et rééducation ouvert" in words(page)
    assert "Aucun → Lecture, unité" in words(page)
    assert "4 → 5" in words(page)
    changed = html.fromstring(page.content.decode()).xpath("//td//*[contains(@class, 'changed')]")
    assert len(changed) == 1
    assert "avant : Aucun" in plain(changed[0].text_content())
    assert title(director.get(url("compare"), {"de": 2, "a": 2})) == "Rien ne change entre ces deux versions"
    assert director.get(url("compare"), {"de": 1, "a": 9}).status_code == 404


# --- One access ------------------------------------------------------------------------------------------------------


def test_an_access_saves_itself_and_says_what_it_changes_around(draft: HabilitationMatrix, referent: Client) -> None:
    answer = set_cell(referent, *CELL, 0, level="read")
    # The keyboard says no perimeter: the narrowest. The rule asks why, beside the field and in the list.
    assert (cell(draft).level, cell(draft).perimeter) == ("read", "unit")
    assert "dites pourquoi, en 20 caractères au moins" in text_of(answer, "f-acces-educator-rehabilitation_care")
    assert "Tout élargissement de la proposition est expliqué" in text_of(answer, "regles")
    assert text_of(answer, "titre") == "Aucun point ne bloque ; un accès reste à justifier"
    shown = element(answer, "acces-educator-rehabilitation_care")
    assert shown.get("aria-label") == french.typography(
        "Éducateur, Bilans et rééducation : Lecture, unité ; la proposition disait Aucun"
    )
    assert "diff" in shown.get("class").split()

    answer = set_cell(referent, *CELL, 1, level="read", perimeter="unit", justification=WHY)
    assert text_of(answer, "titre").startswith("La matrice est complète")
    assert cell(draft).justification == WHY
    # Back to the proposal: there is nothing left to keep.
    answer = set_cell(referent, *CELL, 2, restore=0)
    assert answer.status_code == 200
    assert cell(draft) is None


def test_an_access_that_cannot_be_is_refused_in_words(draft: HabilitationMatrix, referent: Client) -> None:
    admin = set_cell(referent, *CELL, 0, level="admin")
    assert admin.status_code == 422
    wide = set_cell(referent, "educator", "daily_follow_up", 0, perimeter="og")
    assert wide.status_code == 422
    assert "Rien n’est enregistré." in text_of(wide, "dit")
    assert cell(draft) is None
    assert set_cell(referent, *CELL, 0, level="root").status_code == 422
    assert referent.post(url("cell", *CELL), {"level": "read"}, **HTMX).status_code == 400


def test_two_people_on_one_access_lose_nothing(draft: HabilitationMatrix, director: Client, referent: Client) -> None:
    set_cell(referent, *CELL, 0, level="read", perimeter="unit", justification=WHY)
    answer = set_cell(director, *CELL, 0, level="write", perimeter="esms", justification="Pour les synthèses du mardi.")
    assert answer.status_code == 409
    form = element(answer, "f-acces-educator-rehabilitation_care")
    assert WHY in plain(form.text_content())  # theirs, beside one's own
    assert form.xpath(".//textarea")[0].text == "Pour les synthèses du mardi."
    assert form.xpath(".//input[@name='level'][@checked]/@value") == ["write"]
    assert element(answer, "acces-educator-rehabilitation_care").get("data-lv") == "L"
    assert (cell(draft).level, cell(draft).justification) == ("read", WHY)
    version = form.xpath(".//input[@name='version']/@value")[0]
    assert set_cell(director, *CELL, version, level="write", perimeter="esms", justification="Oui.").status_code == 200
    assert cell(draft).level == "write"


def test_a_version_read_once_never_comes_back_for_something_else(
    draft: HabilitationMatrix, director: Client, referent: Client
) -> None:
    set_cell(referent, *CELL, 0, level="read")  # the director reads this one
    set_cell(referent, *CELL, 1, restore=0)
    set_cell(referent, *CELL, 0, level="validate")
    assert set_cell(director, *CELL, 1, level="write").status_code == 409
    assert cell(draft).level == "validate"


def test_what_was_changed_is_taken_back_step_by_step(draft: HabilitationMatrix, referent: Client) -> None:
    set_cell(referent, *CELL, 0, level="read", perimeter="unit", justification=WHY)
    set_cell(referent, *CELL, 1, level="none")
    assert cell(draft) is None
    assert set_cell(referent, *CELL, 0, restore=1).status_code == 200
    assert (cell(draft).level, cell(draft).perimeter, cell(draft).justification) == ("read", "unit", WHY)
    assert set_cell(referent, *CELL, cell(draft).version, restore=99).status_code == 422


def test_without_scripts_an_access_a_headcount_and_a_declaration_have_their_pages(
    draft: HabilitationMatrix, referent: Client
) -> None:
    page = referent.get(url("cell", *CELL))
    assert title(page) == "Éducateur · Bilans et rééducation"
    version = html.fromstring(page.content.decode()).xpath("//form[@data-cell]//input[@name='version']/@value")[0]
    saved = referent.post(url("cell", *CELL), {"version": version, "level": "read", "perimeter": "unit"})
    assert saved.url == f"{url('matrix')}#p-educator"
    refused = referent.post(url("profile_field", "nurse", "users_count"), {"version": 1, "users_count": "douze"})
    assert refused.status_code == 422
    assert "Écrivez un nombre entier" in words(refused)
    assert "douze" in refused.content.decode()
    assert title(referent.get(url("profile", "nurse"))) == "Infirmier"
    answer = referent.post(url("declaration", "generic_accounts"), {"version": draft.version, "generic_accounts": 3})
    assert answer.status_code == 302
    assert "Un compte, une personne" in text_of(referent.get(url("matrix")), "regles")


def test_two_people_on_one_headcount_are_told_and_on_two_are_not(
    draft: HabilitationMatrix, director: Client, referent: Client
) -> None:
    def save(client: Client, field: str, value: object) -> HttpResponse:
        return client.post(url("profile_field", "nurse", field), {"version": 1, field: value}, **HTMX)

    assert save(referent, "users_count", 5).status_code == 200
    assert save(director, "comment", "Deux à mi-temps").status_code == 200
    answer = save(director, "users_count", 7)
    assert answer.status_code == 409
    assert "Quelqu’un a écrit entre-temps : 5." in plain(answer.content.decode())
    assert element(answer, "effectif-nurse-users_count").get("value") == "7"
    assert read(draft).values.heads["nurse"].users == 5


# --- Pasting ---------------------------------------------------------------------------------------------------------


def test_a_pasted_block_keeps_what_it_can_and_says_the_rest_cell_by_cell(
    draft: HabilitationMatrix, referent: Client
) -> None:
    set_cell(referent, "physician", "billing", 0, level="read")  # unseen by who pastes
    block = "Lecture (unité)\tE\tA\t\nL\toups\t–\tV"
    body = {"profile": "billing_officer", "domain": "adverse_events", "text": block}
    answer = referent.post(url("paste"), body, **HTMX)
    assert answer.status_code == 200
    told = text_of(answer, "colle")
    assert told.startswith("Cinq cases sont enregistrées ; deux sont refusées.")
    assert "Médecin, Événements indésirables" not in told
    assert "Médecin, Facturation des prestations : « oups » n’est ni un niveau ni une lettre" in told
    assert "Gestion et facturation, Tableaux de bord" in told  # administration is for what is technical
    assert "quelqu’un l’a changé entre-temps" not in told
    written = {(row.profile, row.domain): (row.level, row.perimeter) for row in read(draft).written.values()}
    assert written["billing_officer", "adverse_events"] == ("read", "unit")
    assert written["physician", "adverse_events"] == ("read", "esms")
    assert written["physician", "billing"] == ("read", "unit")  # « oups » wrote nothing
    assert element(answer, "acces-physician-adverse_events").get("data-lv") == "L"
    rejected = html.fromstring(answer.content.decode()).xpath("//a[contains(@class, 'rejected')]/@id")
    assert sorted(rejected) == ["acces-billing_officer-reporting", "acces-physician-billing"]


def test_pasting_overwrites_nothing_unseen(draft: HabilitationMatrix, director: Client, referent: Client) -> None:
    set_cell(director, *CELL, 0, level="write")
    body = {"profile": CELL[0], "domain": CELL[1], "text": "L"}
    assert "quelqu’un l’a changé entre-temps" in text_of(referent.post(url("paste"), body, **HTMX), "colle")
    assert cell(draft).level == "write"
    body["seen"] = "educator/rehabilitation_care:1"
    assert "Une case est enregistrée." in text_of(referent.post(url("paste"), body, **HTMX), "colle")
    assert cell(draft).level == "read"


def test_without_scripts_a_block_is_pasted_in_a_form(draft: HabilitationMatrix, referent: Client) -> None:
    body = {"profile": CELL[0], "domain": CELL[1], "text": "L\toups"}
    answer = referent.post(url("paste"), body)
    assert answer.status_code == 422
    assert "Une case est enregistrée ; une est refusée." in words(answer)
    assert "oups" in html.fromstring(answer.content.decode()).xpath("//textarea")[0].text
    assert referent.post(url("paste"), {**body, "text": "Lu"}).url == url("matrix")
    outside = {"profile": "local_administrator", "domain": "access_logs", "text": "–\tL\nL"}
    assert "deux tombent hors de la grille" in plain(referent.post(url("paste"), outside, follow=True).content.decode())


# --- Remarks ---------------------------------------------------------------------------------------------------------


def test_the_management_team_comments_a_shared_matrix(
    world: World, esms: ESMS, draft: HabilitationMatrix, director: Client, referent: Client, client_as: Browsers
) -> None:
    remark = {"text": "Et la nuit ?", "about": "p-nurse", "token": str(uuid.uuid4())}
    early = referent.post(url("comments"), remark)
    assert early.status_code == 422
    assert "Les remarques s’écrivent sur une matrice partagée" in words(early)
    director.post(url("share"), {"version": draft.version})
    for _ in range(2):
        assert referent.post(url("comments"), remark).status_code == 302
    empty = referent.post(url("comments"), {**remark, "text": " ", "token": str(uuid.uuid4())})
    assert empty.status_code == 422
    assert "Écrivez votre remarque." in words(empty)
    with elevated():
        [written] = MatrixComment.objects.filter(matrix=draft)
    page = words(director.get(url("matrix")))
    assert "Une remarque reste à traiter" in page
    assert "Et la nuit ?" in page
    director.post(url("comment", written.pk))
    assert "Traitée par" in words(referent.get(url("matrix")))
    director.post(url("comment", written.pk), {"undo": "1"})
    assert "Une remarque reste à traiter" in words(referent.get(url("matrix")))
    for role, reads in ((Role.PROJECT_LEAD, True), (Role.OG_DIRECTOR, True), (Role.DPO, False)):
        client = client_as(world.person(role))
        assert ("Et la nuit ?" in words(client.get(url("matrix")))) is reads
        assert client.post(url("comments"), {**remark, "token": str(uuid.uuid4())}).status_code == 403


# --- Frozen ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def frozen(world: World, esms: ESMS) -> HabilitationMatrix:
    matrix = matrix_of(esms, world.person(Role.ESMS_DIRECTOR), status=MatrixStatus.SHARED)
    with elevated():
        workflow.comment(matrix=matrix, text="Et la nuit ?", user=world.lead, token=uuid.uuid4())
        HabilitationMatrix.objects.filter(pk=matrix.pk).update(
            status=MatrixStatus.APPROVED, approved_by=world.lead, approved_at=timezone.now()
        )
    return matrix


def test_a_validated_matrix_is_not_changed_by_a_form_left_open(frozen: HabilitationMatrix, referent: Client) -> None:
    answer = set_cell(referent, *CELL, 1, level="write")
    assert answer.status_code == 422
    assert "Cette matrice est validée" in plain(answer.content.decode())
    later = referent.post(url("cell", *CELL), {"version": 1, "level": "write"}, follow=True)
    assert "Pour la modifier, préparez une révision." in words(later)
    for name, *more in (("profile_field", "nurse", "users_count"), ("declaration", "generic_accounts"), ("paste",)):
        answer = referent.post(url(name, *more), {"version": 1, "users_count": 9, "generic_accounts": 9}, **HTMX)
        assert answer.status_code == 422
    assert cell(frozen).level == "read"
    assert "Enregistrer" not in words(referent.get(url("matrix")))


SQL = {
    "a declaration": "update structures_habilitationmatrix set og_backup_declared = true where id = %s",
    "back to draft": "update structures_habilitationmatrix set status = 'draft', approved_at = null, "
    "approved_by_id = null where id = %s",
    "another validation": "update structures_habilitationmatrix set approved_at = now() where id = %s",
    "gone": "delete from structures_habilitationmatrix where id = %s",
    "an access": "update structures_matrixcell set level = 'none', perimeter = '' where matrix_id = %s",
    "an access less": "delete from structures_matrixcell where matrix_id = %s",
    "an access more": "insert into structures_matrixcell (id, project_id, og_id, esms_id, matrix_id, profile, domain, "
    "level, perimeter, justification, version) select gen_random_uuid(), project_id, og_id, esms_id, id, 'nurse', "
    "'billing', 'read', 'unit', '', 1 from structures_habilitationmatrix where id = %s",
    "a headcount": "update structures_matrixprofile set users_count = 99 where matrix_id = %s and not unused",
    "a remark": "update structures_matrixcomment set text = 'Rien' where matrix_id = %s",
}


@pytest.mark.parametrize("what", SQL)
def test_a_validated_matrix_is_not_changed_by_raw_sql(frozen: HabilitationMatrix, what: str) -> None:
    with elevated(), pytest.raises(DatabaseError, match="frozen"), connection.cursor() as cursor, transaction.atomic():
        cursor.execute(SQL[what], [frozen.pk])


def test_a_validated_matrix_is_not_changed_in_bulk(world: World, frozen: HabilitationMatrix) -> None:
    with elevated():
        for rows in (frozen.cells.all(), frozen.profiles.all(), frozen.comments.all()):
            with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
                rows.delete()
        HabilitationMatrix.objects.filter(pk=frozen.pk).update(
            status=MatrixStatus.CONSOLIDATED, consolidated_by=world.lead, consolidated_at=timezone.now()
        )
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            HabilitationMatrix.objects.filter(pk=frozen.pk).update(sent_back_note="Encore", status=MatrixStatus.DRAFT)


# --- What it tells and asks ------------------------------------------------------------------------------------------


def told(esms: ESMS) -> tuple[LineState, LineState]:
    with elevated():
        found = facts_of([esms])
    return found[esms.pk, "act_fill_matrix"].state, found[esms.pk, "act_approve_matrix"].state


def asked(esms: ESMS) -> list[tuple[str, bool]]:
    with elevated():
        esms = ESMS.objects.select_related("project").get(pk=esms.pk)
        return [(ask.title, ask.of_director) for ask in asks_of([esms]) if "matrice" in ask.title]


def test_the_pathway_and_the_asks_follow_the_matrix(world: World, esms: ESMS, director: Client) -> None:
    assert told(esms) == (LineState.TODO, LineState.TODO)
    assert asked(esms) == [("Préparer la matrice des habilitations", False)]
    user = world.person(Role.ESMS_DIRECTOR)
    matrix = matrix_of(esms, user, accesses=(), heads={**HEADS, "temporary_worker": 1})
    assert told(esms) == (LineState.IN_PROGRESS, LineState.TODO)
    assert asked(esms) == [("Compléter la matrice des habilitations", False)]
    with elevated():
        MatrixProfile.objects.filter(matrix=matrix, profile="temporary_worker").update(account_days=90)
    assert told(esms) == (LineState.DONE, LineState.TODO)
    assert asked(esms) == [("Partager la matrice des habilitations", True)]
    director.post(url("share"), {"version": matrix.version})
    assert told(esms) == (LineState.DONE, LineState.SUBMITTED)
    assert asked(esms) == [("Valider la matrice des habilitations", True)]
    director.post(url("approve"), {"seen": read(matrix).fingerprint})
    assert told(esms) == (LineState.DONE, LineState.DONE)
    assert asked(esms) == []
    approved = current(esms).in_force
    with elevated():
        workflow.send_back(matrix=approved, version=approved.version, note="À revoir.", user=world.lead)
    assert told(esms)[1] == LineState.IN_PROGRESS
    assert asked(esms) == [("Reprendre la matrice des habilitations", False)]


@pytest.mark.parametrize(("days", "asks"), [(300, []), (340, [("Revoir la matrice des habilitations", False)])])
def test_a_review_is_asked_a_month_before_it_is_due(world: World, esms: ESMS, days: int, asks: list) -> None:
    matrix_of(esms, world.person(Role.ESMS_DIRECTOR), status=MatrixStatus.APPROVED, days=days)
    assert asked(esms) == asks


def test_nothing_is_asked_before_the_phase_of_accounts(esms: ESMS) -> None:
    with elevated():
        ESMS.objects.filter(pk=esms.pk).update(phase=Phase.PURCHASE)
    assert asked(esms) == []


def test_the_total_is_compared_with_the_structures_sheet_when_there_is_no_inventory(
    draft: HabilitationMatrix, director: Client
) -> None:
    rules = text_of(director.get(url("matrix")), "regles")
    assert "La matrice en compte 30, l’état des lieux 20" in rules  # 20 on the sheet


# --- At the same moment ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_save_one_access_at_once_one_writes_and_the_others_are_told(
    world: World, client_as: Browsers
) -> None:
    matrix = world.own.work[0].habilitations.matrix
    user = world.person(Role.ESMS_DIRECTOR)
    address = reverse("habilitation_cell", args=[SLUG, "foyer", *CELL])

    def save(number: int) -> int:
        body = {"version": 0, "level": "read", "perimeter": "unit", "justification": f"Raison {number:02} des vingt."}
        return client_as(user).post(address, body, **HTMX).status_code

    answers = together(20, save)
    assert sorted(answers) == [200, *[409] * 19]
    written = cell(matrix)
    assert written.version == 1
    assert written.justification == f"Raison {answers.index(200):02} des vingt."
