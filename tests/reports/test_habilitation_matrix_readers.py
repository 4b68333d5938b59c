"""Who may know of the document of a matrix: by pages, by raw SQL, in lists, when it is verified."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, ESMSProfile, User
from reports.enums import ReportKind
from reports.fingerprint import printed
from reports.models import Report
from reports.selectors.habilitations import matrix_facts
from structures.models import HabilitationMatrix
from structures.selectors.habilitations import read
from tests.factories import JobFactory, ReportFactory
from tests.harness.world import SLUG, World
from tests.reports.matrix_documents import asked, plain, url

pytestmark = pytest.mark.django_db
Browsers = Callable[[User], Client]


@pytest.fixture
def both(
    world: World, esms: ESMS, director: User, matrix: HabilitationMatrix, revision: HabilitationMatrix
) -> dict[str, Report]:
    """One of a matrix that is prepared, one of the consolidated one, both issued."""
    return {
        name: ReportFactory(
            project=world.project,
            number=number,
            kind=ReportKind.HABILITATION_MATRIX,
            asked_by=director,
            esms=esms,
            og=esms.og,
            matrix=of,
            since=None,
            consolidated=name == "consolidated",
            issued_at=timezone.now(),
            content_sha256=f"{number}" * 32,
            job=JobFactory(
                project_id=world.project.pk,
                asked_by=director,
                kind=ReportKind.HABILITATION_MATRIX,
                title=f"Matrice des habilitations, rapport n° {number}",
                finished=True,
            ),
        )
        for number, name, of in ((71, "prepared", revision), (72, "consolidated", matrix))
    }


EVERYTHING, CONSOLIDATED, NOTHING = {"prepared", "consolidated"}, {"consolidated"}, set()
KNOW = {
    Role.PROJECT_LEAD: EVERYTHING,
    Role.OG_DIRECTOR: EVERYTHING,
    Role.ESMS_DIRECTOR: EVERYTHING,
    Role.LOCAL_REFERENT: EVERYTHING,
    Role.DPO: EVERYTHING,
    Role.VENDOR: CONSOLIDATED,
    Role.COSTRAT: NOTHING,
    Role.COMOP: NOTHING,
    Role.PURCHASING: NOTHING,
    Role.OBSERVER: NOTHING,
}


def shown(user: User, table: str, column: str, values: list[object]) -> int:
    """Rows that raw SQL is shown under this person's scope."""
    with acting_as(user.pk), connection.cursor() as cursor:
        cursor.execute(f"select count(distinct {column}) from {table} where {column} = any(%s::uuid[])", [values])
        return cursor.fetchone()[0]


def test_raw_sql_shows_documents_of_a_structure_to_those_who_may_read_what_they_say(
    world: World, both: dict[str, Report]
) -> None:
    ids = [report.pk for report in both.values()]
    for role, known in KNOW.items():
        user = world.person(role)
        assert shown(user, "reports_report", "id", ids) == len(known), role
        # How it came about is not the vendor's to read.
        told = 0 if role == Role.VENDOR else len(known)
        assert shown(user, "reports_reportevent", "pgh_obj_id", ids) == told, role
    for user in (world.rival_director, world.rival_referent, world.sibling_referent):
        assert shown(user, "reports_report", "id", ids) == 0
        assert shown(user, "reports_reportevent", "pgh_obj_id", ids) == 0
    for role in (Role.PROJECT_LEAD, Role.DPO, Role.VENDOR):
        assert shown(world.foreign.people[role], "reports_report", "id", ids) == 0


def test_the_job_that_the_whole_project_may_see_names_neither_structure_nor_matrix(
    world: World, esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    asked(matrix, esms, director)
    with acting_as(world.person(Role.OBSERVER).pk), connection.cursor() as cursor:
        for table in ("common_job", "common_jobevent"):
            cursor.execute(f"select t::text from {table} t where kind = %s", [ReportKind.HABILITATION_MATRIX])
            told = "\n".join(row[0] for row in cursor.fetchall())
            assert told.count("Matrice des habilitations, rapport n°") >= 1
            for secret in (esms.name, esms.slug, str(esms.pk), "consolid"):
                assert secret not in told, secret


@pytest.mark.parametrize("role", list(Role))
def test_pages_answer_as_rows_do(world: World, client_as: Browsers, both: dict[str, Report], role: Role) -> None:
    client = client_as(world.person(role))
    verify = reverse("report_verify", args=[SLUG])
    for name, report in both.items():
        expected = 200 if name in KNOW[role] else 404
        assert client.get(url("structure_report", report.number)).status_code == expected, name
        answer = client.get(url("structure_report_download", report.number))
        assert answer.status_code == expected, name
        if answer.streaming:
            b"".join(answer.streaming_content)
        told = plain(client.post(verify, {"code": printed(report.content_sha256)}).content)
        assert ("Rien ne correspond" not in told) is (name in KNOW[role]), name
    listed = client.get(url("structure_reports"))
    assert listed.status_code == (200 if KNOW[role] else 404)
    if KNOW[role]:
        for name, report in both.items():
            assert (f"N° {report.number}." in plain(listed.content)) is (name in KNOW[role])


def test_the_list_of_the_project_has_no_document_of_a_structure(
    world: World, lead: Client, both: dict[str, Report]
) -> None:
    page = plain(lead.get(reverse("reports", args=[SLUG])).content)
    for report in both.values():
        assert f"N° {report.number}." not in page
        assert lead.get(reverse("report", args=[SLUG, report.number])).status_code == 404
    assert lead.get(reverse("report_ask", args=[SLUG, "habilitations"])).status_code == 404


def test_who_is_outside_the_structure_is_not_told_who_asked(
    world: World, client_as: Browsers, both: dict[str, Report], director: User
) -> None:
    address = url("structure_report", both["consolidated"].number)
    for role, told in ((Role.VENDOR, False), (Role.DPO, False), (Role.LOCAL_REFERENT, True)):
        client = client_as(world.person(role))
        for page in (address, url("structure_reports")):
            assert (director.get_full_name() in plain(client.get(page).content)) is told, role


def test_it_tells_no_figure_of_the_inventory_which_not_all_its_readers_read(
    world: World, esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    with elevated():
        ESMSProfile.objects.filter(esms=esms).update(staff=4321, users_to_equip=4321)
    with acting_as(director.pk):
        assert "4321" in repr(read(matrix).findings)
        facts = matrix_facts(matrix, esms, named=False)
    assert "4321" not in repr(facts)
    assert any(rule.findings and "état des lieux" in rule.label for rule in facts.rules)
