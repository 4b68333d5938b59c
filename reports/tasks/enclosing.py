"""The documents that go with an e-mail about a meeting, made in the worker that sends it.

Each reader's is made of what they may read. Those who read the same share one document: the fingerprint of what was
read for each tells.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.utils.text import slugify

from common.french import day, today
from governance.enclosures import Enclosure, encloses
from governance.enums import DispatchKind, MeetingStatus
from governance.models import Meeting
from governance.rights import rights_of
from organisations.access import acting_as
from organisations.models import User
from reports.fingerprint import fingerprint
from reports.rendering.meetings import enclosed_agenda, enclosed_minutes
from reports.selectors.meetings import MeetingFacts, meeting_facts

KEPT = 8  # documents that a worker remembers
Draw = Callable[[MeetingFacts], bytes]


class Drawn:
    """The last documents drawn, by what they say."""

    def __init__(self) -> None:
        self._documents: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def of(self, facts: MeetingFacts, draw: Draw) -> bytes:
        """The document of these facts, drawn once a day at most: it bears its date."""
        key = fingerprint([draw.__name__, today(), facts])
        with self._lock:
            if key not in self._documents:
                self._documents[key] = draw(facts)
            self._documents.move_to_end(key)
            while len(self._documents) > KEPT:
                self._documents.popitem(last=False)
            return self._documents[key]


drawn = Drawn()


@encloses(DispatchKind.CONVOCATION)
def enclosed_with_a_convocation(meeting: Meeting, user: User) -> Enclosure | None:
    """The agenda; that of a guest holds their own points, and there is none for who brings nothing."""
    facts = _read(meeting, user)
    if not (facts.whole or facts.points):
        return None
    return _enclosure("ordre-du-jour", meeting, drawn.of(facts, enclosed_agenda))


@encloses(DispatchKind.MINUTES)
def enclosed_with_minutes(meeting: Meeting, user: User) -> Enclosure | None:
    """The minutes; those of who doesn't read the meeting hold their own points and actions, if they have any."""
    facts = _read(meeting, user)
    held = meeting.status in {MeetingStatus.IN_SESSION, MeetingStatus.CLOSED}
    if not held or not (facts.whole or facts.points or facts.follow_ups):
        return None
    return _enclosure("compte-rendu", meeting, drawn.of(facts, enclosed_minutes))


def _read(meeting: Meeting, user: User) -> MeetingFacts:
    with acting_as(user.pk) as access:  # the scope that is open already; its grants are asked for here
        return meeting_facts(meeting, rights_of(user, meeting.project, access))


def _enclosure(what: str, meeting: Meeting, content: bytes) -> Enclosure:
    name = slugify(f"{what} {meeting.body} {day(meeting.starts_at):%Y-%m-%d}")
    return Enclosure(filename=f"{name}.pdf", content=content)
