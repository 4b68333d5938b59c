"""Meetings: the list, planning, moving, calling off."""

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from governance.agenda import composed
from governance.enums import MeetingStatus
from governance.forms.meetings import CancelForm, ChangeForm, DaysForm, PlanForm
from governance.models import Body, Meeting
from governance.presentation import meetings as words
from governance.presentation import planning
from governance.selectors import meetings as selectors
from governance.services import meetings as services
from governance.views.base import GovernanceView
from governance.views.meeting import EDITABLE, PREPARE, READ, OneMeeting

PER_PAGE = 20


class MeetingsView(GovernanceView):
    """What comes next, what was held, and a month at a glance; `?instance=`, `?mois=`."""

    permission_required = READ
    tab = "meetings"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        today = timezone.localdate()
        bodies = selectors.bodies_of(self.project)
        body = words.chosen(bodies, request.GET.get("instance"))
        found = selectors.meetings_of(self.project, self.rights)
        if body is not None:
            found = found.filter(body=body)
        ahead = selectors.ahead(found)
        behind = Paginator(selectors.behind(found), PER_PAGE).get_page(request.GET.get("page"))
        month = read_month(request.GET.get("mois")) or (french.day(ahead[0].starts_at) if ahead else today).replace(
            day=1
        )
        context = {
            "view": words.listing(
                self.project,
                bodies=bodies,
                body=body,
                ahead=ahead,
                behind=list(behind),
                of_month=selectors.in_month(found, month),
                month=month,
                mine=selectors.called_to(ahead, request.user),
                today=today,
            ),
            "behind": behind,
            "plan_query": f"?instance={words.key_of(body)}" if body else "",
        }
        return self.page("governance/meetings/list.html", context)


