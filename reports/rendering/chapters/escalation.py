"""What the COMOP brings to the COSTRAT: the arbitrations that wait, and what their files lack."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.documents.parts import Chapter
from governance.enums import ArbitrationStatus
from reports.rendering.words import Mark, first, reference, shortened
from reports.selectors.arbitrations import ArbitrationFact

MOST = 15
STATES = {
    ArbitrationStatus.DRAFT: Mark("En instruction", "progress", "s-progress"),
    ArbitrationStatus.TO_DECIDE: Mark("À l’ordre du jour", "accent", "calendar"),
    ArbitrationStatus.POSTPONED: Mark("Reporté", "late", "s-watch"),
}


@dataclass(frozen=True)
class Proposed:
    fact: ArbitrationFact
    reference: str
    mark: Mark
    context: str
    options: str
    when: str
    lacks: str


def escalation(facts: Sequence[ArbitrationFact]) -> list[Chapter]:
    """Nothing when no arbitration waits."""
    if not facts:
        return []
    return [
        Chapter(
            anchor="arbitrages",
            title=_title(len(facts)),
            running="Arbitrages à porter au COSTRAT",
            template="reports/committee/escalation.html",
            data={"proposed": first([proposed(fact) for fact in facts], MOST)},
            new_page=False,
        )
    ]


def _title(count: int) -> str:
    verb = french.counted(count, "arbitrage à porter", "arbitrages à porter")
    return f"{french.capital(verb)} au COSTRAT"


def proposed(fact: ArbitrationFact) -> Proposed:
    options = [f"{option.letter}, {option.label}" for option in fact.options]
    return Proposed(
        fact=fact,
        reference=reference(fact.reference),
        mark=STATES[fact.status],
        context=shortened(fact.context, 320),
        options=french.typography(" ; ".join(options)),
        when=_when(fact),
        lacks=lacks(fact),
    )


def _when(fact: ArbitrationFact) -> str:
    if fact.status == ArbitrationStatus.POSTPONED and fact.postponed_to:
        return f"Reporté au {french.long_date(fact.postponed_to)}"
    return f"À trancher avant le {french.long_date(fact.deadline)}" if fact.deadline else "Sans échéance"


def lacks(fact: ArbitrationFact) -> str:
    """« Il manque l’avis du COMOP et la recommandation. » Nothing when the file is whole."""
    missing = []
    if len(fact.options) < 2:
        missing.append("deux options au moins")
    if not fact.recommendation:
        missing.append("la recommandation")
    if not fact.comop_opinion:
        missing.append("l’avis du COMOP")
    if fact.kind.needs_dpo and not fact.dpo_opinion:
        missing.append("l’avis du DPD")
    return f"Il manque {french.listed(missing)}." if missing else ""
