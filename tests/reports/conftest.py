"""A structure with the habilitation matrix that documents are made of."""

import pytest

from common.scope import elevated
from organisations.enums import Role
from organisations.models import ESMS, User
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix
from tests.factories import ESMSFactory, MembershipFactory
from tests.harness.world import World
from tests.structures.habilitation_matrices import NARROWER, WIDER, matrix_of


@pytest.fixture
def director(world: World) -> User:
    user = world.person(Role.ESMS_DIRECTOR)
    user.first_name, user.last_name = "Odile", "Nommée"
    user.save()
    return user


@pytest.fixture
def esms(world: World, director: User) -> ESMS:
    """A structure without a matrix, with a direction and a referent."""
    with elevated():
        esms = ESMSFactory(og=world.own.ogs[0], name="Résidence du Pont", slug="residence")
    for role in (Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT):
        MembershipFactory(user=world.person(role), role=role, target=esms)
    return esms


@pytest.fixture
def matrix(world: World, esms: ESMS, director: User) -> HabilitationMatrix:
    """The first version, consolidated, with an access that goes beyond the proposal and one that stays behind."""
    return matrix_of(
        esms,
        director,
        status=MatrixStatus.CONSOLIDATED,
        accesses=(WIDER, NARROWER),
        lead=world.lead,
        emergency_profiles=["physician"],
        emergency_hours=12,
        emergency_reason=True,
        emergency_logged=True,
    )


@pytest.fixture
def revision(esms: ESMS, director: User, matrix: HabilitationMatrix) -> HabilitationMatrix:
    """The second, being prepared."""
    return matrix_of(esms, director, number=2, status=MatrixStatus.SHARED)
