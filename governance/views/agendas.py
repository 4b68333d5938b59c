"""The points of an agenda: added, worded, ordered, taken off and put back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django_htmx.http import reswap, retarget

from common import french
from common.errors import Conflict, DomainError
from common.history import author, authors
from governance.forms.agendas import EditPointForm, OfferForm
from governance.models import AgendaItem
from governance.presentation import agendas as words
from governance.selectors import agendas
from governance.services import agendas as services
from governance.views.meeting import PREPARE, TOO_OLD, ShowsMeeting


class Agenda(ShowsMeeting, abstract=True):
    """A view that changes the agenda of a meeting."""

    permission_required = PREPARE

    def done(self, told: str, place: str = "ordre") -> HttpResponse:
        """To htmx the agenda as it is now, otherwise the page."""
        if self.request.htmx:
            return self.show(told=told)
        messages.success(self.request, told)
        return redirect(f"{self.address()}#{place}")

    def address(self) -> str:
        return reverse("meeting", args=[self.project.slug, self.meeting.number])


class OnePoint(Agenda, abstract=True):
    """A view of one point: `self.item`, from `item_id` in the URL."""

    permission_required = PREPARE
    item: AgendaItem

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        points = AgendaItem.objects.filter(meeting=self.meeting).select_related("owner")
        self.item = get_object_or_404(points, pk=self.kwargs["item_id"])
        self.item.meeting = self.meeting
        return True


class AddView(Agenda):
    """A new point, at the end."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = self.new_point(request.POST)
        if not form.is_valid():
            return self.show(adding=form, status=422)
        try:
            item = services.add_point(meeting=self.meeting, **form.values())
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(adding=form, status=422)
        return self.done(french.typography(f"« {item.label} » est ajouté."), f"point-{item.pk}")


class OfferView(Agenda):
    """A subject that waits, put on the agenda by one click."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        form = OfferForm(request.POST)
        shelves = agendas.shelves_for(self.meeting) if form.is_valid() else []
        offers = {offer.key: offer for shelf in shelves for offer in shelf.offers}
        offer = offers.get(form.cleaned_data.get("offer"))
        if offer is None:
            return self.show(refused="Ce sujet n’est plus à proposer : il est à l’ordre du jour, ou réglé.", status=422)
        try:
            item = services.take_offer(meeting=self.meeting, offer=offer)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        return self.done(french.typography(f"« {item.label} » est à l’ordre du jour."), f"point-{item.pk}")


class PointView(OnePoint):
    """The words of a point: shown to be changed, changed."""

    permission_required = PREPARE

    def get(self, request: HttpRequest, slug: str, number: int, item_id: uuid.UUID) -> HttpResponse:
        names = ("label", "detail", "minutes", "kind", "owner", "version")
        return self.form(self.bound(initial={name: getattr(self.item, name) for name in names}))

    def post(self, request: HttpRequest, slug: str, number: int, item_id: uuid.UUID) -> HttpResponse:
        form = self.bound(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD) if "version" in form.errors else self.form(form, status=422)
        try:
            item = services.edit_point(item=self.item, **form.values())
        except Conflict as conflict:
            # What was typed stays in the form, which is now about the version that stands, shown beside it.
            form.data = {**form.data.dict(), "version": str(conflict.current.version)}
            return self.form(form, theirs=conflict.current, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.form(form, status=422)
        return self.done(french.typography(f"« {item.label} » est enregistré."), f"point-{item.pk}")

    def bound(self, data: object = None, **options: object) -> EditPointForm:
        return EditPointForm(data, project=self.project, item=self.item, auto_id=f"p{self.item.pk}-%s", **options)

    def form(self, form: EditPointForm, *, theirs: AgendaItem | None = None, status: int = 200) -> HttpResponse:
        """The form: in the place of the point for htmx, on a page of its own otherwise."""
        latest = theirs.history.order_by("-pgh_id").first() if theirs else None
        context = {
            "form": form,
            "item": self.item,
            "meeting": self.meeting,
            "view": words.point_page(self.item, self.meeting, self.project),
            "theirs": theirs,
            "who": author(latest, authors([latest])) if latest else "",
        }
        if not self.request.htmx:
            return self.page("governance/meetings/point.html", context, status=status)
        answer = self.page("governance/meetings/point.html#form", context, status=status)
        return reswap(retarget(answer, f"#point-{self.item.pk}"), "outerHTML")


class MoveView(OnePoint):
    """Up or down by one place."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int, item_id: uuid.UUID) -> HttpResponse:
        try:
            item = services.move_point(item=self.item, up=request.POST.get("vers") != "bas")
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        return self.done(words.place(item, agendas.agenda_of(self.meeting, self.rights)), f"point-{item.pk}")


class RemoveView(OnePoint):
    """Off the agenda; the message that says so puts it back."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int, item_id: uuid.UUID) -> HttpResponse:
        back = reverse("meeting_point_back", args=[slug, number, item_id])
        try:
            services.remove_point(item=self.item)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        told = french.typography(f"« {self.item.label} » est retiré de l’ordre du jour.")
        messages.success(request, told, extra_tags=back)
        return self.show() if request.htmx else redirect(f"{self.address()}#ordre")


class PutBackView(Agenda):
    """A point that was taken off, as it was."""

    permission_required = PREPARE

    def post(self, request: HttpRequest, slug: str, number: int, item_id: uuid.UUID) -> HttpResponse:
        try:
            item = services.put_back_point(meeting=self.meeting, item_id=item_id)
        except AgendaItem.DoesNotExist as error:
            raise Http404 from error
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        return self.done(french.typography(f"« {item.label} » est remis à l’ordre du jour."), f"point-{item.pk}")
