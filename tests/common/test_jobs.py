"""Background jobs: the row is the truth. The worker itself is killed in tests/test_worker.py."""

import hashlib
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError

from common.jobs import asking, registry
from common.jobs.asking import ask, ask_again, requeue_orphans
from common.jobs.execution import INTERRUPTED, UNEXPECTED, LeaseLost, Run, claim, run
from common.jobs.registry import JobError, Produced, handles
from common.models import Job, JobState
from common.scope import elevated
from organisations.access import acting_as
from tests.harness.threads import together
from tests.harness.world import World

PDF = b"%PDF-1.7 fabrique"
Handler = Callable[[Run], Produced]


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch) -> Callable[[Handler], None]:
    """Make `kind="test"` be done by a function of the test."""

    def register(function: Handler) -> None:
        monkeypatch.setitem(registry._handlers, "test", function)

    register(lambda attempt: Produced("document.pdf", PDF))
    return register


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[uuid.UUID]:
    """The ids told to the broker."""
    found: list[uuid.UUID] = []

    def send_task(name: str, arguments: list[str] | None = None, **options: object) -> None:
        if name == "common.run_job":
            found.append(uuid.UUID(arguments[0]))

    monkeypatch.setattr(current_app, "send_task", send_task)
    return found


@pytest.fixture
def job(world: World, sent: list[uuid.UUID], handler: object) -> Job:
    return ask_one(world)


def ask_one(world: World, token: uuid.UUID | None = None) -> Job:
    with acting_as(world.lead.pk):
        found, _ = ask(
            kind="test",
            title="Un travail",
            project_id=world.project.pk,
            asked_by=world.lead,
            arguments={},
            token=token or uuid.uuid4(),
        )
    return found


def stored(job: Job) -> Job:
    with elevated():
        return Job.objects.get(pk=job.pk)


def change(job: Job, **values: object) -> None:
    with elevated():
        Job.objects.filter(pk=job.pk).update(**values)


def trail(job: Job) -> list[str]:
    with elevated():
        return list(job.history.order_by("pgh_id").values_list("state", flat=True))


pytestmark = pytest.mark.django_db(transaction=True)


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_the_broker_is_told_once_the_row_is_committed(world: World, sent: list[uuid.UUID]) -> None:
    with transaction.atomic():
        job = ask_one(world)
        assert sent == []
    assert sent == [job.pk]
    assert stored(job).state == JobState.WAITING


