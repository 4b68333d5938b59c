"""What the project makes of needs: merged, decided, told to each structure; the common expression; who reads what."""

import io
import re
import uuid
from collections import Counter
from collections.abc import Callable
from html import unescape

import openpyxl
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from structures.enums.needs import CommonStatus, NeedDomain, NeedStatus, Outcome, Priority
from structures.models import CommonNeed, Need, NeedCall
from structures.need_likeness import alike, likeness, words_of
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import HTMX
from tests.harness.queries import counted
from tests.harness.structures.needs import CARRIED, UNDECIDED
from tests.harness.threads import together
from tests.harness.world import INSIDE, RIVAL, SIBLING, SLUG, World
from tests.structures.need_factories import make_common, make_need

pytestmark = pytest.mark.django_db

ClientAs = Callable[..., Client]


def at(name: str, *more: object) -> str:
    return reverse(name, args=[SLUG, *more])


def said(answer: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def title_of(answer: HttpResponse) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def fresh(row: Need) -> Need:
    with elevated():
        return Need.objects.select_related("common").get(pk=row.pk)


def key(row: Need) -> str:
    return f"{row.pk}:{fresh(row).version}"


def undecided(world: World, structure: int = 0) -> Need:
    return world.own.work[structure].needs.rows[UNDECIDED]


def merging(*rows: Need, **values: object) -> dict[str, object]:
    given = {"into": "nouveau", "title": "Écrire partout", "domain": "mobility", "priority": "must"}
    return {**given, "besoin": [key(row) for row in rows], "token": uuid.uuid4(), **values}


# --- Merged -----------------------------------------------------------------------------------------------------------


def test_needs_of_two_structures_become_one_common_need(world: World, lead: Client) -> None:
    rows = [undecided(world, 0), undecided(world, 2)]
    page = lead.get(at("need_merge"), {"besoin": [row.pk for row in rows]})
    assert title_of(page) == "Regrouper deux besoins de deux structures"
    body = merging(*rows, description="Même sans réseau.")
    for _ in range(2):  # posted twice, opened once
        answer = lead.post(at("need_merge"), body, follow=True)
    assert title_of(answer) == "Écrire partout"
    assert "Porté par deux structures de deux OG." in said(answer)
    with elevated():
        found = CommonNeed.objects.get(project=world.project, title="Écrire partout")
    assert found.number == 3
    assert {fresh(row).common_id for row in rows} == {found.pk}
    assert {(fresh(row).outcome, fresh(row).outcome_by) for row in rows} == {(Outcome.COMMON, world.lead)}


def test_a_need_joins_a_common_need(world: World, lead: Client) -> None:
    row = undecided(world)
    lead.post(at("need_merge"), merging(row, into="2", title=""))
    assert fresh(row).common == world.own.work[0].needs.empty


def test_a_common_need_without_words_is_refused_and_keeps_the_choice(world: World, lead: Client) -> None:
    row = undecided(world)
    answer = lead.post(at("need_merge"), merging(row, title=" ", description="Ma description"))
    assert answer.status_code == 422
    assert "Écrivez le besoin commun en quelques mots." in said(answer)
    assert "Ma description" in answer.content.decode()
    assert f'value="{key(row)}"' in answer.content.decode()
    assert fresh(row).outcome == ""


def test_what_somebody_decided_meanwhile_is_told_and_what_was_typed_kept(world: World, lead: Client) -> None:
    mine, taken = undecided(world, 0), undecided(world, 2)
    body = merging(mine, taken)
    lead.post(at("need_decide", taken.pk), {"outcome": "local", "reason": "Déjà là.", "version": fresh(taken).version})
    answer = lead.post(at("need_merge"), body)
    assert answer.status_code == 409
    assert "Rien n’est regroupé : quelqu’un vient de décider d’un de ces besoins." in said(answer)
    assert "Foyer d’Aval : Reste local" in said(answer)
    assert 'value="Écrire partout"' in answer.content.decode()
    assert fresh(mine).outcome == ""
    assert f'value="{key(mine)}"' in answer.content.decode()  # the others may still be merged
    assert f'value="{key(taken)}"' not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_leads_merge_the_same_need_at_once(world: World, client_as: ClientAs) -> None:
    """One has it, the other a clear 409; nothing of the loser's is left."""
    other = UserFactory()
    MembershipFactory(user=other, role=Role.PROJECT_LEAD, target=world.project)
    mine, theirs, both = undecided(world, 0), undecided(world, 1), undecided(world, 2)
    clients = [client_as(world.lead), client_as(other)]
    for client in clients:
        client.get("/")  # the first request of each collects what all share
    bodies = [merging(mine, both, title="Le premier"), merging(theirs, both, title="Le second")]
    answers = together(2, lambda number: clients[number].post(at("need_merge"), bodies[number]))
    assert Counter(answer.status_code for answer in answers) == {302: 1, 409: 1}
    loser = next(number for number, answer in enumerate(answers) if answer.status_code == 409)
    assert "quelqu’un vient de décider d’un de ces besoins" in said(answers[loser])
    with elevated():
        opened = CommonNeed.objects.get(title__in=["Le premier", "Le second"])
        assert opened.needs.count() == 2
        assert fresh([mine, theirs][loser]).outcome == ""


def test_a_need_is_detached_and_the_undo_attaches_it_again(world: World, lead: Client) -> None:
    found = world.own.work[0].needs
    row = found.rows[CARRIED]
    answer = lead.post(at("need_detach", 1), {"besoin": key(row)}, follow=True)
    assert "est détaché." in said(answer)
    assert (fresh(row).outcome, fresh(row).common) == ("", None)
    undo = re.search(r'action="([^"]*rattacher[^"]*)"', answer.content.decode())
    assert undo
    assert lead.post(undo[1].replace("&amp;", "&"), {"undo": "1"}).status_code == 302
    assert fresh(row).common == found.common


def test_likely_needs_are_attached_from_the_page_of_the_common_need(world: World, lead: Client) -> None:
    with elevated():
        CommonNeed.objects.filter(pk=world.own.work[0].needs.common.pk).update(title="Écrire sans aucun réseau")
    page = lead.get(at("need_common", 1))
    assert "Besoins à décider qui lui ressemblent" in said(page)
    rows = [undecided(world, 0), undecided(world, 1)]
    lead.post(at("need_attach", 1), {"besoin": [key(row) for row in rows]})
    assert {fresh(row).common_id for row in rows} == {world.own.work[0].needs.common.pk}
    again = lead.post(at("need_attach", 1), {"besoin": f"{rows[0].pk}:{rows[0].version}"})
    assert again.status_code == 409


def test_a_common_need_that_carries_none_is_taken_away(world: World, lead: Client) -> None:
    assert lead.post(at("need_common_remove", 1)).status_code == 422
    assert lead.post(at("need_common_remove", 2)).status_code == 302
    with elevated():
        assert [row.number for row in CommonNeed.objects.filter(project=world.project)] == [1]


# --- Decided ----------------------------------------------------------------------------------------------------------


def test_a_need_stays_local_with_a_reason_that_its_structure_reads(
    world: World, lead: Client, client_as: ClientAs
) -> None:
    row, url = undecided(world), at("need_decide", undecided(world).pk)
    answer = lead.post(url, {"outcome": "local", "reason": " ", "version": fresh(row).version})
    assert answer.status_code == 422
    lead.post(url, {"outcome": "dismissed", "reason": "Hors du marché.", "version": fresh(row).version})
    page = client_as(world.person(Role.ESMS_DIRECTOR)).get(reverse("need_synthesis", args=[SLUG, "foyer"]))
    assert "Hors du marché." in said(page)
    late = lead.post(url, {"outcome": "local", "reason": "Autre.", "version": fresh(row).version - 1})
    assert late.status_code == 409
    assert "Quelqu’un vient de décider de ce besoin" in said(late)
    assert "Autre." in said(late)
    lead.post(url, {"back": "1", "version": fresh(row).version})
    assert (fresh(row).outcome, fresh(row).outcome_reason) == ("", "")


def test_a_common_need_is_dismissed_only_with_a_reason(world: World, lead: Client) -> None:
    body = {"status": "dismissed", "reason": "", "version": 1}
    answer = lead.post(at("need_common_status", 1), body)
    assert answer.status_code == 422
    assert "Dites pourquoi ce besoin commun est écarté." in said(answer)
    assert lead.post(at("need_common_status", 1), {**body, "reason": "Trop cher."}).status_code == 302
    late = lead.post(at("need_common_status", 1), {"status": "retained", "reason": "", "version": 1})
    assert late.status_code == 409
    assert "il est « Écarté »" in said(late)
    with elevated():
        assert CommonNeed.objects.get(project=world.project, number=1).status == CommonStatus.DISMISSED


def test_the_words_of_a_common_need_save_themselves(world: World, lead: Client) -> None:
    url = at("need_common_field", 1, "title")
    assert lead.post(url, {"version": 1, "title": "Écrire partout"}, **HTMX).status_code == 200
    answer = lead.post(url, {"version": 1, "title": "Autrement"}, **HTMX)
    assert answer.status_code == 409
    assert "Écrire partout" in said(answer)


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": Outcome.LOCAL},
        {"outcome": Outcome.COMMON},
        {"outcome": Outcome.DISMISSED, "outcome_reason": ""},
    ],
)
def test_the_database_refuses_half_a_decision(world: World, values: dict) -> None:
    with elevated(), pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=undecided(world).pk).update(**values)


