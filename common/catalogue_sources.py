"""Where the reference catalogues are: apps register theirs when they are configured, before models load."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Source:
    """Where a catalogue is, and the function that raises ValueError when its content doesn't hold together."""

    code: str
    path: Path
    validate: Callable[[dict[str, Any]], object]


SOURCES: dict[str, Source] = {}


def register(code: str, path: Path, validate: Callable[[dict[str, Any]], object]) -> None:
    """Declare a catalogue (in an app's `ready`)."""
    SOURCES[code] = Source(code, path, validate)
