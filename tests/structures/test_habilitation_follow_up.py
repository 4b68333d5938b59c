"""The matrices as the project follows them: where each stands, what the lead decides, how they differ, workbooks."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, OG, Project, User
from structures.catalogue.habilitations import catalogue
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix
from tests.factories import ESMSFactory, MembershipFactory, OGFactory, ProjectFactory, UserFactory
from tests.harness.htmx import parse, text
from tests.structures.habilitation_matrices import HEADS, NARROWER, WHY, WIDER, Access, matrix_of

pytestmark = pytest.mark.django_db
S = MatrixStatus
FORMULA = '=HYPERLINK("http://exemple.fr";"oui") pour suivre les soins'
NURSE: Access = ("nurse", "psychological_follow_up", "read", "esms", FORMULA)


@dataclass
class Followed:
    """A project of two OG whose structures stand each elsewhere."""

    project: Project
    ogs: list[OG]
    structures: dict[str, ESMS]
    people: dict[str, User]

    def url(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.project.slug, *more])

    def matrix(self, slug: str, number: int = 1) -> HabilitationMatrix:
        with elevated():
            return HabilitationMatrix.objects.get(esms=self.structures[slug], number=number)


@pytest.fixture
def followed(db: None) -> Followed:
    project = ProjectFactory(slug="suivi", name="Projet suivi", short_name="Suivi")
    north, south = (OGFactory(project=project, name=name, short_name=name) for name in ("Nord", "Sud"))
    people = {}
    for role in (Role.PROJECT_LEAD, Role.DPO, Role.VENDOR, Role.OBSERVER, Role.COMOP):
        people[role.value] = UserFactory()
        MembershipFactory(user=people[role.value], role=role, target=project)
    for name, og in (("north", north), ("south", south)):
        people[name] = UserFactory()
        MembershipFactory(user=people[name], role=Role.OG_DIRECTOR, target=og)
    director = people["director"] = UserFactory(first_name="Odile", last_name="Nommée")
    structures = {
        slug: ESMSFactory(og=og, name=f"Structure {slug}", slug=slug)
        for slug, og in (
            ("approuvee", north),
            ("consolidee", north),
            ("brouillon", north),
            ("vieille", south),
            ("revision", south),
            ("rien", south),
        )
    }
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=structures["approuvee"])
    lead = people["project_lead"]
    matrix_of(structures["approuvee"], director, status=S.APPROVED, accesses=(WIDER, NARROWER))
    matrix_of(structures["consolidee"], director, status=S.CONSOLIDATED, accesses=(WIDER, NURSE), lead=lead)
    matrix_of(structures["brouillon"], director, accesses=(), heads={**HEADS, "nurse": 0})
    matrix_of(structures["vieille"], director, status=S.APPROVED, accesses=(), days=400)
    matrix_of(structures["revision"], director, status=S.CONSOLIDATED, accesses=(), lead=lead)
    matrix_of(structures["revision"], director, number=2, accesses=(WIDER,))
    return Followed(project, [north, south], structures, people)


@pytest.fixture
def enter(followed: Followed, client_as: Callable[[User], Client]) -> Callable[[str], Client]:
    return lambda who: client_as(followed.people[who])


def typed(value: str) -> str:
    return " ".join(value.replace("\xa0", " ").replace("\u202f", " ").split())


def title(answer: HttpResponse) -> str:
    return typed(text(parse(answer.content).xpath("//h1")[0]))


def rows(answer: HttpResponse) -> dict[str, str]:
    """The rows of the page's tables, by their first cell."""
    return {
        typed(text(row.xpath("./th")[0])): typed(" | ".join(text(cell) for cell in row.xpath("./td")))
        for row in parse(answer.content).xpath("//main//tbody/tr")
    }


# --- Where each stands -----------------------------------------------------------------------------------------------


def test_the_lead_reads_where_each_matrix_stands(followed: Followed, enter: Callable[[str], Client]) -> None:
    answer = enter("project_lead").get(followed.url("habilitation_follow_up"))
    assert title(answer) == "Quatre matrices sur six sont validées ; deux attendent que vous les consolidiez"
    found = rows(answer)
    assert list(found) == [
        *sorted(f"Structure {slug}" for slug in ("approuvee", "consolidee", "brouillon")),
        *sorted(f"Structure {slug}" for slug in ("vieille", "revision", "rien")),
    ]
    assert "À consolider" in found["Structure approuvee"]
    assert "2 écarts, dont 1 au-delà" in found["Structure approuvee"]
    assert "Décider" in found["Structure approuvee"]
    assert "Consolidée" in found["Structure consolidee"]
    assert "Décider" not in found["Structure consolidee"]
    assert "En préparation" in found["Structure brouillon"]
    assert "1 point bloque" in found["Structure brouillon"]
    assert "À revoir : plus d’un an" in found["Structure vieille"]
    assert "1, la 2 en préparation" in found["Structure revision"]
    assert "Pas commencée" in found["Structure rien"]