def test_structures_are_asked_by_a_date_and_no_one_overwrites_it(world: World, lead: Client) -> None:
    with elevated():
        NeedCall.objects.all().delete()
    lead.post(at("need_call"), {"due_on": "2030-01-31", "message": "Merci."})
    late = lead.post(at("need_call"), {"due_on": "2030-02-28", "message": "Autre."})
    assert late.status_code == 409
    assert "Merci." in said(late)
    assert "Autre." in late.content.decode()
    with elevated():
        call = NeedCall.objects.get(project=world.project)
    assert (f"{call.due_on:%d/%m/%Y}", call.message, call.called_by) == ("31/01/2030", "Merci.", world.lead)
    lead.post(at("need_call"), {"due_on": "2030-03-31", "message": "", "version": call.version})
    with elevated():
        assert NeedCall.objects.get(project=world.project).called_at == call.called_at  # those who sent are not asked
    lead.post(at("need_call"), {"due_on": "2030-03-31", "message": "", "anew": "on", "version": call.version + 1})
    with elevated():
        assert NeedCall.objects.get(project=world.project).called_at > call.called_at


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_lead_reads_all_filtered(world: World, lead: Client) -> None:
    make_need(world.own.structures[2], world.lead, title="Compter les présences", domain=NeedDomain.BILLING)
    page = lead.get(at("need_follow_up"))
    assert title_of(page) == "Sept besoins transmis par trois structures ; quatre attendent une suite"
    for query, kept in (
        ({"domaine": "billing"}, 1),
        ({"priorite": "must"}, 6),
        ({"structure": "foyer"}, 2),
        ({"og": str(world.own.ogs[1].pk)}, 3),
        ({"vue": "a-decider"}, 4),
        ({"vue": "portes", "structure": "foyer"}, 1),
        ({"vue": "locaux"}, 0),
        ({"og": "x", "vue": "y", "domaine": "z"}, 7),  # what means nothing narrows nothing
    ):
        body = lead.get(at("need_follow_up"), query).content.decode()
        rows = body.partition('id="liste"')[2].partition('id="par-domaine"')[0]
        assert rows.count('<td data-label="Suite">') == kept, query


