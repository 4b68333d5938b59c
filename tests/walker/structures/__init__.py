"""The addresses of the work of structures."""

from tests.walker.base import Row
from tests.walker.structures import (
    habilitation_follow_up,
    habilitations,
    inventory,
    inventory_follow_up,
    needs,
    pathway,
    resources,
)

ROWS: list[Row] = [
    *inventory.ROWS,
    *habilitations.ROWS,
    *habilitation_follow_up.ROWS,
    *pathway.ROWS,
    *needs.ROWS,
    *resources.ROWS,
    *inventory_follow_up.ROWS,
]
