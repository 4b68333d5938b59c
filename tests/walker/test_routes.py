"""Every address × every actor × whose it is, against the table."""

import logging
from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.views import View

from common.database import session_role
from organisations.access import Access
from organisations.enums import Permission, Role
from organisations.models import Project, ProjectQuerySet
from organisations.tenancy import EsmsView, TenantView
from tests.harness.world import SLUG, World
from tests.walker.base import (
    ACTORS,
    ANONYMOUS,
    ENDED,
    FOREIGN_LEAD,
    LEAD,
    OUTSIDERS,
    VENDOR,
    OpenRow,
    Row,
)
from tests.walker.table import ADDRESSES, OPEN_ROWS, ROWS
from tests.walker.walk import Walker, patterns

pytestmark = pytest.mark.django_db


def label(row: Row | OpenRow) -> str:
    return row.name


@pytest.fixture
def walker(world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Walker:
    settings.DEMO = False  # as in production: the demonstration's sign-in isn't there
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)  # a refusal a line: thousands of them
    return Walker(world)


# --- The table and the application are about the same addresses ------------------------------------------------------


def test_each_address_is_in_the_table_and_the_table_has_no_other() -> None:
    names = [pattern.name for _, pattern in patterns()]
    assert None not in names, [route for route, pattern in patterns() if not pattern.name]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert set(names) == {row.name for row in ROWS} | {row.name for row in OPEN_ROWS}


def test_no_address_got_lost() -> None:
    """A number to change by hand, so that a forgotten `include` is noticed."""
    assert len(list(patterns())) == ADDRESSES


def test_each_view_of_a_project_is_a_tenant_view_and_no_other_is() -> None:
    tenant_names = {row.name for row in ROWS}
    for route, pattern in patterns():
        view: type[View] | None = getattr(pattern.callback, "view_class", None)
        assert view is not None, route
        assert issubclass(view, TenantView) == (pattern.name in tenant_names), route
        if pattern.name in tenant_names:
            assert route.startswith("projets/<slug:slug>/"), route
            assert getattr(pattern.callback, "login_required", True), route


def test_the_table_names_every_actor_of_the_product() -> None:
    assert len(ACTORS) == 16
    assert set(Role.values) < set(ACTORS)


# --- The walk --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_each_actor_is_answered_what_the_table_says(walker: Walker, row: Row) -> None:
    differences = list(walker.differences(row, ACTORS))
    assert not differences, "\n".join(map(str, differences))


@pytest.mark.parametrize("row", OPEN_ROWS, ids=label)
def test_addresses_of_no_project_answer_what_the_table_says(walker: Walker, row: OpenRow) -> None:
    differences = walker.open_differences(row, (ANONYMOUS, LEAD, VENDOR, *sorted(OUTSIDERS)))
    assert not differences, "\n".join(map(str, differences))


@pytest.mark.parametrize("row", [row for row in ROWS if 302 in row.post], ids=label)
def test_a_form_of_another_site_is_refused(world: World, row: Row) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[world.lead.email]
    path = reverse(row.name, kwargs={"slug": SLUG, **row.place(world)})
    assert client.post(path, row.body(world)).status_code == 403


# --- Ids in forms and queries ----------------------------------------------------------------------------------------


def foreign_and_missing(world: World) -> dict[str, tuple[str, dict[str, Any], dict[str, Any], int]]:
    """Address, what to post with an id of the other project, the same with one that doesn't exist, and the answer."""
    nobody = "01900000-0000-7000-8000-000000000000"
    stranger = world.foreign.people[Role.COMOP].pk
    version = {"version": world.own.action.version}
    people = reverse("checklist_people", args=[SLUG, "1.1.2"])
    owner = reverse("checklist_field", args=[SLUG, "1.1.2", "ko_owner"])
    invite, add = reverse("invite", args=[SLUG]), reverse("esms_add", args=[SLUG])
    guest = {"email": "x@exemple.fr", "role": Role.LOCAL_REFERENT.value}
    esms = {"name": "Structure", "category": "500"}
    chosen = {"change": "person", "letter": "A", "action": f"{world.own.action.pk}:{world.own.action.version}"}
    held = world.own.governance
    asked = {"due_on": timezone.localdate(), "token": nobody}
    return {
        "person to name": (people, {"user": stranger, "letter": "A"}, {"user": nobody, "letter": "A"}, 422),
        "Responsable": (
            reverse("checklist_responsible", args=[SLUG, "5.3.2"]),
            {"who": stranger},
            {"who": nobody},
            422,
        ),
        "person asked for an opinion": (
            reverse("checklist_opinions", args=[SLUG, "1.1.2"]),
            {"holders": stranger, **asked},
            {"holders": nobody, **asked},
            422,
        ),
        "person of a selection": (
            reverse("checklist_selection", args=[SLUG]),
            {"user": stranger, **chosen},
            {"user": nobody, **chosen},
            422,
        ),
        "who can unblock": (owner, {"ko_owner": stranger, **version}, {"ko_owner": nobody, **version}, 422),
        "invited person": (people, {"user": world.invited.pk, "letter": "A"}, {"user": nobody, "letter": "A"}, 422),
        "former member": (owner, {"ko_owner": world.ended.pk, **version}, {"ko_owner": nobody, **version}, 422),
        "structure to invite to": (
            invite,
            {"where": f"esms:{world.foreign.structures[0].pk}", **guest},
            {"where": f"esms:{nobody}", **guest},
            422,
        ),
        "OG of a new structure": (add, {"og": world.foreign.ogs[0].pk, **esms}, {"og": nobody, **esms}, 422),
        "who does what was decided": (
            reverse("session_action", args=[SLUG, held.session.number, held.session_item.pk]),
            {"owner": stranger, "label": "Chiffrer", **asked},
            {"owner": nobody, "label": "Chiffrer", **asked},
            422,
        ),
        "who came to a meeting": (
            reverse("session_person", args=[SLUG, held.session.number]),
            {"person": stranger},
            {"person": nobody},
            422,
        ),
        "who votes for whom": (
            reverse("session_proxy", args=[SLUG, held.session.number]),
            {"giver": held.presence.pk, "to": world.foreign.governance.presence.pk},
            {"giver": held.presence.pk, "to": nobody},
            422,
        ),
    }