def test_like_needs_are_suggested_together(world: World, lead: Client) -> None:
    with elevated():
        Need.objects.filter(outcome="").exclude(status="transmitted").delete()
    make_need(world.own.structures[0], world.lead, title="Tracer la prise des médicaments le soir")
    make_need(world.own.structures[2], world.lead, title="La prise de médicaments tracée au lit")
    make_common(world.own.structures[0], world.lead, title="Sans rapport")
    page = said(lead.get(at("need_follow_up"), {"vue": "a-decider"}))
    assert "Deux besoins de deux structures : circuit du médicament" in page
    assert "comme le besoin commun n° 3" not in page


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Écrire les transmissions sans réseau", "Des transmissions écrites, même sans réseau", True),
        ("Suivre les objectifs du projet", "Échéances et objectifs des projets", True),
        ("Un agenda commun", "Un agenda des véhicules", False),  # one word is too little
        ("Facturer les journées", "Lire à voix haute", False),
        ("", "", False),
    ],
)
def test_likeness_counts_the_words_that_tell(one: str, other: str, like: bool) -> None:
    assert (likeness(words_of(one), words_of(other)) > 0) is like
    assert (alike(one, [("b", other), ("c", "Tout autre sujet")]) == ["b"]) is like


def test_an_og_director_reads_their_own_needs_only(world: World, client_as: ClientAs) -> None:
    director = client_as(world.rival_director)
    page = director.get(at("need_follow_up"))
    assert title_of(page) == "Deux besoins transmis par une structure ; un attend une suite"
    assert RIVAL in said(page)
    assert INSIDE not in said(page)
    assert "Regrouper" not in said(page)
    common = director.get(at("need_common", 1))
    assert "Porté par trois structures de deux OG." in said(common)
    assert not {INSIDE, SIBLING} & set(said(common).split())


