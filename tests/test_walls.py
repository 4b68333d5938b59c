"""The second wall by itself: raw SQL under one person's scope, as somebody who got past every view would write it."""

import uuid
from collections.abc import Iterator

import psycopg2
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from common.database import APP, ELEVATED, OWNER
from common.frozen import Refusal
from common.policies import SameTenant
from common.scope import Scope, elevated, open_scope
from governance.enums import ARBITRATION_SOURCE, ArbitrationStatus, Choice, DecisionMode
from governance.models import AgendaItem, Arbitration, ArbitrationStructure, ArbitrationVote
from organisations.access import acting_as
from organisations.enums import Permission, Role
from organisations.middleware import AccessMiddleware
from organisations.models import ESMSProfile, Invitation, Project, User
from organisations.tenancy import ProjectView
from tests.factories import AgendaItemFactory, MembershipFactory
from tests.harness.governance import COUNCIL
from tests.harness.world import FOREIGN, FOREIGN_SLUG, INSIDE, RIVAL, SIBLING, SLUG, World

pytestmark = pytest.mark.django_db

# Tables without any tenant's rows: people (they belong to no tenant), reference data, frameworks' own.
TENANT_COLUMNS = ("project_id", "og_id", "esms_id")
STRUCTURE_TABLES = ("organisations_esmsprofile", "organisations_invitation")


