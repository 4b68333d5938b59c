"""Nobody overwrites what they have not seen."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from checklist.enums import Status
from checklist.models import Action
from checklist.services import edit, set_status
from common.errors import Conflict
from common.scope import elevated
from common.versions import change
from organisations.access import acting_as
from organisations.models import User
from tests.harness.threads import together
from tests.harness.world import World

CLIENTS = 50


@pytest.mark.django_db
def test_a_change_under_the_version_read_is_written_and_counts_up(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.get(number="2.1.1")
        changed = change(action, version=1, note="Vu au COMOP")
        assert (changed.version, changed.note) == (2, "Vu au COMOP")
        fresh = Action.objects.get(number="2.1.1")
        assert (fresh.version, fresh.note) == (2, "Vu au COMOP")


@pytest.mark.django_db
def test_a_change_under_an_older_version_holds_both_values_and_writes_nothing(world: World) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.get(number="2.1.1")
        change(Action.objects.get(number="2.1.1"), version=1, note="Le texte de l’autre")
        with pytest.raises(Conflict) as conflict:
            change(action, version=1, note="Le mien")
        assert conflict.value.current.note == "Le texte de l’autre"
        assert conflict.value.current.version == 2
        assert conflict.value.attempted == {"note": "Le mien"}
        assert Action.objects.get(number="2.1.1").note == "Le texte de l’autre"


@pytest.mark.django_db
@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_version_that_never_was_is_a_conflict(world: World, version: int) -> None:
    with acting_as(world.lead.pk), pytest.raises(Conflict):
        change(Action.objects.get(number="2.1.1"), version=version, note="x")


@pytest.mark.django_db(transaction=True)
def test_fifty_ticks_at_once_one_wins_and_the_others_see_both_values(world: World) -> None:
    """Round after round on the same action, each client from the version it has just read."""
    statuses = [Status.OK, Status.KO, Status.IN_PROGRESS, Status.TODO]
    with acting_as(world.lead.pk):
        read = Action.objects.get(number="2.1.1")

    def tick(number: int) -> Any:
        with acting_as(world.lead.pk):
            mine = Action.objects.get(pk=read.pk)
            try:
                set_status(action=mine, version=read.version, status=statuses[number % 4], user=world.lead)
            except Conflict as conflict:
                return conflict
            return statuses[number % 4]

    answers = together(CLIENTS, tick)
    won = [answer for answer in answers if isinstance(answer, Status)]
    lost = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(won) == 1
    assert len(lost) == CLIENTS - 1
    with elevated():
        stored = Action.objects.get(pk=read.pk)
        versions = stored.history.order_by("pgh_id").values_list("version", flat=True)
        assert (stored.status, stored.version) == (won[0], 2)
        assert list(versions)[-2:] == [1, 2]
    for conflict in lost:
        assert conflict.current.status == won[0]
        assert conflict.attempted["status"] in statuses


class Tally:
    """Each client adds its number to a note that others add to as well: any lost update shows as a missing number."""

    def __init__(self, world: World) -> None:
        self.lead: User = world.lead
        with acting_as(self.lead.pk):
            self.action_id = Action.objects.get(number="2.1.2").pk

    def read(self) -> Action:
        return Action.objects.get(pk=self.action_id)

    def numbers(self) -> Counter[str]:
        with acting_as(self.lead.pk):
            return Counter(self.read().note.split())


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_who_try_again_lose_nothing(world: World) -> None:
    tally = Tally(world)

    def add(number: int) -> None:
        while True:
            with acting_as(tally.lead.pk):
                action = tally.read()
                try:
                    edit(action=action, version=action.version, field="note", value=f"{action.note} {number}".strip())
                except Conflict:
                    continue
                return

    together(20, add)
    assert tally.numbers() == Counter(str(number) for number in range(20))


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_updates_are_lost(world: World) -> None:
    """The same race on plain `save()`: if nothing were lost here, the test above would prove nothing."""
    tally = Tally(world)
    all_have_read = threading.Barrier(CLIENTS, timeout=60)

    def add(number: int) -> None:
        with acting_as(tally.lead.pk):
            action = tally.read()
            all_have_read.wait()
            action.note = f"{action.note} {number}".strip()
            action.save()

    together(CLIENTS, add)
    assert sum(tally.numbers().values()) < CLIENTS


@pytest.mark.django_db
def test_a_change_is_one_query(world: World, django_assert_num_queries) -> None:
    with acting_as(world.lead.pk):
        action = Action.objects.get(number="2.1.1")
        with django_assert_num_queries(1, connection=connection):
            change(action, version=1, note="x")
