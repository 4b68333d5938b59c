"""What the pages of risks say alike: a level, a criticality, a state, a score."""

from dataclasses import dataclass

from common import french
from risks.enums import AssessmentStatus, Criticality, Level, RiskStatus
from risks.scoring import HIGHEST, LOWEST, Score


@dataclass(frozen=True)
class Mark:
    """A word, a tone, a shape: colour never speaks alone."""

    word: str
    tone: str
    icon: str


LEVELS = {
    Level.LOW: Mark(Level.LOW.label, "ok", "s-ok"),
    Level.MODERATE: Mark(Level.MODERATE.label, "late", "s-watch"),
    Level.CERTAIN: Mark(Level.CERTAIN.label, "ko", "s-ko"),
}
UNMARKED = Mark("Sans note", "none", "s-na")
CRITICALITIES = {
    Criticality.LOW: Mark(Criticality.LOW.label, "ok", "s-ok"),
    Criticality.MODERATE: Mark(Criticality.MODERATE.label, "progress", "s-progress"),
    Criticality.HIGH: Mark(Criticality.HIGH.label, "late", "s-watch"),
    Criticality.CRITICAL: Mark(Criticality.CRITICAL.label, "ko", "s-ko"),
}
RISK_STATUSES = {
    RiskStatus.OPEN: Mark(RiskStatus.OPEN.label, "todo", "s-todo"),
    RiskStatus.TREATED: Mark(RiskStatus.TREATED.label, "progress", "s-progress"),
    RiskStatus.WATCHED: Mark(RiskStatus.WATCHED.label, "late", "s-watch"),
    RiskStatus.CLOSED: Mark(RiskStatus.CLOSED.label, "ok", "s-ok"),
}
ASSESSMENT_STATUSES = {
    AssessmentStatus.ANSWERING: Mark(AssessmentStatus.ANSWERING.label, "progress", "s-progress"),
    AssessmentStatus.CONVERGING: Mark(AssessmentStatus.CONVERGING.label, "progress", "s-progress"),
    AssessmentStatus.SUBMITTED: Mark(AssessmentStatus.SUBMITTED.label, "accent", "s-watch"),
    AssessmentStatus.VALIDATED: Mark(AssessmentStatus.VALIDATED.label, "accent", "s-watch"),
    AssessmentStatus.TRANSMITTED: Mark(AssessmentStatus.TRANSMITTED.label, "ok", "s-ok"),
}

ORIENTATION = "Plus le score est haut, plus le risque est fort."
METHOD = (
    "La méthode est celle des « 100 points » de l’ANAP : dix sections de dix questions. Les affirmations, les parades "
    "et les seuils ne sont pas de l’ANAP : ce sont les nôtres."
)


def level_mark(level: Level | None) -> Mark:
    """How a level is shown; « Sans note » while there is none."""
    return LEVELS[level] if level else UNMARKED


def points(score: Score) -> str:
    """« 710 points sur 1 000 », « 71 points sur 100 »; « sans note » while nothing is marked."""
    if score.points is None:
        return UNMARKED.word.lower()
    return f"{counted_points(score.points)} sur {french.number(highest(score))}".replace(" ", french.NBSP)


def counted_points(count: int) -> str:
    """« 12 points », « 1 point »."""
    return french.plural(count, "point", "points")


def highest(score: Score) -> int:
    """What the score goes up to: 100 for a section, 1000 for the whole."""
    return score.unit * HIGHEST


def lowest(score: Score) -> int:
    return score.unit * LOWEST


def risk_is(level: Level | None) -> str:
    """« le risque est certain »."""
    return f"le risque est {level.label.lower()}" if level else "rien n’est encore noté"


def mark_of(value: int | None, *, answered: bool = True) -> str:
    """« 9 sur 10 », « Non concerné », « Sans réponse »."""
    if value is not None:
        return f"{value} sur 10".replace(" ", french.NBSP)
    return "Non concerné" if answered else "Sans réponse"


def signed(difference: int | None) -> str:
    """« +12 », « −5 », « = »; « – » when there is nothing to compare."""
    if difference is None:
        return "–"
    return f"+{difference}" if difference > 0 else french.number(difference) if difference else "="


def in_sentence(title: str) -> str:
    """A title within a sentence: « les ressources du projet »."""
    return title[:1].lower() + title[1:]
