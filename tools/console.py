"""What people read in the terminal while something works."""

import shutil
import sys
import time
from pathlib import Path


class Refusal(Exception):
    """Stops a command. Its text is one clear French sentence that says the cure; no traceback is shown."""


class Console:
    """Progress lines, each with the seconds elapsed since the command began."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def step(self, text: str) -> None:
        """Print a line for something that begins now."""
        elapsed = f"{time.monotonic() - self._began:.1f}".replace(".", ",")
        self._line(f"{elapsed:>6} s  {text}")

    def detail(self, text: str) -> None:
        """Print a line that belongs to the step above it."""
        self._line(f"          {text}")

    @staticmethod
    def _line(text: str) -> None:
        print(f"\033[K{text}" if sys.stdout.isatty() else text, flush=True)

    def passing(self, text: str) -> None:
        """Show a line that the next one replaces; nothing when nobody looks at a terminal."""
        if sys.stdout.isatty():
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\033[K{'          ' + text:.{width}}", end="\r", flush=True)


def tail(path: Path, lines: int = 15) -> str:
    """Return the last lines of a log file, empty when it can't be read."""
    try:
        return "\n".join(path.read_text("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""


def table(rows: list[tuple[str, ...]]) -> str:
    """Lay rows out in aligned columns; the first row is the heading."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    heading, *rest = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([heading, "  ".join("─" * width for width in widths), *rest])
