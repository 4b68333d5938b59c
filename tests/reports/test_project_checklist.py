"""« Checklist du projet »: asked from the page as it is filtered, with the letters of ANAP's table."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from checklist.enums import Status
from checklist.models import Action
from common.jobs.execution import run
from common.models import JobState
from common.scope import elevated
from organisations.enums import Role
from reports.models import Report
from tests.harness.htmx import parse, text
from tests.harness.world import SLUG, World
from tests.pdf import accessibility_faults, page_texts

PAGE = f"/projets/{SLUG}/rapports/demander/checklist/"
FORM = "//form[@id='demande']"


def ask(lead: Client, filters: str = "") -> Report:
    form = parse(lead.get(PAGE, {"filtre": filters} if filters else {}).content).xpath(FORM)[0]
    posted = {field.get("name"): field.get("value") or "" for field in form.xpath(".//input")}
    answer = lead.post(PAGE, posted)
    assert answer.status_code == 302
    return stored(int(answer["Location"].rstrip("/").rsplit("/", 1)[1]))


def stored(number: int) -> Report:
    with elevated():
        return Report.objects.select_related("job").get(project__slug=SLUG, number=number)


def words(report: Report) -> str:
    with stored(report.number).job.file.open("rb") as file:
        return " ".join(page_texts(file.read())).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.django_db(transaction=True)
def test_the_whole_checklist_has_each_action_once_with_its_letters(world: World, lead: Client, tmp_path: Path) -> None:
    report = ask(lead)
    run(report.job_id)
    made = stored(report.number)
    assert (made.job.state, made.job.error) == (JobState.DONE, "")
    said = words(made)
    with elevated():
        labels = list(Action.objects.filter(project=world.project).values_list("number", flat=True))
    assert len(labels) == 100
    assert all(f" {number} " in said for number in labels)
    row = said.partition("2.2.4 Formaliser l’état des lieux SI")[2][:400]
    assert [name in row for name in ("Chef de", "COMOP", "COSTRAT", "OG /")] == [True] * 4  # cells of several lines
    with made.job.file.open("rb") as file:
        assert accessibility_faults(file.read(), tmp_path) == []


@pytest.mark.django_db(transaction=True)
def test_a_filter_of_the_page_is_that_of_the_document(world: World, lead: Client, tmp_path: Path) -> None:
    page = text(parse(lead.get(PAGE, {"filtre": "vue=ko&acteur=costrat"}).content))
    assert "KO, COSTRAT" in page.replace("\xa0", " ")
    with elevated():
        Action.objects.filter(project=world.project, number="2.6.1").update(status=Status.KO)
    report = ask(lead, "vue=ko&etape=2")
    run(report.job_id)
    said = words(report)
    assert "Checklist du projet : KO, étape 2" in said
    assert "2.6.1 " in said
    assert "1.1.1 " not in said
    with stored(report.number).job.file.open("rb") as file:
        assert accessibility_faults(file.read(), tmp_path) == []


@pytest.mark.django_db(transaction=True)
def test_a_filter_that_leaves_nothing_any_more_fails_in_words(world: World, lead: Client) -> None:
    with elevated():
        Action.objects.filter(project=world.project).update(status=Status.TODO)
    report = ask(lead, "vue=ko")
    run(report.job_id)
    made = stored(report.number)
    assert made.job.state == JobState.FAILED
    assert "filtre" in made.job.error


@pytest.mark.django_db
def test_the_page_of_the_checklist_leads_there_with_its_filter(world: World, lead: Client, client_as: Callable) -> None:
    def links(client: Client) -> list[str]:
        page = parse(client.get(f"/projets/{SLUG}/checklist/", {"vue": "ko", "etape": "1"}).content)
        return [link.get("href") for link in page.xpath("//a[contains(., 'Exporter en PDF')]")]

    [link] = links(lead)
    form = parse(lead.get(link).content).xpath(FORM)[0]
    assert form.xpath("string(.//input[@name='filters']/@value)") == "etape=1&vue=ko"
    assert links(client_as(world.person(Role.COMOP))) == []


@pytest.mark.django_db
def test_a_filter_that_means_nothing_is_dropped(lead: Client) -> None:
    form = parse(lead.get(PAGE, {"filtre": "vue=<script>"}).content).xpath(FORM)[0]
    assert form.xpath("string(.//input[@name='filters']/@value)") == ""
    assert ask(lead, "vue=inconnue").filters == ""


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OG_DIRECTOR, Role.OBSERVER, Role.COMOP])
def test_who_may_not_ask_is_refused(world: World, client_as: Callable, role: Role) -> None:
    answer = client_as(world.person(role)).post(PAGE, {"token": str(uuid.uuid4())})
    assert answer.status_code == 403
