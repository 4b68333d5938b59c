"""A part for each OG: its structures by phase, its votes, what its people have to do."""

from collections import defaultdict
from dataclasses import dataclass

from common import french
from common.documents.parts import Chapter
from governance.enums import Choice
from organisations.enums import Phase
from reports.rendering.chapters.decisions import FollowUpRow, in_order, row
from reports.rendering.words import Shown, first, reference, some
from reports.selectors.costrat import CostratFacts
from reports.selectors.structures import OgStructures

MOST_NAMES, MOST_FOLLOW_UPS, MOST_VOTES = 60, 8, 8


@dataclass(frozen=True)
class OgPart:
    name: str
    said: str
    phases: list[tuple[str, int, str]]
    votes: str
    follow_ups: Shown[FollowUpRow]


def ogs(facts: CostratFacts) -> list[Chapter]:
    """Nothing with one OG alone, of which the whole report speaks."""
    if len(facts.structures.ogs) < 2:
        return []
    return [
        Chapter(
            anchor="og",
            title="Annexe : les OG un à un",
            running="Les OG un à un",
            template="reports/committee/ogs.html",
            data={"parts": [_part(og, facts) for og in facts.structures.ogs]},
            new_page=False,
            numbered=False,
        )
    ]


def _part(og: OgStructures, facts: CostratFacts) -> OgPart:
    by_phase: dict[Phase, list[str]] = defaultdict(list)
    for structure in og.structures:
        by_phase[structure.phase].append(structure.name)
    weight = next((row.percent for row in facts.weights.shares if row.og == og.og), None) if facts.weights else None
    votes = [
        f"{reference(fact.reference)} {_vote(vote.choice, vote.letter)}"
        for fact in facts.arbitrations.rendered
        for vote in fact.votes
        if vote.label == og.og
    ]
    follow_ups = [row(line) for line in in_order(facts.follow_ups) if line.og == og.og]
    count = french.counted(len(og.structures), "structure", "structures", feminine=True)
    weighs = f", {french.percent(weight)} des voix" if weight is not None else ""
    return OgPart(
        name=french.typography(og.name),
        said=f"{french.capital(count)}{weighs}.",
        phases=[
            (phase.label, len(by_phase[phase]), some(by_phase[phase], MOST_NAMES)) for phase in Phase if by_phase[phase]
        ],
        votes=french.typography(some(votes, MOST_VOTES)),
        follow_ups=first(follow_ups, MOST_FOLLOW_UPS),
    )


def _vote(choice: Choice, letter: str) -> str:
    return f"pour l’option {letter}" if choice == Choice.FOR else choice.label.lower()
