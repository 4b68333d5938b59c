"""The second wall of the documents and the people: what raw SQL shows to each role."""

import pytest
from django.db import connection

from organisations.access import acting_as
from organisations.enums import Role
from tests.harness.structures.resources import paper
from tests.harness.world import FOREIGN, INSIDE, RIVAL, SIBLING, World

pytestmark = pytest.mark.django_db

DOCUMENTS = ("structuredocument", "documentversion", "documentrequest", "requesteddocument")
PEOPLE = ("contact", "application", "appointment")


def texts(*tables: str) -> str:
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            for kept in (table, f"{table}event"):
                cursor.execute(f'select t::text from "structures_{kept}" t')
                found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


EVERYWHERE, OWN_OG, OWN = {INSIDE, SIBLING, RIVAL}, {INSIDE, SIBLING}, {INSIDE}
READ = {
    Role.PROJECT_LEAD: (EVERYWHERE, EVERYWHERE),
    Role.OG_DIRECTOR: (OWN_OG, OWN_OG),
    Role.ESMS_DIRECTOR: (OWN, OWN),
    Role.LOCAL_REFERENT: (OWN, OWN),
    Role.DPO: (EVERYWHERE, set()),
}


@pytest.mark.parametrize("role", Role)
def test_raw_sql_shows_each_role_its_documents_and_its_people(world: World, role: Role) -> None:
    documents, people = READ.get(role, (set(), set()))
    with acting_as(world.person(role).pk):
        deposited, known, calls = texts(*DOCUMENTS), texts(*PEOPLE), texts("resourcecall")
    assert {canary for canary in EVERYWHERE if paper(canary) in deposited} == documents
    assert {canary for canary in EVERYWHERE if canary in known} == people
    assert bool(calls) == bool(people)  # a call speaks to structures, and to nobody else
    for told in (deposited, known, calls):
        assert FOREIGN not in told
        assert paper(FOREIGN) not in told