def test_what_is_undone_is_never_sent(world: World, sent: list[uuid.UUID]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask_one(world)
        1 / 0  # noqa: B018
    assert sent == []


def test_asked_twice_with_one_token_is_one_job(world: World, sent: list[uuid.UUID]) -> None:
    token = uuid.uuid4()
    assert ask_one(world, token).pk == ask_one(world, token).pk
    assert len(sent) == 1
    assert ask_one(world).pk not in sent[:1]


def test_asked_at_the_same_moment_with_one_token_is_one_job(world: World, sent: list[uuid.UUID]) -> None:
    token = uuid.uuid4()
    jobs = together(6, lambda number: ask_one(world, token))
    assert len({job.pk for job in jobs}) == 1
    assert len(sent) == 1


def test_without_a_broker_the_job_waits_and_the_request_succeeds(
    world: World, client_as: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(current_app, "send_task", refuse)
    client: Client = client_as(world.lead)
    url = f"/projets/{world.project.slug}/rapports/demander/etat-checklist/"
    answer = client.post(url, {"since": timezone.localdate().isoformat(), "token": str(uuid.uuid4())})
    assert answer.status_code == 302
    with elevated():
        assert Job.objects.filter(state=JobState.WAITING).count() == 1
    assert client.get(answer["Location"]).status_code == 200


def test_a_broker_that_nobody_listens_at_is_not_an_error_either(world: World, settings) -> None:
    """With the real client and a port where nothing answers: no exception, no long wait."""
    from celery import Celery

    nowhere = Celery(broker="redis://127.0.0.1:1/0", set_as_current=False)
    nowhere.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "current_app", nowhere)
        job = ask_one(world)
    assert stored(job).state == JobState.WAITING


# --- Running ---------------------------------------------------------------------------------------------------------


def test_a_job_ends_with_its_file_and_its_fingerprint(job: Job) -> None:
    run(job.pk)
    done = stored(job)
    assert (done.state, done.attempt, done.error, done.lease_until) == (JobState.DONE, 1, "", None)
    assert done.ended_at is not None
    with default_storage.open(done.file.name) as file:
        content = file.read()
    assert content == PDF
    assert done.file_sha256 == hashlib.sha256(PDF).hexdigest()
    assert trail(job) == [JobState.WAITING, JobState.RUNNING, JobState.DONE]


def test_delivered_twice_runs_once(job: Job, handler: Callable) -> None:
    calls: list[int] = []
    handler(lambda attempt: calls.append(attempt.job.attempt) or Produced("document.pdf", PDF))
    run(job.pk)
    run(job.pk)
    assert calls == [1]
    assert stored(job).attempt == 1


def test_taken_by_two_workers_at_the_same_moment_only_one_has_it(job: Job) -> None:
    answers = together(8, lambda number: claim(job.pk))
    assert [answer for answer in answers if answer] == [stored(job)]
    assert stored(job).attempt == 1


def test_an_unknown_job_is_not_an_error() -> None:
    run(uuid.uuid4())


def test_the_reason_of_a_refusal_is_shown_as_it_is(job: Job, handler: Callable) -> None:
    def refuse(attempt: Run) -> Produced:
        raise JobError("Il n’y a rien à mettre dans ce document.")

    handler(refuse)
    run(job.pk)
    assert (stored(job).state, stored(job).error) == (JobState.FAILED, "Il n’y a rien à mettre dans ce document.")
    run(job.pk)
    assert stored(job).attempt == 1  # not tried again by itself


def test_an_unexpected_error_is_told_in_words_and_raised_for_the_log(job: Job, handler: Callable) -> None:
    def break_down(attempt: Run) -> Produced:
        raise ZeroDivisionError("secret detail")

    handler(break_down)
    with pytest.raises(ZeroDivisionError):
        run(job.pk)
    assert (stored(job).state, stored(job).error) == (JobState.FAILED, UNEXPECTED)
    assert "secret detail" not in stored(job).error


def test_a_kind_that_nobody_does_fails_in_words(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(registry._handlers, "test")
    run(job.pk)
    assert stored(job).state == JobState.FAILED
    assert "ne sait plus fabriquer" in stored(job).error


def test_two_handlers_of_one_kind_are_a_mistake(handler: Callable) -> None:
    with pytest.raises(ValueError, match="Two handlers"):
        handles("test")(lambda attempt: Produced("x", b""))


def test_progress_is_seen_while_it_runs_and_is_refused_in_a_transaction(job: Job, handler: Callable) -> None:
    seen: list[tuple[int, int]] = []

    def work(attempt: Run) -> Produced:
        attempt.progress(3, 7)
        seen.append((stored(job).done, stored(job).total))
        with pytest.raises(RuntimeError), transaction.atomic():
            attempt.progress(4, 7)
        return Produced("document.pdf", PDF)

    handler(work)
    run(job.pk)
    assert seen == [(3, 7)]
    assert (stored(job).done, stored(job).total) == (7, 7)


def test_the_handler_runs_without_a_scope(job: Job, handler: Callable) -> None:
    """It sees nothing until it opens the scope of the person who asked."""
    seen: list[int] = []

    def work(attempt: Run) -> Produced:
        seen.append(Job.objects.count())
        with acting_as(attempt.job.asked_by_id):
            seen.append(Job.objects.filter(pk=job.pk).count())
        return Produced("document.pdf", PDF)

    handler(work)
    run(job.pk)
    assert seen == [0, 1]


# --- Workers that die ------------------------------------------------------------------------------------------------


def test_a_job_whose_lease_has_run_out_is_taken_up_again(job: Job) -> None:
    assert claim(job.pk)
    assert claim(job.pk) is None
    change(job, lease_until=timezone.now() - timedelta(seconds=1))
    again = claim(job.pk)
    assert again is not None
    assert again.attempt == 2


def test_a_worker_that_lost_its_lease_leaves_no_trace(job: Job, handler: Callable) -> None:
    def overtaken(attempt: Run) -> Produced:
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
        assert claim(job.pk) is not None
        return Produced("perdu.pdf", b"%PDF- du premier")

    handler(overtaken)
    run(job.pk)
    left = stored(job)
    assert (left.state, left.attempt, left.file.name, left.error) == (JobState.RUNNING, 2, "", "")
    folder = f"jobs/{job.project_id}/{job.pk}/1"
    assert not default_storage.exists(f"{folder}/perdu.pdf")


def test_a_worker_that_lost_its_lease_cannot_fail_the_job_of_the_other(job: Job, handler: Callable) -> None:
    def overtaken(attempt: Run) -> Produced:
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
        assert claim(job.pk) is not None
        raise JobError("Trop tard.")

    handler(overtaken)
    run(job.pk)
    assert (stored(job).state, stored(job).error) == (JobState.RUNNING, "")


def test_a_worker_that_lost_its_lease_stops_at_its_next_progress(job: Job, handler: Callable) -> None:
    stopped: list[bool] = []

    def overtaken(attempt: Run) -> Produced:
        change(job, attempt=5)
        try:
            attempt.progress(1, 2)
        except LeaseLost:
            stopped.append(True)
            raise
        return Produced("document.pdf", PDF)

    handler(overtaken)
    run(job.pk)
    assert stopped == [True]
    assert stored(job).state == JobState.RUNNING


def test_a_living_worker_keeps_its_lease(job: Job, handler: Callable, settings) -> None:
    settings.JOB_LEASE = timedelta(seconds=0.4)
    renewed = threading.Event()

    def long_work(attempt: Run) -> Produced:
        first = stored(job).lease_until
        for _ in range(100):
            if stored(job).lease_until > first:
                renewed.set()
                break
            threading.Event().wait(0.05)
        assert claim(job.pk) is None
        return Produced("document.pdf", PDF)

    handler(long_work)
    run(job.pk)
    assert renewed.is_set()
    assert stored(job).state == JobState.DONE


def test_a_job_that_kills_its_workers_fails_in_words(job: Job, settings) -> None:
    for attempt in range(1, settings.JOB_ATTEMPTS + 1):
        assert claim(job.pk).attempt == attempt
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
    run(job.pk)
    assert (stored(job).state, stored(job).error) == (JobState.FAILED, INTERRUPTED)


def test_a_failed_job_is_asked_again_and_any_other_is_left(job: Job, sent: list[uuid.UUID]) -> None:
    ask_again(job)
    assert len(sent) == 1
    change(job, state=JobState.FAILED, error="Non.", attempt=3, ended_at=timezone.now())
    with acting_as(job.asked_by_id):
        ask_again(job)
    again = stored(job)
    assert (again.state, again.attempt, again.error, again.ended_at) == (JobState.WAITING, 0, "", None)
    assert sent == [job.pk, job.pk]
    run(job.pk)
    assert stored(job).state == JobState.DONE


# --- What the broker lost --------------------------------------------------------------------------------------------


def test_what_the_broker_lost_is_sent_again(job: Job, sent: list[uuid.UUID], settings) -> None:
    assert requeue_orphans() == 0  # just sent
    change(job, sent_at=timezone.now() - settings.JOB_LOST_AFTER - timedelta(seconds=1))
    assert requeue_orphans() == 1
    assert requeue_orphans() == 0  # and not every ten seconds
    assert sent == [job.pk, job.pk]


def test_what_a_dead_worker_held_is_sent_again(job: Job, sent: list[uuid.UUID]) -> None:
    claim(job.pk)
    assert requeue_orphans() == 0
    change(job, lease_until=timezone.now() - timedelta(seconds=1))
    assert requeue_orphans() == 1
    assert sent == [job.pk, job.pk]


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_what_has_ended_is_never_sent_again(job: Job, sent: list[uuid.UUID], state: JobState) -> None:
    long_ago = timezone.now() - timedelta(days=3)
    change(job, state=state, error="Non." if state == JobState.FAILED else "", sent_at=long_ago, ended_at=long_ago)
    assert requeue_orphans() == 0


def test_jobs_of_all_projects_are_sent_again_and_read_by_nobody_else(world: World, job: Job) -> None:
    with acting_as(world.rival_director.pk):
        assert Job.objects.filter(pk=job.pk).exists()  # same project: the report list shows it
    foreign = world.foreign.reports[0].job
    with acting_as(world.lead.pk):
        assert not Job.objects.filter(pk=foreign.pk).exists()
    change(foreign, state=JobState.WAITING, sent_at=None)
    assert requeue_orphans() == 1


def test_the_row_refuses_states_that_cannot_be(job: Job) -> None:
    from django.db import IntegrityError

    for values in (
        {"state": "running", "lease_until": None},
        {"state": "failed", "error": ""},
        {"done": 2, "total": 1},
    ):
        with pytest.raises(IntegrityError):
            change(job, **values)
