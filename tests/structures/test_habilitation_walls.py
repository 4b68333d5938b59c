"""The second wall of habilitation matrices: what raw SQL shows to the DPD, the vendor and another OG, of the rows and
of their history."""

import uuid

import pytest
from django.db import connection
from django.utils import timezone

from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import ESMS, User
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix
from structures.services import habilitation_workflow as workflow
from structures.services import habilitations as services
from tests.factories import ESMSFactory
from tests.harness.world import World
from tests.structures.habilitation_matrices import matrix_of

pytestmark = pytest.mark.django_db

PARTS = ("structures_matrixprofile", "structures_matrixcell", "structures_matrixcomment")
TABLES = ("structures_habilitationmatrix", *PARTS)
ALL = {*TABLES, *(f"{table}event" for table in TABLES)}
COMMENTS = {"structures_matrixcomment", "structures_matrixcommentevent"}


@pytest.fixture
def esms(world: World) -> ESMS:
    """A structure of one's own OG: a version in force, and its revision, shared and commented."""
    found = ESMSFactory(og=world.own.ogs[0], name="Maison neuve", slug="neuve")
    director = world.person(Role.ESMS_DIRECTOR)
    matrix = matrix_of(found, director, status=MatrixStatus.SHARED)
    with elevated():
        workflow.comment(matrix=matrix, text="Et la nuit ?", user=director, token=uuid.uuid4())
        HabilitationMatrix.objects.filter(pk=matrix.pk).update(
            status=MatrixStatus.APPROVED, approved_by=director, approved_at=timezone.now()
        )
        revision = services.start_matrix(esms=found, user=director, token=uuid.uuid4())
        workflow.share(matrix=revision, version=revision.version, user=director)
        workflow.comment(matrix=revision, text="Encore ?", user=director, token=uuid.uuid4())
    return found


def consolidate(esms: ESMS, user: User) -> HabilitationMatrix:
    with elevated():
        matrix = HabilitationMatrix.objects.get(esms=esms, number=1)
        return workflow.consolidate(matrix=matrix, version=matrix.version, user=user)


def shown(user: User, esms: ESMS) -> dict[str, int]:
    """How many rows raw SQL shows of each table, where it shows one."""
    found = {}
    with acting_as(user.pk), connection.cursor() as cursor:
        for table in ALL:
            cursor.execute(f"select count(*) from {table} where esms_id = %s", [esms.pk])
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def everything(esms: ESMS) -> dict[str, int]:
    with elevated(), connection.cursor() as cursor:
        found = {}
        for table in ALL:
            cursor.execute(f"select count(*) from {table} where esms_id = %s", [esms.pk])
            found[table] = cursor.fetchone()[0]
    assert all(found.values())  # a table without rows would prove nothing
    return found


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.OG_DIRECTOR])
def test_who_may_see_the_structure_is_shown_all_of_it(world: World, esms: ESMS, role: Role) -> None:
    assert shown(world.person(role), esms) == everything(esms)


def test_the_dpd_is_shown_the_matrices_and_not_what_the_team_said(world: World, esms: ESMS) -> None:
    rows = everything(esms)
    assert shown(world.person(Role.DPO), esms) == {name: rows[name] for name in ALL - COMMENTS}


def test_the_vendor_is_shown_the_consolidated_version_and_never_how_it_came_about(world: World, esms: ESMS) -> None:
    vendor = world.person(Role.VENDOR)
    assert shown(vendor, esms) == {}
    matrix = consolidate(esms, world.lead)
    assert shown(vendor, esms) == {
        "structures_habilitationmatrix": 1,
        "structures_matrixprofile": 16,
        "structures_matrixcell": 2,
    }
    with acting_as(vendor.pk), connection.cursor() as cursor:
        for table in PARTS[:2]:
            cursor.execute(f"select distinct matrix_id from {table}")
            assert cursor.fetchall() == [(matrix.pk,)]


@pytest.mark.parametrize(
    "role", [Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT, Role.COSTRAT, Role.COMOP, Role.PURCHASING, Role.OBSERVER]
)
def test_the_others_are_shown_nothing(world: World, esms: ESMS, role: Role) -> None:
    """The director and the referent are those of a sibling."""
    consolidate(esms, world.lead)
    assert shown(world.person(role), esms) == {}


def test_the_director_of_another_og_is_shown_nothing(world: World, esms: ESMS) -> None:
    consolidate(esms, world.lead)
    assert shown(world.rival_director, esms) == {}


def test_the_vendor_and_the_dpd_of_another_project_are_shown_nothing(world: World, esms: ESMS) -> None:
    consolidate(esms, world.lead)
    for role in (Role.VENDOR, Role.DPO):
        assert shown(world.foreign.people[role], esms) == {}