@pytest.mark.parametrize(
    ("narrowing", "kept"),
    [
        ("a-consolider", {"approuvee", "vieille"}),
        ("en-preparation", {"brouillon", "revision"}),
        ("consolidees", {"consolidee"}),
        ("a-revoir", {"vieille"}),
        ("pas-commencees", {"rien"}),
        ("autre-chose", {"approuvee", "consolidee", "brouillon", "vieille", "revision", "rien"}),
    ],
)
def test_the_list_is_narrowed(
    followed: Followed, enter: Callable[[str], Client], narrowing: str, kept: set[str]
) -> None:
    answer = enter("project_lead").get(followed.url("habilitation_follow_up"), {"voir": narrowing})
    assert {name.removeprefix("Structure ") for name in rows(answer)} == kept


def test_an_og_reads_its_own_and_decides_nothing(followed: Followed, enter: Callable[[str], Client]) -> None:
    answer = enter("north").get(followed.url("habilitation_follow_up"))
    assert title(answer) == "Deux matrices sur trois sont validées ; une attend le chef de projet"
    assert {name.removeprefix("Structure ") for name in rows(answer)} == {"approuvee", "consolidee", "brouillon"}
    assert "Décider" not in answer.content.decode()
    gap = enter("south").get(followed.url("habilitation_gap", "educator", "rehabilitation_care"))
    assert rows(gap) == {"Aucun (la proposition)": "2 structures"}  # the revision is not in force yet


def test_the_dpd_reads_them_all(followed: Followed, enter: Callable[[str], Client]) -> None:
    client = enter("dpo")
    assert len(rows(client.get(followed.url("habilitation_follow_up")))) == 6
    gap = rows(client.get(followed.url("habilitation_gap", "educator", "rehabilitation_care")))
    assert WHY in gap["Structure approuvee"]
    page = client.get(followed.url("habilitation_matrix", "brouillon"))
    links = {link.get("href") for link in parse(page.content).xpath("//nav[@id='menu']//a")}
    assert links == {
        followed.url("project"),
        followed.url("document_base", "brouillon"),
        followed.url("habilitation_matrix", "brouillon"),
        followed.url("structure_reports", "brouillon"),
    }
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("who", ["observer", "comop", "director"])
def test_the_others_read_none_of_it(followed: Followed, enter: Callable[[str], Client], who: str) -> None:
    client = enter(who)
    for name in ("habilitation_follow_up", "habilitation_gaps", "habilitation_export_all"):
        assert client.get(followed.url(name)).status_code == 403, name


# --- The vendor ------------------------------------------------------------------------------------------------------


def test_the_vendor_finds_consolidated_matrices_from_its_navigation_and_nothing_else(
    followed: Followed, enter: Callable[[str], Client]
) -> None:
    client = enter("vendor")
    structures = client.get(followed.url("structures"))
    tabs = parse(structures.content).xpath("//nav[@class='tabs']//a")
    assert [typed(text(tab)) for tab in tabs] == ["Annuaire", "Habilitations"]
    answer = client.get(tabs[1].get("href"))
    assert title(answer) == "Deux matrices sont prêtes à paramétrer"
    assert {name.removeprefix("Structure ") for name in rows(answer)} == {"consolidee", "revision"}
    links = list(parse(answer.content).xpath("//main//tbody//a/@href"))
    assert len(links) == 6
    assert all(client.get(link).status_code == 200 for link in links)
    assert client.get(followed.url("habilitation_gaps")).status_code == 403
    for slug in followed.structures:
        assert client.get(followed.url("structure", slug)).status_code == 404
    for slug in ("approuvee", "brouillon", "vieille", "rien"):
        for name in ("habilitation_export", "structure_reports"):
            assert client.get(followed.url(name, slug)).status_code == 404, (name, slug)


