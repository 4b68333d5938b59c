"""What the journeys promise of background work, with a real worker that is really killed."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from common.jobs import asking
from common.jobs.asking import requeue_orphans
from common.models import Job, JobState
from common.scope import elevated
from reports.models import Report
from tests.harness.worker import Worker, running, wait_until
from tests.harness.world import SLUG, World
from tests.pdf import page_texts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.worker]

BROKER_DATABASES = {"master": 13, "gw0": 13, "gw1": 14, "gw2": 15, "gw3": 12}  # of Redis, one a process of pytest-xdist


@pytest.fixture
def worker(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A broker database of its own, to which this process sends as well; the worker isn't started yet."""
    number = BROKER_DATABASES[os.environ.get("PYTEST_XDIST_WORKER", "master")]
    broker_url = urlsplit(django_settings.REDIS_URL)._replace(path=f"/{number}").geturl()
    with Celery("tests", broker=broker_url, set_as_current=False) as sender, running(broker_url, tmp_path) as worker:
        monkeypatch.setattr(asking, "current_app", sender)
        yield worker


def ask(lead: Client) -> uuid.UUID:
    """Ask for a report as a person does. Returns the id of its job."""
    asked = {"since": timezone.localdate().isoformat(), "token": str(uuid.uuid4())}
    answer = lead.post(f"/projets/{SLUG}/rapports/demander/etat-checklist/", asked)
    assert answer.status_code == 302
    with elevated():
        return Report.objects.get(project__slug=SLUG, number=4).job_id


def job(job_id: uuid.UUID) -> Job:
    with elevated():
        return Job.objects.get(pk=job_id)


def is_done(job_id: uuid.UUID) -> bool:
    found = job(job_id)
    assert found.state != JobState.FAILED, found.error
    return found.state == JobState.DONE


def check_document(lead: Client, job_id: uuid.UUID) -> None:
    """One report, one file, whole."""
    answer = lead.get(f"/projets/{SLUG}/rapports/4/document/")
    content = b"".join(answer.streaming_content)
    assert "100 actions" in " ".join(page_texts(content)).replace("\xa0", " ").replace("\u202f", " ")
    with elevated():
        assert Report.objects.filter(project__slug=SLUG).count() == 4
    folder = Path(django_settings.MEDIA_ROOT) / Path(job(job_id).file.name).parents[1]
    assert [path.suffix for path in folder.rglob("*") if path.is_file()] == [".pdf"]


def until_started(worker: Worker, job_id: uuid.UUID) -> None:
    wait_until(lambda: job(job_id).state == JobState.RUNNING and job(job_id).total, "the report has begun", worker.log)


def until_done(worker: Worker, job_id: uuid.UUID) -> None:
    """Beat's task is called here as beat calls it: now and again, whatever happened."""

    def look() -> bool:
        requeue_orphans()
        return is_done(job_id)

    wait_until(look, "the report is done", worker.log)


def test_a_worker_killed_in_the_middle_of_a_report(world: World, lead: Client, worker: Worker) -> None:
    """The report is done after the restart, once, without anybody asking again."""
    worker.broker.set("tests:hold", "1")
    job_id = ask(lead)
    worker.start()
    until_started(worker, job_id)
    worker.kill()
    assert job(job_id).state == JobState.RUNNING  # nobody has noticed yet
    worker.broker.delete("tests:hold")
    worker.start()
    until_done(worker, job_id)
    done = job(job_id)
    assert done.attempt == 2
    with elevated():
        states = list(done.history.order_by("pgh_id").values_list("state", flat=True))
    assert states.count(JobState.DONE) == 1
    check_document(lead, job_id)


def test_a_broker_emptied_while_a_report_waits(world: World, lead: Client, worker: Worker, settings) -> None:
    """No worker ran yet, and Redis has forgotten everything: the row knows."""
    job_id = ask(lead)
    assert worker.broker.llen("celery") == 1
    worker.broker.flushdb()
    worker.start()
    with elevated():
        Job.objects.filter(pk=job_id).update(sent_at=timezone.now() - settings.JOB_LOST_AFTER * 2)
    until_done(worker, job_id)
    assert job(job_id).attempt == 1
    check_document(lead, job_id)


def test_a_broker_emptied_while_a_report_is_made(world: World, lead: Client, worker: Worker) -> None:
    """The worker that holds it goes on; the report is made once."""
    worker.broker.set("tests:hold", "1")
    job_id = ask(lead)
    worker.start()
    until_started(worker, job_id)
    worker.broker.flushdb()  # takes the hold away as well
    until_done(worker, job_id)
    assert job(job_id).attempt == 1
    check_document(lead, job_id)


def test_a_worker_that_starts_takes_up_by_itself_what_was_left(world: World, lead: Client, worker: Worker) -> None:
    """Beat or no beat: the row is orphaned, the broker empty, and nobody but the new worker looks."""
    job_id = ask(lead)
    worker.broker.flushdb()
    with elevated():
        Job.objects.filter(pk=job_id).update(sent_at=None)
    worker.start()
    wait_until(lambda: is_done(job_id), "the report is done", worker.log)
    check_document(lead, job_id)