def query(sql: str, parameters: object = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def tenant_tables() -> list[str]:
    """Every table with a tenant's column, the projects themselves, permissions, and the history of each."""
    rows = query(
        "select distinct c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "left join pg_attribute a on a.attrelid = c.oid and a.attname = any(%s) and not a.attisdropped "
        "where n.nspname = 'public' and c.relkind in ('r', 'p') and (a.attname is not null "
        "or c.relname like 'organisations_project%%' or c.relname like 'organisations_og%%' "
        "or c.relname like 'organisations_esms%%') order by 1",
        [list(TENANT_COLUMNS)],
    )
    return [row[0] for row in rows]


def texts(table: str) -> str:
    return "\n".join(row[0] for row in query(f'select t::text from "{table}" t'))


def ids(table: str) -> set[uuid.UUID]:
    column = "id" if table in {"organisations_project", "organisations_projectevent"} else "project_id"
    return {row[0] for row in query(f'select "{column}" from "{table}"')}


def columns(table: str) -> set[str]:
    found = query(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped", [table]
    )
    return {row[0] for row in found}


# --- What PostgreSQL says of itself ----------------------------------------------------------------------------------


def test_each_tenant_table_and_its_history_forces_row_level_security() -> None:
    found = query(
        "select relname, relrowsecurity, relforcerowsecurity from pg_class "
        "where relnamespace = 'public'::regnamespace and relname = any(%s)",
        [tenant_tables()],
    )
    open_tables = [name for name, enabled, forced in found if not (enabled and forced)]
    assert open_tables == []
    assert len(found) >= 40  # the question was asked of something


def test_each_tenant_table_has_a_policy_for_the_application() -> None:
    covered = {row[0] for row in query("select tablename from pg_policies where %s = any(roles)", [APP])}
    assert set(tenant_tables()) <= covered


def test_no_policy_of_the_application_lets_everything_through() -> None:
    loose = query(
        "select tablename, policyname from pg_policies where (%s = any(roles) or 'public' = any(roles)) "
        "and (qual = 'true' or with_check = 'true' or qual not like '%%current_setting%%')",
        [APP],
    )
    assert loose == []


def test_the_application_owns_nothing_and_bypasses_nothing() -> None:
    assert query("select 1 from pg_class where relowner = %s::regrole", [APP]) == []
    privileges = query(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = any(%s)",
        [[APP, ELEVATED]],
    )
    assert len(privileges) == 2
    assert all(not any(row[1:]) for row in privileges)


def test_every_model_with_a_tenant_column_declares_its_policy() -> None:
    """The database is made from the models: one that declares nothing would be open in production too."""
    from common.policies import TenantPolicy

    missing = []
    for model in apps.get_models():
        names = {field.attname for field in model._meta.concrete_fields}
        if names & set(TENANT_COLUMNS) and not any(isinstance(item, TenantPolicy) for item in model._meta.constraints):
            missing.append(model._meta.label)
    assert missing == []


# --- Nobody in particular --------------------------------------------------------------------------------------------


def test_without_a_scope_no_tenant_row_is_seen(world: World) -> None:
    seen = {table: count for table in tenant_tables() if (count := query(f'select count(*) from "{table}"')[0][0])}
    assert seen == {}


def test_an_empty_scope_shows_nothing(world: World) -> None:
    with open_scope(Scope(user_id=uuid.uuid4())):
        seen = {table for table in tenant_tables() if query(f'select count(*) from "{table}"')[0][0]}
    assert seen == set()


def test_the_scope_ends_with_its_block(world: World) -> None:
    with acting_as(world.lead.pk):
        assert Project.objects.count() == 1
    assert Project.objects.count() == 0


def test_a_scope_within_a_scope_shows_its_own_and_gives_back_the_other(world: World) -> None:
    with acting_as(world.lead.pk):
        with acting_as(world.foreign.people[Role.PROJECT_LEAD].pk):
            assert {row.pk for row in Project.objects.all()} == {world.foreign.project.pk}
        assert {row.pk for row in Project.objects.all()} == {world.project.pk}


# --- Reading what isn't one's own ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_raw_sql_of_any_role_shows_nothing_of_another_project(world: World, role: Role) -> None:
    with acting_as(world.person(role).pk):
        for table in tenant_tables():
            assert FOREIGN not in texts(table), table
            if "project_id" in columns(table):
                assert ids(table) <= {world.project.pk}, table
        assert ids("organisations_project") == {world.project.pk}


EXPECTED_INSIDE = {
    Role.PROJECT_LEAD: {INSIDE, SIBLING, RIVAL},
    Role.OG_DIRECTOR: {INSIDE, SIBLING},
    Role.ESMS_DIRECTOR: {INSIDE},
    Role.LOCAL_REFERENT: {INSIDE},
}


@pytest.mark.parametrize("role", Role)
def test_raw_sql_on_what_structures_keep_shows_only_ones_own(world: World, role: Role) -> None:
    with acting_as(world.person(role).pk):
        found = "\n".join(texts(table) for name in STRUCTURE_TABLES for table in (name, f"{name}event"))
    shown = {canary for canary in (INSIDE, SIBLING, RIVAL) if canary.lower()[:9] in found.lower()}
    shown = {canary for canary in shown if canary[:14].lower() in found.lower()}
    assert shown == EXPECTED_INSIDE.get(role, set())


# Besides directory rows: what tells nobody that a body deliberates of something.
KNOWN_TO_ALL = {f"governance_{name}{event}" for name in ("body", "mandate", "meeting") for event in ("", "event")}
CITED = {"governance_decision", "governance_decisionevent"}  # by the checklist, which they read
OF_THEIR_STRUCTURE = {"governance_alert", "governance_alertevent"}
CONCERNING_IT = {f"governance_arbitration{part}" for part in ("", "document", "option", "structure")}
OF_GOVERNANCE = {
    Role.VENDOR: KNOWN_TO_ALL,
    Role.LOCAL_REFERENT: KNOWN_TO_ALL | CITED | OF_THEIR_STRUCTURE,
    Role.ESMS_DIRECTOR: KNOWN_TO_ALL | CITED | OF_THEIR_STRUCTURE | CONCERNING_IT,
}


def concern(world: World) -> None:
    """The arbitration of the world concerns the structure of the director and of the referent, and is voted on."""
    found, structure = world.own.governance, world.own.structures[0]
    with elevated():
        ArbitrationStructure.objects.create(
            project=world.project, arbitration=found.arbitration, og=structure.og, esms=structure
        )
        ArbitrationVote.objects.create(
            project=world.project,
            arbitration=found.arbitration,
            unit_id=structure.og_id,
            og=structure.og,
            voter=world.lead,
            recorded_by=world.lead,
            weight=50,
            choice=Choice.AGAINST,
        )


@pytest.mark.parametrize("role", OF_GOVERNANCE)
def test_raw_sql_shows_the_deliberations_to_who_reads_them_only(world: World, role: Role) -> None:
    """Of arbitrations, a director those put to the body that concern the structure, without the vote under way."""
    concern(world)
    tables = [name for name in tenant_tables() if name.startswith("governance_")]
    with acting_as(world.person(role).pk):
        assert {name for name in tables if query(f'select 1 from "{name}" limit 1')} == OF_GOVERNANCE[role]
        assert query("select 1 from governance_meeting where status = 'draft'") == []
        assert query("select 1 from governance_meetingevent where status = 'draft'") == []


def test_a_director_reads_how_an_arbitration_of_their_structure_was_voted_once_decided(world: World) -> None:
    concern(world)
    found = world.own.governance.arbitration
    votes = "select 1 from governance_arbitrationvote"
    with acting_as(world.person(Role.ESMS_DIRECTOR).pk):
        assert query(votes) == []
    with elevated():
        Arbitration.objects.filter(pk=found.pk).update(
            status=ArbitrationStatus.DECIDED,
            quorum_reached=True,
            chosen=found.options.order_by("position")[0],
            decided_on=world.own.decision.decided_on,
            decision=world.own.decision,
            decision_text="Oui.",
            mode=DecisionMode.CONSENSUS,
        )
    with acting_as(world.person(Role.ESMS_DIRECTOR).pk):
        assert len(query(votes)) == 1
    with acting_as(world.person(Role.LOCAL_REFERENT).pk):
        assert query(votes) == []


def test_a_point_that_puts_an_arbitration_is_read_with_it_whoever_brings_it(world: World) -> None:
    found, vendor = world.own.governance, world.person(Role.VENDOR)
    with elevated():
        AgendaItem.objects.filter(pk=found.item.pk).update(
            owner=vendor, source=ARBITRATION_SOURCE, source_id=found.arbitration.pk
        )
        own = AgendaItemFactory(meeting=found.meeting, label="Les versions", owner=vendor)
    with acting_as(vendor.pk):
        assert query("select id from governance_agendaitem") == [(own.pk,)]
        assert COUNCIL not in texts("governance_agendaitemevent")


def test_the_rival_director_sees_the_rival_structures_and_no_other(world: World) -> None:
    with acting_as(world.rival_director.pk):
        assert {row.siret for row in ESMSProfile.objects.all()} == {RIVAL}
        assert {row.email for row in Invitation.objects.all()} == {f"{RIVAL.lower()}@exemple.fr"}


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PROJECT_LEAD, Role.OG_DIRECTOR}])
def test_local_teams_of_others_are_not_in_the_memberships(world: World, role: Role) -> None:
    with acting_as(world.person(role).pk):
        people = {row[0] for row in query("select user_id from organisations_membership")}
    assert world.rival_referent.pk not in people
    assert world.sibling_referent.pk not in people


