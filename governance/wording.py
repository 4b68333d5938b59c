"""What changes between two writings of a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Run:
    """Words in a row that stay, come or go."""

    kind: Kind
    text: str


def runs(before: str, after: str) -> list[Run]:
    """The two texts as one: what goes stands before what comes in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Run] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run("same", "".join(new[new_from:new_to])))
            continue
        if old_to > old_from:
            found.append(Run("removed", "".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Run("added", "".join(new[new_from:new_to])))
    return found