def test_the_vendor_is_not_told_who_validated(followed: Followed, enter: Callable[[str], Client]) -> None:
    address = followed.url("habilitation_matrix", "consolidee")
    director = str(followed.matrix("consolidee").approved_by)
    assert director in text(parse(enter("project_lead").get(address).content))
    page = text(parse(enter("vendor").get(address).content))
    assert "La direction l’a validée" in page
    assert director not in page


def test_the_vendor_is_given_the_consolidated_version_while_the_next_is_prepared(
    followed: Followed, enter: Callable[[str], Client]
) -> None:
    book = workbook(enter("vendor").get(followed.url("habilitation_export", "revision")))
    assert {row[2] for row in book["Profils"]} == {"1"}
    asked = followed.url("habilitation_export", "revision") + "?version=2"
    assert enter("vendor").get(asked).status_code == 404
    assert {row[2] for row in workbook(enter("project_lead").get(asked))["Profils"]} == {"2"}


# --- The lead decides ------------------------------------------------------------------------------------------------


def test_the_lead_consolidates_once(followed: Followed, enter: Callable[[str], Client]) -> None:
    lead, place = enter("project_lead"), ("approuvee", 1)
    page = lead.get(followed.url("habilitation_review", *place))
    assert title(page) == "Structure approuvee : la matrice attend que vous la consolidiez"
    assert WHY in typed(text(parse(page.content)))
    version = parse(page.content).xpath("//form[contains(@action, 'consolider')]//input[@name='version']/@value")[0]
    for _ in range(2):  # twice is once
        answer = lead.post(followed.url("habilitation_consolidate", *place), {"version": version}, follow=True)
        assert "la matrice est consolidée, l’éditeur peut la lire" in typed(text(parse(answer.content)))
    matrix = followed.matrix("approuvee")
    assert (matrix.status, matrix.consolidated_by) == (S.CONSOLIDATED, followed.people["project_lead"])
    assert title(lead.get(followed.url("habilitation_review", *place))).endswith("est consolidée pour l’éditeur")


def test_the_lead_sends_back_with_a_word(followed: Followed, enter: Callable[[str], Client]) -> None:
    lead, url = enter("project_lead"), followed.url("habilitation_send_back", "approuvee", 1)
    version = followed.matrix("approuvee").version
    empty = lead.post(url, {"version": version, "note": " "})
    assert empty.status_code == 422
    assert "Dites ce qu’il faut reprendre." in typed(text(parse(empty.content)))
    assert lead.post(url, {"version": version, "note": "Comptez les deux médecins."}).status_code == 302
    matrix = followed.matrix("approuvee")
    assert (matrix.status, matrix.sent_back_note) == (S.DRAFT, "Comptez les deux médecins.")
    page = enter("director").get(followed.url("habilitation_matrix", "approuvee"))
    assert "Comptez les deux médecins." in typed(text(parse(page.content)))


def test_what_is_decided_twice_over_keeps_the_word_that_was_written(
    followed: Followed, enter: Callable[[str], Client]
) -> None:
    lead, place = enter("project_lead"), ("approuvee", 1)
    stale = lead.post(
        followed.url("habilitation_send_back", *place),
        {"version": followed.matrix("approuvee").version + 7, "note": "Comptez les médecins."},
    )
    assert stale.status_code == 409
    form = parse(stale.content).xpath("//form[contains(@action, 'renvoyer')]")[0]
    assert form.xpath(".//textarea")[0].text.strip() == "Comptez les médecins."
    assert form.xpath(".//input[@name='version']/@value") == [str(followed.matrix("approuvee").version)]
    assert lead.post(followed.url("habilitation_consolidate", *place), {"version": "0"}).status_code == 409
    version = followed.matrix("approuvee").version
    assert lead.post(followed.url("habilitation_consolidate", *place), {"version": version}).status_code == 302
    late = lead.post(followed.url("habilitation_send_back", *place), {"version": version, "note": "Trop tard."})
    assert late.status_code == 422
    assert "Trop tard." in typed(text(parse(late.content)))
    assert followed.matrix("approuvee").status == S.CONSOLIDATED


def test_a_version_that_is_replaced_or_prepared_is_not_consolidated(
    followed: Followed, enter: Callable[[str], Client]
) -> None:
    lead = enter("project_lead")
    answer = lead.post(followed.url("habilitation_consolidate", "revision", 2), {"version": 1})
    assert answer.status_code == 422
    assert "la direction ne l’a pas validée" in typed(text(parse(answer.content)))


# --- How they differ -------------------------------------------------------------------------------------------------


