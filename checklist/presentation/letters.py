"""The letters of the RACI in French."""

from collections.abc import Iterable

from checklist.enums import Actor, Letter
from checklist.presentation.actors import SEVERAL
from checklist.selectors import LetterChange
from common import french


def letter_change(change: LetterChange) -> str:
    """« COMOP devient Acteur », « Référents métiers ne sont plus Consultés », « Odile Marchassier devient Acteur »."""
    several = 2 if change.holder in SEVERAL else 1
    name = change.holder.label if isinstance(change.holder, Actor) else change.holder
    gained, lost = french.agree(several, "devient", "deviennent"), french.agree(several, "n’est plus", "ne sont plus")
    return f"{name} {gained if change.gained else lost} {change.letter.label}{french.agree(several, '', 's')}"


def letters_in_words(letters: Iterable[Letter]) -> str:
    """« R, A et C », in the order of RACI; « aucune lettre »."""
    return french.listed([letter.value for letter in Letter if letter in set(letters)]) or "aucune lettre"
