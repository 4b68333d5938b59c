"""What alerts are about: the app that an alert comes from says where that is read. What may be linked with something
else: each app offers its own."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from common.ui import Link
from organisations.models import Project

Finder = Callable[[Project, uuid.UUID], Link | None]
_finders: dict[str, Finder] = {}


def finds(source: str) -> Callable[[Finder], Finder]:
    """Decorator: this function gives the link to a thing of `source`, or None when it is gone."""

    def register(function: Finder) -> Finder:
        _finders[source] = function
        return function

    return register


def link_to(project: Project, source: str, source_id: uuid.UUID | None) -> Link | None:
    """Where the thing is read. None when it is nothing that an app knows."""
    find = _finders.get(source)
    return find(project, source_id) if find and source_id else None


@dataclass(frozen=True)
class Linkable:
    """Something that the reader may read, and link with something else."""

    source: str
    key: uuid.UUID
    label: str
    url: str


Offering = Callable[[Project], list[Linkable]]
_offering: dict[str, tuple[str, Offering]] = {}


def links_offered(source: str, heading: str) -> Callable[[Offering], Offering]:
    """Decorator: this function gives what of `source` the reader may link, in one query. `heading`: of that group."""

    def register(function: Offering) -> Offering:
        _offering[source] = (heading, function)
        return function

    return register


def offered_links(project: Project, source: str) -> list[Linkable]:
    """What of one source may be linked; nothing for one that no app knows."""
    _, offers = _offering.get(source, ("", lambda project: []))
    return offers(project)


def all_offered_links(project: Project) -> list[tuple[str, list[Linkable]]]:
    """Heading and things, source by source. One query a source."""
    return [(heading, offers(project)) for heading, offers in _offering.values()]
