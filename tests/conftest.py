"""What every test stands on."""

import pickle
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from common.scope import elevated
from organisations.models import User
from tests.harness import database, disorder
from tests.harness.world import LOGIN_BACKEND, World, build

_world: bytes = b""


def pytest_configure() -> None:
    """Before Django's applications are used: what all tests share."""
    django_settings.MIDDLEWARE.insert(0, "tests.harness.middleware.NoWriteOnGet")
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Each process its own keys: rate limits of one test never stop another's.
    django_settings.CACHES["default"]["KEY_PREFIX"] = f"test-{uuid.uuid4().hex}"
    disorder.shuffle_unordered_querysets()
    database.restore_after_tests_that_commit()


@pytest.fixture(scope="session", autouse=True)
def files_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    django_settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, files_of_their_own: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database with the world in it."""
    global _world
    with django_db_blocker.unblock():
        with elevated():
            _world = pickle.dumps(build())
        database.freeze()
    yield
    with django_db_blocker.unblock():
        database.close()


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No rate limit and no cached value from the test before."""
    cache.key_prefix = f"test-{uuid.uuid4().hex}"


@pytest.fixture
def world(db: None) -> World:
    """The world, in objects that this test may change."""
    return pickle.loads(_world)


@pytest.fixture
def client_as(db: None) -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(user: User, **options: Any) -> Client:
        client = Client(**options)
        if session := ready.get(user.email):  # signed in when the world was made
            client.cookies[django_settings.SESSION_COOKIE_NAME] = session
        else:
            client.force_login(user, backend=LOGIN_BACKEND)
        return client

    ready = pickle.loads(_world).sessions
    return sign_in


@pytest.fixture
def lead(world: World, client_as: Callable[[User], Client]) -> Client:
    """The browser of the project lead."""
    return client_as(world.lead)
