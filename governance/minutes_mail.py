"""The e-mail that carries the minutes of a meeting: the reader's own actions first, and nothing that isn't theirs."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from common import french
from common.ui import Link
from governance.audiences import news_beside
from governance.enclosures import enclosure
from governance.enums import DispatchKind
from governance.mailing import builds
from governance.models import Amendment, Decision, Dispatch, Meeting
from governance.presentation.sessions import meeting_name
from governance.presentation.sheets import unbroken
from governance.rights import rights_of
from governance.selectors.minutes import own_part
from governance.selectors.sessions import meetings_to_hold
from organisations.access import Access
from organisations.models import Project

TEMPLATE = "governance/mail/minutes"


@dataclass(frozen=True)
class Letter:
    """What one person is told of a meeting, line by line. `url`: the minutes, for who reads them."""

    about: str
    project: str
    message: str
    sender: str
    amended: bool
    actions: list[str]
    points: list[str]
    decisions: list[str]
    news: list[Link]
    url: str
    actions_url: str

    @property
    def says_something(self) -> bool:
        return bool(self.url or self.actions or self.points or self.news)


@builds(DispatchKind.MINUTES)
def minutes_mail(dispatch: Dispatch, access: Access) -> EmailMultiAlternatives | None:
    """In the scope of who it is for. None when there is nothing to tell them: a guest who has nothing to do."""
    project = Project.objects.get(pk=dispatch.project_id)
    meeting = meetings_to_hold(project).get(pk=dispatch.meeting_id)
    meeting.project = meeting.body.project = project
    reads = rights_of(dispatch.user, project, access).reads_meeting(meeting)
    letter = _letter(dispatch, meeting, access, reads=reads)
    if not letter.says_something:
        return None
    context = {"letter": letter, "person": dispatch.user}
    what = "Compte rendu rectifié" if letter.amended else "Compte rendu"
    subject = " ".join(f"{what} : {letter.about}, {project.short_name}".split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{TEMPLATE}.txt", context),
        to=[dispatch.user.email],
        reply_to=[dispatch.asked_by.email],
    )
    message.attach_alternative(render_to_string(f"{TEMPLATE}.html", context), "text/html")
    document = enclosure(DispatchKind.MINUTES, meeting, dispatch.user) if reads else None
    if document:
        message.attach(document.filename, document.content, document.media_type)
    return message


def _letter(dispatch: Dispatch, meeting: Meeting, access: Access, *, reads: bool) -> Letter:
    mine = own_part(meeting, dispatch.user)
    decisions = list(Decision.objects.filter(meeting=meeting).order_by("year", "number")) if reads else []
    page = reverse("minutes", args=[meeting.project.slug, meeting.number])
    return Letter(
        about=meeting_name(meeting),
        project=french.typography(meeting.project.name),
        message=french.typography(dispatch.message),
        sender=str(dispatch.asked_by),
        amended=reads and Amendment.objects.filter(meeting=meeting).exists(),
        actions=[
            french.typography(f"{follow_up.label}, pour le {french.long_date(follow_up.due_on)}")
            for follow_up in mine.follow_ups
        ],
        # Who reads the minutes finds their points there.
        points=[] if reads else [_point(item.label, item.notes) for item in mine.items],
        decisions=[french.typography(f"{unbroken(one.reference)}, {one.title} : {one.text}") for one in decisions],
        news=[Link(line.label, settings.SITE_URL + line.url) for line in news_beside(meeting, dispatch.user, access)],
        url=settings.SITE_URL + page if reads else "",
        actions_url=settings.SITE_URL + reverse("follow_ups", args=[meeting.project.slug]),
    )


def _point(label: str, notes: str) -> str:
    return french.typography(f"{label} : {notes}" if notes else label)
