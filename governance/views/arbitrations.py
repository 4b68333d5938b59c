"""Arbitrations: the register; one opened, read, written field by field."""

from functools import cached_property
from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from governance.enums import ArbitrationKind, ArbitrationStatus, MeetingStatus
from governance.forms import arbitrations as forms
from governance.forms.options import NewOptionForm
from governance.forms.votes import NewToDoForm, VoteForm
from governance.models import Arbitration, ArbitrationOption
from governance.presentation import acts, dossier
from governance.presentation import arbitrations as presentation
from governance.presentation.convening import DeliveryView, delivery_view
from governance.presentation.register import register
from governance.selectors import arbitrations as selectors
from governance.selectors.convening import consultation_delivery
from governance.selectors.votes import Scrutiny, scrutiny_of
from governance.services import arbitrations as services
from governance.views.base import GovernanceView
from organisations.enums import Permission, Role
from organisations.selectors import holders, ogs_with_structures, participants
from organisations.views.fields import FieldMixin

TAKES_PART = (Permission.VIEW_PROJECT,)  # what more is needed, `rights` says
PREPARES = (Permission.PREPARE_MEETINGS,)
PAGE_SIZE = 50
CHANGED = "Quelqu’un vient de modifier ce dossier. Ce que vous avez écrit est ci-dessous : relisez, puis enregistrez."


class RegisterView(GovernanceView):
    """The arbitrations that the reader may read, narrowed as the address says."""

    permission_required = TAKES_PART
    tab = "arbitrations"

    def has_permission(self) -> bool:
        reads = self.rights.reads_council or self.rights.reads_own_arbitrations
        return super().has_permission() and reads

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        readable = selectors.read_by(self.project, self.rights, request.access)
        ogs = ogs_with_structures(self.project) if self.rights.reads_council else []
        filters, known = forms.read_filters(request.GET, ogs)
        waiting = readable.filter(status=ArbitrationStatus.TO_DECIDE)
        page = Paginator(selectors.narrowed(readable, filters), PAGE_SIZE).get_page(request.GET.get("page"))
        view = register(
            self.project,
            list(readable.values_list("status", flat=True)),
            list(waiting),
            page.object_list,
            filters,
            ogs,
            selectors.years_of(readable),
            timezone.localdate(),
            reads_all=self.rights.reads_council,
        )
        return self.page("governance/arbitrations/register.html", {"view": view, "page": page, "unknown": not known})


