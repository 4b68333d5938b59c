"""« Vérifier un rapport »: by the fingerprint at the foot of its pages, by its file, or both."""

import hashlib
from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.scope import elevated
from organisations.enums import Role
from reports.enums import ReportKind
from reports.fingerprint import printed
from reports.models import Report
from tests.factories import JobFactory, ReportFactory
from tests.harness.htmx import parse, text
from tests.harness.queries import counted
from tests.harness.world import SLUG, World
from tests.reports.documents import asked, content, made

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = f"/projets/{SLUG}/rapports/verifier/"


@pytest.fixture
def report(world: World) -> Report:
    return made(asked(world.project, ReportKind.CHECKLIST_FOR_COSTRAT, world.lead, since=world.project.started_on))


def heading(client: Client, answer: object) -> str:
    return text(parse(answer.content).xpath("//h1")[0]).replace("\xa0", " ").replace("\u202f", " ")


def said(answer: object) -> str:
    return text(parse(answer.content).xpath("//main")[0]).replace("\xa0", " ").replace("\u202f", " ")


def document(body: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("rapport.pdf", body, content_type="application/pdf")


def test_the_page_of_a_report_gives_what_its_pages_bear_and_leads_there(lead: Client, report: Report) -> None:
    page = parse(lead.get(f"/projets/{SLUG}/rapports/{report.number}/").content)
    [link] = page.xpath("//a[contains(., 'Vérifier un exemplaire')]/@href")
    assert printed(report.content_sha256) in text(page)
    assert heading(lead, lead.get(link)) == f"Cette empreinte est celle du rapport n° {report.number}"


@pytest.mark.parametrize(
    "written", [lambda code: code, lambda code: code.lower(), lambda code: f"Empreinte {code.replace(' ', '-')}"]
)
def test_a_fingerprint_says_which_report_it_is(lead: Client, report: Report, written: Callable[[str], str]) -> None:
    answer = lead.post(PAGE, {"code": written(printed(report.content_sha256))})
    assert heading(lead, answer) == f"Cette empreinte est celle du rapport n° {report.number}"
    found = said(answer)
    assert "État de la checklist pour le COSTRAT, émis le" in found
    assert f"demandé par {report.asked_by.get_full_name()}" in found
    assert "déposez-le" in found


def test_a_file_is_the_one_that_was_issued_to_the_last_byte(lead: Client, report: Report) -> None:
    original = content(report)
    assert hashlib.sha256(original).hexdigest() == report.job.file_sha256
    answer = lead.post(PAGE, {"file": document(original)})
    assert heading(lead, answer) == f"C’est bien le rapport n° {report.number}, tel qu’il a été émis"
    assert "octet pour octet" in said(answer)
    changed = lead.post(PAGE, {"file": document(original + b" ")})
    assert heading(lead, changed) == "Rien ne correspond"
    assert "tapez-la aussi" in said(changed)


def test_a_changed_file_with_the_fingerprint_of_a_report_is_told(lead: Client, report: Report) -> None:
    code = printed(report.content_sha256)
    changed = content(report).replace(b"%PDF", b"%PDf", 1)
    answer = lead.post(PAGE, {"code": code, "file": document(changed)})
    assert heading(lead, answer) == f"Ce fichier n’est pas le rapport n° {report.number} tel qu’il a été émis"
    assert "il a été modifié" in said(answer)
    both = lead.post(PAGE, {"code": code, "file": document(content(report))})
    assert heading(lead, both).startswith("C’est bien le rapport")


def test_only_what_one_may_read_is_confirmed(world: World, client_as: Callable, report: Report) -> None:
    code = printed(report.content_sha256)
    for role, found in ((Role.OBSERVER, True), (Role.COMOP, False), (Role.PURCHASING, False), (Role.VENDOR, False)):
        client = client_as(world.person(role))
        assert (heading(client, client.post(PAGE, {"code": code})) != "Rien ne correspond") is found
        answer = client.post(PAGE, {"file": document(content(report))})
        assert (heading(client, answer) != "Rien ne correspond") is found


def test_nothing_of_another_project_is_confirmed(world: World, lead: Client) -> None:
    foreign = world.foreign.people[Role.PROJECT_LEAD]
    other = made(
        asked(
            world.foreign.project,
            ReportKind.CHECKLIST_FOR_COSTRAT,
            foreign,
            since=world.foreign.project.started_on,
        )
    )
    for posted in ({"code": printed(other.content_sha256)}, {"file": document(content(other))}):
        assert heading(lead, lead.post(PAGE, posted)) == "Rien ne correspond"


def test_two_reports_that_say_the_same_are_not_taken_for_each_other(world: World, report: Report) -> None:
    again = made(asked(world.project, ReportKind.CHECKLIST_FOR_COSTRAT, world.lead, since=world.project.started_on))
    assert again.content_sha256 != report.content_sha256


@pytest.mark.parametrize("code", ["3F2A", "bonjour", "3F2A 91C0 7B11 0E2G"])
def test_what_is_no_fingerprint_is_refused_in_words_and_kept(lead: Client, code: str) -> None:
    answer = lead.post(PAGE, {"code": code})
    assert answer.status_code == 422
    assert "seize caractères" in said(answer)
    assert parse(answer.content).xpath(f"//input[@name='code'][@value='{code}']")
    assert lead.get(PAGE, {"empreinte": code}).status_code == 200


def test_an_empty_form_says_what_to_give(lead: Client) -> None:
    answer = lead.post(PAGE, {"code": " "})
    assert answer.status_code == 422
    assert "Tapez l’empreinte, ou déposez le fichier." in said(answer)


def test_a_file_too_large_to_be_one_is_refused(lead: Client, settings: object) -> None:
    settings.UPLOAD_MAX_BYTES = 100
    answer = lead.post(PAGE, {"file": document(b"%PDF" + b"x" * 500)})
    assert answer.status_code == 422
    assert django_settings.UPLOAD_MAX_BYTES == 100


def test_a_report_that_is_not_issued_has_no_fingerprint(world: World, lead: Client) -> None:
    job = JobFactory(project_id=world.project.pk, asked_by=world.lead)
    ReportFactory(project=world.project, number=60, asked_by=world.lead, job=job)
    with elevated():
        assert Report.objects.filter(content_sha256="").exists()
    assert heading(lead, lead.post(PAGE, {"code": "0" * 16})) == "Rien ne correspond"


def test_the_number_of_reports_does_not_change_the_number_of_queries(world: World, lead: Client) -> None:
    counts = []
    for count, first in ((1, 200), (2, 210), (27, 220)):
        for number in range(first, first + count):
            ReportFactory(
                project=world.project,
                number=number,
                asked_by=world.lead,
                issued_at=world.own.reports[0].asked_at,
                content_sha256=f"{number:064x}",
            )
        with counted() as queries:
            lead.get(PAGE, {"empreinte": f"{200:064x}"})
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
