"""The inventories of one structure of the tests' world: one that was transmitted, and its review, to complete."""

from dataclasses import dataclass

from organisations.models import ESMS, User
from structures.enums.inventory import InventoryStatus
from structures.models import Inventory, InventoryLine, InventoryRemark
from tests.structures.inventory_factories import LINES, READY, SOFTWARE, InventoryFactory, remark, settle


@dataclass
class InventoryWork:
    """`current` is complete; `line` is one of its lines, `remark` was sent with it, `unsent` not."""

    current: Inventory
    line: InventoryLine
    remark: InventoryRemark
    unsent: InventoryRemark


def build(esms: ESMS, canary: str, director: User, lead: User) -> InventoryWork:
    answers = {**READY, "interfaces_needed": f"Lien avec la paie {canary}"}
    lines = {**LINES, "software_in_place": [{**SOFTWARE, "product": f"Logiciel {canary}"}]}
    last = InventoryFactory(esms=esms, by=director, answers=answers, lines=lines, status=InventoryStatus.TRANSMITTED)
    current = InventoryFactory(
        esms=esms, by=director, number=2, based_on=last, answers={**answers, "backup_link": False}, lines=lines
    )
    sent = remark(current, lead, text=f"À préciser {canary}")
    unsent = remark(current, lead, sent=False, text=f"À dire {canary}")
    settle(current, InventoryStatus.TO_COMPLETE, director)
    line = InventoryLine.objects.get(inventory=current, field="software_in_place")
    return InventoryWork(current, line, sent, unsent)