# --- The common expression --------------------------------------------------------------------------------------------


def test_the_expression_tells_counts_and_to_the_lead_alone_from_which_og(
    world: World, lead: Client, client_as: ClientAs
) -> None:
    assert "Amont 2, Aval 1" in said(lead.get(at("need_expression")))
    for role in (Role.COSTRAT, Role.COMOP, Role.OBSERVER):
        page = said(client_as(world.person(role)).get(at("need_expression")))
        assert "Porté par trois structures de deux OG." in page
        assert "Amont 2" not in page
        assert "Foyer" not in page


def test_the_export_is_the_base_of_the_cahier_des_charges(world: World, lead: Client, client_as: ClientAs) -> None:
    with elevated():
        CommonNeed.objects.filter(project=world.project, number=1).update(
            title="=cmd|' /C calc'!A0", description="Même sans réseau.", status=CommonStatus.RETAINED
        )
    book = openpyxl.load_workbook(io.BytesIO(lead.get(at("need_export")).content))
    lines = [[cell.value for cell in row] for row in book["Besoins"].iter_rows()]
    heads = next(line for line in lines if "Besoin" in line)
    row = dict(zip(heads, lines[lines.index(heads) + 1], strict=True))
    assert (row["Besoin"].lstrip("'"), row["Description"]) == ("=cmd|' /C calc'!A0", "Même sans réseau.")
    assert (row["Domaine"], row["Priorité"]) == (NeedDomain.MOBILITY.label, Priority.MUST.label)
    assert (row["Structures"], row["OG"]) == ("3", "2")
    assert row["Origine par OG"].replace("\xa0", " ") == "Amont 2, Aval 1"
    cells = [cell for line in book["Besoins"].iter_rows() for cell in line]
    assert not any(cell.data_type == "f" for cell in cells)
    text = client_as(world.person(Role.OBSERVER)).get(at("need_export"), {"format": "csv"}).content.decode()
    assert "Origine par OG" not in text
    assert "\n=cmd" not in text.replace(";", "\n")  # escaped in a CSV too
    assert lead.get(at("need_export"), {"format": "pdf"}).status_code == 404


def test_the_progress_tells_who_has_transmitted(world: World, lead: Client) -> None:
    empty = ESMSFactory(og=world.own.ogs[1], name="Résidence neuve")
    page = lead.get(at("need_progress"))
    assert title_of(page) == "Trois structures sur quatre ont transmis leurs besoins"
    assert "Résidence neuve Aval Pas commencé" in said(page)
    make_need(empty, world.lead, NeedStatus.VALIDATED)
    assert "Résidence neuve Aval À transmettre" in said(lead.get(at("need_progress")))


# --- The second wall --------------------------------------------------------------------------------------------------

TABLES = ("need", "needcollection", "needmessage", "commonneed", "needcall")
OUTSIDE = frozenset({Role.VENDOR, Role.PURCHASING})


def texts(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'select t::text from "structures_{table}" t')
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("role", Role)
def test_raw_sql_shows_common_needs_to_their_readers_and_to_whom_they_concern(world: World, role: Role) -> None:
    readers = {Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP, Role.OG_DIRECTOR, Role.OBSERVER}
    with acting_as(world.person(role).pk):
        common, event = texts("commonneed"), texts("commonneedevent")
        needs = texts("need") + texts("needevent") + texts("needcollection") + texts("needmessage")
        call = texts("needcall")
    assert ("Besoin commun 1" in common) is (role in readers | {Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT})
    assert ("Besoin commun 2" in common) is (role in readers)  # it carries no need of theirs
    assert ("Besoin commun" in event) is (role in readers)
    assert (INSIDE in needs) is (role in {Role.PROJECT_LEAD, Role.OG_DIRECTOR, Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT})
    assert (RIVAL in needs) is (role == Role.PROJECT_LEAD)
    assert bool(call) is (role not in OUTSIDE)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", sorted(OUTSIDE))
