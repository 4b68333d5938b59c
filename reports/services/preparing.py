"""The report of a committee is asked for by itself, some days before a convened meeting."""

import logging
import uuid
from datetime import date, timedelta

from django.db import transaction

from common.errors import DomainError
from common.scope import elevated
from governance.enums import BodyKind, DispatchKind, MeetingStatus
from governance.models import Dispatch, Meeting
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import Membership, User
from reports.enums import ReportKind
from reports.kinds import KINDS
from reports.models import Report
from reports.rights import reader_of
from reports.selectors.period import last_closed, last_day
from reports.services.asking import ask_for_report

logger = logging.getLogger(__name__)

REPORT_OF = {
    BodyKind.COSTRAT: ReportKind.COSTRAT_ARBITRATIONS,
    BodyKind.COMOP: ReportKind.COMOP_FOLLOW_UP,
}
LONGEST = timedelta(days=60)  # no body has its report made earlier


def prepare_reports(today: date) -> list[Report]:
    """Ask for the reports of the meetings that are near enough, in the name of who convened them; once a meeting."""
    return [report for meeting_id in _near(today) if (report := _prepare(meeting_id, today))]


def _near(today: date) -> list[uuid.UUID]:
    """The convened meetings of committees whose report is due by now, the nearest first. Across tenants."""
    with elevated():
        convened = Meeting.objects.filter(
            status=MeetingStatus.CONVENED,
            body__kind__in=REPORT_OF,
            starts_at__date__gte=today,
            starts_at__date__lte=today + LONGEST,
        )
        rows = convened.order_by("starts_at", "pk").values_list("pk", "starts_at__date", "body__report_days")
        return [pk for pk, day, days in rows if day - timedelta(days=days) <= today]


def _prepare(meeting_id: uuid.UUID, today: date) -> Report | None:
    """The report that this meeting didn't have yet; None when it has one, or when nobody may ask for it today."""
    for user_id in _in_whose_name(meeting_id):
        with acting_as(user_id, request_id=f"prepare:{meeting_id}") as access:
            meeting = Meeting.objects.select_related("project", "body").filter(pk=meeting_id).first()
            if meeting is None:
                continue
            kind = REPORT_OF[BodyKind(meeting.body.kind)]
            token = uuid.uuid5(meeting.pk, kind.value)  # one job a meeting: the database holds tokens unique
            if Report.objects.filter(project=meeting.project, job__token=token).exists():
                return None
            user = User.objects.get(pk=user_id)
            if not reader_of(user, meeting.project, access).asks(KINDS[kind]):
                continue
            previous = last_closed(meeting.body, before=meeting.starts_at)
            try:
                with transaction.atomic():
                    return ask_for_report(
                        project=meeting.project,
                        kind=kind,
                        user=user,
                        token=token,
                        since=last_day(previous, meeting.project),
                        meeting=meeting,
                        sections=[section.code for section in KINDS[kind].sections],
                    )
            except DomainError as refusal:  # too many of theirs in the making: tomorrow
                logger.warning("The report of meeting %s was not asked for: %s", meeting_id, refusal)
                return None
    return None


def _in_whose_name(meeting_id: uuid.UUID) -> list[uuid.UUID]:
    """Who convened it, its secretary, then the project's lead: the first who may ask for the report does."""
    with elevated():
        meeting = Meeting.objects.select_related("body").get(pk=meeting_id)
        convened = Dispatch.objects.filter(meeting=meeting, kind=DispatchKind.CONVOCATION).order_by("-asked_at")
        leads = Membership.objects.active().filter(project=meeting.project_id, role=Role.PROJECT_LEAD)
        ids = [
            *convened.values_list("asked_by_id", flat=True)[:1],
            meeting.body.secretary_id,
            *leads.order_by("starts_on", "pk").values_list("user_id", flat=True),
        ]
    return [user_id for user_id in dict.fromkeys(ids) if user_id]
