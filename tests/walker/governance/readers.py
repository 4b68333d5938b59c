"""Who reads what of governance (product.md, « Who may do what »)."""

from tests.walker.base import COMOP, COSTRAT, DPO, LEAD, OBSERVER, OG_DIRECTOR, PURCHASING, RIVAL_DIRECTOR

DECISION_READERS = frozenset({LEAD, COSTRAT, COMOP, OG_DIRECTOR, RIVAL_DIRECTOR, DPO, PURCHASING, OBSERVER})
ALERT_READERS = frozenset({LEAD, COSTRAT, COMOP, OBSERVER})
