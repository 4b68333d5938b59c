"""« Matrice des habilitations »: what the document says, whom it names, how it is asked for, followed and verified."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.errors import DomainError
from common.jobs.execution import run
from common.models import Job, JobState
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, Membership, User
from reports.enums import ReportKind
from reports.fingerprint import printed
from reports.models import Report
from reports.rendering.habilitations import declarations, said, standing
from reports.selectors.habilitations import MatrixFacts, matrix_facts
from reports.services import ask_for_report
from structures.enums.habilitations import AccessLevel, MatrixStatus
from structures.models import HabilitationMatrix
from structures.selectors.habilitations import read
from tests.factories import ReportFactory
from tests.harness.htmx import parse
from tests.harness.world import SLUG, World
from tests.pdf import accessibility_faults
from tests.reports.documents import content, made, outline, pages, stored
from tests.reports.documents import said as words_of
from tests.reports.matrix_documents import asked, plain, url
from tests.structures.habilitation_matrices import WHY

pytestmark = pytest.mark.django_db
S = MatrixStatus
Browsers = Callable[[User], Client]


making = pytest.mark.django_db(transaction=True)  # a worker says how far it is outside transactions


def facts_of(matrix: HabilitationMatrix, esms: ESMS, user: User, *, named: bool = False) -> MatrixFacts:
    with acting_as(user.pk):
        return matrix_facts(matrix, esms, named=named)


# --- What it says ----------------------------------------------------------------------------------------------------


@making
def test_it_says_the_figures_of_the_matrix(
    world: World, esms: ESMS, director: User, matrix: HabilitationMatrix, tmp_path: Path
) -> None:
    document = content(made(asked(matrix, esms, director)))
    assert accessibility_faults(document, tmp_path) == []
    found, facts = words_of(document), facts_of(matrix, esms, director)
    with elevated():
        reading = read(matrix)
    assert (facts.users, facts.used) == (reading.values.total, len(reading.values.used)) == (30, 6)
    assert len(facts.differences) == len(reading.differences) == 2
    for sentence in (said(facts), standing(facts)):
        assert sentence.replace("\u202f", " ").replace("\xa0", " ") in found
    assert "30 utilisateurs, six profils ; deux accès diffèrent de la proposition de départ" in found
    assert "Direction Facturation des prestations Validation, ESMS Lecture, ESMS Restreint" in found
    assert "Éducateur Bilans et rééducation Aucun Lecture, unité Élargi" in found
    assert WHY.split(",")[0] in found
    for profile, head in reading.values.heads.items():
        label = reading.catalogue.profiles[profile].label
        assert f"{label} sans objet" in found if head.unused else f"{label} {head.users}" in found, label
    for rule in facts.rules:
        assert rule.label.replace("\u202f", " ").replace("\xa0", " ") in found, rule.label
    for _, answer in declarations(facts):
        assert answer.replace("\u202f", " ").replace("\xa0", " ") in found, answer
    assert found.count("Date et signature :") == 2
    assert outline(document)[1] == "1. Qui voit quoi dans le DUI"
    assert "2. Deux accès diffèrent de la proposition, dont un l’élargit" in outline(document)


@making
def test_the_grid_has_every_access_with_its_level_and_how_far_it_reaches(
    world: World, esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    document = content(made(asked(matrix, esms, director)))
    with elevated():
        reading = read(matrix)
    with pymupdf.open(stream=document, filetype="pdf") as pdf:
        found = [page for page in pdf if "Domaines" in page.get_text()]
        assert all(page.rect.width > page.rect.height for page in found)
        grids = [page.get_text() for page in found]
    assert len(grids) == 2
    letters = " ".join(grids).split()
    counted = {level: sum(cell.level == level for cell in reading.values.cells.values()) for level in AccessLevel}
    for level in (AccessLevel.READ, AccessLevel.WRITE, AccessLevel.VALIDATE, AccessLevel.ADMIN):
        assert letters.count(level.letter) == counted[level] + 1, level  # once more above the grid, which says it
    reach = sum(cell.perimeter == "esms" for cell in reading.values.cells.values())
    assert " ".join(grids).count("ESMS") >= reach
    assert letters.count("≠") == len(reading.differences) + 1


@making
def test_it_is_french_titled_and_bears_its_number_and_fingerprint(
    esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    report = made(asked(matrix, esms, director))
    with pikepdf.open(io.BytesIO(content(report))) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert str(pdf.docinfo["/Title"]) == "Matrice des habilitations, Résidence du Pont"
    first, *others = pages(content(report))
    assert f"rapport n° {report.number}" in first
    assert all(printed(report.content_sha256) in page for page in others)


@making
@pytest.mark.parametrize("named", [False, True])
def test_people_are_named_when_the_direction_asks_for_it_and_never_otherwise(
    world: World, esms: ESMS, director: User, matrix: HabilitationMatrix, named: bool
) -> None:
    report = made(asked(matrix, esms, director, named=named))
    document = content(report)
    with pikepdf.open(io.BytesIO(document)) as pdf:
        metadata = f"{pdf.docinfo} {pdf.Root.Metadata.read_bytes().decode()}"
    found = f"{words_of(document)} {metadata}"
    with elevated():
        people = [item.user.get_full_name() for item in Membership.objects.select_related("user")]
    assert (director.get_full_name() in found) is named
    assert (world.lead.get_full_name() in words_of(document)) is named  # who consolidated it
    if not named:
        assert not [name for name in people if name in found]
        assert "Il ne nomme aucun professionnel." in found


def test_only_the_direction_is_offered_to_name_people(
    world: World, client_as: Browsers, esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    form = {"matrix": matrix.pk, "named": "on", "token": str(uuid.uuid4())}
    for user, offered in ((director, True), (world.lead, False), (world.person(Role.LOCAL_REFERENT), False)):
        client = client_as(user)
        page = parse(client.get(url("habilitation_pdf")).content)
        assert bool(page.xpath("//input[@name='named']")) is offered
        assert not page.xpath("//input[@name='named'][@checked]")
        answer = client.post(url("habilitation_pdf"), {**form, "token": str(uuid.uuid4())})
        number = int(answer["Location"].rstrip("/").rsplit("/", 1)[1])
        with elevated():
            assert Report.objects.get(project=world.project, number=number).named is offered


@making
def test_a_matrix_that_is_prepared_says_what_keeps_it_from_being_validated(
    esms: ESMS, director: User, revision: HabilitationMatrix
) -> None:
    facts = facts_of(revision, esms, director)
    with elevated():
        reading = read(revision)
    rules = {finding.rule.label for finding in reading.to_mend}
    assert {rule.label for rule in facts.unmet} == rules
    found = words_of(content(made(asked(revision, esms, director))))
    assert "Version 2, partagée avec l’encadrement" in found
    assert "Pas encore validée." in found


# --- Asked, followed, downloaded, listed, verified -------------------------------------------------------------------


@making
def test_it_is_asked_from_the_matrix_followed_listed_downloaded_and_verified(
    world: World, client_as: Browsers, director: User, revision: HabilitationMatrix
) -> None:
    client = client_as(director)
    page = parse(client.get(url("habilitation_matrix")).content)
    link = page.xpath("//main//a[contains(@href, 'habilitations/pdf/')]/@href")[0]
    form = parse(client.get(link).content).xpath("//form[@id='demande']")[0]
    posted = {
        "matrix": form.xpath(".//input[@name='matrix'][@checked]/@value")[0],
        "token": form.xpath(".//input[@name='token']/@value")[0],
    }
    answer = client.post(url("habilitation_pdf"), posted)
    assert (answer.status_code, client.post(url("habilitation_pdf"), posted)["Location"]) == (302, answer["Location"])
    number = int(answer["Location"].rstrip("/").rsplit("/", 1)[1])
    assert answer["Location"] == url("structure_report", number)
    waiting = client.get(answer["Location"])
    assert f"Le rapport n° {number} attend son tour" in plain(waiting.content)
    assert f'hx-get="{url("structure_report", number)}"' in waiting.content.decode()
    with elevated():
        report = Report.objects.select_related("job").get(project=world.project, number=number)
        assert str(report.matrix_id) == posted["matrix"] == str(revision.pk)  # that of the page one comes from
    report = made(report)
    assert f"Le rapport n° {number} est prêt" in plain(client.get(answer["Location"]).content)
    listed = plain(client.get(url("structure_reports")).content)
    assert f"N° {number}. Matrice des habilitations" in listed
    assert "Version 2 de la matrice. Demandé par Odile Nommée" in listed
    file = client.get(url("structure_report_download", number))
    downloaded = b"".join(file.streaming_content)
    assert downloaded == content(report)
    verify = reverse("report_verify", args=[SLUG])
    sent = {"file": SimpleUploadedFile("matrice.pdf", downloaded, content_type="application/pdf")}
    verdict = client.post(verify, sent)
    assert f"C’est bien le rapport n° {number}, tel qu’il a été émis" in plain(verdict.content)
    assert url("structure_report", number) in verdict.content.decode()
    known = client.post(verify, {"code": printed(report.content_sha256)})
    assert f"Cette empreinte est celle du rapport n° {number}" in plain(known.content)


def test_a_making_that_failed_is_tried_again_by_who_asks(
    client_as: Browsers, esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    report = asked(matrix, esms, director)
    with elevated():
        Job.objects.filter(pk=report.job_id).update(state=JobState.FAILED, error="Non.")
    client = client_as(director)
    page = parse(client.get(url("structure_report", report.number)).content)
    retry = page.xpath("//form[@method='post']/@action")[0]
    assert retry == url("structure_report_retry", report.number)
    assert client.post(retry)["Location"] == url("structure_report", report.number)
    assert stored(report).job.state == JobState.WAITING


def test_who_lost_the_structure_meanwhile_gets_no_document(
    esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    report = asked(matrix, esms, director)
    with elevated():
        for permission in director.esmspermission_set.all():
            permission.delete()
    run(report.job_id)
    assert stored(report).job.state == JobState.FAILED


def test_numbers_follow_one_another_over_documents_that_one_is_not_told_of(
    world: World, esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    mine = asked(matrix, esms, director)
    with acting_as(world.person(Role.COSTRAT).pk):
        theirs = ask_for_report(
            project=world.project,
            kind=ReportKind.CHECKLIST,
            user=world.person(Role.COSTRAT),
            token=uuid.uuid4(),
        )
    assert theirs.number == mine.number + 1


def test_a_document_of_a_structure_is_about_its_own_matrix(
    world: World, esms: ESMS, director: User, matrix: HabilitationMatrix
) -> None:
    other = world.own.work[1].habilitations.approved
    with pytest.raises(DomainError, match="Choisissez la version"):
        asked(other, esms, director)
    with pytest.raises(DomainError, match="Choisissez la structure"), acting_as(director.pk):
        ask_for_report(project=world.project, kind=ReportKind.HABILITATION_MATRIX, user=director, token=uuid.uuid4())
    for wrong in ({"matrix": other}, {"matrix": None}, {"esms": None, "og": None}, {"kind": ReportKind.CHECKLIST}):
        values = {
            "project": world.project,
            "kind": ReportKind.HABILITATION_MATRIX,
            "asked_by": director,
            "esms": esms,
            "og": esms.og,
            "matrix": matrix,
            "number": 500,
            "since": None,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportFactory(**{**values, **wrong})
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
