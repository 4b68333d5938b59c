"""What the frame of a page offers to open."""

import pytest
from django.test import Client
from django.urls import reverse

from common.scope import elevated
from organisations.enums import Role
from organisations.models import User
from organisations.services import sync_permissions
from tests.factories import MembershipFactory
from tests.harness.world import World

pytestmark = pytest.mark.django_db


def tabs(client: Client, project: str) -> list[str]:
    page = client.get(reverse("structures", args=[project]))
    assert page.status_code == 200
    return [tab.label for tab in page.context["follow_up_tabs"]]


def concerns(client: Client, project: str) -> list[str]:
    return [item.label for item in client.get(reverse("project", args=[project])).context["nav"]]


def test_who_directs_an_og_here_follows_nothing_elsewhere(world: World, client: Client) -> None:
    """In a project in which they only hold a seat, tabs of structures would answer 403."""
    director: User = world.person(Role.OG_DIRECTOR)
    with elevated():
        MembershipFactory(user=director, role=Role.COSTRAT, target=world.foreign.project)
        sync_permissions([director.pk])
    client.force_login(director, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Documents" in tabs(client, world.project.slug)
    assert "Risques" in concerns(client, world.project.slug)
    assert client.get(reverse("project_risks", args=[world.project.slug])).status_code == 200
    elsewhere = tabs(client, world.foreign.project.slug)
    assert "Documents" not in elsewhere
    assert "Besoins" in elsewhere  # COSTRAT reads the common expression