@pytest.mark.parametrize("who", ["ended", "invited", "superuser"])
def test_who_takes_no_part_sees_no_row(world: World, who: str) -> None:
    user: User = getattr(world, who)
    own_only = {"organisations_membership", "organisations_membershipevent"}
    with acting_as(user.pk):
        for table in tenant_tables():
            if table in own_only or "permission" in table:
                strangers = query(f'select 1 from "{table}" where user_id <> %s', [user.pk])
                assert strangers == [], table
            else:
                assert query(f'select count(*) from "{table}"') == [(0,)], table


def test_nobody_reads_the_permissions_of_others(world: World) -> None:
    with acting_as(world.lead.pk):
        for table in ("projectpermission", "ogpermission", "esmspermission"):
            assert query(f"select 1 from organisations_{table} where user_id <> %s", [world.lead.pk]) == []


# --- In a view of one project, for somebody who takes part in two ----------------------------------------------------

SEATS = {
    Role.PROJECT_LEAD: lambda tenant: tenant.project,
    Role.OG_DIRECTOR: lambda tenant: tenant.ogs[0],
    Role.LOCAL_REFERENT: lambda tenant: tenant.structures[0],
}


class Look(ProjectView):
    """What raw SQL shows in a view of one project: rows by table, those that are the person's own left aside."""

    permission_required = (Permission.VIEW_PROJECT,)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        request.found = {}
        for table in tenant_tables():
            if "permission" not in table:
                mine = f"where user_id <> '{request.user.pk}'" if "membership" in table else ""
                request.found[table] = {row[0] for row in query(f'select t::text from "{table}" t {mine}')}
        return HttpResponse()


