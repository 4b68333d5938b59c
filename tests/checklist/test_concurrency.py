"""Fifty browsers on one action, and one form sent twice at the same moment."""

import uuid
from collections import Counter
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from checklist.enums import Status
from checklist.models import Action, Comment, Deposit, SavedView
from common.scope import elevated
from governance.models import Alert
from tests.harness.threads import together
from tests.harness.world import World

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 50
STATUSES = (Status.OK, Status.KO, Status.IN_PROGRESS)


@pytest.fixture
def browsers(world: World, client_as: Callable) -> Callable[[], Client]:
    """Browsers that share one signed-in session, as the tabs of one person do."""
    first = client_as(world.lead)
    first.get("/")  # one browser alone meets the middleware first: it collects the style sheets
    cookies = first.cookies

    def open_one() -> Client:
        client = Client(raise_request_exception=False)
        client.cookies.update(cookies)
        return client

    return open_one


def test_fifty_browsers_tick_one_action(world: World, browsers: Callable[[], Client]) -> None:
    url = f"/projets/{world.project.slug}/checklist/actions/2.1.1/etat/"

    def tick(number: int) -> tuple[Status, HttpResponse]:
        wanted = STATUSES[number % 3]
        return wanted, browsers().post(url, {"status": wanted, "version": 1}, HTTP_HX_REQUEST="true")

    answers = together(CLIENTS, tick)
    with elevated():
        action = Action.objects.get(project=world.project, number="2.1.1")
        assert action.version == 2
        assert action.history.count() == 2  # made, then ticked once
    winner = action.state
    got = Counter((wanted == winner, answer.status_code) for wanted, answer in answers)
    assert got[True, 200] >= 1  # who comes after and wants the same has it already: nothing to write
    assert got[False, 409] == sum(wanted != winner for wanted, _ in answers) > 30
    assert set(got) <= {(True, 200), (True, 409), (False, 409)}
    for wanted, answer in answers:
        if answer.status_code == 409:
            page = answer.content.decode()
            assert f"Elle est maintenant « {winner.label} »" in page.replace("\xa0", " ")
            assert f"Vous vouliez « {wanted.label} »" in page.replace("\xa0", " ")


def test_a_message_sent_twice_at_once_is_written_once(world: World, browsers: Callable[[], Client]) -> None:
    token = str(uuid.uuid4())
    url = f"/projets/{world.project.slug}/checklist/actions/2.1.1/messages/"
    answers = together(6, lambda number: browsers().post(url, {"text": "Bonjour", "token": token}).status_code)
    assert answers == [302] * 6
    with elevated():
        assert Comment.objects.filter(token=token).count() == 1


def test_a_deposit_sent_twice_at_once_is_written_once(world: World, browsers: Callable[[], Client]) -> None:
    token = str(uuid.uuid4())
    url = f"/projets/{world.project.slug}/checklist/resultats/{world.own.deliverable.pk}/"

    def send(number: int) -> int:
        file = SimpleUploadedFile("note.pdf", b"%PDF-1.7 note")
        return browsers().post(url, {"kind": "file", "file": file, "token": token}).status_code

    answers = together(6, send)
    with elevated():
        assert Deposit.objects.filter(token=token).count() == 1
    assert answers == [302] * 6


def test_a_view_kept_twice_at_once_is_kept_once(world: World, browsers: Callable[[], Client]) -> None:
    url = f"/projets/{world.project.slug}/checklist/vues/?vue=ko"
    answers = together(6, lambda number: browsers().post(url, {"name": "Ce qui bloque"}).status_code)
    assert answers == [302] * 6
    with elevated():
        assert SavedView.objects.filter(project=world.project, user=world.lead).count() == 1


def test_two_selections_that_cross_at_once_are_never_written_in_part(
    world: World, browsers: Callable[[], Client]
) -> None:
    """Who comes second changes nothing, not even the actions that the first left alone."""
    url = f"/projets/{world.project.slug}/checklist/lot/"
    numbers = [("2.2.1", "2.2.2", "3.1.1"), ("3.1.1", "3.1.2", "2.2.1")]
    actions = {number: world.action(number) for pair in numbers for number in pair}

    def change(index: int) -> int:
        chosen = [f"{actions[number].pk}:1" for number in numbers[index % 2]]
        return browsers().post(url, {"change": "status", "status": STATUSES[index % 2], "action": chosen}).status_code

    answers = together(6, change)
    written = {number: world.action(number) for number in actions}
    winner = written["2.2.1"].state
    untouched = next(number for number, action in written.items() if action.version == 1)
    assert answers.count(302) == 1
    assert set(answers) == {302, 409}
    assert untouched == ("3.1.2" if winner == STATUSES[0] else "2.2.2")
    assert [action.state for number, action in written.items() if number != untouched] == [winner] * 3


def test_a_spreadsheet_confirmed_several_times_at_once_is_applied_once(
    world: World, browsers: Callable[[], Client]
) -> None:
    url = f"/projets/{world.project.slug}/checklist/import/{world.own.received.pk}/"
    seen = browsers().get(url).context["view"].seen
    answers = together(6, lambda number: browsers().post(url, {"seen": seen}).status_code)
    assert set(answers) <= {302, 409, 422}
    assert 302 in answers
    with elevated():
        changed = Action.objects.filter(project=world.project, number__in=[item.split(":")[0] for item in seen.split()])
        assert {action.version for action in changed} == {2}


def test_an_alert_raised_by_two_at_once_is_one(world: World, browsers: Callable[[], Client]) -> None:
    url = f"/projets/{world.project.slug}/checklist/actions/{world.own.action.number}/alerte/"

    def tell(number: int) -> int:
        posted = {"severity": "warning", "text": f"Message {number}", "token": str(uuid.uuid4())}
        return browsers().post(url, posted).status_code

    answers = together(6, tell)
    assert sorted(answers) == [302, 422, 422, 422, 422, 422]
    with elevated():
        assert Alert.objects.open().filter(source_id=world.own.action.pk).count() == 1
