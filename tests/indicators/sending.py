"""A software that sends figures. Each of its answers is held against the OpenAPI document, and so is each request that
was taken in."""

import itertools
import json
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import fastjsonschema
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.ids import new_id
from common.scope import elevated
from indicators.models import Cell, Figure, Push, PushKey, Statement
from indicators.openapi import document
from indicators.selectors.keys import digest_of
from indicators.services.keys import HINT, issue_key
from organisations.models import ESMS, Project, User, place_of
from tests.harness.indicators import current_period

ADDRESS = "/api/v1/indicateurs/releves/"
_numbers = itertools.count(1)


@cache
def schema(name: str) -> Callable[[Any], Any]:
    """What a part of the document says of a value; it raises for what is otherwise."""
    found = document("http://testserver" + ADDRESS)
    return fastjsonschema.compile({"$ref": f"#/components/schemas/{name}", "components": found["components"]})


def key_for(project: Project, esms: ESMS | None, by: User, **values: Any) -> str:
    """A key of a structure, or of the vendor; with `values`, as one that was given otherwise."""
    with elevated():
        row, key = issue_key(
            project=project,
            esms=esms,
            label="DUI de test",
            expires_on=timezone.localdate() + timedelta(days=90),
            token=new_id(),
            by=by,
        )
        if values:
            PushKey.objects.filter(pk=row.pk).update(**values)
    return key


class Software:
    """Sends with one key."""

    def __init__(self, key: str, client: Client | None = None) -> None:
        self.key = key
        self.client = client or Client()

    def post(self, body: bytes | str, reference: str | None = None, **headers: str) -> HttpResponse:
        sent = {
            "Authorization": f"Bearer {self.key}",
            "Idempotency-Key": reference or f"envoi-{next(_numbers)}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        kind = sent.pop("Content-Type", "application/json")
        answer = self.client.post(reverse("indicator_push"), body, content_type=kind, headers=sent)
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
        if answer.status_code == 200:
            schema("Sending")(json.loads(body))
            schema("Receipt")(answer.json())
        else:
            assert answer["Content-Type"] == "application/problem+json"
            schema("Problem")(answer.json())
            assert answer.json()["status"] == answer.status_code
            assert answer.json()["type"].rsplit("#")[0].endswith(reverse("indicator_push_guide"))
        return answer

    def send(self, *values: Any, reference: str | None = None, **more: Any) -> HttpResponse:
        """These values, for the month that is being collected unless `more` says otherwise."""
        body = {"period": current_period().code, "values": list(values), **more}
        return self.post(json.dumps(body), reference)


def stored(statement: Statement) -> dict[str, tuple[Any, ...]]:
    """What a statement holds: by code, its amount, its base, and its text or why it is absent."""
    with elevated():
        rows = Figure.objects.filter(statement=statement).select_related("indicator")
        return {row.indicator.code: (row.amount, row.base, row.text or row.why) for row in rows}


def cells(statement: Statement, code: str) -> dict[str, int]:
    with elevated():
        rows = Cell.objects.filter(figure__statement=statement, figure__indicator__code=code)
        return {row.value: int(row.amount) for row in rows}


def sendings() -> int:
    """How many were kept."""
    with elevated():
        return Push.objects.count()


def many_keys(esms: ESMS, by: User, number: int) -> None:
    with elevated():
        PushKey.objects.bulk_create(
            PushKey(
                **place_of(esms),
                place=esms.pk,
                label=f"Clé {index}",
                digest=digest_of(f"{esms.pk}{index}{next(_numbers)}"),
                hint="dui_abcdefgh"[:HINT],
                issued_by=by,
                expires_on=timezone.localdate() + timedelta(days=index),
            )
            for index in range(number)
        )
