"""The page on which a vote is concluded, in French."""

from dataclasses import dataclass
from typing import Any

from common import french
from governance.completeness import lacks_dpo
from governance.enums import Choice, DecisionMode
from governance.models import Arbitration, ArbitrationVote
from governance.presentation.arbitrations import reference
from governance.presentation.votes import majority_needed
from governance.selectors.votes import Scrutiny, VoiceLine


@dataclass(frozen=True)
class RulingView:
    """`why_not`: why nothing can be decided now, and what to do instead; empty when something can."""

    title: str
    lede: str
    context: str
    majority: str
    why_not: str


def ruling(arbitration: Arbitration, scrutiny: Scrutiny | None) -> RulingView:
    why_not = _why_not(arbitration, scrutiny)
    return RulingView(
        title="Rien ne peut encore être décidé" if why_not else "Enregistrer la décision",
        lede=french.typography(arbitration.question),
        context=f"Arbitrage {reference(arbitration)}",
        majority=majority_needed(arbitration),
        why_not=french.typography(why_not),
    )


def _why_not(arbitration: Arbitration, scrutiny: Scrutiny | None) -> str:
    if scrutiny is None:
        return "L’arbitrage se décide pendant la séance à laquelle il est inscrit, ou par consultation écrite."
    if lacks_dpo(arbitration):
        return "L’avis du délégué à la protection des données manque : il est obligatoire pour décider de ce sujet."
    if not scrutiny.quorum.reached:
        return (
            "Le quorum n’est pas atteint. Reportez l’arbitrage, ou convoquez une seconde fois sous quinze jours : le "
            "comité délibère alors sans condition de quorum."
        )
    if scrutiny.modes:
        return ""
    if scrutiny.written and scrutiny.open and scrutiny.waiting:
        until = french.long_date(arbitration.consultation_until)
        return f"La consultation court jusqu’au {until} inclus : tous n’ont pas répondu."
    if scrutiny.waiting:
        names = french.listed([line.delegation.label for line in scrutiny.waiting])
        return f"Il manque le vote de {names} : enregistrez-le, ou son abstention."
    if scrutiny.tally.tie:
        return "Il y a égalité, et la présidence n’est pas en séance pour départager : cherchez un accord, ou reportez."
    return "Aucune option n’a la majorité demandée : cherchez un accord et votez de nouveau, ou reportez."


def proposed(arbitration: Arbitration, scrutiny: Scrutiny | None) -> dict[str, Any]:
    """The likeliest conclusion, to begin with."""
    if scrutiny is None or not scrutiny.modes:
        return {}
    mode = scrutiny.modes[0]
    chosen = scrutiny.tally.winner or next(iter(scrutiny.tally.tie), None) or next(iter(scrutiny.agreed), None)
    if mode == DecisionMode.CONSENSUS:
        chosen = chosen or arbitration.recommended_id
    label = next((option.label for option in arbitration.options.all() if option.pk == chosen), "")
    return {"mode": mode.value, "option": chosen, "text": french.typography(label)}


def said(vote: ArbitrationVote) -> str:
    """« Pour l’option A », « Contre », « Abstention »."""
    if vote.choice == Choice.FOR and vote.option:
        return f"pour l’option {vote.option.letter}"
    return str(Choice(vote.choice).label).lower()


def voted_meanwhile(line: VoiceLine | None) -> str:
    """What somebody else said for a voice meanwhile."""
    if line is None or line.vote is None:
        return "Quelqu’un a changé ce vote entre-temps. Le voici comme il est."
    return french.typography(
        f"{line.vote.recorded_by} a enregistré entre-temps le vote de {line.delegation.label} : {said(line.vote)}. "
        "Rien n’a été écrasé : votez de nouveau si ce n’est pas le bon."
    )
