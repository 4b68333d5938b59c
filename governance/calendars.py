"""Meetings as calendars read them (RFC 5545): the invitation beside an e-mail, the feed that a calendar follows.

An event says the body, the project, when and where, and how to get there: never what is treated.
"""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from common import french
from governance.enums import MeetingStatus
from governance.models import Meeting
from organisations.models import User

PRODUCT = "-//Passerelle DUI//Gouvernance//FR"
# By its rules, which every calendar reads (directive 2000/84/CE); the library would list the days of seventy years.
PARIS = "\r\n".join(
    (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
    )
)
REFRESH = timedelta(hours=6)  # how often a calendar reads a feed again


def title_of(meeting: Meeting) -> str:
    """« COSTRAT, DUI des Trois Rivages »."""
    return f"{meeting.body}, {meeting.project.name}"


def address_of(meeting: Meeting) -> str:
    """The page of a meeting, from outside."""
    return f"{settings.SITE_URL}{reverse('meeting', args=[meeting.project.slug, meeting.number])}"


def invitation(meeting: Meeting, *, organiser: User, guest: User) -> bytes:
    """What calls `guest` to a meeting, changes it or takes it back, as it stands now; it names nobody else."""
    cancelled = meeting.status == MeetingStatus.CANCELLED
    event = _event(meeting)
    event.add("organizer", _person(organiser))
    event.add("attendee", _person(guest, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp="FALSE"))
    return _calendar([event], method="CANCEL" if cancelled else "REQUEST").to_ical()


def feed(meetings: Iterable[Meeting]) -> bytes:
    """These meetings as a calendar to follow."""
    calendar = _calendar([_event(meeting) for meeting in meetings], method="PUBLISH")
    calendar.add("x-wr-calname", "Mes séances, Passerelle DUI")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    return calendar.to_ical()


def _event(meeting: Meeting) -> Event:
    starts = french.moment(meeting.starts_at)
    cancelled = meeting.status == MeetingStatus.CANCELLED
    event = Event()
    event.add("uid", f"seance-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=meeting.duration_minutes))
    event.add("summary", f"Annulé : {title_of(meeting)}" if cancelled else title_of(meeting))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if where := french.listed([part for part in (meeting.place, meeting.link) if part]):
        event.add("location", where)
    event.add("url", address_of(meeting))
    event.add("description", f"L’ordre du jour se lit ici : {address_of(meeting)}")
    return event


def _person(user: User, **parameters: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{user.email}")
    for name, value in {"cn": user.get_full_name(), **parameters}.items():
        person.params[name] = vText(value)
    return person


def _calendar(events: Iterable[Event], *, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(PARIS))
    for event in events:
        calendar.add_component(event)
    return calendar
