"""Needs that look alike: of one domain, with words in common. Cheap on purpose: it suggests, people decide."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
# Words that tell nothing of a need, as `words_of` writes them.
_COMMON = """
avec avoir ainsi aussi autre aux cette chaque comme dans de dont elle est etre faire leur lor mais meme non
notre nous par peut plus pour pouvoir quand que qui sans sont sur tous tout toute une usager ver voir
votre besoin dui logiciel outil
"""
_EMPTY = frozenset(_COMMON.split())
_SHORTEST = 3
ENOUGH = 0.3  # of the words of the shorter one
AT_LEAST = 2  # words in common


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words that tell, without accents, plural or case: « Transmissions ciblées » → {transmission, ciblee}."""
    bare = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    found = {word[:-1] if word.endswith(("s", "x")) else word for word in _WORD.findall(bare)} - _EMPTY
    return frozenset(word for word in found if len(word) >= _SHORTEST)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: the share of the shorter one's words that both have; 0 under two words in common."""
    both = len(one & other)
    return both / min(len(one), len(other)) if both >= AT_LEAST else 0.0


def alike(text: str, others: Iterable[tuple[str, str]], *, most: int = 3) -> list[str]:
    """The keys of the texts that look like `text`, the most alike first. `others`: key and text."""
    words = words_of(text)
    scores = [(likeness(words, words_of(other)), key) for key, other in others]
    return [key for score, key in sorted(scores, key=lambda item: (-item[0], item[1])) if score >= ENOUGH][:most]
