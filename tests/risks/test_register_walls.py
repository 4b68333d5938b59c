"""The second wall of the register: what raw SQL shows of risks and of what is done about them, to each role."""

import pytest
from django.db import connection
from django.utils import timezone

from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from risks.models import Risk, RiskAction, RiskLink
from tests.harness.risks import RiskWork, untold
from tests.harness.world import FOREIGN, INSIDE, RIVAL, SIBLING, World

pytestmark = pytest.mark.django_db

TABLES = ("risk", "riskaction", "risklink")
EVERYWHERE, OWN_OG, OWN = {INSIDE, SIBLING, RIVAL}, {INSIDE, SIBLING}, {INSIDE}
# Of which structures each role reads what was transmitted; of which, what was not.
READ: dict[Role, tuple[set[str], set[str]]] = {
    Role.PROJECT_LEAD: (EVERYWHERE, set()),
    Role.OG_DIRECTOR: (OWN_OG, set()),
    Role.ESMS_DIRECTOR: (OWN, OWN),
    Role.LOCAL_REFERENT: (OWN, OWN),
}


def told(user: User, *tables: str) -> str:
    """All that these tables show to somebody; all those of the register and their histories, unless some are named."""
    found = []
    with acting_as(user.pk), connection.cursor() as cursor:
        for table in tables or (*TABLES, *(f"{table}event" for table in TABLES)):
            cursor.execute(f'select t::text from "risks_{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def work(world: World) -> RiskWork:
    return world.own.risk_work[0]


def written(model: type, pk: object, **values: object) -> None:
    with elevated():
        model._default_manager.filter(pk=pk).update(**values)


@pytest.mark.parametrize("role", Role)
def test_raw_sql_shows_each_role_what_was_transmitted_to_it(world: World, role: Role) -> None:
    transmitted, own = READ.get(role, (set(), set()))
    shown = told(world.person(role))
    assert {canary for canary in EVERYWHERE if canary in shown} == transmitted
    assert {canary for canary in EVERYWHERE if untold(canary) in shown} == own
    assert FOREIGN not in shown
    assert untold(FOREIGN) not in shown


@pytest.mark.parametrize("role", Role)
def test_the_projects_own_risks_are_read_by_its_bodies(world: World, role: Role) -> None:
    assert ("Un seul intervenant chez l’éditeur" in told(world.person(role))) == (
        role in {Role.PROJECT_LEAD, Role.COSTRAT, Role.COMOP}
    )


def test_raised_a_risk_and_its_actions_are_read_by_the_bodies_and_no_longer_once_handed_back(world: World) -> None:
    risk, readers = work(world).risk, [world.person(Role.COSTRAT), world.person(Role.COMOP)]
    written(Risk, risk.pk, raised_by=risk.owner, raised_at=timezone.now())
    for reader in readers:
        shown = told(reader)
        assert "Débit insuffisant" in shown
        assert "Poser un relais" in shown
        assert untold(INSIDE) not in shown
    assert "Débit insuffisant" not in told(world.person(Role.OBSERVER))
    assert INSIDE not in told(world.rival_director)
    written(Risk, risk.pk, raised_by=None, raised_at=None)
    for reader in readers:
        assert "Débit insuffisant" not in told(reader, "risk")
        assert "Poser un relais" not in told(reader, "riskaction")


def test_who_does_an_action_reads_it_alone(world: World) -> None:
    dpo = world.person(Role.DPO)
    assert told(dpo) == ""
    written(RiskAction, work(world).own_action.pk, owner=dpo)
    assert "Nommer un suppléant" in told(dpo, "riskaction")
    assert told(dpo, "risk", "risklink") == ""
    assert told(world.person(Role.PURCHASING)) == ""


def test_what_a_risk_is_linked_with_is_read_with_it(world: World) -> None:
    made = work(world)
    with elevated():
        for risk in (made.risk, made.own):
            RiskLink.objects.create(
                project=risk.project,
                og_id=risk.og_id,
                esms=risk.esms,
                place=risk.place,
                risk=risk,
                source=f"vers-{risk.number}",
                source_id=risk.pk,
                linked_by=risk.owner,
            )
    lead, director = (told(world.person(role), "risklink") for role in (Role.PROJECT_LEAD, Role.ESMS_DIRECTOR))
    assert "vers-1" in lead
    assert "vers-2" not in lead
    assert "vers-2" in director
    assert told(world.rival_director, "risklink") == ""
