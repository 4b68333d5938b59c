"""Who may know of the documents about risks: by pages, by raw SQL, in lists, when they are verified."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, User
from reports.enums import ReportKind
from reports.fingerprint import printed
from reports.models import Report
from risks.enums import AssessmentStatus
from risks.places import Place
from tests.factories import JobFactory, ReportFactory
from tests.harness.world import SLUG, World
from tests.reports.risk_documents import analysis, asked_analysis, plain, spread, url

pytestmark = pytest.mark.django_db
Browsers = Callable[[User], Client]
SENT, WORKING = "transmitted", "working"
EVERYTHING, TOLD, NOTHING = {SENT, WORKING}, {SENT}, set()
KNOW = {
    Role.PROJECT_LEAD: TOLD,
    Role.OG_DIRECTOR: TOLD,
    Role.ESMS_DIRECTOR: EVERYTHING,
    Role.LOCAL_REFERENT: EVERYTHING,
    Role.COSTRAT: NOTHING,
    Role.COMOP: NOTHING,
    Role.DPO: NOTHING,
    Role.PURCHASING: NOTHING,
    Role.VENDOR: NOTHING,
    Role.OBSERVER: NOTHING,
}


def issued(world: World, number: int, kind: ReportKind, user: User, **values: object) -> Report:
    return ReportFactory(
        project=world.project,
        number=number,
        kind=kind,
        asked_by=user,
        since=None,
        issued_at=timezone.now(),
        content_sha256=f"{number}" * 32,
        job=JobFactory(
            project_id=world.project.pk, asked_by=user, kind=kind, title=f"{kind.label}, n° {number}", finished=True
        ),
        **values,
    )


@pytest.fixture
def both(world: World, esms: ESMS, director: User) -> dict[str, Report]:
    """One of a transmitted analysis, one of another that is being put together."""
    place, risks = Place(world.project, esms), world.own.risks
    sent = analysis(place, risks.first, director, given=spread())
    working = analysis(place, risks.second, director, given=spread(), status=AssessmentStatus.CONVERGING)
    return {
        name: issued(
            world,
            number,
            ReportKind.RISK_ANALYSIS,
            director,
            esms=esms,
            og=esms.og,
            assessment=of,
            transmitted=name == SENT,
        )
        for number, name, of in ((71, SENT, sent), (72, WORKING, working))
    }


def shown(user: User, table: str, column: str, values: list[object]) -> int:
    """Rows that raw SQL is shown under this person's scope."""
    with acting_as(user.pk), connection.cursor() as cursor:
        cursor.execute(f"select count(distinct {column}) from {table} where {column} = any(%s::uuid[])", [values])
        return cursor.fetchone()[0]


def test_raw_sql_shows_what_is_not_transmitted_to_the_structure_alone(world: World, both: dict[str, Report]) -> None:
    for name, report in both.items():
        for table, column in (("reports_report", "id"), ("reports_reportevent", "pgh_obj_id")):
            for role, known in KNOW.items():
                assert shown(world.person(role), table, column, [report.pk]) == (name in known), (name, role, table)
            for user in (
                world.rival_director,
                world.rival_referent,
                world.sibling_referent,
                world.foreign.people[Role.PROJECT_LEAD],
            ):
                assert shown(user, table, column, [report.pk]) == 0


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
    for name, report in both.items():
        assert (f"N° {report.number}." in plain(listed.content)) is (name in KNOW[role]), name
    assert ("Analyse de risques" in plain(listed.content)) is bool(KNOW[role])


def test_the_dpd_and_the_vendor_see_no_risk_among_the_documents_of_a_structure(
    world: World, client_as: Browsers, both: dict[str, Report]
) -> None:
    for role in (Role.DPO, Role.VENDOR):
        client = client_as(world.person(role))
        assert client.get(url("risk_analysis_pdf")).status_code == 404
        assert "risques/pdf" not in client.get(url("structure_reports")).content.decode()


def test_the_job_that_the_whole_project_may_see_names_neither_structure_nor_campaign(
    world: World, esms: ESMS, director: User, both: dict[str, Report]
) -> None:
    with elevated():
        sent = both[SENT].assessment
    assert sent is not None
    asked_analysis(sent, esms, director)
    with acting_as(world.person(Role.OBSERVER).pk), connection.cursor() as cursor:
        for table in ("common_job", "common_jobevent"):
            cursor.execute(f"select t::text from {table} t where kind = %s", [ReportKind.RISK_ANALYSIS])
            told = "\n".join(row[0] for row in cursor.fetchall())
            assert "Analyse de risques, rapport n°" in told
            for secret in (esms.name, esms.slug, str(esms.pk), str(sent.pk), sent.campaign.title):
                assert secret not in told, secret


def test_the_consolidated_analysis_is_the_lead_s_alone(world: World, client_as: Browsers) -> None:
    report = issued(world, 73, ReportKind.RISKS_CONSOLIDATED, world.lead, filters="campagne=1")
    for role in Role:
        user = world.person(role)
        known = role == Role.PROJECT_LEAD
        assert shown(user, "reports_report", "id", [report.pk]) == known, role
        assert shown(user, "reports_reportevent", "pgh_obj_id", [report.pk]) == known, role
        client = client_as(user)
        status = client.get(reverse("report", args=[SLUG, report.number])).status_code
        assert (status == 200) is known, role
        listed = client.get(reverse("reports", args=[SLUG]))
        assert ("Analyse de risques consolidée" in plain(listed.content)) is known, role
