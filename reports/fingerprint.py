"""The fingerprint of a document: the SHA-256 of the facts that it says, as canonical JSON.

It is printed at the foot of each page, sixteen characters of it, so that who holds a document can tell which one it is.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

PRINTED = 16  # characters, in groups of four
_MISREAD = str.maketrans("oil", "011")  # letters that no fingerprint has, for figures that it has


@runtime_checkable
class Facts(Protocol):
    """Facts made of rows say themselves what of them is printed."""

    def plain(self) -> dict[str, Any]: ...


def fingerprint(facts: object) -> str:
    """64 characters. The same facts give the same ones, wherever and whenever they are read."""
    text = json.dumps(plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Facts as JSON has them. TypeError for what isn't a plain value: a row would hide what of it was read."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Facts):
        return plain(value.plain())
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} is no plain value.")


def printed(sha256: str) -> str:
    """« 3F2A 91C0 7B11 0E2D »; nothing for nothing."""
    start = sha256[:PRINTED].upper()
    return " ".join(start[index : index + 4] for index in range(0, len(start), 4))


def typed(text: str) -> str:
    """What somebody typed from a page, as the start of a fingerprint; empty when it can't be one.

    Spaces and dashes don't count, nor does the word « Empreinte ».
    """
    found = re.sub(r"empreinte|[\s\u00a0\u202f.:-]", "", text.lower()).translate(_MISREAD)
    return found if re.fullmatch(rf"[0-9a-f]{{{PRINTED},64}}", found) else ""
