"""Journeys in Chromium, in the demonstration world, on a live server: what a person does, from sign-in to result."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser

from dui_deploy.demo import source
from organisations.models import User
from tests.browser.demonstration import Demonstration
from tests.browser.visitor import Visitor
from tests.browser.worker import Worker
from tests.conftest import LOGIN_BACKEND

# Playwright keeps an event loop in the thread of the tests, where Django would then refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `make test` found, otherwise the system's."""
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or "/usr/bin/chromium"
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def demonstration_rows(django_db_setup: None, django_db_blocker: Any) -> Demonstration:
    """The rows of the demonstration world, loaded once."""
    rows = Demonstration()
    with django_db_blocker.unblock():
        rows.load()
    return rows


@pytest.fixture
def demonstration(transactional_db: None, demonstration_rows: Demonstration) -> None:
    """The demonstration world, fresh, in the database of the test."""
    demonstration_rows.put()


@pytest.fixture
def visit(browser: Browser, demonstration: None, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """`visit("lead")`: a browser of its own in which that person of demo.yaml is signed in; `visit()`: nobody is.

    `through_the_door=True` signs in by the sign-in page; otherwise the session is simply there. Other options are
    those of Playwright's contexts. At the end of the test no browser may have told of an error.
    """
    visitors: list[Visitor] = []

    def enter(code: str = "", *, through_the_door: bool = False, **options: Any) -> Visitor:
        context = browser.new_context(base_url=live_server.url, locale="fr-FR", **options)
        context.set_default_timeout(15_000)
        visitor = Visitor(context)
        visitors.append(visitor)
        if code and through_the_door:
            visitor.sign_in(email_of(code))
        elif code:
            client = Client()
            client.force_login(User.objects.get(email=email_of(code)), backend=LOGIN_BACKEND)
            cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        return visitor

    yield enter
    for visitor in visitors:
        visitor.context.close()
    assert [problem for visitor in visitors for problem in visitor.problems] == []


def email_of(code: str) -> str:
    """The address of a person of demo.yaml."""
    return next(user["email"] for user in source.read_yaml(source.PATH)["users"] if user["code"] == code)


@pytest.fixture
def worker(demonstration: None, settings: Any, tmp_path: Path) -> Iterator[Worker]:
    """A real Celery worker on the database of the test; the test starts it when it wants to."""
    settings.MEDIA_ROOT = str(tmp_path / "files")
    with Worker(connection.settings_dict["NAME"], tmp_path).ready_to_start() as worker:
        yield worker
