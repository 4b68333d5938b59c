"""Texts in cells: the same written and read, and never a formula."""

import re

# A spreadsheet program takes what begins like this, spaces left aside, for a formula (OWASP, « CSV injection »).
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")
_QUOTED = re.compile(r"'+\s*[=+\-@＝＋－＠\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML can't carry


def plain(text: str) -> str:
    """`text` as a cell can hold it: line ends made one, no control character."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take it for a formula, or has to be told that its apostrophe is a text."""
    return bool(_FORMULA.match(text))


def quote(text: str) -> str:
    """`text` for CSV, where an apostrophe is all that keeps it from being a formula. `unquote` takes it back."""
    return f"'{text}" if looks_like_formula(text) else text


def unquote(text: str) -> str:
    return text[1:] if _QUOTED.match(text) else text
