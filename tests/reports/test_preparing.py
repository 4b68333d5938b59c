"""The report of a committee is asked for by itself some days before a convened meeting, once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

import reports.tasks  # noqa: F401  registers what makes the documents, as a worker does when it starts
from common.jobs.execution import run
from common.models import JobState
from common.scope import elevated
from governance.enums import BodyKind, DispatchKind, MeetingStatus
from governance.models import Body, Dispatch, Meeting
from organisations.enums import Role
from organisations.models import Membership, User
from organisations.services import end, sync_permissions
from reports.enums import ReportKind
from reports.models import Report
from reports.services import AT_ONCE, prepare_reports
from reports.tasks.preparing import prepare_committee_reports
from tests.factories import MeetingFactory, MembershipFactory, UserFactory
from tests.harness.threads import together
from tests.harness.world import World
from tests.reports.documents import asked, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(world: World) -> World:
    """No meeting is near but those that a test calls."""
    with elevated():
        Meeting.objects.filter(status=MeetingStatus.CONVENED).update(starts_at=timezone.now() + timedelta(days=50))
    return world


def call(world: World, kind: BodyKind, days: int, number: int = 90) -> Meeting:
    body = Body.objects.get(project=world.project, kind=kind)
    return MeetingFactory(body=body, number=number, starts_at=timezone.now() + timedelta(days=days))


def prepared(world: World) -> list[Report]:
    with elevated():
        found = Report.objects.filter(project=world.project, meeting__isnull=False)
        return list(found.select_related("asked_by", "job").order_by("number"))


def convened_by(meeting: Meeting, user: User) -> None:
    with elevated():
        Dispatch.objects.create(
            project=meeting.project, meeting=meeting, user=user, kind=DispatchKind.CONVOCATION, asked_by=user
        )


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(BodyKind.COSTRAT, ReportKind.COSTRAT_ARBITRATIONS), (BodyKind.COMOP, ReportKind.COMOP_FOLLOW_UP)],
)
def test_each_committee_has_its_own_report(alone: World, kind: BodyKind, wanted: ReportKind) -> None:
    with elevated():
        meeting = call(alone, kind, days=4)
    prepare_reports(timezone.localdate())
    [report] = prepared(alone)
    assert (report.kind, report.meeting_id) == (wanted, meeting.pk)
    assert report.asked_by == alone.lead


@pytest.mark.parametrize(("days", "count"), [(0, 1), (4, 1), (5, 1), (6, 0), (30, 0)])
def test_it_is_asked_for_as_early_as_the_body_says(alone: World, days: int, count: int) -> None:
    with elevated():
        call(alone, BodyKind.COSTRAT, days)
    prepare_reports(timezone.localdate())
    assert len(prepared(alone)) == count


def test_a_body_may_want_it_earlier(alone: World) -> None:
    with elevated():
        meeting = call(alone, BodyKind.COMOP, days=12)
        Body.objects.filter(pk=meeting.body_id).update(report_days=15)
    prepare_reports(timezone.localdate())
    assert len(prepared(alone)) == 1


def test_it_is_asked_for_once_a_meeting(alone: World) -> None:
    with elevated():
        call(alone, BodyKind.COSTRAT, days=4)
        call(alone, BodyKind.COSTRAT, days=5, number=91)
    for _ in range(3):
        prepare_reports(timezone.localdate())
    assert len(prepared(alone)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_ask_once(alone: World) -> None:
    with elevated():
        call(alone, BodyKind.COSTRAT, days=4)
    together(4, lambda number: prepare_reports(timezone.localdate()))
    assert len(prepared(alone)) == 1


@pytest.mark.parametrize("values", [{"draft": True}, {"in_session": True}, {"closed": True}])
def test_only_a_convened_meeting_has_one(alone: World, values: dict[str, bool]) -> None:
    body = alone.own.governance.costrat
    MeetingFactory(body=body, number=90, **values)
    MeetingFactory(body=alone.own.governance.group, number=91, starts_at=timezone.now() + timedelta(days=2))
    prepare_reports(timezone.localdate())
    assert prepared(alone) == []


def test_it_is_asked_in_the_name_of_who_convened(alone: World) -> None:
    second = UserFactory(first_name="Seconde", last_name="Cheffe")
    MembershipFactory(user=second, role=Role.PROJECT_LEAD, target=alone.project)
    with elevated():
        meeting = call(alone, BodyKind.COSTRAT, days=4)
    convened_by(meeting, second)
    prepare_reports(timezone.localdate())
    assert prepared(alone)[0].asked_by == second


def test_otherwise_in_that_of_the_secretary_then_of_the_lead(alone: World) -> None:
    """Whoever may no longer ask is passed over."""
    gone, secretary = UserFactory(), UserFactory()
    role = MembershipFactory(user=gone, role=Role.PROJECT_LEAD, target=alone.project)
    MembershipFactory(user=secretary, role=Role.PROJECT_LEAD, target=alone.project)
    with elevated():
        meeting = call(alone, BodyKind.COSTRAT, days=4)
        Body.objects.filter(pk=meeting.body_id).update(secretary=secretary)
        end(Membership.objects.get(pk=role.pk))
    convened_by(meeting, gone)
    prepare_reports(timezone.localdate())
    assert prepared(alone)[0].asked_by == secretary


def test_when_nobody_may_ask_nothing_is_asked_and_the_others_are(alone: World) -> None:
    foreign = alone.foreign
    with elevated():
        call(alone, BodyKind.COSTRAT, days=4)
        body = Body.objects.get(project=foreign.project, kind=BodyKind.COMOP)
        MeetingFactory(body=body, number=90, starts_at=timezone.now() + timedelta(days=3))
        Membership.objects.filter(user=alone.lead).update(ends_on=timezone.localdate() - timedelta(days=1))
        sync_permissions([alone.lead.pk])
    prepare_reports(timezone.localdate())
    assert prepared(alone) == []
    with elevated():
        report = Report.objects.get(project=foreign.project, kind=ReportKind.COMOP_FOLLOW_UP)
    assert report.asked_by == foreign.people[Role.PROJECT_LEAD]


def test_somebody_whose_reports_are_all_in_the_making_gets_it_another_day(alone: World) -> None:
    with elevated():
        call(alone, BodyKind.COSTRAT, days=4)
    waiting = [asked(alone.project, ReportKind.CHECKLIST, alone.lead) for _ in range(AT_ONCE)]
    prepare_reports(timezone.localdate())
    assert prepared(alone) == []
    with elevated():
        for report in waiting:
            report.job.state, report.job.error = JobState.FAILED, "Non."
            report.job.save()
    prepare_reports(timezone.localdate() + timedelta(days=1))
    assert len(prepared(alone)) == 1


@pytest.mark.django_db(transaction=True)
def test_it_is_made_whole_since_the_last_meeting(alone: World) -> None:
    with elevated():
        call(alone, BodyKind.COSTRAT, days=4)
    prepare_committee_reports()
    [report] = prepared(alone)
    assert report.since == timezone.localdate(alone.own.governance.closed.starts_at)
    assert "ogs" in report.sections
    run(report.job_id)
    made = stored(report)
    assert (made.job.state, made.job.error) == (JobState.DONE, "")


def test_it_runs_every_day() -> None:
    scheduled = settings.CELERY_BEAT_SCHEDULE["prepare-reports"]
    assert scheduled["task"] == prepare_committee_reports.name == "reports.prepare_committee_reports"
    assert scheduled["schedule"].remaining_estimate(timezone.now()) <= timedelta(days=1)
