"""Roles and what follows from them: the table of product.md, django-guardian's rows, and `Access` agree."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission as AuthPermission
from django.db import connection
from django.utils import timezone

from common.scope import elevated
from organisations.access import Access, acting_as
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role, permissions_on
from organisations.models import ESMS, Membership, Project, User
from organisations.services import PERMISSION_MODELS, end, sync_permissions
from tests.factories import MembershipFactory, ProjectFactory, UserFactory
from tests.harness.world import World

pytestmark = pytest.mark.django_db

P = Permission


def access_of(user: User) -> Access:
    with acting_as(user.pk) as access:
        return access


def permission_rows() -> set[tuple]:
    rows = set()
    with elevated():
        for level, model in PERMISSION_MODELS.items():
            fields = ("user_id", "permission__codename", "content_object_id", "until")
            rows |= {(level, *row) for row in model.objects.values_list(*fields)}
    return rows


# --- The table of product.md, row by row, for what exists -------------------------------------------------------------

ALL = set(Role)
STRUCTURES = {Role.OG_DIRECTOR, Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT}

ON_THE_PROJECT = {
    P.VIEW_PROJECT: ALL,
    P.MANAGE_PROJECT: {Role.PROJECT_LEAD},
    P.VIEW_CHECKLIST: ALL - {Role.PURCHASING, Role.VENDOR},
    P.VIEW_OWN_ACTIONS: {Role.PURCHASING},
    P.CHANGE_CHECKLIST: {Role.PROJECT_LEAD},
    P.CHANGE_OWN_ACTIONS: ALL - {Role.LOCAL_REFERENT, Role.VENDOR, Role.OBSERVER},
    P.VIEW_COSTRAT_REPORTS: {Role.PROJECT_LEAD, Role.COSTRAT, Role.OG_DIRECTOR, Role.DPO, Role.OBSERVER},
    P.VIEW_COMOP_REPORTS: {Role.PROJECT_LEAD, Role.COMOP, Role.OG_DIRECTOR, Role.OBSERVER},
    P.ASK_REPORTS: {Role.PROJECT_LEAD, Role.COSTRAT},
    P.VIEW_DECISIONS: ALL - {Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT, Role.VENDOR},
    P.VIEW_OWN_ARBITRATIONS: set(),
    P.VIEW_MEETINGS: {Role.PROJECT_LEAD, Role.COSTRAT, Role.OG_DIRECTOR, Role.OBSERVER},
    P.VIEW_COMOP_MEETINGS: {Role.COMOP},
    P.PREPARE_MEETINGS: {Role.PROJECT_LEAD},
    P.VIEW_ALERTS: {Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP, Role.OBSERVER},
    P.VIEW_OWN_ALERTS: {Role.DPO, Role.VENDOR},
    P.RAISE_ALERTS: {Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP},
    P.RAISE_OWN_ALERTS: {Role.DPO},
    P.ANSWER_ALERTS: {Role.PROJECT_LEAD, Role.COMOP},
    P.VIEW_STRUCTURES: {Role.PROJECT_LEAD},
    P.FILL_STRUCTURES: set(),
    P.VALIDATE_STRUCTURES: set(),
    P.COORDINATE_STRUCTURES: {Role.PROJECT_LEAD},
    P.VIEW_STRUCTURE_AGGREGATES: {Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP, Role.OBSERVER},
    P.VIEW_STRUCTURE_DOCUMENTS: {Role.DPO},
    P.VIEW_HABILITATIONS: {Role.DPO},
    P.VIEW_VALIDATED_MATRICES: {Role.VENDOR},
    P.VIEW_PEOPLE: {Role.PROJECT_LEAD},
    P.VIEW_RISKS: {Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP},
    P.MANAGE_RISKS: {Role.PROJECT_LEAD},
    P.VIEW_COMMON_NEEDS: {Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP, Role.OG_DIRECTOR, Role.OBSERVER},
    P.MANAGE_TEAM: set(),
}
BELOW = {
    P.VIEW_STRUCTURES: STRUCTURES,
    P.FILL_STRUCTURES: {Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT},
    P.VALIDATE_STRUCTURES: {Role.ESMS_DIRECTOR},
    P.VIEW_ALERTS: STRUCTURES,
    P.RAISE_ALERTS: STRUCTURES,
    P.VIEW_OWN_ARBITRATIONS: {Role.OG_DIRECTOR, Role.ESMS_DIRECTOR},
    P.MANAGE_TEAM: {Role.OG_DIRECTOR, Role.ESMS_DIRECTOR},
    P.VIEW_PEOPLE: {Role.OG_DIRECTOR, Role.ESMS_DIRECTOR},
}


@pytest.mark.parametrize("permission", ON_THE_PROJECT)
def test_roles_grant_on_the_project_what_the_product_says(permission: Permission) -> None:
    assert {role for role in Role if permission in ROLE_PERMISSIONS[role].get(Level.PROJECT, [])} == ON_THE_PROJECT[
        permission
    ]


@pytest.mark.parametrize("permission", BELOW)
def test_roles_grant_below_the_project_what_the_product_says(permission: Permission) -> None:
    for level in (Level.OG, Level.ESMS):
        granted = {role for role in Role if permission in ROLE_PERMISSIONS[role].get(level, [])}
        assert granted == {role for role in BELOW[permission] if role.level == level}


def test_below_the_project_no_other_right_is_granted() -> None:
    below = {
        item for table in ROLE_PERMISSIONS.values() for level in (Level.OG, Level.ESMS) for item in table.get(level, [])
    }
    assert below == set(BELOW)


def test_observers_and_local_referents_change_nothing() -> None:
    changing = {P.CHANGE_CHECKLIST, P.CHANGE_OWN_ACTIONS, P.MANAGE_PROJECT, P.MANAGE_TEAM, P.ASK_REPORTS}
    for role in (Role.OBSERVER, Role.LOCAL_REFERENT, Role.VENDOR):
        granted = {item for permissions in ROLE_PERMISSIONS[role].values() for item in permissions}
        assert not granted & changing


# --- Rows follow from memberships ------------------------------------------------------------------------------------


def test_permissions_rebuilt_from_memberships_are_the_same_table(world: World) -> None:
    """Those of ended roles go, and nothing else changes."""
    before = {row for row in permission_rows() if row[1] != world.ended.pk}
    assert len(before) > 60
    with elevated():
        for model in PERMISSION_MODELS.values():
            model.objects.all().delete()
        sync_permissions()
    assert permission_rows() == before


def test_a_second_rebuilding_changes_nothing(world: World) -> None:
    with elevated():
        sync_permissions()
        assert sync_permissions() == 0


def test_no_permission_is_granted_on_a_model(world: World) -> None:
    """Neither to a person nor through a group: rights are on objects, or they don't exist."""
    with elevated():
        people = User.objects.exclude(pk=world.superuser.pk)
        assert not people.filter(user_permissions__isnull=False).exists()
        assert not people.filter(groups__isnull=False).exists()