class PlanView(GovernanceView):
    """Plan a meeting of a body, or a series: the form, the dates that it gives, then the drafts.

    `?instance=` chooses the body, `?seconde=` the meeting that missed its quorum.
    """

    permission_required = PREPARE
    tab = "meetings"
    body: Body
    missed: Meeting | None = None

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        number = self.request.GET.get("seconde", "")
        if number:
            known = number.isdecimal() and len(number) < 10
            self.missed = selectors.missed(self.project, int(number)) if known else None
            if self.missed is None:
                raise Http404
        return True

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        bodies = selectors.bodies_of(self.project)
        body = self.chosen(bodies)
        if body is None:
            return self.page("governance/meetings/no_body.html", {"view": planning.no_body(self.project)})
        return self.show(PlanForm(body=body, initial=self.initial(body)), body, bodies)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        bodies = selectors.bodies_of(self.project)
        body = self.chosen(bodies)
        if body is None:
            raise Http404
        form = PlanForm(request.POST, body=body)
        if request.POST.get("etape") == "modifier" or not form.is_valid():
            status = 200 if form.is_valid() else 422
            return self.show(form, body, bodies, status=status)
        slots = form.slots()
        days = DaysForm(
            request.POST if "days" in request.POST else None,
            slots=slots,
            hours=french.clock(form.starts(slots[0].day)),
            initial={"days": [slot.day.isoformat() for slot in slots]},
        )
        if request.POST.get("etape") != "preparer":
            return self.preview(form, days, body)
        if not days.is_valid():
            return self.preview(form, days, body, status=422)
        return self.plan(form, days, body, bodies)

    def plan(self, form: PlanForm, days: DaysForm, body: Body, bodies: list[Body]) -> HttpResponse:
        given = form.cleaned_data
        try:
            planned = services.plan_meetings(
                body=body,
                starts=[form.starts(day) for day in days.kept()],
                agenda=given.get("agenda", ""),
                second_call_of=self.missed,
                **{name: given[name] for name in ("token", "duration_minutes", "place", "link", "objective")},
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.show(form, body, bodies, status=422)
        messages.success(self.request, planning.planned(planned))
        return redirect("meeting", self.project.slug, planned[0].number)

    def chosen(self, bodies: list[Body]) -> Body | None:
        """The body that the address names, otherwise the first."""
        if self.missed is not None:
            return next((body for body in bodies if body == self.missed.body), None)
        return words.chosen(bodies, self.request.GET.get("instance")) or next(iter(bodies), None)

    def initial(self, body: Body) -> dict[str, Any]:
        latest = selectors.latest_of(body)
        return planning.initial(body, latest, self.missed, timezone.localdate()) | {"token": new_id()}

    def show(self, form: PlanForm, body: Body, bodies: list[Body], *, status: int = 200) -> HttpResponse:
        body.project = self.project
        view = planning.plan_page(self.project, body, bodies, self.missed, timezone.localdate())
        return self.page("governance/meetings/plan.html", {"form": form, "view": view}, status=status)

    def preview(self, form: PlanForm, days: DaysForm, body: Body, *, status: int = 200) -> HttpResponse:
        """What would be planned. Nothing is written."""
        body.project = self.project
        given, slots = form.cleaned_data, form.slots()
        agenda = given.get("agenda", "")
        view = planning.preview_page(
            self.project,
            body,
            slots=slots,
            first=form.starts(slots[0].day),
            every=given["every"],
            minutes=given["duration_minutes"] or services.length_of(agenda),
            points=composed(body, agenda),
        )
        context = {"form": form, "days": days, "view": view}
        return self.page("governance/meetings/plan_preview.html", context, status=status)


class ChangeView(OneMeeting):
    """Another time or another place. Of a convened one, everybody is told."""

    permission_required = PREPARE

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            changed = services.change_meeting(meeting=self.meeting, user=request.user, **form.values())
        except Conflict as conflict:
            form.data = {**form.data.dict(), "version": str(conflict.current.version)}
            form.add_error(None, planning.changed_meanwhile(conflict.current))
            return self.show(form, status=409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.show(form, status=422)
        messages.success(request, planning.changed(changed))
        return redirect("meeting", slug, number)

    def form(self, data: Any = None) -> ChangeForm:
        return ChangeForm(data, meeting=self.meeting, told=self.meeting.status == MeetingStatus.CONVENED)

    def show(self, form: ChangeForm, *, status: int = 200) -> HttpResponse:
        view = planning.change_page(self.meeting, self.project)
        context = {"form": form, "view": view, "meeting": self.meeting, "locked": self.meeting.status not in EDITABLE}
        return self.page("governance/meetings/change.html", context, status=status)


class CancelView(OneMeeting):
    """Call a convened meeting off, telling why; drop a draft, that nobody knows of."""

    permission_required = PREPARE

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show(CancelForm(initial={"version": self.meeting.version}))

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = CancelForm(request.POST)
        if self.meeting.status == MeetingStatus.DRAFT:
            form.fields["reason"].required = False
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            return self.call_off(form)
        except Conflict as conflict:
            form.data = {**form.data.dict(), "version": str(conflict.current.version)}
            form.add_error(None, planning.changed_meanwhile(conflict.current))
            return self.show(form, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, status=422)

    def call_off(self, form: CancelForm) -> HttpResponse:
        meeting, version = self.meeting, form.cleaned_data["version"]
        if meeting.status == MeetingStatus.DRAFT:
            services.discard_meeting(meeting=meeting, version=version)
            messages.success(self.request, planning.discarded(meeting))
            return redirect("meetings", self.project.slug)
        services.cancel_meeting(
            meeting=meeting, version=version, reason=form.cleaned_data["reason"], user=self.request.user
        )
        messages.success(self.request, planning.cancelled(meeting))
        return redirect("meeting", self.project.slug, meeting.number)

    def show(self, form: CancelForm, *, status: int = 200) -> HttpResponse:
        view = planning.cancel_page(self.meeting, self.project)
        draft = self.meeting.status == MeetingStatus.DRAFT
        context = {"form": form, "view": view, "meeting": self.meeting, "draft": draft}
        context["locked"] = self.meeting.status not in EDITABLE
        return self.page("governance/meetings/cancel.html", context, status=status)


def read_month(value: str | None) -> date | None:
    """The first day of « 2026-12 »; None for anything else."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value or "")
    return date(int(match[1]), int(match[2]), 1) if match and 1900 < int(match[1]) < 2200 else None
