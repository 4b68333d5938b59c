"""The numbers that identify an OG or a structure: FINESS, SIREN, SIRET.

A malformed number is an error. A wrong key is a warning only: the directories of the State hold some, and a person who
copies one faithfully must be able to go on. Sources: FINESS key as ANS documents it (Luhn; for Corsica the A of 2A
counts as 1, the B of 2B as 2); SIREN and SIRET keys by python-stdnum, La Poste's exception included.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret

from common.french import typography

_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]+")


@dataclass(frozen=True)
class Number:
    """A kind of identity number: its name, its shape, and whether the key of a well-formed one holds."""

    name: str
    shape: re.Pattern[str]
    wanted: str
    key_holds: Callable[[str], bool]

    def read(self, text: str) -> str:
        """The number in `text`, without spaces or dots. Raises ValueError, in words, when it is malformed."""
        number = _SEPARATORS.sub("", text).upper()
        if number and not self.shape.fullmatch(number):
            raise ValueError(f"Un numéro {self.name} est fait de {self.wanted}.")
        return number

    def warning(self, number: str) -> str:
        """What to tell the reader of a well-formed number, or nothing when its key holds."""
        if not number or self.key_holds(number):
            return ""
        return typography(f"La clé de ce numéro {self.name} n’est pas juste : un chiffre a peut-être été mal copié.")


def _finess_key_holds(number: str) -> bool:
    return luhn.is_valid(number.replace("A", "1").replace("B", "2"))


def _siret_key_holds(number: str) -> bool:
    try:
        siret.validate(number)
    except ValidationError:
        return False
    return True


FINESS = Number(
    name="FINESS",
    shape=re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{7}"),
    wanted="9 chiffres (2A ou 2B au début pour la Corse)",
    key_holds=_finess_key_holds,
)
SIREN = Number(name="SIREN", shape=re.compile(r"[0-9]{9}"), wanted="9 chiffres", key_holds=siren.is_valid)
SIRET = Number(name="SIRET", shape=re.compile(r"[0-9]{14}"), wanted="14 chiffres", key_holds=_siret_key_holds)

# The fields of our models that hold one.
NUMBERS = {"finess_ej": FINESS, "finess_et": FINESS, "siren": SIREN, "siret": SIRET}