def test_no_row_stands_for_anybody(world: World) -> None:
    with elevated():
        assert not User.objects.filter(email__in=["AnonymousUser", ""]).exists()
        assert set(User.objects.filter(is_active=True, is_superuser=True)) == {world.superuser}


def test_object_permissions_exist_on_three_types_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables "
            "where table_schema = 'public' and table_name like '%permission'"
        )
        tables = {row[0] for row in cursor.fetchall()}
    ours = {model._meta.db_table for model in PERMISSION_MODELS.values()}
    frameworks = {"auth_permission", "guardian_userobjectpermission", "guardian_groupobjectpermission"}
    assert tables - frameworks == ours
    with elevated(), connection.cursor() as cursor:
        for table in tables & {"guardian_userobjectpermission", "guardian_groupobjectpermission"}:
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("role", Role)
def test_guardian_and_access_agree_on_direct_grants(world: World, role: Role) -> None:
    user = world.person(role)
    with acting_as(user.pk) as access:
        objects = [
            (Level.PROJECT, world.project),
            *((Level.OG, og) for og in world.own.ogs),
            *((Level.ESMS, esms) for esms in world.own.structures),
            (Level.PROJECT, world.foreign.project),
            (Level.ESMS, world.foreign.structures[0]),
        ]
        for level, item in objects:
            for permission in permissions_on(level):
                granted = str(item.pk) in access.grants.get(level, {}).get(permission, frozenset())
                assert user.has_perm(f"organisations.{permission}", item) == granted, (level, item, permission)


# --- What a role gives today -----------------------------------------------------------------------------------------


@pytest.fixture
def project() -> Project:
    return ProjectFactory()


