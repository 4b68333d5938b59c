"""Documents that go with an e-mail about a meeting: the app that makes them says how.

Governance stands below the app of reports; what it sends is made there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from governance.enums import DispatchKind
from governance.models import Meeting
from organisations.models import User


@dataclass(frozen=True)
class Enclosure:
    filename: str
    content: bytes
    media_type: str = "application/pdf"


Maker = Callable[[Meeting, User], Enclosure | None]
_makers: dict[DispatchKind, Maker] = {}


def encloses(kind: DispatchKind) -> Callable[[Maker], Maker]:
    """Decorator: this function makes the document that goes with an e-mail of this kind, as that person may read it."""

    def register(maker: Maker) -> Maker:
        _makers[kind] = maker
        return maker

    return register


def enclosure(kind: DispatchKind, meeting: Meeting, user: User) -> Enclosure | None:
    """The document for this person, or None when there is none. In the scope of that person."""
    maker = _makers.get(kind)
    return maker(meeting, user) if maker else None
