"""What `documents/base.html` is given. Cheap to import: no PDF engine here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page, and what runs along the others.

    `occasion` is the line above the title (« Comité de pilotage stratégique, 10 décembre 2026 »), `running_name` the
    same in short for the foot of each page. `established_at` is when the figures were frozen (aware); `number` counts
    the project's documents, None for one that has none; `fingerprint` is printed at the foot of each page, as it is;
    `recipients` and `notice` go without their full stop. What is empty is left out.
    """

    project: str
    occasion: str
    subtitle: str
    running_name: str
    established_by: str
    established_at: datetime
    number: int | None
    fingerprint: str = ""
    recipients: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter: its title, and the template of its body.

    The template sees the document's whole context, and this chapter as `chapter` with its own `data`. `anchor` is
    unique in the document; `running` is a shorter title for the head of its pages; `new_page=False` lets a short
    chapter follow the one before; `numbered=False` leaves the title as it is, outside the count; `wide=True` lays its
    pages on their side.
    """

    anchor: str
    title: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    running: str = ""
    new_page: bool = True
    numbered: bool = True
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A chapter's title and running head as they are printed."""

    chapter: Chapter
    title: str
    running: str


def headings(chapters: Iterable[Chapter]) -> Iterator[Heading]:
    """The chapters in order, those that are numbered from 1."""
    numbers = count(1)
    for chapter in chapters:
        number = f"{next(numbers)}. " if chapter.numbered else ""
        yield Heading(
            chapter=chapter,
            title=f"{number}{chapter.title}",
            running=f"{number}{chapter.running or chapter.title}",
        )
