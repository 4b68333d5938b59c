"""The scope itself: opened, nested, rolled back, elevated, and around a whole request."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from common.database import APP, ELEVATED
from common.scope import Scope, elevated, open_scope
from organisations.access import Access, acting_as
from organisations.enums import Permission, Role
from organisations.middleware import AccessMiddleware
from organisations.models import Project
from organisations.tenancy import ProjectView
from tests.harness.queries import counted
from tests.harness.threads import together
from tests.harness.world import World


def current_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return cursor.fetchone()[0]


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting(%s, true), '')", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_work_as_the_role_that_the_application_has() -> None:
    assert current_role() == APP


@pytest.mark.django_db
def test_the_elevated_role_ends_with_its_block_even_after_an_error(world: World) -> None:
    with elevated():
        assert current_role() == ELEVATED
        assert Project.objects.count() == 2
    assert current_role() == APP
    with pytest.raises(ZeroDivisionError), elevated():
        1 / 0  # noqa: B018
    assert current_role() == APP
    assert Project.objects.count() == 0


@pytest.mark.django_db
def test_elevated_within_elevated_stays_elevated_until_the_outer_block_ends() -> None:
    with elevated():
        with elevated():
            pass
        assert current_role() == ELEVATED
    assert current_role() == APP


@pytest.mark.django_db
def test_a_scope_that_fails_gives_back_the_one_around_it(world: World) -> None:
    stranger = Scope(user_id=uuid.uuid4(), project_ids=frozenset({str(world.foreign.project.pk)}))
    with acting_as(world.lead.pk):
        with pytest.raises(ZeroDivisionError), open_scope(stranger):
            1 / 0  # noqa: B018
        assert setting("dui.user_id") == str(world.lead.pk)
        assert [item.pk for item in Project.objects.all()] == [world.project.pk]


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_scope_stays_on_the_connection(world: World) -> None:
    with acting_as(world.lead.pk, request_id="demande-1"):
        assert setting("dui.project_ids") == f"{{{world.project.pk}}}"
    for name in ("dui.user_id", "dui.project_ids", "dui.structure_project_ids", "dui.og_ids", "dui.esms_ids"):
        assert setting(name) == ""
    assert setting("pghistory.context_metadata") == ""
    assert Project.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_people_who_work_at_the_same_moment_each_see_their_own(world: World) -> None:
    people = [(world.lead, world.project), (world.foreign.people[Role.PROJECT_LEAD], world.foreign.project)]

    def look(number: int) -> bool:
        user, project = people[number % 2]
        for _ in range(5):
            with acting_as(user.pk):
                if [item.pk for item in Project.objects.all()] != [project.pk]:
                    return False
        return True

    assert all(together(12, look))


@pytest.mark.django_db(transaction=True)
def test_access_is_read_in_three_queries_whatever_the_number_of_roles(world: World) -> None:
    for user in (world.lead, world.person(Role.ESMS_DIRECTOR), world.invited):
        with counted() as queries, acting_as(user.pk):
            pass
        assert len(queries) == 3, queries


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("status", "kept"), [(200, True), (302, True), (409, True), (422, True), (500, False), (503, False)]
)
def test_an_answer_of_500_or_more_writes_nothing(world: World, status: int, kept: bool) -> None:
    def view(request: object) -> HttpResponse:
        Project.objects.filter(pk=world.project.pk).update(summary="Écrit par la demande")
        return HttpResponse(status=status)

    request = RequestFactory().post("/")
    request.user, request.id = world.lead, "demande-2"
    AccessMiddleware(view)(request)
    with elevated():
        assert (Project.objects.get(pk=world.project.pk).summary == "Écrit par la demande") is kept


@pytest.mark.django_db
def test_a_visitor_has_an_access_that_allows_nothing() -> None:
    seen: list[Access] = []

    def view(request: object) -> HttpResponse:
        seen.append(request.access)
        assert Project.objects.count() == 0
        return HttpResponse()

    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/")
    request.user, request.id = AnonymousUser(), "demande-3"
    AccessMiddleware(view)(request)
    assert seen == [Access()]


@pytest.mark.django_db
def test_templates_render_within_the_scope(world: World, lead: Client) -> None:
    """They read the database after the view has returned: the page shows the project's own rows all the same."""
    page = lead.get(f"/projets/{world.project.slug}/").content.decode()
    assert world.project.name in page


def test_a_view_without_a_declared_permission_cannot_exist() -> None:
    with pytest.raises(ImproperlyConfigured, match="declares no permission_required"):
        type("ForgottenView", (ProjectView,), {})
    with pytest.raises(ImproperlyConfigured):
        type("EmptyView", (ProjectView,), {"permission_required": ()})
    type("DeclaredView", (ProjectView,), {"permission_required": (Permission.VIEW_PROJECT,)})


@pytest.mark.django_db(transaction=True)
def test_rows_asked_for_after_the_transaction_are_not_seen(world: World) -> None:
    seen: list[int] = []
    with acting_as(world.lead.pk):
        transaction.on_commit(lambda: seen.append(Project.objects.count()))
    assert seen == [0]