def test_the_map_counts_the_structures_that_differ(followed: Followed, enter: Callable[[str], Client]) -> None:
    answer = enter("project_lead").get(followed.url("habilitation_gaps"))
    assert title(answer) == "3 accès sur 256 ne sont pas les mêmes dans toutes les structures"
    page = parse(answer.content)
    cells = {link.get("aria-label").replace("\xa0", " ").replace("\u202f", " "): link for link in page.xpath("//td/a")}
    assert {says: text(link) for says, link in cells.items()} == {
        "Direction, Facturation des prestations : 1 structure s’écarte de la proposition": "1",
        "Infirmier, Suivi psychologique : 1 structure s’écarte de la proposition": "1",
        "Éducateur, Bilans et rééducation : 2 structures s’écartent de la proposition": "2",
    }
    wider = {says for says, link in cells.items() if "diff" in link.get("class")}
    assert len(wider) == 2
    assert not any(says.startswith("Direction") for says in wider)
    listed = [typed(text(item)) for item in page.xpath("//main//ul[@class='tasks']/li//b")]
    assert listed[0] == "Éducateur, Bilans et rééducation"
    assert {link.get("href") for link in cells.values()} == set(page.xpath("//main//ul[@class='tasks']/li/a/@href"))


def test_each_cell_says_who_gives_more_who_gives_less_and_why(
    followed: Followed, enter: Callable[[str], Client]
) -> None:
    lead = enter("project_lead")
    answer = lead.get(followed.url("habilitation_gap", "educator", "rehabilitation_care"))
    assert title(answer) == "Éducateur, Bilans et rééducation : deux structures donnent plus"
    found = rows(answer)
    assert found["Aucun (la proposition)"] == "3 structures"
    assert found["Lecture, unité"] == "2 structures"
    assert found["Structure approuvee"] == f"Nord | Lecture, unité | 20 utilisateurs | {WHY}"
    less = lead.get(followed.url("habilitation_gap", "direction", "billing"))
    assert title(less) == "Direction, Facturation des prestations : une structure donne moins"
    same = lead.get(followed.url("habilitation_gap", "physician", "billing"))
    assert title(same) == "Médecin, Facturation des prestations : toutes les structures suivent la proposition"


# --- Workbooks -------------------------------------------------------------------------------------------------------


def workbook(answer: HttpResponse) -> dict[str, list[list[str]]]:
    """The sheets of a workbook, without their heads."""
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return {
        sheet.title: [[cell or "" for cell in row] for row in sheet.iter_rows(2, values_only=True)] for sheet in book
    }


def test_the_workbook_of_a_structure_says_each_access_and_names_nobody(
    followed: Followed, enter: Callable[[str], Client]
) -> None:
    answer = enter("vendor").get(followed.url("habilitation_export", "consolidee"))
    book = workbook(answer)
    assert list(book) == ["Profils", "Droits", "Déclarations"]
    users = {row[3]: row[4] for row in book["Profils"]}
    assert len(users) == len(catalogue().profiles)
    assert (users["Éducateur"], users["Infirmier"], users["Psychologue"]) == ("20", "4", "sans objet")
    accesses = {(row[3], row[4]): row[5:] for row in book["Droits"]}
    assert len(accesses) == len(HEADS) * len(catalogue().domains)
    assert accesses["Éducateur", "Bilans et rééducation"] == ["Lecture", "Unité", WHY]
    assert accesses["Infirmier", "Suivi psychologique"] == ["Lecture", "ESMS", FORMULA]  # a text, no formula
    assert accesses["Éducateur", "Dossier médical"] == ["Aucun", "", ""]
    said = str(book)
    for user in followed.people.values():
        assert user.last_name not in said, user
    assert ["Structure consolidee", "Nord", "1", "Comptes génériques ou partagés", "0"] in book["Déclarations"]


def test_the_workbook_of_all_holds_what_is_consolidated_and_what_one_may_read(
    followed: Followed, enter: Callable[[str], Client]
) -> None:
    url = followed.url("habilitation_export_all")
    for who, names in (
        ("vendor", {"consolidee", "revision"}),
        ("project_lead", {"consolidee", "revision"}),
        ("dpo", {"consolidee", "revision"}),
        ("north", {"consolidee"}),
        ("south", {"revision"}),
    ):
        book = workbook(enter(who).get(url))
        for sheet in book.values():
            assert {row[0].removeprefix("Structure ") for row in sheet} == names, who
        assert {row[2] for row in book["Droits"]} == {"1"}  # not the revision
        assert not [row for row in book["Droits"] if row[5] == "Aucun"]
