"""What alerts are about: the app that an alert comes from says where that is read."""

import uuid
from collections.abc import Callable

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