class OpenView(GovernanceView):
    """Open an arbitration. `?cite=2026-4`: it goes back on that one, whose nature and structures it takes over;
    `?nature=`, `?question=`: what the form begins with."""

    permission_required = PREPARES
    tab = "arbitrations"

    @cached_property
    def cited(self) -> Arbitration | None:
        year, _, number = self.request.GET.get("cite", "").partition("-")
        if not (year.isdecimal() and number.isdecimal()) or len(year + number) > 8:
            return None
        return selectors.file_of(self.project, int(year), int(number))

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        initial: dict[str, Any] = {"token": new_id(), **forms.read_beginning(request.GET)}
        if self.cited:
            initial |= {"kind": self.cited.kind, "question": self.cited.question}
        return self.show(forms.OpenForm(initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = forms.OpenForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                arbitration = services.open_arbitration(
                    project=self.project,
                    kind=ArbitrationKind(given["kind"]),
                    question=given["question"],
                    context=given["context"],
                    deadline=given["deadline"],
                    requested_by=request.user,
                    token=given["token"],
                    cites=self.cited,
                    structures=[row.esms for row in self.cited.concerns.all()] if self.cited else (),
                )
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                told = f"L’arbitrage {presentation.reference(arbitration)} est ouvert : complétez son dossier."
                messages.success(request, french.typography(told))
                return redirect(presentation.url_of(arbitration, self.project, "arbitration_edit"))
        return self.show(form, status=422)

    def show(self, form: forms.OpenForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "view": dossier.open_sheet(self.project, self.cited)}
        return self.page("governance/arbitrations/open.html", context, status=status)


class ArbitrationView(GovernanceView, abstract=True):
    """A view of one arbitration, from `year` and `number` in the URL; 404 for one that the reader may not read."""

    tab = "arbitrations"
    prepared: ClassVar[bool] = False  # only for who prepares the meetings

    def has_permission(self) -> bool:
        if not super().has_permission() or not (self.rights.reads_council or self.rights.reads_own_arbitrations):
            return False
        return bool(self.arbitration) and self.may()

    def may(self) -> bool:
        """What more is needed than to read it."""
        return self.rights.prepares or not self.prepared

    @cached_property
    def arbitration(self) -> Arbitration:
        found = selectors.with_file(selectors.read_by(self.project, self.rights, self.request.access))
        arbitration = get_object_or_404(found, year=self.kwargs["year"], number=self.kwargs["number"])
        arbitration.project = self.project
        return arbitration

    @cached_property
    def scrutiny(self) -> Scrutiny | None:
        """The vote under way, for who reads the deliberations."""
        return scrutiny_of(self.arbitration) if self.rights.reads_council else None

    @cached_property
    def is_dpo(self) -> bool:
        return self.request.user in holders(self.project, [Role.DPO]).get(Role.DPO, [])

    def address(self, name: str = "arbitration", anchor: str = "") -> str:
        return presentation.url_of(self.arbitration, self.project, name) + anchor

    def show(self, *, refused: str = "", status: int = 200, **given: Any) -> HttpResponse:
        """The file. `refused`: what was not done, and why; `given`: forms that were refused."""
        arbitration, rights, scrutiny = self.arbitration, self.rights, self.scrutiny
        may = acts.acts(arbitration, scrutiny, rights, voted=bool(arbitration.votes.all()))
        meetings = list(selectors.meetings_ahead(self.project)) if may.puts else []
        version = {"version": arbitration.version}
        context = {
            "arbitration": arbitration,
            "view": presentation.file_view(arbitration, scrutiny, self.project),
            "crumbs": presentation.crumbs(self.project, dossier.own_crumb(arbitration)),
            "acts": may,
            "meeting_url": self.meeting_url(),
            "meetings": meetings,
            "put_form": forms.PutForm(
                meetings=selectors.meetings_ahead(self.project),
                initial={**version, "meeting": meetings[0].pk if meetings else None},
            ),
            "applied_form": forms.AppliedForm(initial={**version, "applied_on": timezone.localdate()}),
            "to_do_form": NewToDoForm(people=participants(self.project), initial={"token": new_id()}),
            "writes": dossier.opinion_fields(
                arbitration, self.project, comop=may.edits or self.writes_for_comop, dpo=may.edits or self.writes_as_dpo
            ),
            "consultation": dossier.CONSULTATION,
            "delivery": self.delivery(),
            "history": dossier.history_of(arbitration) if rights.reads_council else [],
            "refused": refused,
            **self.vote_context(),
            **given,
        }
        return self.page("governance/arbitrations/file.html", context, status=status)

    def delivery(self) -> DeliveryView | None:
        """How the e-mails of the consultation under way left, for who prepares."""
        if not self.rights.prepares or self.scrutiny is None or not self.scrutiny.written:
            return None
        return delivery_view(consultation_delivery(self.arbitration))

    def meeting_url(self) -> str:
        """The page of its meeting, for who may read it: that of the session while it is held."""
        meeting = self.arbitration.meeting
        if meeting is None or not self.rights.reads_meeting(meeting):
            return ""
        held = self.rights.prepares and meeting.status == MeetingStatus.IN_SESSION
        return reverse("session" if held else "meeting", args=[self.project.slug, meeting.number])

    @property
    def writes_for_comop(self) -> bool:
        return self.rights.reads_comop_meetings and self.arbitration.status in services.OPEN

    @property
    def writes_as_dpo(self) -> bool:
        return self.arbitration.status in services.OPEN and self.is_dpo

    def vote_context(self) -> dict[str, Any]:
        """What the section of the vote needs: the reader's own voices, and those of the room for who writes them."""
        options = list(self.arbitration.options.all())
        room = acts.room_voices(self.scrutiny) if self.rights.prepares else []
        return {
            "own": [(voice, _vote_form(voice, options)) for voice in acts.own_voices(self.scrutiny, self.request.user)],
            "not_noted": acts.not_noted(self.scrutiny, self.request.user),
            "room": [(voice, _vote_form(voice, options, whose=voice.whose)) for voice in room],
            "signature": self.scrutiny.signature if self.scrutiny else "",
            "vote_refused": "",
            "told": "",
        }


def _vote_form(voice: acts.OwnVoice | acts.RoomVoice, options: list[ArbitrationOption], whose: str = "") -> VoteForm:
    initial = {"ballot": voice.ballot, "comment": voice.comment, "version": voice.version}
    return VoteForm(options=options, unit_id=voice.unit_id, whose=whose, initial=initial)


class FileView(ArbitrationView):
    """The file of an arbitration: question, options, opinions, vote, decision."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        return self.show()


class WritingView(ArbitrationView, abstract=True):
    """A view that comes back to the page where the file is written."""

    prepared = True

    def write(self, *, refused: str = "", status: int = 200, **given: django_forms.Form) -> HttpResponse:
        """The page where it is written; the file itself once nothing changes any more."""
        arbitration = self.arbitration
        if why := services.why_closed(arbitration):
            return self.show(refused=refused or why, status=status)
        ogs = ogs_with_structures(self.project)
        concerned: dict[str, list[Any]] = {}
        for row in arbitration.concerns.all():
            concerned.setdefault(f"og-{row.og_id}", []).append(row.esms_id)
        context = {
            "arbitration": arbitration,
            "view": dossier.edit_view(arbitration, self.project),
            "file": presentation.file_view(arbitration, None, self.project),
            "structures_form": forms.StructuresForm(ogs=ogs, initial={"version": arbitration.version, **concerned}),
            "option_form": NewOptionForm(),
            "document_form": forms.DocumentForm(initial={"token": new_id()}),
            "refused": refused,
            **given,
        }
        return self.page("governance/arbitrations/edit.html", context, status=status)


class EditView(WritingView):
    """The file, written field by field."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        return redirect(self.address()) if services.why_closed(self.arbitration) else self.write()


class FieldView(FieldMixin, ArbitrationView):
    """One field of the file: all of them for who prepares, the COMOP's opinion for its members, the DPD's for the
    DPD."""

    permission_required = TAKES_PART
    sheet = dossier.FILE_SHEET

    def may(self) -> bool:
        field = self.kwargs["field"]
        if self.rights.prepares:
            return True
        return (field == "comop_opinion" and self.rights.reads_comop_meetings) or (
            field == "dpo_opinion" and self.is_dpo
        )

    def row(self) -> Arbitration:
        return self.arbitration

    def write(self, row: Arbitration, version: int, values: dict[str, Any]) -> Arbitration:
        ((field, value),) = values.items()
        written = services.edit_arbitration(arbitration=row, version=version, field=field, value=value)
        written.project = self.project
        return written

    def page_url(self) -> str:
        return self.address("arbitration_edit" if self.rights.prepares else "arbitration")

    def heads(self, row: Arbitration) -> dict[str, str]:
        if not self.rights.prepares:
            return {}
        return {"manque": presentation.headline(row), "manque-quoi": presentation.lacking(row)}


class StructuresView(WritingView):
    """Which structures it concerns."""

    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        form = forms.StructuresForm(request.POST, ogs=ogs_with_structures(self.project))
        if not form.is_valid():
            return self.write(structures_form=form, status=422)
        try:
            services.set_structures(
                arbitration=self.arbitration, version=form.cleaned_data["version"], structures=form.chosen
            )
        except Conflict:
            del self.arbitration
            return self.write(refused=CHANGED, structures_form=self._at_the_version_now(form), status=409)
        except DomainError as error:
            del self.arbitration
            return self.write(refused=str(error), status=422)
        messages.success(request, french.typography(dossier.told_structures(len(form.chosen))))
        return redirect(f"{self.address('arbitration_edit')}#structures")

    def _at_the_version_now(self, form: forms.StructuresForm) -> forms.StructuresForm:
        data = form.data.copy()
        data["version"] = str(self.arbitration.version)
        return forms.StructuresForm(data, ogs=ogs_with_structures(self.project))
