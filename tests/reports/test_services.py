"""Asking for a report: numbered without a gap, once a form, and made as the person who asked."""

import re
import uuid
from datetime import timedelta

import pytest

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.errors import DomainError
from common.jobs.execution import run
from common.models import JobState
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import Membership, User
from organisations.services import end
from reports.enums import ReportKind
from reports.models import Report
from reports.services import AT_ONCE, ask_for_report, try_again
from tests.harness.threads import together
from tests.harness.world import World
from tests.pdf import page_texts

KIND = ReportKind.CHECKLIST_FOR_COSTRAT


def ask(world: World, user: User | None = None, token: uuid.UUID | None = None, days: int = 30) -> Report:
    user = user or world.lead
    with acting_as(user.pk):
        since = world.project.started_on + timedelta(days=days)
        return ask_for_report(project=world.project, kind=KIND, since=since, user=user, token=token or uuid.uuid4())


def stored(report: Report) -> Report:
    with elevated():
        return Report.objects.select_related("job").get(pk=report.pk)


@pytest.mark.django_db
def test_numbers_follow_one_another_within_a_project(world: World) -> None:
    assert [ask(world).number for _ in range(3)] == [4, 5, 6]


@pytest.mark.django_db
def test_the_same_form_posted_twice_gives_the_same_report(world: World) -> None:
    token = uuid.uuid4()
    first = ask(world, token=token)
    assert ask(world, token=token) == first
    with elevated():
        assert Report.objects.filter(project=world.project).count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, -400])
def test_a_day_before_the_project_is_refused(world: World, days: int) -> None:
    with pytest.raises(DomainError) as refusal:
        ask(world, days=days)
    assert refusal.value.field == "since"
    with elevated():
        assert Report.objects.filter(project=world.project).count() == 3


@pytest.mark.django_db(transaction=True)
def test_people_who_ask_at_the_same_moment_get_different_numbers(world: World) -> None:
    people = [world.lead, world.person(Role.COSTRAT)]
    reports = together(4, lambda number: ask(world, people[number % 2]))
    assert sorted(report.number for report in reports) == list(range(4, 8))


@pytest.mark.django_db
def test_one_person_does_not_fill_the_queue_of_all(world: World) -> None:
    someone = world.person(Role.COSTRAT)
    for _ in range(AT_ONCE):
        ask(world, someone)
    with pytest.raises(DomainError, match="attendez"):
        ask(world, someone)
    assert ask(world, world.lead)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_is_one_report(world: World) -> None:
    token = uuid.uuid4()
    assert {report.number for report in together(6, lambda number: ask(world, token=token))} == {4}


@pytest.mark.django_db
def test_trying_again_keeps_the_number_and_only_after_a_failure(world: World) -> None:
    failed, done = world.own.reports[2], world.own.reports[0]
    with acting_as(world.lead.pk):
        for report in (failed, done):
            try_again(Report.objects.select_related("job").get(pk=report.pk))
    assert (stored(failed).number, stored(failed).job.state, stored(failed).job.error) == (3, JobState.WAITING, "")
    assert stored(done).job.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_the_document_shows_what_the_page_shows(world: World) -> None:
    report = ask(world)
    run(report.job_id)
    made = stored(report)
    assert (made.job.state, made.job.error) == (JobState.DONE, "")
    with made.job.file.open("rb") as file:
        words = " ".join(page_texts(file.read())).replace("\xa0", " ").replace("\u202f", " ")
    assert world.project.name in words
    assert f"n° {report.number}" in words
    assert re.search(r"\b0 %[^.]*\b0 (OK|action)[^.]*\b100\b", words)
    assert world.lead.get_full_name() in words


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", ["before", "after"])
def test_who_no_longer_may_read_gets_no_document(world: World, when: str) -> None:
    """The role may end between asking and making: the worker asks the rights again, and says why in words."""
    member = world.person(Role.COSTRAT)
    report = ask(world, member)
    with elevated():
        membership = Membership.objects.get(user=member, role=Role.COSTRAT)
    if when == "before":
        end(membership)
    run(report.job_id)
    if when == "before":
        assert stored(report).job.state == JobState.FAILED
        assert "n’a plus le droit" in stored(report).job.error
        assert not stored(report).job.file
    else:
        assert stored(report).job.state == JobState.DONE


@pytest.mark.django_db
def test_a_report_of_another_project_cannot_be_asked(world: World) -> None:
    from django.db import DatabaseError, transaction

    with acting_as(world.lead.pk), pytest.raises(DatabaseError), transaction.atomic():
        ask_for_report(
            project=world.foreign.project,
            kind=KIND,
            since=world.foreign.project.started_on,
            user=world.lead,
            token=uuid.uuid4(),
        )
