"""The work of the structures of a tenant, one of each row that a URL or a form may name. Texts carry the canary."""

from dataclasses import dataclass

from organisations.models import ESMS, User
from tests.harness.structures import habilitations, inventory, needs, pathway, resources
from tests.harness.structures.habilitations import Habilitations
from tests.harness.structures.inventory import InventoryWork
from tests.harness.structures.needs import Needs
from tests.harness.structures.pathway import PathwayWork


@dataclass
class StructureWork:
    """What one structure has."""

    resources: resources.Resources
    pathway: PathwayWork
    habilitations: Habilitations
    needs: Needs
    inventory: InventoryWork


def build(esms: ESMS, canary: str, director: User, lead: User) -> StructureWork:
    """Write it, in the elevated role."""
    return StructureWork(
        resources=resources.build(esms, canary, director, lead),
        pathway=pathway.build(esms, canary, director, lead),
        habilitations=habilitations.build(esms, canary, director, lead),
        needs=needs.build(esms, canary, director, lead),
        inventory=inventory.build(esms, canary, director, lead),
    )
