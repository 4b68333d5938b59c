"""What was decided since, by which votes, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.charts.bars import Segment, segments
from common.documents.parts import Chapter
from governance.enums import Choice
from reports.rendering.words import Mark, first, reference, share, shortened, since, state_of
from reports.selectors.arbitrations import ArbitrationFact, VoteFact
from reports.selectors.costrat import CostratFacts
from reports.selectors.follow_ups import FollowUpLine

MOST, MOST_FOLLOW_UPS = 12, 30


@dataclass(frozen=True)
class FollowUpRow:
    """Something to do, as lists have it."""

    line: FollowUpLine
    mark: Mark
    origin: str


@dataclass(frozen=True)
class RenderedView:
    """An arbitration that was rendered: what was chosen, how, by which votes, and what follows."""

    fact: ArbitrationFact
    reference: str
    told: str
    text: str
    chosen: str
    segments: tuple[Segment, ...]
    tally: str
    votes: str
    follow_ups: list[FollowUpRow]


def decisions(facts: CostratFacts) -> list[Chapter]:
    """Nothing when nothing was decided and nothing is left to do."""
    rendered, plain, postponed = facts.arbitrations.rendered, facts.decisions, facts.arbitrations.postponed
    shown = {fact.reference for fact in rendered[:MOST]}
    others = [line for line in facts.follow_ups if line.arbitration not in shown]
    if not (rendered or plain or postponed or others):
        return []
    return [
        Chapter(
            anchor="decisions",
            title=_title(len(rendered) + len(plain), facts),
            running="Décisions rendues et leurs suites",
            template="reports/committee/decisions.html",
            data={
                "rendered": first([rendered_view(fact, facts.follow_ups) for fact in rendered], MOST),
                "plain": first(plain, MOST),
                "postponed": [(reference(fact.reference), fact) for fact in postponed],
                "follow_ups": first([row(line) for line in in_order(others)], MOST_FOLLOW_UPS),
                "others": bool(rendered),
            },
        )
    ]


def _title(count: int, facts: CostratFacts) -> str:
    when = since(facts.period, facts.body)
    if not count:
        return f"Aucune décision rendue {when}"
    return french.capital(f"{french.counted(count, 'décision rendue', 'décisions rendues', feminine=True)} {when}")


def rendered_view(fact: ArbitrationFact, follow_ups: Sequence[FollowUpLine]) -> RenderedView:
    option = fact.option(fact.chosen)
    expressed = [(percent, "ok" if letter == fact.chosen else "progress") for letter, percent in fact.tally.options]
    drawn = [(tone, percent) for percent, tone in sorted(expressed, key=lambda item: item[1] != "ok")]
    against = [("ko", fact.tally.against), ("none", fact.tally.abstained)]
    return RenderedView(
        fact=fact,
        reference=reference(fact.reference),
        told=told(fact),
        text=shortened(fact.decision_text, 700),
        chosen=f"Option {fact.chosen} : {option.label}" if option else "",
        segments=segments(*drawn, *against, total=100) if fact.votes else (),
        tally=tally(fact),
        votes=votes_in_words(fact.votes),
        follow_ups=[row(line) for line in in_order(follow_ups) if line.arbitration == fact.reference],
    )


def told(fact: ArbitrationFact) -> str:
    """« Décidé le 15 octobre 2026 par vote pondéré ; quorum atteint, 75 % représentés. »"""
    how = f" par {fact.mode.label[0].lower()}{fact.mode.label[1:]}" if fact.mode else ""
    quorum = "quorum atteint" if fact.quorum_reached else "sans condition de quorum"
    there = f", {share(fact.represented)} représentés" if fact.represented is not None else ""
    when = f" le {french.long_date(fact.decided_on)}" if fact.decided_on else ""
    decision = f" Décision {reference(fact.decision)}." if fact.decision else ""
    return french.typography(f"Décidé{when}{how} ; {quorum}{there}.{decision}")


def tally(fact: ArbitrationFact) -> str:
    """« Option B 75 %, contre 25 % »: what got nothing is left out."""
    if not fact.votes:
        return ""
    parts = [f"option {letter} {share(percent)}" for letter, percent in fact.tally.options if percent]
    parts += [f"contre {share(fact.tally.against)}"] if fact.tally.against else []
    parts += [f"abstention {share(fact.tally.abstained)}"] if fact.tally.abstained else []
    return french.capital(", ".join(parts))


def votes_in_words(votes: Sequence[VoteFact]) -> str:
    """« Brumes Claires (41,67 %) : option B ; Val-Cendré (25 %) : contre »."""
    said = []
    for vote in votes:
        what = f"option {vote.letter}" if vote.choice == Choice.FOR else vote.choice.label.lower()
        said.append(f"{vote.label} ({share(vote.weight)}) : {what}")
    return french.typography(" ; ".join(said))


def in_order(follow_ups: Sequence[FollowUpLine]) -> list[FollowUpLine]:
    """Late ones first, then those to be done by date, then those done."""
    return sorted(follow_ups, key=lambda line: (not line.late, not line.state.open, line.due_on, line.number))


def row(line: FollowUpLine) -> FollowUpRow:
    if line.arbitration:
        origin = reference(line.arbitration)
    elif line.decided_on:
        origin = f"{line.body}, {french.short_date(line.decided_on, year=True)}"
    else:
        origin = ""
    return FollowUpRow(line, state_of(line), origin)