def look(user: User, slug: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user, request.id = user, "demande"
    AccessMiddleware(lambda asked: Look.as_view()(asked, slug=slug))(request)
    return request


@pytest.mark.parametrize("role", SEATS)
def test_the_second_project_of_a_person_is_not_in_the_views_of_the_first(world: World, role: Role) -> None:
    user = world.person(role)
    before = look(user, SLUG)
    MembershipFactory(user=user, role=role, target=SEATS[role](world.foreign))
    with acting_as(user.pk):
        assert FOREIGN in texts("organisations_project")
        assert FOREIGN[:14] in texts("organisations_esmsprofile")
    assert look(user, SLUG).found == before.found
    assert FOREIGN not in str(before.found)
    assert INSIDE[:14] in str(before.found["organisations_esmsprofile"])


@pytest.mark.parametrize("role", SEATS)
def test_each_request_of_such_a_person_has_the_project_of_its_address(world: World, role: Role) -> None:
    user = world.person(role)
    MembershipFactory(user=user, role=role, target=SEATS[role](world.foreign))
    for slug, project in ((SLUG, world.project), (FOREIGN_SLUG, world.foreign.project), (SLUG, world.project)):
        request = look(user, slug)
        assert [str(project.pk) in row for row in request.found["organisations_project"]] == [True]
        assert {item.pk for item in request.projects} == {world.project.pk, world.foreign.project.pk}
    assert query("select coalesce(current_setting('dui.project_ids', true), '')") == [("",)]


# --- Writing where one has no business -------------------------------------------------------------------------------


def refused(error: DatabaseError) -> bool:
    """By a policy, or by a freeze, which speaks before it."""
    triggers = [item for model in apps.get_models() for item in getattr(model._meta, "triggers", [])]
    frozen = {item.name for item in triggers if isinstance(item, Refusal)}
    return "row-level security" in str(error) or str(error).partition("\n")[0] in frozen


@pytest.fixture
def tables_to_write(world: World) -> list[str]:
    return [name for name in tenant_tables() if not name.endswith("event") and "project_id" in columns(name)]


def test_rows_cannot_be_moved_to_another_project(world: World, tables_to_write: list[str]) -> None:
    tried = 0
    with acting_as(world.lead.pk):
        for table in tables_to_write:
            if not query(f'select 1 from "{table}" limit 1'):
                continue
            tried += 1
            try:
                with transaction.atomic():
                    moved = query(f'update "{table}" set project_id = %s returning 1', [world.foreign.project.pk])
            except DatabaseError as error:
                assert refused(error), (table, error)
            else:
                assert moved == [], table  # tables that the application only reads
    assert tried >= 15


def test_rows_cannot_be_added_to_another_project(world: World, tables_to_write: list[str]) -> None:
    """A copy of one's own row, under the other project's id: refused by the policy before any other constraint."""
    tried, admitted = 0, []
    with acting_as(world.lead.pk):
        for table in tables_to_write:
            if not query(f'select 1 from "{table}" limit 1'):
                continue
            tried += 1
            names = [f'"{name}"' for name in sorted(columns(table))]
            values = [
                "%s" if name == '"project_id"' else "gen_random_uuid()" if name == '"id"' else name for name in names
            ]
            copy = f'select {", ".join(values)} from "{table}" limit 1'
            sql = f'insert into "{table}" ({", ".join(names)}) {copy} returning 1'
            try:
                with transaction.atomic():
                    query(sql, [world.foreign.project.pk])
            except DatabaseError as error:
                assert refused(error), (table, error)
            else:
                admitted.append(table)
    assert admitted == []
    assert tried >= 15


def test_rows_of_another_project_cannot_be_changed_or_deleted(world: World, tables_to_write: list[str]) -> None:
    with acting_as(world.lead.pk):
        for table in tables_to_write:
            assert (
                query(
                    f'update "{table}" set project_id = project_id where project_id = %s returning 1',
                    [world.foreign.project.pk],
                )
                == []
            )
            assert query(f'delete from "{table}" where project_id = %s returning 1', [world.foreign.project.pk]) == []


def test_a_row_cannot_point_at_another_projects_row(world: World) -> None:
    """The composite foreign keys: even somebody who takes part in both projects can't mix them."""
    both = Scope(project_ids=frozenset({str(world.project.pk), str(world.foreign.project.pk)}))
    with pytest.raises(DatabaseError, match="comment_action_same_project"), open_scope(both):
        query(
            "insert into checklist_comment (id, project_id, action_id, author_id, text, created_at, token) "
            "values (gen_random_uuid(), %s, %s, %s, 'x', now(), gen_random_uuid()) returning 1",
            [world.project.pk, world.foreign.action.pk, world.lead.pk],
        )
        query("set constraints all immediate; select 1")


# A permission is on that very object; a report and its job are written together.
HELD_OTHERWISE = {"Report.job_id", "OGPermission.content_object_id", "ESMSPermission.content_object_id"}


def test_each_reference_to_a_tenants_row_is_held_to_its_project() -> None:
    """By a composite key over the column, of each model that names a row of a project."""
    loose = set()
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        held = {column for item in model._meta.constraints if isinstance(item, SameTenant) for column in item.columns}
        for field in model._meta.concrete_fields:
            named = getattr(field, "related_model", None)
            if named and any(other.attname == "project_id" for other in named._meta.concrete_fields):
                loose |= {f"{model.__name__}.{field.attname}"} - {f"{model.__name__}.{column}" for column in held}
    assert loose == HELD_OTHERWISE


def test_nobody_gives_oneself_a_permission(world: World) -> None:
    """A person may read their own permission rows; a new one is theirs to see, so the policy alone would let it in."""
    director = world.person(Role.ESMS_DIRECTOR)
    with acting_as(director.pk) as access:
        before = access.grants
    with acting_as(director.pk), pytest.raises(DatabaseError), transaction.atomic():
        query(
            "insert into organisations_projectpermission (user_id, permission_id, content_object_id) "
            "select %s, id, %s from auth_permission where codename = 'manage_project' returning 1",
            [director.pk, world.project.pk],
        )
    with acting_as(director.pk) as access:
        assert access.grants == before


# --- History ---------------------------------------------------------------------------------------------------------


def event_tables() -> list[str]:
    return [
        row[0]
        for row in query(
            "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace "
            "and c.relkind = 'r' and c.relname like '%%event' order by 1"
        )
    ]


@pytest.mark.parametrize("role", [APP, ELEVATED])
def test_nobody_writes_history(world: World, role: str) -> None:
    tables = event_tables()
    assert len(tables) >= 15
    for table in tables:
        for verb in ("insert", "update", "delete", "truncate"):
            allowed = query("select has_table_privilege(%s, %s, %s)", [role, table, verb])
            assert allowed == [(False,)], (table, verb)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        elevated() if role == ELEVATED else acting_as(world.lead.pk),
    ):
        query("delete from checklist_actionevent returning 1")


