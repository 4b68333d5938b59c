"""A figure in words, with what it is made of, or why it is not there."""

from common import french
from indicators.enums import Absence, Kind
from indicators.forms.entry import ranks_of
from indicators.models import Definition, Figure
from indicators.presentation import words
from indicators.values import Terms


def absent(absence: str, why: str) -> str:
    """« Non disponible : panne », « Non concerné »."""
    label = Absence(absence).label
    return french.typography(label if why in {"", label} else f"{label} : {why}")


def of_figure(definition: Definition, figure: Figure) -> str:
    return of_terms(definition, figure.terms, figure.text, figure.absence, figure.why)


def of_terms(definition: Definition, terms: Terms | None, text: str = "", absence: str = "", why: str = "") -> str:
    """« 93 % (67 sur 72) », « 4,2 sur 5 (18 réponses) », « À surveiller : lenteurs », « Non concerné »."""
    if absence:
        return absent(absence, why)
    if definition.kind == Kind.TEXT:
        severity = next((one.label for one in ranks_of(definition) if terms and one.rank == terms.amount), "")
        return french.typography(f"{severity} : {text}" if severity else text)
    written = words.written(definition, terms)
    of = words.terms_in_words(definition, terms)
    if definition.kind == Kind.SCORE and terms and terms.base:
        of = french.plural(terms.base, "réponse", "réponses")
    return f"{written} ({of})" if of else written
