"""The e-mails that call to a meeting, tell that it moved or that it is called off."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from common import french
from governance.calendars import address_of, invitation
from governance.enclosures import enclosure
from governance.enums import DispatchKind, MeetingStatus
from governance.mailing import builds
from governance.models import Attendance, Dispatch, Meeting
from governance.presentation.agendas import agenda_view
from governance.presentation.meetings import hours, named, of_day
from governance.presentation.told_agendas import change_lines
from governance.rights import rights_of
from governance.selectors.agendas import Agenda, agenda_of, own_points
from governance.selectors.told_agendas import changes_since_told
from organisations.access import Access

HEADS = {
    DispatchKind.CONVOCATION: "Convocation",
    DispatchKind.CHANGE: "Changement",
    DispatchKind.AGENDA: "Ordre du jour modifié",
    DispatchKind.CANCELLATION: "Annulation",
}
TEMPLATE = "governance/mail/invitation"


@builds(*HEADS)
def invitation_mail(dispatch: Dispatch, access: Access) -> EmailMultiAlternatives | None:
    """The e-mail about a meeting as it stands, for one person called to it, in their scope; None when they are called
    no more, or when it was called off since. A guest reads the points that they bring and no other."""
    meeting = Meeting.objects.select_related("body__project", "project").filter(pk=dispatch.meeting_id).first()
    called = Attendance.objects.select_related("stands_in_for").filter(
        meeting=dispatch.meeting_id, user=dispatch.user_id
    )
    place, kind = called.first(), DispatchKind(dispatch.kind)
    cancelled = meeting is not None and meeting.status == MeetingStatus.CANCELLED
    if meeting is None or place is None or cancelled != (kind == DispatchKind.CANCELLATION):
        return None
    rights = rights_of(dispatch.user, meeting.project, access)
    agenda = own_points(meeting, dispatch.user_id) if place.invited else agenda_of(meeting, rights)
    context = _context(dispatch, meeting, place, agenda)
    subject = f"{HEADS[kind]} : {of_day(meeting)}, {meeting.project.name}"
    message = EmailMultiAlternatives(
        subject=" ".join(french.typography(subject).split()),
        body=render_to_string(f"{TEMPLATE}.txt", context),
        to=[dispatch.user.email],
        reply_to=[dispatch.asked_by.email],
    )
    message.attach_alternative(render_to_string(f"{TEMPLATE}.html", context), "text/html")
    event = invitation(meeting, organiser=dispatch.asked_by, guest=dispatch.user)
    method = "CANCEL" if cancelled else "REQUEST"
    message.attach("seance.ics", event.decode(), f"text/calendar; method={method}")
    document = enclosure(DispatchKind.CONVOCATION, meeting, dispatch.user) if context["encloses"] else None
    if document is not None:
        message.attach(document.filename, document.content, document.media_type)
    return message


def _context(dispatch: Dispatch, meeting: Meeting, place: Attendance, agenda: Agenda) -> dict[str, object]:
    kind = DispatchKind(dispatch.kind)
    return {
        "kind": kind.value,
        "person": dispatch.user,
        "who": dispatch.asked_by.get_full_name(),
        "body": named(meeting.body),
        "project": meeting.project,
        "when": french.capital(french.long_date(meeting.starts_at, weekday=True)),
        "hours": hours(meeting),
        "meeting": meeting,
        "stands_in_for": place.stands_in_for,
        "message": dispatch.message,
        "points": agenda_view(meeting, agenda, meeting.project, attends=True).lines,
        "changes": _changes(dispatch, meeting, agenda),
        "own": not agenda.whole,
        "encloses": kind != DispatchKind.CANCELLATION and agenda.whole,
        "address": address_of(meeting),
        "calendar": settings.SITE_URL + reverse("calendar"),
    }


def _changes(dispatch: Dispatch, meeting: Meeting, agenda: Agenda) -> list[str]:
    """What the agenda says otherwise than in the message before, for who reads all of it."""
    if dispatch.kind not in {DispatchKind.CHANGE, DispatchKind.AGENDA} or not agenda.whole:
        return []
    return change_lines(changes_since_told(meeting, agenda.items, dispatch.sequence - 1))
