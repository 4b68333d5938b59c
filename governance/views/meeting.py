"""The page of one meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from common.ids import new_id
from governance.enums import ItemKind, MeetingStatus
from governance.forms.agendas import NewPointForm
from governance.models import Meeting
from governance.presentation import agendas as words
from governance.presentation.convening import delivery_view
from governance.presentation.told_agendas import changes_view
from governance.selectors import agendas, meetings
from governance.selectors.convening import attendances_of, convocation_of, delivery_of
from governance.selectors.told_agendas import changes_since_told
from governance.views.base import GovernanceView
from organisations.enums import Permission

READ = (Permission.VIEW_PROJECT,)
PREPARE = (Permission.PREPARE_MEETINGS,)
TOO_OLD = "Cette page est trop ancienne : rechargez-la."
EDITABLE = (MeetingStatus.DRAFT, MeetingStatus.CONVENED)
PAGE = "governance/meetings/meeting.html"


class OneMeeting(GovernanceView, abstract=True):
    """A view of one meeting: `self.meeting`, from `number` in the URL; 404 for a draft that isn't theirs to prepare."""

    tab = "meetings"
    meeting: Meeting

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        known = meetings.meetings_of(self.project, self.rights).select_related("second_call_of")
        self.meeting = get_object_or_404(known, number=self.kwargs["number"])
        self.meeting.project = self.meeting.body.project = self.project
        return True


class ShowsMeeting(OneMeeting, abstract=True):
    """A view that shows the page of a meeting, or to htmx its agenda alone."""

    def show(
        self, *, adding: NewPointForm | None = None, told: str = "", refused: str = "", status: int = 200
    ) -> HttpResponse:
        """`adding`: a new point that was refused; `told`, `refused`: what became of what was asked."""
        context = self.agenda() | {"told": told, "refused": refused}
        if context["editable"]:
            context |= {
                "shelves": words.shelves_view(agendas.shelves_for(self.meeting)),
                "adding": adding or self.new_point(),
            }
        if self.request.htmx:
            return self.page(f"{PAGE}#agenda", context, status=status)
        return self.page(PAGE, context | self.around(), status=status)

    def agenda(self) -> dict[str, Any]:
        """What is treated, as far as the reader may read it."""
        found = agendas.agenda_of(self.meeting, self.rights)
        convened = self.meeting.status == MeetingStatus.CONVENED and self.meeting.starts_at > timezone.now()
        tells = self.rights.prepares and convened
        return {
            "meeting": self.meeting,
            "changes": changes_view(changes_since_told(self.meeting, found.items), self.meeting) if tells else None,
            "agenda": found,
            "points": words.agenda_view(self.meeting, found, self.project, attends=self.rights.attends(self.meeting)),
            "editable": self.rights.prepares and self.meeting.status in EDITABLE,
        }

    def around(self) -> dict[str, Any]:
        """When, where, who is called, how the invitations left."""
        reads, prepares = self.rights.reads_meeting(self.meeting), self.rights.prepares
        convened = self.meeting.status == MeetingStatus.CONVENED
        return {
            "view": words.meeting_page(
                self.meeting,
                self.project,
                attendances_of(self.meeting) if reads else [],
                reader=self.request.user,
                reads=reads,
                attends=self.rights.attends(self.meeting),
                prepares=prepares,
                today=timezone.localdate(),
            ),
            "reads": reads,
            "attends": reads or self.rights.attends(self.meeting),
            "newcomers": bool(convocation_of(self.meeting).called) if prepares and convened else False,
            "delivery": delivery_view(delivery_of(self.meeting)) if prepares else None,
            "second_call": prepares and meetings.missed(self.project, self.meeting.number) is not None,
        }

    def new_point(self, data: Any = None) -> NewPointForm:
        initial = {"token": new_id(), "minutes": 10, "kind": ItemKind.DISCUSSION}
        return NewPointForm(data, project=self.project, initial=initial, auto_id="nouveau-%s")


class MeetingPage(ShowsMeeting):
    """When, where, what is treated and who is called: each part for who may read it."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show()
