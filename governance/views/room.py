"""What the pages of a meeting share: who reads it, and the room as it is now."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from governance.enums import BodyKind, ItemState, MeetingStatus
from governance.forms.sessions import NotesForm, PersonForm, ProxyForm, SummaryForm
from governance.models import AgendaItem, Meeting
from governance.presentation import attendance, sessions
from governance.selectors.sessions import Point, Progress, meetings_to_hold, points_of, progress_of, session_of
from governance.selectors.voices import Assembly, assembly_of
from governance.views.base import GovernanceView
from organisations.enums import Permission

TAKES_PART = (Permission.VIEW_PROJECT,)
PREPARE = (Permission.PREPARE_MEETINGS,)
TOO_OLD = "Cette page est trop ancienne : rechargez-la."


class MeetingView(GovernanceView, abstract=True):
    """A view of one meeting, from `number` in the URL, for who reads what it treats. A draft is told to nobody else."""

    tab = "meetings"
    meeting: Meeting

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        self.meeting = get_object_or_404(meetings_to_hold(self.project), number=self.kwargs["number"])
        self.meeting.project = self.meeting.body.project = self.project
        if self.meeting.status == MeetingStatus.DRAFT and not self.rights.prepares:
            raise Http404
        return self.rights.reads_meeting(self.meeting)

    def address(self, name: str = "session", place: str = "") -> str:
        """A page of the meeting; `place`: the part of it to show."""
        url = reverse(name, args=[self.project.slug, self.meeting.number])
        return f"{url}#{place}" if place else url


class RoomView(MeetingView, abstract=True):
    """A view that shows the meeting in session, whole or in part."""

    def room(self, assembly: Assembly, progress: Progress) -> dict[str, Any]:
        """Who is here, the voices given, the quorum: what a tap changes."""
        quorum = attendance.quorum_view(assembly)
        return {
            "meeting": self.meeting,
            "leads": self.rights.prepares,
            "quorum": quorum,
            "counted": attendance.attendance_sentence(assembly),
            "proxies": attendance.proxy_lines(assembly),
            "proxy_form": ProxyForm(assembly=assembly) if self.rights.prepares else None,
            "presences": attendance.CHOICES,
            "item_states": list(ItemState),
            "title": sessions.session_title(progress, quorum),
            "in_session": self.meeting.status == MeetingStatus.IN_SESSION,
        }

    def room_now(self) -> dict[str, Any]:
        return self.room(assembly_of(self.meeting), progress_of(self.meeting))

    def boxes(self, points: list[Point], *, at: UUID | None = None, **forms: Any) -> list[dict[str, Any]]:
        """The points, the form of the notes of each, and at one of them the form that is open."""
        closed = {"decision_form": None, "action_form": None, "notes_conflict": None, "refused": "", "told": ""}
        return [
            {
                "view": view,
                "notes": NotesForm(item=view.item),
                "at": timezone.now(),
                **closed,
                **(forms if view.item.pk == at else {}),
            }
            for view in sessions.point_views(points, self.meeting, self.project)
        ]

    def whole(self, *, status: int = 200, refused: str = "", at: UUID | None = None, **forms: Any) -> HttpResponse:
        """The page of the meeting in session, with what was refused and the form to mend, where there is one."""
        found = session_of(self.meeting)
        room = self.room(found.assembly, found.progress)
        kept = {name: forms.pop(name) for name in ("person_form", "proxy_form", "summary") if name in forms}
        context = {
            "people": [attendance.person_line(row) for row in found.assembly.attendances],
            "person_form": PersonForm(meeting=self.meeting) if self.rights.prepares else None,
            "boxes": self.boxes(found.points, at=at, **forms),
            "summary": summary_form(self.meeting),
            "decides": self.meeting.body.kind != BodyKind.WORKING_GROUP,
            "refused": refused,
            "view": sessions.session_view(
                self.meeting, found.progress, room["quorum"], self.project, leads=self.rights.prepares
            ),
        }
        return self.page("governance/sessions/session.html", {**room, **context, **kept}, status=status)

    def fragment(self, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A piece of the page, for htmx."""
        return render(self.request, f"governance/sessions/{name}", context, status=status)


class PointView(RoomView, abstract=True):
    """A view of one point of the meeting, from `item_id` in the URL."""

    item: AgendaItem

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        rows = AgendaItem.objects.filter(meeting=self.meeting).select_related("owner")
        self.item = get_object_or_404(rows, pk=self.kwargs["item_id"])
        self.item.meeting = self.meeting
        return True

    @property
    def place(self) -> str:
        return f"point-{self.item.pk}"

    def point(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        """The point as it is now, and the head of the page that counts it; the whole page without scripts."""
        if not self.request.htmx:
            return self.whole(status=status, at=self.item.pk, **forms)
        found = points_of(self.meeting)
        (box,) = (box for box in self.boxes(found, at=self.item.pk, **forms) if box["view"].item.pk == self.item.pk)
        context = {
            **self.room_now(),
            "box": box,
            "decides": self.meeting.body.kind != BodyKind.WORKING_GROUP,
        }
        return self.fragment("point.html", context, status=status)


def summary_form(meeting: Meeting, data: Any = None) -> SummaryForm:
    """What to remember of a meeting, as it is written now."""
    minutes = getattr(meeting, "minutes", None)
    initial = {"version": minutes.version if minutes else 1, "summary": minutes.summary if minutes else ""}
    return SummaryForm(data, initial=initial, auto_id="retenir-%s")