@pytest.mark.parametrize(
    ("starts", "ends", "in_force"),
    [(0, None, True), (-5, 0, True), (0, 0, True), (-5, -1, False), (1, None, False), (1, 5, False)],
)
def test_a_role_counts_from_its_first_day_to_its_last(
    project: Project, starts: int, ends: int | None, in_force: bool
) -> None:
    today = timezone.localdate()
    user = UserFactory()
    MembershipFactory(
        user=user,
        role=Role.COSTRAT,
        target=project,
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    assert access_of(user).in_project(project, Permission.VIEW_PROJECT) is in_force


def test_a_role_that_ended_yesterday_is_over_even_if_no_worker_ran(project: Project) -> None:
    user = UserFactory()
    MembershipFactory(user=user, role=Role.PROJECT_LEAD, target=project)
    with elevated():
        table = PERMISSION_MODELS[Level.PROJECT].objects.filter(user=user)
        assert table.exists()
        table.update(until=timezone.localdate() - timedelta(days=1))
    assert access_of(user).grants == {}


def test_the_last_day_of_a_role_is_written_beside_its_permissions(project: Project) -> None:
    last_day = timezone.localdate() + timedelta(days=3)
    user = UserFactory()
    MembershipFactory(user=user, role=Role.COSTRAT, target=project, ends_on=last_day)
    assert {row[4] for row in permission_rows() if row[1] == user.pk} == {last_day}


def test_of_two_roles_that_grant_the_same_the_longer_counts(project: Project) -> None:
    user = UserFactory()
    today = timezone.localdate()
    MembershipFactory(user=user, role=Role.COSTRAT, target=project, ends_on=today + timedelta(days=3))
    MembershipFactory(user=user, role=Role.OBSERVER, target=project)
    until: dict[str, date | None] = {row[2]: row[4] for row in permission_rows() if row[1] == user.pk}
    assert until[Permission.VIEW_PROJECT] is None
    assert until[Permission.ASK_REPORTS] == today + timedelta(days=3)


def test_ending_one_of_two_roles_takes_only_what_it_alone_gave(project: Project) -> None:
    user = UserFactory()
    costrat = MembershipFactory(user=user, role=Role.COSTRAT, target=project)
    MembershipFactory(user=user, role=Role.OBSERVER, target=project)
    end(costrat)
    access = access_of(user)
    assert access.in_project(project, Permission.VIEW_CHECKLIST)
    assert not access.in_project(project, Permission.ASK_REPORTS)


def test_ending_a_role_ends_the_open_sessions_of_the_person(world: World, client_as) -> None:
    client = client_as(world.person(Role.COSTRAT))
    assert client.get(f"/projets/{world.project.slug}/").status_code == 200
    with elevated():
        membership = Membership.objects.get(user=world.person(Role.COSTRAT))
    end(membership)
    assert client.get("/").status_code == 302  # to the sign-in page
    assert access_of(world.person(Role.COSTRAT)).grants == {}


def test_rights_come_down_the_tree_and_never_up(world: World) -> None:
    own, sibling, rival = world.own.structures
    director = access_of(world.person(Role.OG_DIRECTOR))
    assert director.in_esms(own, Permission.VIEW_STRUCTURES)
    assert director.in_esms(sibling, Permission.VIEW_STRUCTURES)
    assert not director.in_esms(rival, Permission.VIEW_STRUCTURES)
    assert not director.in_project(world.project, Permission.VIEW_STRUCTURES)
    structure_director = access_of(world.person(Role.ESMS_DIRECTOR))
    assert structure_director.in_esms(own, Permission.VIEW_STRUCTURES)
    assert not structure_director.in_esms(sibling, Permission.VIEW_STRUCTURES)
    assert not structure_director.in_og(world.own.ogs[0], Permission.VIEW_STRUCTURES)
    lead = access_of(world.lead)
    assert all(lead.in_esms(esms, Permission.VIEW_STRUCTURES) for esms in (own, sibling, rival))


def test_nobodys_access_allows_nothing(world: World) -> None:
    nobody = Access()
    structure: ESMS = world.own.structures[0]
    assert not nobody.in_project(world.project, *Permission)
    assert not nobody.in_og(world.own.ogs[0], *Permission)
    assert not nobody.in_esms(structure, *Permission)
    assert nobody.projects_with(*Permission) == frozenset()


@pytest.mark.parametrize("who", ["ended", "invited", "superuser"])
def test_who_takes_no_part_has_no_access(world: World, who: str) -> None:
    assert access_of(getattr(world, who)).grants == {}


def test_a_permission_that_the_application_does_not_know_is_ignored(world: World) -> None:
    """An old permission row of a role that changed its name gives nothing and breaks nothing."""
    user = UserFactory()
    with elevated():
        model = PERMISSION_MODELS[Level.PROJECT]
        change = AuthPermission.objects.get(codename="change_project", content_type__app_label="organisations")
        model.objects.create(user=user, permission=change, content_object=world.project)
    assert access_of(user).grants == {}
