"""Several sendings at the same moment."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from common.ids import new_id
from common.scope import elevated
from indicators.models import PushKey
from organisations.enums import Role
from tests.harness.indicators import RATE, RECORDS
from tests.harness.threads import together
from tests.harness.world import SLUG, World
from tests.indicators.sending import Software, key_for, sendings, stored

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = f"/projets/{SLUG}/structures/foyer/indicateurs/cles/"


def rate(numerator: int) -> dict[str, Any]:
    return {"indicator": RATE, "numerator": numerator, "denominator": 72}


def ready(world: World) -> str:
    key = key_for(world.project, world.own.structures[0], world.person(Role.ESMS_DIRECTOR))
    Software(key).post("[")  # one alone meets the middleware first
    return key


def test_the_same_sending_four_times_at_once_is_taken_in_once(world: World) -> None:
    key = ready(world)
    answers = together(4, lambda index: Software(key).send(rate(67), reference="octobre"))
    assert Counter(answer.status_code for answer in answers) == {200: 4}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert (sendings(), stored(world.own.indicator_work[0].statement)[RATE]) == (1, (67, 72, ""))


def test_one_reference_for_two_contents_at_once_keeps_one(world: World) -> None:
    key = ready(world)
    answers = together(2, lambda index: Software(key).send(rate(60 + index), reference="octobre"))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 1}
    kept = next(index for index, answer in enumerate(answers) if answer.status_code == 200)
    assert stored(world.own.indicator_work[0].statement)[RATE] == (60 + kept, 72, "")


def test_two_software_at_once_write_one_figure_each_and_one_of_the_same(world: World) -> None:
    keys = [ready(world), key_for(world.project, None, world.lead)]
    lines = [
        {"indicator": RECORDS, "numerator": 1, "denominator": 2},
        {"indicator": "tickets_created_count", "value": 3},
    ]
    answers = together(2, lambda index: Software(keys[index]).send(rate(60), lines[index], structure="foyer"))
    assert [answer.status_code for answer in answers] == [200, 200]
    found = stored(world.own.indicator_work[0].statement)
    assert (found[RATE], found[RECORDS], found["tickets_created_count"]) == ((60, 72, ""), (1, 2, ""), (3, None, ""))
    assert sorted(len(answer.json()["unchanged"]) for answer in answers) == [0, 1]  # who came second


def test_a_form_posted_twice_at_once_makes_one_key_that_both_see(world: World) -> None:
    cookie = world.sessions[world.person(Role.ESMS_DIRECTOR).email]
    form = {"label": "DUI", "expires_on": timezone.localdate().isoformat(), "token": str(new_id())}
    ready(world)

    def post(index: int) -> str:
        client = Client()
        client.cookies["sessionid"] = cookie
        answer = client.post(f"{KEYS}donner/", form)
        assert answer.status_code == 200
        return answer.content.decode().split('value="dui_')[1].split('"')[0]

    assert len(set(together(2, post))) == 1
    with elevated():
        assert PushKey.objects.filter(label="DUI").count() == 1
