"""Ask each address as each actor, and compare with the table."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from organisations.enums import Role
from organisations.models import User
from tests.harness.world import FOREIGN_SLUG, SLUG, World
from tests.walker.base import (
    ANONYMOUS,
    ENDED,
    FORBIDDEN,
    FOREIGN_LEAD,
    LEAD,
    MEMBERS,
    OBSERVER,
    OUTSIDERS,
    RIVAL_DIRECTOR,
    Answers,
    OpenRow,
    Row,
)

MISSING_SLUG = "projet-absent"
OTHER_METHODS = ("put", "patch", "delete")
ASK_OTHER_METHODS = (LEAD, OBSERVER, FOREIGN_LEAD, ANONYMOUS)  # refused to all alike: four tell enough


@dataclass(frozen=True)
class Difference:
    """An answer that isn't the table's."""

    method: str
    path: str
    actor: str
    wanted: object
    got: object

    def __str__(self) -> str:
        return f"{self.actor}: {self.method} {self.path} → {self.got}, expected {self.wanted}"


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern with its whole route."""
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLPattern):
            yield f"{prefix}{item.pattern}", item
        else:
            yield from patterns(item, f"{prefix}{item.pattern}")


@contextmanager
def undone() -> Iterator[None]:
    """What is written in the block is not kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Browser(RequestFactory):
    """Asks and answers, without the copy of every template's context that Django's test client keeps."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **request: Any) -> HttpResponse:
        answer = self.handler(self._base_environ(**request))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.said = body.decode("utf-8", "replace")  # a file is read to its end, and closed
        return answer


class Walker:
    """One browser that takes the place of one actor after another."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = Browser()
        self.people: dict[str, User] = {role.value: user for role, user in world.own.people.items()}
        self.people |= {
            RIVAL_DIRECTOR: world.rival_director,
            FOREIGN_LEAD: world.foreign.people[Role.PROJECT_LEAD],
            "ended": world.ended,
            "invited": world.invited,
            "superuser": world.superuser,
        }

    def ask(self, actor: str, method: str, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
        self.client.cookies.clear()
        if actor != ANONYMOUS:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.world.sessions[self.people[actor].email]
        with undone():
            return getattr(self.client, method)(path, data or {})

    # --- Addresses of a project ---

    def differences(self, row: Row, actors: Iterable[str]) -> Iterator[Difference]:
        """What this row's addresses answer otherwise than the table says, to these actors, as it is found."""
        for actor in actors:
            yield from self._at(row, actor, self._path(row, SLUG, row.place(self.world)))
            yield from self._strangers(row, actor)

    def _at(self, row: Row, actor: str, path: str) -> Iterator[Difference]:
        for method, answers in (("get", row.get), ("post", row.post)):
            data = row.body(self.world) if method == "post" else None
            yield from self._check(actor, method, path, expected(row, answers, actor), data)
        if actor in ASK_OTHER_METHODS:
            wanted = expected(row, row.get, actor)
            entered = wanted not in {302, 403, 404} or (wanted == 302 and actor != ANONYMOUS)
            for method in OTHER_METHODS:
                yield from self._check(actor, method, path, 405 if entered else wanted)
            if wanted == 200:
                yield from self._check(actor, "head", path, 200)

    def _strangers(self, row: Row, actor: str) -> Iterator[Difference]:
        """The other project's addresses, and its ids under one's own: nothing that a missing one wouldn't answer."""
        method, answers = ("post", row.post) if 405 in row.get else ("get", row.get)
        data = row.body(self.world) if method == "post" else None
        wanted = expected(row, answers, actor)
        inside = wanted not in {302, 403, 404} or (wanted == 302 and actor != ANONYMOUS)
        outside = 302 if actor == ANONYMOUS else 404
        if actor != FOREIGN_LEAD:
            foreign, missing = (self._path(row, slug, row.place(self.world)) for slug in (FOREIGN_SLUG, MISSING_SLUG))
            yield from self._pair(actor, method, foreign, missing, outside, data)
        if row.missing and (inside or actor in ASK_OTHER_METHODS):
            places = (row.strange or row.missing, row.missing)
            strange, missing = (self._path(row, SLUG, place(self.world)) for place in places)
            yield from self._pair(actor, method, strange, missing, outside if inside else wanted, data)

    def _pair(
        self, actor: str, method: str, strange: str, missing: str, wanted: int, data: dict[str, Any] | None
    ) -> Iterator[Difference]:
        answer = self.ask(actor, method, strange, data)
        if answer.status_code != wanted and not (wanted == 403 and answer.status_code == 404):
            yield Difference(method, strange, actor, wanted, answer.status_code)
        yield from self._leaks(actor, method, strange, answer)
        if actor in {LEAD, ENDED}:  # the page of an answer doesn't depend on who reads it
            same = self.ask(actor, method, missing, data)
            if (answer.status_code, shape(answer, strange)) != (same.status_code, shape(same, missing)):
                yield Difference(method, strange, actor, f"the same as {missing}", "another answer")

    def _path(self, row: Row, slug: str, place: dict[str, Any]) -> str:
        return reverse(row.name, kwargs={"slug": slug, **place})

    # --- Addresses of no project ---

    def open_differences(self, row: OpenRow, actors: tuple[str, ...]) -> list[Difference]:
        found: list[Difference] = []
        path = reverse(row.name, kwargs=row.place(self.world))
        for actor in actors:
            visitor = actor == ANONYMOUS
            get, post = (row.visitor, row.visitor_post) if visitor else (row.signed_in, row.signed_in_post)
            post = 302 if actor == row.welcomes else post
            found += self._check(actor, "get", path, get, tells=row.tells)
            found += self._check(actor, "post", path, post, tells=row.tells)
        return found

    # --- Both ---

    def _check(
        self, actor: str, method: str, path: str, wanted: int, data: dict[str, Any] | None = None, tells: str = ""
    ) -> Iterator[Difference]:
        answer = self.ask(actor, method, path, data)
        if answer.status_code != wanted:
            yield Difference(method, path, actor, wanted, answer.status_code)
        if actor == ANONYMOUS and wanted == 302 and not answer.get("Location", "").startswith("/compte/connexion/"):
            yield Difference(method, path, actor, "the sign-in page", answer.get("Location"))
        yield from self._leaks(actor, method, path, answer, tells)

    def _leaks(self, actor: str, method: str, path: str, answer: HttpResponse, tells: str = "") -> Iterator[Difference]:
        said = words(answer).lower()
        for canary in FORBIDDEN[actor]:
            if canary.lower() in said and canary != tells:
                yield Difference(method, path, actor, f"no {canary}", f"{canary} in an answer {answer.status_code}")


def expected(row: Row, answers: Answers, actor: str) -> int:
    """The status that the table gives this actor."""
    if actor == ANONYMOUS:
        return 302
    if actor in OUTSIDERS:
        return 404
    assert actor in MEMBERS
    return next((status for status, actors in answers.items() if actor in actors), row.otherwise)


def words(answer: HttpResponse) -> str:
    """Everything in an answer that a person could read: headers and body, a file's included."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{answer.said}"


def shape(answer: HttpResponse, path: str) -> str:
    """The body without what differs from one request to the next, and without the address itself."""
    tokens = r'(name="(?:csrfmiddlewaretoken|token)" value="|X-CSRFToken": ")[^"]*'
    text = re.sub(tokens, r"\1", answer.said.replace(path, "PATH"))
    return f"{answer.get('Location', '').replace(path, 'PATH')}\n{text}"
