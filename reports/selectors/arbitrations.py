"""The files of arbitrations, as documents print them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q

from governance.enums import ArbitrationKind, ArbitrationStatus, Choice, DecisionMode, Impact, Majority
from governance.models import Arbitration, ArbitrationOption
from governance.selectors.arbitrations import arbitrations_of, with_file
from governance.voting import Ballot, tally
from organisations.models import Project


@dataclass(frozen=True)
class OptionFact:
    """One answer to the question, and what it does: to cost (euros), delay (days), quality and risk."""

    letter: str
    label: str
    description: str
    cost: Impact
    amount: Decimal | None
    delay: Impact
    days: int | None
    quality: Impact
    risk: Impact
    comment: str


@dataclass(frozen=True)
class VoteFact:
    """One vote: whose voice, its weight in percent, what it says; `letter`: the option that it supports."""

    label: str
    weight: Decimal
    choice: Choice
    letter: str
    comment: str


@dataclass(frozen=True)
class TallyFact:
    """The weights of a vote in percent: by letter of option, against, abstained."""

    options: tuple[tuple[str, Decimal], ...]
    against: Decimal
    abstained: Decimal


@dataclass(frozen=True)
class ArbitrationFact:
    """An arbitration with its file. `recommended` and `chosen` are letters; empty when there is none."""

    reference: str
    kind: ArbitrationKind
    status: ArbitrationStatus
    question: str
    context: str
    consequence: str
    deadline: date | None
    requested_by: str
    cites: str
    options: tuple[OptionFact, ...]
    recommended: str
    recommendation: str
    comop_opinion: str
    dpo_opinion: str
    structures: tuple[str, ...]
    documents: tuple[str, ...]
    votes: tuple[VoteFact, ...]
    tally: TallyFact
    mode: DecisionMode | None
    quorum_reached: bool | None
    represented: Decimal | None
    chosen: str
    decision: str
    decision_text: str
    reasons: str
    conditions: str
    decided_on: date | None
    postponed_to: date | None
    postponement_reason: str

    @property
    def majority(self) -> Majority:
        return self.kind.majority

    def option(self, letter: str) -> OptionFact | None:
        return next((option for option in self.options if option.letter == letter), None)


@dataclass(frozen=True)
class Arbitrations:
    """Those of a period: to render, rendered since its first day, postponed, and prepared for later."""

    to_render: tuple[ArbitrationFact, ...]
    rendered: tuple[ArbitrationFact, ...]
    postponed: tuple[ArbitrationFact, ...]
    prepared: tuple[ArbitrationFact, ...]


_RENDERED = (ArbitrationStatus.DECIDED, ArbitrationStatus.APPLIED)


def arbitrations_in(project: Project, since: date) -> Arbitrations:
    """The arbitrations that a committee's report speaks of, those that press most first. Nine queries."""
    waiting = (ArbitrationStatus.TO_DECIDE, ArbitrationStatus.POSTPONED, ArbitrationStatus.DRAFT)
    wanted = Q(status__in=waiting) | Q(status__in=_RENDERED, decided_on__gte=since)
    found = arbitrations_of(project).filter(wanted).order_by(F("deadline").asc(nulls_last=True), "year", "number")
    facts = [arbitration_fact(arbitration) for arbitration in with_file(found)]
    by_status = {status: [fact for fact in facts if fact.status == status] for status in ArbitrationStatus}
    rendered = [fact for fact in facts if fact.status in _RENDERED]
    return Arbitrations(
        to_render=tuple(by_status[ArbitrationStatus.TO_DECIDE]),
        rendered=tuple(sorted(rendered, key=lambda fact: (fact.decided_on or since, fact.reference), reverse=True)),
        postponed=tuple(by_status[ArbitrationStatus.POSTPONED]),
        prepared=tuple(by_status[ArbitrationStatus.DRAFT]),
    )


def arbitration_fact(found: Arbitration) -> ArbitrationFact:
    """`found` comes with its whole file (`governance.selectors.arbitrations.with_file`)."""
    letters: dict[UUID | None, str] = {option.pk: option.letter for option in found.options.all()}
    votes = list(found.votes.all())
    kind = ArbitrationKind(found.kind)
    ballots = [Ballot(vote.unit_id, vote.weight, Choice(vote.choice), vote.option_id) for vote in votes]
    counted = tally(ballots, kind.majority)
    return ArbitrationFact(
        reference=found.reference,
        kind=kind,
        status=ArbitrationStatus(found.status),
        question=found.question,
        context=found.context,
        consequence=found.consequence,
        deadline=found.deadline,
        requested_by=found.requested_by.get_full_name(),
        cites=found.cites.reference if found.cites else "",
        options=tuple(_option(option) for option in found.options.all()),
        recommended=letters.get(found.recommended_id, ""),
        recommendation=found.recommendation,
        comop_opinion=found.comop_opinion,
        dpo_opinion=found.dpo_opinion,
        structures=tuple(concern.esms.name for concern in found.concerns.all()),
        documents=tuple(document.label for document in found.documents.all()),
        votes=tuple(
            VoteFact(
                label=vote.og.short_name if vote.unit_id == vote.og_id else vote.voter.get_full_name(),
                weight=vote.weight,
                choice=Choice(vote.choice),
                letter=letters.get(vote.option_id, ""),
                comment=vote.comment,
            )
            for vote in votes
        ),
        tally=TallyFact(
            options=tuple(
                (option.letter, counted.for_option.get(option.pk, Decimal(0))) for option in found.options.all()
            ),
            against=counted.against,
            abstained=counted.abstained,
        ),
        mode=DecisionMode(found.mode) if found.mode else None,
        quorum_reached=found.quorum_reached,
        represented=found.represented_percent,
        chosen=letters.get(found.chosen_id, ""),
        decision=found.decision.reference if found.decision else "",
        decision_text=found.decision_text,
        reasons=found.reasons,
        conditions=found.conditions,
        decided_on=found.decided_on,
        postponed_to=found.postponed_to,
        postponement_reason=found.postponement_reason,
    )


def _option(option: ArbitrationOption) -> OptionFact:
    return OptionFact(
        letter=option.letter,
        label=option.label,
        description=option.description,
        cost=Impact(option.cost_impact),
        amount=option.cost_amount,
        delay=Impact(option.delay_impact),
        days=option.delay_days,
        quality=Impact(option.quality_impact),
        risk=Impact(option.risk_impact),
        comment=option.comment,
    )
