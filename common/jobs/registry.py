"""Which function makes what: apps register a handler per kind of job."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from common.errors import DomainError

if TYPE_CHECKING:
    from common.jobs.execution import Run


@dataclass(frozen=True)
class Produced:
    """The file a job made."""

    filename: str
    content: bytes


class JobError(DomainError):
    """A job can't be done, for a reason the person who asked can read. Not tried again."""


Handler = Callable[["Run"], Produced]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Decorator: this function does the jobs of `kind`. It runs outside any transaction and opens its own scopes."""

    def register(function: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"Two handlers for jobs of kind {kind!r}.")
        _handlers[kind] = function
        return function

    return register


def handler_of(kind: str) -> Handler:
    """The function for `kind`. Raises JobError when no app registered one."""
    try:
        return _handlers[kind]
    except KeyError:
        raise JobError("Cette version de l’application ne sait plus fabriquer ce document.") from None
