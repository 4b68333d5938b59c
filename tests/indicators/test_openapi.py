"""The OpenAPI document and the guide. The other tests of sendings hold their requests and answers against it."""

import re

import fastjsonschema
import pytest
from django.conf import settings
from django.test import Client

from indicators.openapi import EXAMPLE, TITLES
from indicators.pushed import read
from indicators.views.push import STATUSES
from tests.indicators.sending import ADDRESS, schema

DOCUMENT, GUIDE = "/api/v1/indicateurs/openapi.json", "/api/v1/indicateurs/"
pytestmark = pytest.mark.django_db


def test_the_document_is_public_and_names_the_address() -> None:
    answer = Client().get(DOCUMENT)
    assert answer["Content-Type"] == "application/json"
    found = answer.json()
    assert found["openapi"] == "3.1.0"
    [(path, item)] = found["paths"].items()
    assert found["servers"][0]["url"] + path == settings.SITE_URL + ADDRESS
    assert list(item) == ["post"]
    assert found["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_all_that_it_refers_to_is_there() -> None:
    answer = Client().get(DOCUMENT)
    names = set(re.findall(r'"#/components/schemas/(\w+)"', answer.content.decode()))
    assert names == set(answer.json()["components"]["schemas"])


def test_each_refusal_has_its_status_there() -> None:
    responses = Client().get(DOCUMENT).json()["paths"][ADDRESS]["post"]["responses"]
    assert set(responses) == {"200", "400", "401", "404", "405", "409", "413", "415", "422"}
    assert {str(status) for status, _ in STATUSES.values()} < set(responses)
    assert {code for _, code in STATUSES.values()} < set(TITLES)


def test_its_example_is_one_that_is_read() -> None:
    example = Client().get(DOCUMENT).json()["paths"][ADDRESS]["post"]["requestBody"]["content"]["application/json"]
    schema("Sending")(example["example"])
    page = Client().get(GUIDE).content.decode()
    body = page.split("-d &#x27;")[1] if "-d &#x27;" in page else page.split("-d '")[1]
    body = re.split("'</code>|&#x27;</code>", body)[0].replace("&quot;", '"')
    sending = read(body.encode())
    assert (sending.structure, len(sending.lines)) == (EXAMPLE["structure"], len(EXAMPLE["values"]))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"period": "octobre", "values": [{"indicator": "a"}]},
        {"period": "2026-10", "values": []},
        {"period": "2026-10", "values": [{"indicator": "a", "valeur": 1}]},
        {"period": "2026-10", "values": [{"indicator": "a", "value": "1"}]},
        {"period": "2026-10", "values": [{"indicator": "a", "value": -1}]},
        {"period": "2026-10", "values": [{"indicator": "a", "breakdown": {"b": {"numerator": 1}}}]},
        {"period": "2026-10", "values": [{"indicator": "a", "absence": {"kind": "perdu"}}]},
    ],
)
def test_it_refuses_what_is_refused_whatever_the_definitions(body: object) -> None:
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        schema("Sending")(body)


def test_the_guide_is_public_and_explains_each_refusal_where_answers_point() -> None:
    page = Client().get(GUIDE).content.decode()
    assert "Le DUI peut envoyer ses chiffres lui-même" in page
    assert DOCUMENT in page
    for code, title in TITLES.items():
        assert f'id="{code}"' in page
        assert title in page
