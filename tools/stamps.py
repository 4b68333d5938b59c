"""Stamps: what was done for which state of some files, so that it isn't done again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(root: Path, files: Iterable[Path], *facts: str) -> str:
    """Return the SHA-256 of the files' contents, of their names below `root`, and of any other facts.

    Neither the order of the files nor the place of `root` matters: a checkout that is moved stays as it is.
    """
    total = hashlib.sha256()
    for fact in facts:
        total.update(f"{fact}\0".encode())
    for path in sorted(files):
        total.update(f"{path.relative_to(root)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return total.hexdigest()


class Stamp:
    """A small JSON file of name → digest."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _read(self) -> dict[str, str]:
        try:
            content = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def matches(self, name: str, value: str) -> bool:
        """Tell whether `name` was last recorded with this very value."""
        return self._read().get(name) == value

    def record(self, **values: str) -> None:
        """Remember these digests, beside those of other names."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.new")
        draft.write_text(json.dumps({**self._read(), **values}, indent=1), "utf-8")
        draft.replace(self._path)

    def forget(self) -> None:
        """Have everything done again next time."""
        self._path.unlink(missing_ok=True)
