"""The pages of the reports: ask, follow, download."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from common.models import Job, JobState, WorkerPulse
from common.scope import elevated
from organisations.enums import Role
from reports.models import Report
from tests.harness.htmx import HTMX, parse, swap, text
from tests.harness.world import SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/rapports/"
ASK = f"{PAGE}demander/etat-checklist/"


def plain(content: bytes) -> str:
    return text(parse(content)).replace("\xa0", " ").replace("\u202f", " ")


def job_is(report: Report, **values: object) -> None:
    with elevated():
        Job.objects.filter(pk=report.job_id).update(**values)


def pulse(ago: timedelta) -> None:
    WorkerPulse.objects.update_or_create(id=1, defaults={"seen_at": timezone.now() - ago})


@pytest.mark.parametrize(
    ("role", "status"), [(Role.COSTRAT, 302), (Role.OG_DIRECTOR, 403), (Role.DPO, 403), (Role.OBSERVER, 403)]
)
def test_who_reads_reports_does_not_all_ask_for_them(
    world: World, client_as: Callable, role: Role, status: int
) -> None:
    client = client_as(world.person(role))
    page = parse(client.get(PAGE).content)
    assert bool(page.xpath(f"//a[@href='{ASK}']")) is (status == 302)
    posted = {"since": timezone.localdate().isoformat(), "token": str(uuid.uuid4())}
    assert client.post(ASK, posted).status_code == status


def test_the_form_as_it_stands_is_accepted(world: World, lead: Client) -> None:
    form = parse(lead.get(ASK).content).xpath("//form[@id='demande']")[0]
    posted = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    answer = lead.post(ASK, posted)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}4/")
    assert lead.post(ASK, posted)["Location"] == f"{PAGE}4/"


@pytest.mark.parametrize("since", ["", "hier", "1990-01-01"])
def test_a_day_that_cannot_be_is_refused_with_the_form_kept(lead: Client, since: str) -> None:
    answer = lead.post(ASK, {"since": since, "token": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert parse(answer.content).xpath("//*[@name='since'][@aria-invalid='true']")


def test_a_report_that_is_ready_is_downloaded_as_a_file(world: World, lead: Client) -> None:
    page = parse(lead.get(f"{PAGE}1/").content)
    link = page.xpath("//a[contains(@href, 'document')]/@href")[0]
    answer = lead.get(link)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 rapport"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{SLUG}-rapport-001.pdf"'


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING, JobState.FAILED])
def test_what_is_not_ready_is_not_downloaded(world: World, lead: Client, state: JobState) -> None:
    job_is(
        world.own.reports[0], state=state, error="Non." if state == JobState.FAILED else "", lease_until=timezone.now()
    )
    assert lead.get(f"{PAGE}1/document/").status_code == 404


def test_progress_is_asked_again_until_it_is_ready(world: World, lead: Client) -> None:
    pulse(timedelta(0))
    report = world.own.reports[0]
    job_is(report, state=JobState.RUNNING, done=3, total=7, lease_until=timezone.now() + timedelta(minutes=1))
    running = lead.get(f"{PAGE}1/", **HTMX)
    assert f'hx-get="{PAGE}1/"' in running.content.decode()
    assert "3" in plain(running.content)
    assert "7" in plain(running.content)
    job_is(report, state=JobState.DONE, done=7, total=7, lease_until=None)
    done = lead.get(f"{PAGE}1/", **HTMX)
    assert "hx-trigger" not in done.content.decode()
    assert f"{PAGE}1/document/" in done.content.decode()


@pytest.mark.parametrize(("ago", "told"), [(timedelta(0), False), (timedelta(minutes=5), True), (None, True)])
def test_when_no_worker_lives_the_page_says_so(world: World, lead: Client, ago: timedelta | None, told: bool) -> None:
    if ago is not None:
        pulse(ago)
    job_is(world.own.reports[0], state=JobState.WAITING, done=0, total=0)
    waiting = plain(lead.get(f"{PAGE}1/").content)
    assert ("La fabrication est à l’arrêt en ce moment" in waiting) is told
    assert ("Vous pouvez continuer à travailler" in waiting) is not told
    assert "à l’arrêt" not in plain(lead.get(f"{PAGE}2/").content)  # that one is ready


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (JobState.WAITING, "Le rapport n° 1 attend son tour"),
        (JobState.RUNNING, "Le rapport n° 1 est en fabrication"),
        (JobState.DONE, "Le rapport n° 1 est prêt"),
        (JobState.FAILED, "Le rapport n° 1 n’a pas pu être fait"),
    ],
)
def test_the_title_says_where_it_stands_and_follows(world: World, lead: Client, state: JobState, title: str) -> None:
    """What the page shows once the fragment came is what a fresh page shows."""
    job_is(world.own.reports[0], state=JobState.WAITING)
    before = parse(lead.get(f"{PAGE}1/").content)
    job_is(
        world.own.reports[0], state=state, error="Non." if state == JobState.FAILED else "", lease_until=timezone.now()
    )
    fresh, fragment = lead.get(f"{PAGE}1/").content, lead.get(f"{PAGE}1/", **HTMX).content
    after = swap(before, fragment, "fabrication")
    for page in (parse(fresh), after):
        assert [text(heading).replace("\xa0", " ") for heading in page.xpath("//h1")] == [title]
    assert text(after.xpath("//main")[0]) == text(parse(fresh).xpath("//main")[0])


def test_a_ready_report_says_how_to_check_its_file(world: World, lead: Client) -> None:
    job_is(world.own.reports[0], file_sha256="0123456789abcdef" * 4)
    assert "0123456789abcdef" * 4 in plain(lead.get(f"{PAGE}1/").content)


def test_the_list_says_who_waits_and_who_is_being_made(world: World, lead: Client) -> None:
    job_is(world.own.reports[0], state=JobState.WAITING)
    job_is(world.own.reports[1], state=JobState.RUNNING, lease_until=timezone.now())
    page = plain(lead.get(PAGE).content)
    assert page.index("Échec") < page.index("En fabrication") < page.index("En attente")


def test_a_failure_is_told_and_who_may_ask_tries_again(world: World, client_as: Callable) -> None:
    reader, member = client_as(world.person(Role.OBSERVER)), client_as(world.person(Role.COSTRAT))
    for client, may in ((reader, False), (member, True)):
        page = client.get(f"{PAGE}3/").content
        assert "Le document n’a pas pu être fabriqué." in plain(page)
        assert ("recommencer" in page.decode()) is may
    assert reader.post(f"{PAGE}3/recommencer/").status_code == 403
    assert member.post(f"{PAGE}3/recommencer/").status_code == 302
    with elevated():
        assert Job.objects.get(pk=world.own.reports[2].job_id).state == JobState.WAITING


def test_the_list_is_newest_first_and_of_this_project_alone(world: World, lead: Client) -> None:
    page = plain(lead.get(PAGE).content)
    assert page.index("N° 3.") < page.index("N° 2.") < page.index("N° 1.")
    assert "N° 44" not in page


def test_the_first_report_is_asked_from_an_empty_list(world: World, lead: Client) -> None:
    with elevated():  # those that are not ready may go
        Job.objects.filter(project_id=world.project.pk).update(state=JobState.FAILED, error="Non.")
        Report.objects.filter(project=world.project).delete()
    page = plain(lead.get(PAGE).content)
    assert "Aucun document n’a encore été émis" in page
    assert parse(lead.get(PAGE).content).xpath(f"//a[@href='{ASK}']")