FORMS = [
    "person to name",
    "Responsable",
    "person asked for an opinion",
    "person of a selection",
    "who can unblock",
    "invited person",
    "former member",
    "structure to invite to",
    "OG of a new structure",
    "who does what was decided",
    "who came to a meeting",
    "who votes for whom",
]


@pytest.mark.parametrize("case", FORMS)
def test_an_id_of_another_project_in_a_form_is_one_that_does_not_exist(walker: Walker, world: World, case: str) -> None:
    from tests.walker.walk import shape

    path, foreign, missing, status = foreign_and_missing(world)[case]
    answer, same = walker.ask(LEAD, "post", path, foreign), walker.ask(LEAD, "post", path, missing)
    assert (answer.status_code, same.status_code) == (status, status)
    ids = [str(value) for values in (foreign, missing) for value in values.values()]
    texts = [shape(item, path) for item in (answer, same)]
    for value in ids:
        texts = [text.replace(value, "ID") for text in texts]
    assert texts[0] == texts[1]


def test_the_cases_above_are_all_of_them(world: World) -> None:
    assert list(foreign_and_missing(world)) == FORMS


@pytest.mark.parametrize("query", ["?etape=99", "?etape=x", "?vue=rien", "?acteur=personne", "?etape=1&vue=ko"])
def test_a_query_that_means_nothing_breaks_nothing(walker: Walker, query: str) -> None:
    answer = walker.ask(LEAD, "get", reverse("checklist", args=[SLUG]) + query)
    assert answer.status_code in {200, 400}


# --- The walls hold each alone ---------------------------------------------------------------------------------------

# Everybody in the project passes these anyway, so that taking their check away changes nothing within it.
OPEN_TO_MEMBERS = {
    "project",
    "governance",
    "meetings",
    "meeting",
    "bodies",
    "body",
    "follow_ups",
    "structures",
    "people",
    "people_export",
    "report_verify",
}
GUARDED = [row for row in ROWS if row.name not in OPEN_TO_MEMBERS]


@pytest.mark.parametrize("row", [row for row in GUARDED if not row.note], ids=label)
def test_without_its_check_a_view_turns_the_walker_red(
    walker: Walker, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seeded mutation: the view asks for any permission instead of its own, and its own checks answer yes."""
    view = next(pattern.callback.view_class for _, pattern in patterns() if pattern.name == row.name)
    monkeypatch.setattr(view, "permission_required", tuple(Permission))
    own_check = view.__dict__.get("has_permission") or next(
        base.__dict__["has_permission"] for base in view.__mro__[1:] if "has_permission" in base.__dict__
    )
    monkeypatch.setattr(view, "has_permission", lambda self: own_check(self) or True)
    if issubclass(view, EsmsView):  # whose first check is not to tell that the structure is there
        monkeypatch.setattr(Access, "in_esms", lambda self, esms, *permissions: True)
    assert any(walker.differences(row, ACTORS))


@pytest.mark.parametrize("row", [row for row in ROWS if not row.note], ids=label)
def test_without_the_filters_of_the_orm_row_level_security_still_answers_nothing(
    walker: Walker, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ProjectQuerySet, "visible_to", lambda self, access: self.all())
    actors = (LEAD, ENDED, FOREIGN_LEAD)
    assert Project.objects.visible_to(None).query.where.children == []  # the filter is really gone
    differences = list(walker.differences(row, actors))
    assert not differences, "\n".join(map(str, differences))


@pytest.mark.parametrize("row", [row for row in ROWS if not row.note], ids=label)
def test_without_row_level_security_the_views_still_answer_nothing(walker: Walker, row: Row) -> None:
    """As the login of the tests, which no policy holds."""
    with session_role(None):
        with connection.cursor() as cursor:
            cursor.execute("select rolbypassrls or rolsuper from pg_roles where rolname = current_user")
            if not cursor.fetchone()[0]:
                pytest.skip("The login of these tests is held by policies itself.")
        differences = [
            item
            for item in walker.differences(row, (LEAD, ENDED, FOREIGN_LEAD))
            if "in an answer 2" not in str(item.got)
        ]
    assert not differences, "\n".join(map(str, differences))


def test_another_projects_lead_finds_nothing_at_any_address(walker: Walker) -> None:
    """The sentence of the first journey, address by address."""
    for row in ROWS:
        path = reverse(row.name, kwargs={"slug": SLUG, **row.place(walker.world)})
        for method in ("get", "post"):
            assert walker.ask(FOREIGN_LEAD, method, path, row.body(walker.world)).status_code == 404, path


def test_what_the_walker_posts_is_undone(walker: Walker) -> None:
    """Otherwise one answer would depend on the one before."""
    row = next(row for row in ROWS if row.name == "checklist_status")
    path = reverse(row.name, kwargs={"slug": SLUG, **row.place(walker.world)})
    answers = [walker.ask(LEAD, "post", path, row.body(walker.world)).status_code for _ in range(3)]
    assert answers == [302, 302, 302]
    assert transaction.get_connection().in_atomic_block
