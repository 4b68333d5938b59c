"""What a person's calendar reads."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from common.scope import elevated
from governance.enums import MeetingStatus
from governance.models import CalendarFeed, Mandate, Meeting
from governance.models.feeds import digest_of
from organisations.access import Access
from organisations.enums import Permission
from organisations.models import User

BACK = timedelta(days=366)  # how far back a calendar reads


def open_feed_of(user: User) -> CalendarFeed | None:
    """The address that this person's calendars read, if one is open. One query."""
    return CalendarFeed.objects.filter(user=user, revoked_at=None).first()


def find_reader(token: str) -> User | None:
    """Whose calendar reads under this token; None when it is nobody's, or no longer. Elevated: who asks has signed in
    nowhere, and rows of people show themselves to them alone. One query."""
    with elevated():
        feeds = CalendarFeed.objects.select_related("user").filter(revoked_at=None, user__is_active=True)
        feed = feeds.filter(digest=digest_of(token)).first()
    return feed.user if feed else None


def meetings_in_calendar(user: User, access: Access) -> list[Meeting]:
    """The meetings of the bodies on which a person sits today, in their own scope; drafts are nobody's. One query."""
    sits = Mandate.objects.active().filter(Q(user=user) | Q(substitute=user))
    found = Meeting.objects.filter(
        Q(project__in=access.projects_with(Permission.VIEW_PROJECT)),
        body__in=sits.values("body"),
        starts_at__gte=timezone.now() - BACK,
    )
    return list(found.exclude(status=MeetingStatus.DRAFT).select_related("body", "project").order_by("starts_at", "pk"))
