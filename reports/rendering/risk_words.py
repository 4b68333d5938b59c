"""The words that the documents about risks share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common import french
from reports.rendering.words import Mark, Shown, first, short
from reports.selectors.register import ActionFact, RiskFact
from reports.selectors.risk_analysis import ScoreFact
from risks.criticality import CRITICAL_FROM, HIGH_FROM, MODERATE_FROM, criticality, product
from risks.enums import IMPACT_WORDS, PROBABILITY_WORDS, Level, RiskStatus
from risks.presentation import words
from risks.scoring import A_SECTION, HIGHEST, Thresholds

MOST_ACTIONS = 6  # of one risk


def _paper(mark: words.Mark) -> Mark:
    return Mark(mark.word, mark.tone, mark.icon)


LEVELS = {level: _paper(mark) for level, mark in words.LEVELS.items()}
CRITICALITIES = {level: _paper(mark) for level, mark in words.CRITICALITIES.items()}
STATUSES = {status: _paper(mark) for status, mark in words.RISK_STATUSES.items()}
UNMARKED = _paper(words.UNMARKED)


def level_mark(level: Level | None) -> Mark:
    return LEVELS[level] if level else UNMARKED


def spread(structures: int, levels: Iterable[tuple[int, Level]]) -> str:
    """« Sur douze structures, deux sont en risque certain et dix en risque modéré. »"""
    counts = [(french.in_words(count, feminine=True), count, level.label.lower()) for count, level in levels if count]
    if structures == 1:
        return f"La seule structure est en risque {counts[0][2]}." if counts else "La seule structure n’a pas de score."
    parts = [f"{count} en risque {word}" for count, _, word in counts]
    if parts:
        verb = french.agree(counts[0][1], "est", "sont")
        parts[0] = f"{counts[0][0]} {verb} en risque {counts[0][2]}"
    return f"Sur {french.counted(structures, 'structure', 'structures', feminine=True)}, {french.listed(parts)}."


def change(points: int | None) -> str:
    """« + 12 », « – 3 », « = »; a dash when there is nothing to compare with."""
    if points is None:
        return "–"
    if not points:
        return "="
    return f"{'+' if points > 0 else '−'}{french.NBSP}{abs(points)}"


def moved(points: int, since: str) -> str:
    """« douze points de plus que … », « autant que … »."""
    if not points:
        return f"autant que {since}"
    more = "plus" if points > 0 else "moins"
    return f"{words.counted_points(abs(points))} de {more} que {since}"


def thresholds(found: Thresholds) -> str:
    """« « Modéré » à partir de 40 points dans une section (400 pour l’ensemble) … »."""
    return french.typography(
        f"Le risque est « modéré » à partir de {found.moderate_from} points dans une section "
        f"({found.moderate_from * A_SECTION} pour l’ensemble), « certain » à partir de {found.certain_from} "
        f"({found.certain_from * A_SECTION}). Une action est proposée à partir de la note {found.action_from} sur "
        f"{HIGHEST}."
    )


def method(found: Thresholds) -> list[str]:
    """How scores are made, whose the method is and whose it isn't, a sentence or two a paragraph."""
    return [
        words.METHOD,
        words.ORIENTATION,
        french.typography(
            "Chaque question reçoit une note de 1 (pas de risque) à 10 (risque certain). Le score brut d’une section "
            "ajoute ses notes ; son score sur 100 le ramène à ce qui a été noté, et celui de l’ensemble est sur 1 000. "
            "Une question « non concernée » ne compte pas."
        ),
        thresholds(found),
        french.typography(
            "Dans le registre, la criticité est le produit de la probabilité et de l’impact, de 1 à 4 chacun : modérée "
            f"à partir de {MODERATE_FROM}, élevée à partir de {HIGH_FROM}, critique à partir de {CRITICAL_FROM}."
        ),
    ]


# --- Scores ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ScoreRow:
    fact: ScoreFact
    level: Mark
    change: str


def score_rows(sections: Iterable[ScoreFact]) -> list[ScoreRow]:
    return [ScoreRow(fact, level_mark(fact.level), change(fact.change)) for fact in sections]


def strongest_section(sections: Iterable[ScoreFact]) -> ScoreFact | None:
    """The one of which the score is highest, the first of several."""
    scored = [item for item in sections if item.points is not None]
    return max(scored, key=lambda item: (item.points or 0, -item.number), default=None)


