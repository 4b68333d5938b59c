"""Fifty browsers on one action, and one form sent twice at the same moment."""

import uuid
from collections import Counter
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from checklist.enums import Status
from checklist.models import Action, Comment, Deposit
from common.scope import elevated
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
