"""What a software is refused, in words, and that nothing of it is stored."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from common.scope import elevated
from indicators.models import Campaign, Indicator, Statement
from organisations.enums import Role
from organisations.models import ESMS
from tests.harness.indicators import RATE, RECORDS, SLOTS, TEXT, current_period
from tests.harness.world import FOREIGN, World
from tests.indicators.sending import ADDRESS, Software, key_for, sendings, stored

pytestmark = pytest.mark.django_db
GOOD = {"indicator": RATE, "numerator": 67, "denominator": 72}


@pytest.fixture
def dui(world: World) -> Software:
    return Software(key_for(world.project, world.own.structures[0], world.person(Role.ESMS_DIRECTOR)))


@pytest.fixture
def vendor(world: World) -> Software:
    return Software(key_for(world.project, None, world.lead))


@pytest.fixture
def statement(world: World) -> Statement:
    return world.own.indicator_work[0].statement


@pytest.fixture(autouse=True)
def nothing_is_stored(world: World) -> Iterator[None]:
    """Not one of these leaves a figure or a receipt behind."""
    before = [stored(work.statement) for work in world.own.indicator_work]
    yield
    assert [stored(work.statement) for work in world.own.indicator_work] == before
    assert sendings() == 0


# --- Who sends --------------------------------------------------------------------------------------------------------


def test_an_unknown_an_expired_and_a_revoked_key_are_answered_the_same(world: World) -> None:
    esms, director, now = world.own.structures[0], world.person(Role.ESMS_DIRECTOR), timezone.now()
    keys = {
        "unknown": "dui_" + "a" * 43,
        "expired": key_for(world.project, esms, director, expires_on=timezone.localdate() - timedelta(days=1)),
        "revoked": key_for(world.project, esms, director, revoked_at=now, revoked_by=director),
        "empty": "",
        "strange": "clé dui é".encode().decode("latin-1"),
        "endless": "d" * 5000,
    }
    answers = {name: Software(key).send(GOOD) for name, key in keys.items()}
    assert {answer.status_code for answer in answers.values()} == {401}
    assert len({answer.content for answer in answers.values()}) == 1
    assert answers["revoked"]["WWW-Authenticate"] == "Bearer"
    without = Client().post(ADDRESS, json.dumps({}), content_type="application/json")
    assert (without.status_code, without.content) == (401, answers["revoked"].content)


def test_a_key_is_good_through_its_last_day(world: World) -> None:
    key = key_for(world.project, world.own.structures[0], world.lead, expires_on=timezone.localdate())
    assert Software(key).post("[").status_code == 400  # past the key


def test_the_key_is_never_logged(dui: Software, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        dui.send(GOOD, structure="atelier")
        dui.post("pas du JSON")
    assert dui.key not in caplog.text


# --- For whom ---------------------------------------------------------------------------------------------------------


def test_a_structure_of_others_is_answered_as_one_that_does_not_exist(
    dui: Software, vendor: Software, world: World
) -> None:
    others = {
        "nowhere": (dui, "absente"),
        "of the same OG": (dui, "atelier"),
        "of another OG": (dui, "foyer-aval"),
        "of another project": (dui, "ailleurs-seulement"),
        "of another project, for the vendor": (vendor, "ailleurs-seulement"),
        "nowhere, for the vendor": (vendor, "absente"),
    }
    answers = [software.send(GOOD, structure=slug) for software, slug in others.values()]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert FOREIGN not in answers[0].content.decode()


def test_the_vendor_says_which_structure(vendor: Software) -> None:
    answer = vendor.send(GOOD)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/structure"


# --- How --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_only_post_is_taken(method: str) -> None:
    answer = getattr(Client(), method)(ADDRESS)
    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")
    assert "POST" in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers", [{"Content_Type": "text/plain"}, {"Content_Type": "multipart/form-data"}, {"Content_Encoding": "gzip"}]
)
def test_only_json_is_taken(dui: Software, headers: dict[str, str]) -> None:
    answer = dui.post("{}", **headers)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_no_more_than_64_kio_is_taken(dui: Software) -> None:
    answer = dui.post(json.dumps({"period": "2026-10", "values": [{**GOOD, "text": "a" * 70_000}]}))
    assert answer.status_code == 413
    assert "64 kio" in answer.json()["detail"]


@pytest.mark.parametrize("reference", [" ", "é".encode().decode("latin-1"), "a" * 81, "deux mots"])
def test_a_reference_is_needed(dui: Software, reference: str) -> None:
    answer = dui.post("{}", reference)
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b" ", "ligne 1"),
        (b'{"period": "2026-10",', "ligne 1"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"period": NaN}', "NaN"),
        (b"[" * 60_000, "crochets"),
        (b'{"period": "2026-10", "period": "2026-11"}', "deux fois"),
    ],
)
def test_what_is_no_json_is_said_to_be_none(dui: Software, body: bytes, said: str) -> None:
    answer = dui.post(body)
    assert answer.status_code == 400
    assert said in answer.json()["detail"]


# --- What -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "pointer", "said"),
    [
        ("rien", "", "un objet"),
        ({}, "/indicator", "code"),
        ({"indicator": "inconnu", "value": 1}, "/indicator", "pas demandé"),
        ({"indicator": "risks_open_count", "value": 1}, "/indicator", "pas demandé"),  # computed
        ({"indicator": "connection_rates", "value": 1}, "/indicator", "pas demandé"),
        ({**GOOD, "valeur": 1}, "/valeur", "pas attendu"),
        ({**GOOD, "a/b~c": 1}, "/a~1b~0c", "pas attendu"),
        ({"indicator": RATE, "value": 93}, "/value", "deux termes"),
        ({"indicator": RATE, "numerator": 67}, "/denominator", "il manque"),
        ({**GOOD, "denominator": 60}, "/numerator", "dépasse le dénominateur"),
        ({**GOOD, "denominator": 0, "numerator": 0}, "/denominator", "non concerné"),
        ({**GOOD, "numerator": "67"}, "/numerator", "sans guillemets"),
        ({**GOOD, "numerator": True}, "/numerator", "sans guillemets"),
        ({**GOOD, "numerator": -1}, "/numerator", "négative"),
        ({**GOOD, "numerator": 0.125}, "/numerator", "Deux décimales"),
        ({**GOOD, "denominator": 1e12}, "/denominator", "trop grand"),
        ({"indicator": "tickets_created_count", "value": 1.5}, "/value", "nombre entier"),
        ({"indicator": "tickets_created_count", "value": 1, "denominator": 4}, "/denominator", "valeur"),
        ({"indicator": "tickets_created_count"}, "/value", "manque"),
        (
            {"indicator": "tickets_created_count", "value": 5, "breakdown": {"night": 5}},
            "/breakdown",
            "ne se ventile pas",
        ),
        ({"indicator": SLOTS, "value": 5}, "/breakdown", "chaque part"),
        ({"indicator": SLOTS, "value": 5, "breakdown": {"night": 4}}, "/breakdown", "le total dit 5"),
        ({"indicator": SLOTS, "breakdown": {"midi": 4}}, "/breakdown", "midi"),
        ({"indicator": SLOTS, "breakdown": {"night": "4"}}, "/breakdown/night", "sans guillemets"),
        ({"indicator": SLOTS, "breakdown": {"night": {"numerator": 1, "denominator": 2}}}, "/breakdown/night", "seul"),
        ({"indicator": SLOTS, "breakdown": {}}, "/breakdown", "Un objet"),
        ({**GOOD, "breakdown": {"psychologist": 4}}, "/breakdown/psychologist", "deux termes"),
        ({**GOOD, "breakdown": {"psychologist": {"numerator": 4}}}, "/breakdown/psychologist/denominator", "manque"),
        ({"indicator": RATE, "absence": {"kind": "unavailable"}}, "/absence/why", "pourquoi"),
        ({"indicator": RATE, "absence": {"kind": "perdu", "why": "?"}}, "/absence/kind", "L’un de"),
        ({"indicator": RATE, "absence": "nd"}, "/absence", "Un objet"),
        ({**GOOD, "absence": {"kind": "unavailable", "why": "Panne"}}, "/numerator", "rien d’autre"),
        ({"indicator": TEXT, "text": "  "}, "/text", "Rien à signaler"),
        ({"indicator": TEXT, "text": "a" * 1001}, "/text", "1000 signes"),
        ({"indicator": TEXT, "text": "nul \x00"}, "/text", "ne s’écrit pas"),
        ({"indicator": TEXT, "text": "moitié \ud83d"}, "/text", "ne s’écrit pas"),
        ({"indicator": TEXT, "text": "Bonjour", "severity": "grave"}, "/severity", "critical"),
        ({"indicator": TEXT, "value": 4}, "/text", "point d’attention"),
    ],
)
def test_a_value_is_refused_where_it_is_wrong(dui: Software, value: Any, pointer: str, said: str) -> None:
    answer = dui.send({"indicator": RECORDS, "numerator": 1, "denominator": 2}, value)
    assert answer.status_code == 422
    errors = {error["pointer"]: error for error in answer.json()["errors"]}
    error = errors[f"/values/1{pointer}"]
    assert said in error["detail"]
    assert error["detail"].endswith((".", "}"))
    if isinstance(value, dict) and "indicator" in value:
        assert error["indicator"] == value["indicator"]


@pytest.mark.parametrize("number", ["1e400", "1e-400", "-1e400", "1e999999999", "9" * 5000, "1e99999999999999999999"])
def test_a_number_of_no_sense_is_refused_at_once(dui: Software, number: str) -> None:
    split = f'{{"indicator": "{SLOTS}", "breakdown": {{"night": {number}}}}}'
    answer = dui.post(f'{{"period": "{current_period().code}", "values": [{split}]}}')
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/values/0/breakdown/night"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], ""),
        ({"values": [GOOD]}, "/period"),
        ({"period": "octobre", "values": [GOOD]}, "/period"),
        ({"period": "2026-13", "values": [GOOD]}, "/period"),
        ({"period": "9999-12", "values": [GOOD]}, "/period"),
        ({"period": 2026, "values": [GOOD]}, "/period"),
        ({"period": "2026-10"}, "/values"),
        ({"period": "2026-10", "values": []}, "/values"),
        ({"period": "2026-10", "values": [{"indicator": f"i{number}"} for number in range(101)]}, "/values"),
        ({"period": "2026-10", "values": [GOOD, GOOD]}, "/values/1/indicator"),
        ({"period": "2026-10", "values": [GOOD], "structure": "a/b"}, "/structure"),
        ({"period": "2026-10", "values": [GOOD], "structure": 4}, "/structure"),
        ({"period": "2026-10", "values": [GOOD], "periode": "2026-10"}, "/periode"),
    ],
)
def test_a_body_is_refused_where_it_is_wrong(dui: Software, body: Any, pointer: str) -> None:
    answer = dui.post(json.dumps(body))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_all_that_is_wrong_is_said_at_once_and_what_is_right_is_not_stored(dui: Software) -> None:
    answer = dui.send(
        {"indicator": RECORDS, "numerator": 1, "denominator": 2},
        {"indicator": RATE, "numerator": 80, "denominator": 72},
        {"indicator": SLOTS, "value": 5},
        {"indicator": "inconnu", "value": 5},
    )
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "/values/1/numerator",
        "/values/2/breakdown",
        "/values/3/indicator",
    ]
    assert "3 points sont à corriger" in answer.json()["detail"].replace("\xa0", " ")


def test_an_indicator_given_up_or_not_due_yet_is_not_asked(dui: Software, world: World) -> None:
    with elevated():
        Indicator.objects.filter(project=world.project, code=RATE).update(active=False)
        ESMS.objects.filter(pk=world.own.structures[0].pk).update(opened_on=timezone.localdate())
    answer = dui.send(GOOD, {"indicator": RECORDS, "numerator": 1, "denominator": 2})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/values/0/indicator", "/values/1/indicator"]


# --- When -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "said"), [("given", "est rendu"), ("submitted", "soumis à la direction")])
def test_a_statement_that_is_done_is_closed_to_software(
    dui: Software, statement: Statement, status: str, said: str
) -> None:
    with elevated():
        Statement.objects.filter(pk=statement.pk).update(
            status=status, given_at=timezone.now(), first_given_at=timezone.now()
        )
    answer = dui.send(GOOD)
    assert answer.status_code == 409
    assert said in answer.json()["detail"]


def test_a_collection_that_is_over_says_who_opens_it(dui: Software, world: World, statement: Statement) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with elevated():
        Campaign.objects.filter(pk=statement.campaign_id).update(due_on=yesterday, closes_on=yesterday)
    answer = dui.send(GOOD)
    assert answer.status_code == 409
    assert "le chef de projet peut la rouvrir" in answer.json()["detail"]


def test_a_period_that_is_not_collected_is_named(dui: Software, world: World) -> None:
    answer = dui.send(GOOD, period="2031-T2")
    assert (answer.status_code, "2e trimestre 2031" in answer.json()["detail"]) == (409, True)
    assert dui.send(GOOD, period=current_period().previous.code).status_code == 409  # given


def test_a_structure_that_is_not_asked_is_told_so(dui: Software, world: World) -> None:
    with elevated():
        campaign = Campaign.objects.get(pk=world.own.indicators.current.pk)
        other = current_period().next
        Campaign.objects.create(
            project=world.project,
            frequency=other.frequency,
            period_start=other.start,
            opens_on=campaign.opens_on,
            due_on=campaign.due_on,
            closes_on=campaign.closes_on,
        )
    answer = dui.send(GOOD, period=current_period().next.code)
    assert (answer.status_code, "Aucun relevé n’est demandé" in answer.json()["detail"]) == (409, True)
