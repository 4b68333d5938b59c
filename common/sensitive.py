"""What should not be written in a free text: it looks like a patient's data, a social-security number, a person's
address, a password. Pure; a warning, never a refusal."""

import ipaddress
import re
from collections.abc import Callable

from common.french import typography

_NIR = re.compile(
    r"(?<!\d)([12378])\s?(\d{2})\s?(\d{2})\s?(\d{2}|2[AB])\s?(\d{3})\s?(\d{3})\s?(\d{2})(?!\d)", re.IGNORECASE
)
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DATE = rf"\d{{1,2}}(?:er)?(?:[/.\- ]\d{{1,2}}[/.\- ]|\s+(?:{_MONTHS})\s+)(?:19|20)?\d{{2}}"
_BORN = re.compile(
    rf"\bné(?:e|\(e\)|·e)?\s+(?:le\s+)?{_DATE}|\bdate de naissance\b\s*:?\s*{_DATE}|\bDDN\b\s*:?\s*{_DATE}",
    re.IGNORECASE,
)
_CALLED = r"(?:\bM\.|\bMr\b|\bMme\b|\bMlle\b|\bmonsieur\b|\bmadame\b|\bmademoiselle\b)\s*"
_NAMED = re.compile(rf"(?i:{_CALLED})[A-ZÀ-Þ][\w’'-]+")
_FULL_NAME = r"[A-ZÀ-Þ][a-zà-ÿ’'-]+\s+[A-ZÀ-Þ][A-ZÀ-Þa-zà-ÿ’'-]+"
# A year when somebody may have been born: contracts of two words end later.
_BIRTH_DATE = r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19\d{2}|20[01]\d)(?!\d)"
_NAME_AND_DATE = re.compile(rf"{_FULL_NAME}[\s,(]*{_BIRTH_DATE}|{_BIRTH_DATE}[\s,:)]*{_FULL_NAME}")
_CARE = re.compile(
    r"\b(usag[eè]re?|patiente?|résidente?|bénéficiaire|diagnosti\w+|patholog\w+|traitement\s+(?:par|de)|hospitalis\w+|"
    r"handicap\s+de|souffre\s+de|atteinte?\s+d)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\b([\w.+-]{1,64})@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_MOBILE = re.compile(r"(?<!\d)(?:\+33\s?|0)[67](?:[\s.\-]?\d{2}){4}(?!\d)")
_IP = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)")
_PASSWORD = re.compile(
    r"\b(?:mot de passe|mdp|password|pwd|code wi-?fi|clé wi-?fi|code d’accès)\b\s*(?:est\s+|:|=)\s*\S+", re.IGNORECASE
)
# Boxes of a service, not of a person.
_SERVICE = re.compile(
    r"^(accueil|contact|secretariat|direction|info|infos|support|assistance|hotline|sav|service|standard|admin|"
    r"administration|informatique|dsi|dpo|dpd|rssi|technique|commercial|comptabilite|rh|help|helpdesk|client|clients)\b",
    re.IGNORECASE,
)


def warning(text: str) -> str:
    """What a text seems to hold and should not, in a sentence; empty when nothing does."""
    for found, words in _RULES:
        if found(text):
            return typography(words)
    return ""


def has_nir(text: str) -> bool:
    """Whether a social-security number with the right key stands in it."""
    return any(_key_is_right(match) for match in _NIR.finditer(text))


def _key_is_right(match: re.Match[str]) -> bool:
    number, key = "".join(match.groups()[:-1]).upper(), int(match.groups()[-1])
    # Corsica's letters count as 19 and 18 (INSEE).
    digits = number.replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97 == key


def has_birth(text: str) -> bool:
    """Whether somebody is said with the day of their birth."""
    return bool(_BORN.search(text) or _NAME_AND_DATE.search(text))


def names_somebody(text: str) -> bool:
    """Whether a person is called by name: « Mme Durand ». For texts in which nobody should be, in care or not."""
    return bool(_NAMED.search(text))


def has_person_in_care(text: str) -> bool:
    """Whether a person is named beside words of care."""
    return bool(_NAMED.search(text) and _CARE.search(text))


def has_address_of_a_person(text: str) -> bool:
    """Whether it gives a mobile number, or an e-mail that is not that of a service."""
    personal = any(not _SERVICE.match(match[1].replace("é", "e")) for match in _MAIL.finditer(text))
    return personal or bool(_MOBILE.search(text))


def has_technical_address(text: str) -> bool:
    for match in _IP.finditer(text):
        try:
            ipaddress.IPv4Address(match[0])
        except ValueError:
            continue
        return True
    return False


def has_password(text: str) -> bool:
    return bool(_PASSWORD.search(text))


_RULES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (
        has_nir,
        "Cela ressemble à un numéro de sécurité sociale. Retirez-le : cette application ne garde rien des usagers.",
    ),
    (
        has_birth,
        "Cela ressemble à un nom et une date de naissance. Retirez-les : cette application ne garde rien des usagers.",
    ),
    (
        has_person_in_care,
        "Cela semble parler d’une personne accompagnée. N’écrivez ni son nom, ni rien de sa santé.",
    ),
    (has_password, "Cela ressemble à un mot de passe. Retirez-le d’ici et changez-le."),
    (has_technical_address, "Cela ressemble à une adresse technique du réseau. Retirez-la : elle aiderait un intrus."),
    (
        has_address_of_a_person,
        "Cela ressemble aux coordonnées d’une personne. Une fonction ou une adresse de service suffit.",
    ),
)
