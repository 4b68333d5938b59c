"""Risks in a committee's report: what structures say together, then what the project carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common import french
from common.documents.parts import Chapter
from reports.rendering.risk_words import CRITICALITIES, LEVELS
from reports.rendering.risk_words import spread as counts
from reports.rendering.words import Mark, first
from reports.selectors.register import ActionFact, RiskFact
from reports.selectors.risks import MedianFact, RiskFacts, TogetherFacts
from risks.comparison import FEWEST
from risks.enums import Level
from risks.presentation.words import ORIENTATION, counted_points

MOST_SECTIONS, MOST_SHARED, MOST_RISKS, MOST_LATE = 5, 3, 12, 10


@dataclass(frozen=True)
class StrongRow:
    """`about`: whose it is, or who follows it; `actions`: « deux actions, dont une en retard »."""

    fact: RiskFact
    mark: Mark
    about: str
    actions: str


@dataclass(frozen=True)
class LateRow:
    action: ActionFact
    about: str


def risks(facts: RiskFacts, since: str) -> list[Chapter]:
    """Nothing before the project asked anything, while its register is empty."""
    if facts.empty:
        return []
    together = facts.together
    return [
        Chapter(
            anchor="risques",
            title=french.typography(title(facts)),
            running="Risques",
            template="reports/committee/risks.html",
            data={
                "said": french.typography(_said(facts, since)),
                "answered": french.typography(answered(facts)),
                "spread": french.typography(spread(together, facts.transmitted)) if together else "",
                "medians": [_median(item) for item in together.medians[:MOST_SECTIONS]] if together else [],
                "shared": [shared(item.text, item.count) for item in together.shared[:MOST_SHARED]] if together else [],
                "strong": first([_strong(risk) for risk in facts.strong], MOST_RISKS),
                "late": first(_late(facts.risks), MOST_LATE),
                "orientation": ORIENTATION,
            },
            new_page=False,
        )
    ]


def title(facts: RiskFacts) -> str:
    """« Sept risques au registre du projet, dont deux critiques »."""
    count = len(facts.risks)
    if not count:
        return "Aucun risque ouvert au registre du projet"
    text = french.capital(french.counted(count, "risque ouvert", "risques ouverts"))
    critical = f", dont {french.counted(facts.critical, 'critique', 'critiques')}" if facts.critical else ""
    return f"{text} au registre du projet{critical if count > 1 else ''}"


def _said(facts: RiskFacts, since: str) -> str:
    """« Depuis le …, deux risques s’y sont ajoutés. Trois viennent de structures. Une action est en retard. »"""
    new = french.counted(facts.new, "risque s’y est ajouté", "risques s’y sont ajoutés") if facts.new else ""
    raised = french.counted(facts.raised, "vient d’une structure", "viennent de structures") if facts.raised else ""
    late = french.counted(facts.late_actions, "action est en retard", "actions sont en retard", feminine=True)
    parts = [
        f"{french.capital(since)}, {new or 'aucun ne s’y est ajouté'}.",
        f"{french.capital(raised)}, à sa demande." if facts.raised == 1 else "",
        f"{french.capital(raised)}, à leur demande." if facts.raised > 1 else "",
        f"{french.capital(late)}." if facts.late_actions else "Aucune action n’est en retard.",
    ]
    return " ".join(part for part in parts if part)


def answered(facts: RiskFacts) -> str:
    """« Campagne « Début du projet » : onze structures sur douze ont transmis leur analyse. »"""
    if not facts.campaign:
        return ""
    sent = french.counted(facts.transmitted, "structure", "structures", feminine=True) if facts.transmitted else ""
    verb = french.agree(facts.transmitted, "a transmis", "ont transmis")
    told = f"{sent} sur {french.number(facts.asked)} {verb}" if sent else "aucune structure n’a encore transmis"
    due = f", à rendre pour le {french.long_date(facts.due_on)}" if facts.due_on and not sent else ""
    text = f"Campagne « {facts.campaign} »{due} : {told} son analyse."
    if facts.transmitted > 1:
        text = text.replace("son analyse.", "leur analyse.")
    if facts.together is None:
        text += f" Les chiffres d’ensemble se lisent à partir de {french.in_words(FEWEST, feminine=True)} analyses."
    return text


def spread(facts: TogetherFacts, transmitted: int) -> str:
    """« Sur douze structures, deux sont en risque certain … La médiane est à 372 points sur 1 000. » `transmitted`: how
    many did so in the last campaign; the others are counted as they were."""
    levels = ((facts.certain, Level.CERTAIN), (facts.moderate, Level.MODERATE), (facts.low, Level.LOW))
    text = counts(facts.structures, levels)
    if facts.structures > transmitted:
        text = f"En comptant les campagnes précédentes, {text[0].lower()}{text[1:]}"
    if facts.total_median is not None:
        text += f" La médiane est à {counted_points(facts.total_median)} sur {french.number(1000)}"
        text += f"{moved(facts)}."
    return text


def moved(facts: TogetherFacts) -> str:
    """« ; de celles qui avaient déjà répondu, elle est passée de 384 à 372 »."""
    if facts.before is None or facts.since is None:
        return ""
    if facts.before == facts.since:
        return f" ; elle n’a pas bougé pour les structures qui avaient déjà répondu ({facts.since})"
    return f" ; pour les structures qui avaient déjà répondu, elle est passée de {facts.before} à {facts.since}"


def shared(text: str, count: int) -> str:
    """« Quatre structures : le débit ne suffit pas. »"""
    who = french.capital(french.counted(count, "structure", "structures", feminine=True))
    return french.typography(f"{who} : {text[0].lower()}{text[1:]}")


def _median(item: MedianFact) -> tuple[MedianFact, Mark]:
    return item, LEVELS[item.level]


def _strong(risk: RiskFact) -> StrongRow:
    whose = risk.structure or risk.owner or "Personne ne le suit encore"
    actions = [action for action in risk.actions if action.open]
    said = french.counted(len(actions), "action en cours", "actions en cours", feminine=True) if actions else "aucune"
    late = len(risk.late_actions)
    more = f", dont {french.in_words(late, feminine=True)} en retard" if late else ""
    return StrongRow(risk, CRITICALITIES[risk.criticality], french.typography(whose), french.capital(f"{said}{more}"))


def _late(found: Sequence[RiskFact]) -> list[LateRow]:
    """The longest late first."""
    rows = [LateRow(action, french.typography(risk.title)) for risk in found for action in risk.late_actions]
    return sorted(rows, key=lambda row: (row.action.due_on or date.max, row.about))
