"""Several people note the same meeting at the same moment; one of them closes it."""

import uuid
from collections import Counter
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from common.scope import elevated
from governance.enums import MeetingStatus, Presence
from governance.models import Attendance, Decision, Dispatch
from tests import factories
from tests.governance.room import Room, costrat_of_three
from tests.harness.threads import together

pytestmark = pytest.mark.django_db(transaction=True)
CHOICES = (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)


@pytest.fixture
def room() -> Room:
    return costrat_of_three()


@pytest.fixture
def post(room: Room, client_as: Callable) -> Callable[..., HttpResponse]:
    """Post to a page of the meeting, from a browser of its own that shares the session of the lead."""
    first = client_as(room.lead)
    first.get("/")  # one browser alone meets the middleware first

    def send(what: str, **posted: object) -> HttpResponse:
        client = Client(raise_request_exception=False)
        client.cookies.update(first.cookies)
        url = f"/projets/{room.project.slug}/gouvernance/seances/{room.meeting.number}/{what}"
        return client.post(url, posted, HTTP_HX_REQUEST="true")

    return send


def test_twelve_taps_on_one_person_change_it_once_and_the_others_are_told(room: Room, post: Callable) -> None:
    row = room.attendance("Amont")

    def tap(number: int) -> tuple[Presence, HttpResponse]:
        wanted = CHOICES[number % 3]
        return wanted, post(f"presences/{row.pk}/", presence=wanted.value, version=1)

    answers = together(12, tap)
    kept = room.attendance("Amont")
    assert kept.version == 2
    with elevated():
        assert kept.history.count() == 2  # called, then tapped once
    got = Counter((wanted == kept.presence, answer.status_code) for wanted, answer in answers)
    assert set(got) == {(True, 200), (False, 409)}
    assert got[False, 409] == 8
    for wanted, answer in answers:
        if wanted != kept.presence:
            said = answer.content.decode().replace("\xa0", " ")
            assert f"a noté « {Presence(kept.presence).label} » juste avant vous." in said


def test_a_bearer_is_given_no_more_proxies_than_allowed_at_once(room: Room, post: Callable) -> None:
    room.come("Delta")
    bearer, givers = room.attendance("Delta"), [room.attendance(name) for name in ("Amont", "Aval")]
    answers = together(8, lambda number: post("pouvoirs/", giver=givers[number % 2].pk, to=bearer.pk))
    assert {answer.status_code for answer in answers} <= {200, 409, 422}
    with elevated():
        assert Attendance.objects.filter(meeting=room.meeting, proxy=bearer.user).count() == 1


def test_one_decision_posted_eight_times_at_once_is_one(room: Room, post: Callable) -> None:
    room.come("Amont", "Delta")
    item, token = room.point(), uuid.uuid4()
    answers = together(
        8, lambda number: post(f"points/{item.pk}/decision/", title="Le budget", text="Validé.", token=token)
    )
    assert {answer.status_code for answer in answers} == {200}
    with elevated():
        assert Decision.objects.filter(meeting=room.meeting).count() == 1


def test_what_was_acknowledged_before_the_close_is_kept_and_nothing_changes_after(room: Room, post: Callable) -> None:
    for _ in range(9):
        factories.AttendanceFactory(meeting=room.meeting, user=factories.UserFactory(), invited=True)
    with elevated():
        rows = list(Attendance.objects.filter(meeting=room.meeting).order_by("pk"))

    def work(number: int) -> HttpResponse:
        if number == 6:
            return post("clore/", summary="", version=1)
        return post(f"presences/{rows[number].pk}/", presence="present", version=1)

    answers = together(len(rows), work)
    assert answers[6].status_code == 302
    assert room.fresh().status == MeetingStatus.CLOSED
    with elevated():
        kept = dict(Attendance.objects.filter(meeting=room.meeting).values_list("pk", "presence"))
    for number, (row, answer) in enumerate(zip(rows, answers, strict=True)):
        if number != 6:
            assert answer.status_code in {200, 422}
            assert (kept[row.pk] == Presence.PRESENT) is (answer.status_code == 200)
        else:
            assert kept[row.pk] == Presence.ABSENT


def test_minutes_sent_by_four_at_once_leave_once(room: Room, post: Callable) -> None:
    assert post("clore/", summary="", version=1).status_code == 302
    together(4, lambda number: post("compte-rendu/envoyer/"))
    with elevated():
        assert Dispatch.objects.filter(meeting=room.meeting).count() == 5
