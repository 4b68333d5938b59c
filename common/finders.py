"""One stylesheet a page: the parts of ``static/css`` joined into ``css/app.css``.

Add ``common.finders.JoinedCssFinder`` to ``STATICFILES_FINDERS``. The development server then serves the joined sheet,
rebuilt when a part changes, and ``collectstatic`` collects and hashes it like any other file. There is no build step.
"""

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage

JOINED = "css/app.css"
INDEX = "css/index.css"

_IMPORT = re.compile(r'^@import url\("([^"]+)"\);$', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def parts(index: Path) -> list[Path]:
    """The files that ``index`` imports, in order."""
    return [index.parent / name for name in _IMPORT.findall(index.read_text(encoding="utf-8"))]


def join(index: Path) -> str:
    """The sheet that ``index`` describes, without comments and indentation. Raises FileNotFoundError for a missing
    part."""
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts(index))
    return _INDENT.sub("", _COMMENT.sub("", text))


class JoinedCssFinder(finders.BaseFinder):
    """Offers the joined sheet from a directory of this process, so that two processes never write the same file."""

    def __init__(self, app_names: Iterable[str] | None = None) -> None:
        self._directory = tempfile.mkdtemp(prefix="css-")
        self._file = Path(self._directory, JOINED)
        weakref.finalize(self, shutil.rmtree, self._directory, ignore_errors=True)

    def check(self, **kwargs: object) -> list[CheckMessage]:
        if finders.find(INDEX) is None:
            return [Error(f"{INDEX} is in no static directory.", id="common.E001")]
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self._fresh_file())] if path == JOINED else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self._fresh_file()
        yield JOINED, FileSystemStorage(location=self._directory)

    def _fresh_file(self) -> Path:
        """Writes the file again when a part is newer. The rename is atomic: another thread never reads half a sheet."""
        index = Path(finders.find(INDEX) or INDEX)
        changed = max(part.stat().st_mtime for part in [index, *parts(index)])
        if not self._file.exists() or self._file.stat().st_mtime < changed:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=self._file.parent)
            with open(descriptor, "w", encoding="utf-8") as sheet:
                sheet.write(join(index))
            os.utime(temporary, (changed, changed))
            os.chmod(temporary, 0o644)
            os.replace(temporary, self._file)
        return self._file