# --- The register ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RiskRow:
    """A risk as tables have it. `about`: whose it is, its category; `state`: where it stands and what is done of it."""

    fact: RiskFact
    about: str
    criticality: Mark
    reckoned: str
    status: Mark
    state: str
    actions: Shown[str]


def risk_rows(risks: Iterable[RiskFact], *, whose: bool = True) -> list[RiskRow]:
    """`whose`: whether each says whose risk it is."""
    return [
        RiskRow(
            fact=risk,
            about=french.typography(
                f"{risk.structure or 'Le projet'}, {_category(risk)}" if whose else risk.category.label
            ),
            criticality=CRITICALITIES[risk.criticality],
            reckoned=f"{risk.probability} × {risk.impact} = {risk.value}".replace(" ", french.NBSP),
            status=STATUSES[risk.status],
            state=french.typography(_state(risk)),
            actions=first([action_line(action) for action in risk.actions if action.given_up_on is None], MOST_ACTIONS),
        )
        for risk in risks
    ]


def _category(risk: RiskFact) -> str:
    return risk.category.label.lower()


def _state(risk: RiskFact) -> str:
    """« Réduire, reste 4 sur 16, à revoir le 3 mars 2027 »."""
    said = [
        risk.treatment.label if risk.treatment else "Traitement à choisir" if risk.open else "",
        f"reste {risk.residual} sur 16" if risk.residual else "",
        f"à revoir le {short(risk.review_on)}" if risk.review_on and risk.open else "",
        f"porté au projet le {short(risk.raised_on)}" if risk.raised_on else "",
    ]
    return french.capital(", ".join(filter(None, said)))


def action_line(action: ActionFact) -> str:
    """« Poser un relais (préventive). Direction d’ESMS, pour le 3 mars 2027, 20 % : en retard »."""
    if action.done_on:
        how = f"faite le {short(action.done_on)}"
    else:
        due = f"pour le {short(action.due_on)}" if action.due_on else "sans date"
        how = f"{due}, {french.percent(action.progress)}{' : en retard' if action.late else ''}"
    who = action.owner or "personne encore"
    return french.typography(f"{action.label.rstrip('.')} ({action.kind.label.lower()}). {french.capital(who)}, {how}")


@dataclass(frozen=True)
class MatrixCell:
    """`value`: probability × impact; `numbers`: « n° 1, n° 4 »."""

    value: int
    tone: str
    numbers: str


@dataclass(frozen=True)
class MatrixRow:
    label: str
    cells: list[MatrixCell]


@dataclass(frozen=True)
class MatrixView:
    columns: list[str]
    rows: list[MatrixRow]


def matrix(risks: Sequence[RiskFact]) -> MatrixView:
    """The open risks of one place by probability and impact, the most probable first."""
    found: dict[tuple[int, int], list[int]] = {}
    for risk in sorted((risk for risk in risks if risk.open), key=lambda risk: risk.number):
        found.setdefault((risk.probability, risk.impact), []).append(risk.number)
    return MatrixView(
        columns=[f"{value}. {label}" for value, label in IMPACT_WORDS.items()],
        rows=[
            MatrixRow(
                f"{probability}. {PROBABILITY_WORDS[probability]}",
                [_cell(probability, impact, found.get((probability, impact), [])) for impact in IMPACT_WORDS],
            )
            for probability in reversed(PROBABILITY_WORDS)
        ],
    )


def _cell(probability: int, impact: int, numbers: Sequence[int]) -> MatrixCell:
    said = ", ".join(f"n°{french.NBSP}{number}" for number in numbers)
    tone = words.CRITICALITIES[criticality(probability, impact)].tone
    return MatrixCell(product(probability, impact), tone, said)


def register_title(risks: Sequence[RiskFact]) -> str:
    """« Sept risques ouverts, dont deux critiques »; as far as these say."""
    opened = [risk for risk in risks if risk.status != RiskStatus.CLOSED]
    if not opened:
        return "Aucun risque ouvert au registre"
    critical = sum(risk.value >= CRITICAL_FROM for risk in opened)
    said = french.capital(french.counted(len(opened), "risque ouvert", "risques ouverts"))
    if not critical:
        return f"{said} au registre, aucun n’est critique"
    if critical == len(opened):
        return f"{said} au registre, {french.agree(critical, 'critique', 'tous critiques')}"
    return f"{said} au registre, dont {french.counted(critical, 'critique', 'critiques')}"