def test_raw_sql_of_the_vendor_and_of_who_buys_shows_and_writes_none(world: World, role: Role, table: str) -> None:
    with acting_as(world.person(role).pk), connection.cursor() as cursor:
        for name in (f"structures_{table}", f"structures_{table}event"):
            cursor.execute(f'select count(*) from "{name}"')
            assert cursor.fetchone() == (0,)
        cursor.execute(f'update "structures_{table}" set version = version' if table != "needmessage" else "select 1")
        assert cursor.rowcount <= (table == "needmessage")


def test_a_need_cannot_be_carried_by_another_projects_common_need(world: World) -> None:
    stranger = world.foreign.work[0].needs.common
    with pytest.raises(DatabaseError, match="need_common_same_project"), transaction.atomic(), elevated():
        Need.objects.filter(pk=undecided(world).pk).update(outcome=Outcome.COMMON, common=stranger)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


# --- Budgets ----------------------------------------------------------------------------------------------------------


def more_needs(world: World) -> None:
    make_need(world.own.structures[0], world.lead)
    make_need(world.own.structures[0], world.lead, NeedStatus.PROPOSED)


def more_common(world: World) -> None:
    common = make_common(world.own.structures[0], world.lead)
    make_need(world.own.structures[2], world.lead, common=common)


def more_carried(world: World) -> None:
    make_need(world.own.structures[0], world.lead, common=world.own.work[0].needs.common)


def more_structures(world: World) -> None:
    make_need(ESMSFactory(og=world.own.ogs[0]), world.lead)


PAGES = {
    "own needs": (Role.ESMS_DIRECTOR, "need_home", ("foyer",), more_needs),
    "to send": (Role.ESMS_DIRECTOR, "need_submit", ("foyer",), more_needs),
    "synthesis": (Role.ESMS_DIRECTOR, "need_synthesis", ("foyer",), more_carried),
    "list, needs": (Role.PROJECT_LEAD, "need_follow_up", (), more_needs),
    "list, structures": (Role.PROJECT_LEAD, "need_follow_up", (), more_structures),
    "list of an OG": (Role.OG_DIRECTOR, "need_follow_up", (), more_structures),
    "expression": (Role.PROJECT_LEAD, "need_expression", (), more_common),
    "expression, observer": (Role.OBSERVER, "need_expression", (), more_common),
    "common need": (Role.PROJECT_LEAD, "need_common", (1,), more_carried),
    "progress": (Role.PROJECT_LEAD, "need_progress", (), more_structures),
}


def ask(client: Client, path: str) -> list[str]:
    with counted() as queries:
        assert client.get(path).status_code == 200
    return queries


@pytest.mark.parametrize("case", PAGES)
def test_the_number_of_needs_does_not_change_the_number_of_queries(
    world: World, client_as: ClientAs, case: str
) -> None:
    role, name, place, grow = PAGES[case]
    client, counts = client_as(world.person(role)), []
    for more in (1, 2, 27):
        for _ in range(more):
            grow(world)
        counts.append(ask(client, at(name, *place)))
    assert [len(queries) for queries in counts] == [len(counts[0])] * 3, "\n".join(counts[-1])


@pytest.mark.parametrize("name", ["need_follow_up", "need_progress", "need_expression"])
def test_three_hundred_structures_ask_no_more_queries(world: World, lead: Client, name: str) -> None:
    before = ask(lead, at(name))
    now = timezone.now()
    structures = ESMSFactory.create_batch(300, og=world.own.ogs[0])
    with elevated():
        Need.objects.bulk_create(
            Need(
                project=world.project,
                og=esms.og,
                esms=esms,
                number=1,
                title=f"Un besoin de {esms.name}",
                domain=NeedDomain.CARE,
                priority=Priority.MUST,
                status=NeedStatus.TRANSMITTED,
                written_by=world.lead,
                validated_by=world.lead,
                validated_at=now,
                transmitted_at=now,
            )
            for esms in structures
        )
    after = ask(lead, at(name))
    assert len(after) == len(before), "\n".join(after)
