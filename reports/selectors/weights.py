"""What the OG weigh, and how that was found."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from governance.enums import WeightingMethod
from governance.models import Weighting
from organisations.enums import ProjectKind
from organisations.models import Project


@dataclass(frozen=True)
class ShareLine:
    """What an OG weighs, in percent, and what that was computed from (ESMS, places, euros)."""

    og: str
    basis: Decimal | None
    percent: Decimal


@dataclass(frozen=True)
class WeightFacts:
    """The weights in force. `cap` and `floor` in percent."""

    method: WeightingMethod
    rule: str
    cap: Decimal | None
    floor: Decimal | None
    decision: str
    decided_on: date
    effective_on: date
    shares: tuple[ShareLine, ...]


def weights_on(project: Project, on: date) -> WeightFacts | None:
    """The weights of OG that count on a day; None when none were decided, or there is one OG. Three queries."""
    if project.kind != ProjectKind.MULTI_OG:
        return None
    weighting = Weighting.objects.select_related("decision").in_force(project, on)
    if weighting is None:
        return None
    return WeightFacts(
        method=WeightingMethod(weighting.method),
        rule=weighting.rule,
        cap=weighting.cap,
        floor=weighting.floor,
        decision=weighting.decision.reference,
        decided_on=weighting.decision.decided_on,
        effective_on=weighting.effective_on,
        shares=tuple(ShareLine(share.og.short_name, share.basis, share.percent) for share in weighting.shares.all()),
    )
