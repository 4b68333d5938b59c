"""What a service refuses, in words that can be shown as they are."""

from typing import Any


class DomainError(Exception):
    """A request that the rules refuse.

    `str(error)` is a French sentence; `field` names the input, if one is at fault.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Forbidden(DomainError):
    """The person may see this but not do that."""


class Conflict(DomainError):
    """Somebody else changed the row since it was read.

    `current` is the row as it stands, `attempted` the values that were not written.
    """

    def __init__(self, *, current: Any, attempted: dict[str, Any]) -> None:
        super().__init__("Quelqu’un a modifié cette fiche entre-temps. Rien n’a été écrasé.")
        self.current = current
        self.attempted = attempted
