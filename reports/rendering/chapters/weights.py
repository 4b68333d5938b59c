"""What the OG weigh, and how that was found."""

from dataclasses import dataclass

from common import french
from common.charts.bars import Segment, segments
from common.documents.parts import Chapter
from governance.catalogue import catalogue
from governance.enums import WeightingMethod
from reports.rendering.words import reference, share
from reports.selectors.weights import WeightFacts

BASES = {
    WeightingMethod.ESMS_COUNT: "ESMS",
    WeightingMethod.CAPACITY: "Capacité",
    WeightingMethod.CONTRIBUTION: "Contribution",
}


@dataclass(frozen=True)
class ShareRow:
    og: str
    basis: str
    percent: str
    segments: tuple[Segment, ...]


def weights(facts: WeightFacts | None) -> list[Chapter]:
    """Nothing before any were decided, nor with one OG."""
    if facts is None:
        return []
    method = next(item for item in catalogue().methods if item.method == facts.method)
    rows = [
        ShareRow(
            og=row.og,
            basis="" if row.basis is None else french.number(row.basis),
            percent=share(row.percent),
            segments=segments(("accent", row.percent), total=100),
        )
        for row in facts.shares
    ]
    return [
        Chapter(
            anchor="poids",
            title="Annexe : le poids des OG",
            running="Poids des OG",
            template="reports/committee/weights.html",
            data={
                "said": _said(facts),
                "formula": method.formula if facts.method != WeightingMethod.CUSTOM else "",
                "rule": french.typography(facts.rule),
                "bounds": _bounds(facts),
                "basis": BASES.get(facts.method, ""),
                "rows": rows,
            },
            new_page=False,
            numbered=False,
        )
    ]


def _said(facts: WeightFacts) -> str:
    label = f"{facts.method.label[0].lower()}{facts.method.label[1:]}"
    return french.typography(
        f"Les poids sont répartis {_how(facts.method, label)} : décision {reference(facts.decision)} du "
        f"{french.long_date(facts.decided_on)}, en vigueur depuis le {french.long_date(facts.effective_on)}."
    )


def _how(method: WeightingMethod, label: str) -> str:
    if method == WeightingMethod.EQUAL:
        return "à égalité, une voix par OG"
    return "par accord entre les OG" if method == WeightingMethod.CUSTOM else label


def _bounds(facts: WeightFacts) -> str:
    parts = []
    if facts.floor is not None:
        parts.append(f"plancher de {share(facts.floor)}")
    if facts.cap is not None:
        parts.append(f"plafond de {share(facts.cap)}")
    return french.capital(f"{french.listed(parts)} par OG.") if parts else ""