# --- The login -------------------------------------------------------------------------------------------------------


@pytest.fixture
def as_the_application() -> Iterator[psycopg2.extensions.connection]:
    """A connection whose login is dui_app, as in production; the tests' own login is often a superuser."""
    settings = connection.settings_dict
    try:
        link = psycopg2.connect(dbname=settings["NAME"], user=APP, host=settings["HOST"], port=settings["PORT"] or None)
    except psycopg2.OperationalError as error:
        pytest.skip(f"This server asks {APP} for a password: {error}")
    yield link
    link.close()


@pytest.mark.parametrize("role", [OWNER, "postgres"])
def test_the_login_of_production_cannot_become_the_owner(
    as_the_application: psycopg2.extensions.connection, role: str
) -> None:
    with as_the_application.cursor() as cursor, pytest.raises(psycopg2.Error):
        cursor.execute(f"set role {role}")


@pytest.mark.parametrize(
    "statement",
    [
        "alter table checklist_action disable row level security",
        "alter table checklist_action no force row level security",
        "drop policy action_rows on checklist_action",
        "create policy mine on checklist_action to dui_app using (true)",
        "alter role dui_app bypassrls",
        "set session_replication_role = replica",
        "alter table checklist_action disable trigger all",
    ],
)
def test_the_login_of_production_cannot_take_a_wall_down(
    as_the_application: psycopg2.extensions.connection, statement: str
) -> None:
    with as_the_application.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(statement)


def test_row_security_off_is_an_error_and_shows_nothing(as_the_application: psycopg2.extensions.connection) -> None:
    with as_the_application.cursor() as cursor:
        cursor.execute("set row_security = off")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("select * from checklist_action")


def test_a_file_that_waits_is_read_by_who_deposited_it_alone(world: World) -> None:
    """Its cells may be a structure's own, which nobody else has been given yet."""
    counted = "select count(*) from common_spreadsheetimport"
    with acting_as(world.lead.pk):
        assert query(counted) == [(1,)]
    with acting_as(world.person(Role.COSTRAT).pk):
        assert query(counted) == [(0,)]
