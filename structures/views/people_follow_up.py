"""The people of all structures whom the project may call on, and the calls of the project lead."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from common.spreadsheets.answers import csv_file, xlsx_file
from common.spreadsheets.tables import Sheet
from organisations.enums import Permission
from organisations.models import ESMS
from organisations.selectors import follows, structures_followed
from organisations.tenancy import ProjectView
from structures.enums.people import ApplicationStatus, ContactFunction, Skill
from structures.forms.people import CallSheetForm, NewCallForm
from structures.models import ResourceCall
from structures.presentation import contact_follow_up as contact_presentation
from structures.presentation import people_follow_up as presentation
from structures.presentation.differences import Difference, differences
from structures.presentation.people import in_words
from structures.rights import coordinates
from structures.selectors.people import Directory, Filters, calls_of, contacts_of, directory
from structures.services import applications as services

PAGE_SIZE = 50
TAKES_PART = (Permission.VIEW_PROJECT,)
LEAD = (Permission.COORDINATE_STRUCTURES,)


def read_filters(query: QueryDict) -> Filters:
    """The filters that the URL asks for. One that means nothing is left out."""
    status, skill = query.get("etat", ""), query.get("competence", "")
    return Filters(
        status=status if status in ApplicationStatus.values else "",
        skill=skill if skill in Skill.values else "",
        structure=query.get("structure", ""),
        og=_read(uuid.UUID, query.get("og", "")),
        call=_read(uuid.UUID, query.get("appel", "")),
        free_on=_read(date.fromisoformat, query.get("libre", "")),
    )


def _read(kind: Any, text: str) -> Any:
    try:
        return kind(text)
    except ValueError:
        return None


class FollowUpBase(ProjectView, abstract=True):
    """What the lead reads of all structures, and the director of an OG of their own."""

    def has_permission(self) -> bool:
        return super().has_permission() and follows(self.project, self.request.access)

    def found(self, filters: Filters) -> tuple[list[ESMS], Directory]:
        structures = structures_followed(self.project, self.request.access)
        return structures, directory(self.project, structures, filters)


class FollowUpView(FollowUpBase):
    """The directory, and the calls."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, today = read_filters(request.GET), timezone.localdate()
        structures, found = self.found(filters)
        page = Paginator(found.shown, PAGE_SIZE).get_page(request.GET.get("page"))
        view = presentation.directory(found, list(calls_of(self.project)), structures, self.project, filters, today)
        context = {
            "view": view,
            "lines": [presentation.person_line(item, self.project) for item in page.object_list],
            "page": page,
            "coordinates": coordinates(self.project, request.access),
            "total": sum(found.counts.values()),
        }
        return render(request, "structures/people/follow_up.html", context)


class ExportBase(FollowUpBase, abstract=True):
    """What `page` shows, as a file: XLSX, or CSV."""

    page: ClassVar[str]
    file_name: ClassVar[str]

    def sheet(self) -> Sheet:
        raise NotImplementedError

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        kind = request.GET.get("format", "xlsx")
        if kind not in {"xlsx", "csv"}:
            raise Http404
        name = f"{self.file_name}-{self.project.slug}-{french.today().isoformat()}.{kind}"
        try:
            return csv_file(self.sheet(), name) if kind == "csv" else xlsx_file([self.sheet()], name)
        except DomainError:
            messages.error(request, "Le classeur n’a pas pu être fait. Réessayez, ou exportez en CSV.")
            return redirect(self.page, slug)


class ExportView(ExportBase):
    """The people shown."""

    permission_required = TAKES_PART
    page, file_name = "people_follow_up", "personnes-ressources"

    def sheet(self) -> Sheet:
        _, found = self.found(read_filters(self.request.GET))
        return presentation.sheet(found.shown, self.project)


def read_function(query: QueryDict) -> str:
    """The function that the URL filters contacts by; one that means nothing is left out."""
    function = query.get("fonction", "")
    return function if function in ContactFunction.values else ""


class ContactsView(FollowUpBase):
    """The contacts of structures, and which of them may answer."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        structures, function = structures_followed(self.project, request.access), read_function(request.GET)
        found = contacts_of(self.project, structures)
        shown = [contact for contact in found if not function or contact.function == function]
        page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "view": contact_presentation.contacts(found, structures, self.project, function),
            "lines": [contact_presentation.line(contact, self.project) for contact in page.object_list],
            "page": page,
        }
        return render(request, "structures/people/contacts.html", context)


class ContactsExportView(ExportBase):
    """The contacts shown."""

    permission_required = TAKES_PART
    page, file_name = "people_contacts", "contacts"

    def sheet(self) -> Sheet:
        structures = structures_followed(self.project, self.request.access)
        found = contacts_of(self.project, structures, read_function(self.request.GET))
        return contact_presentation.sheet(found, self.project)


class CallOpenView(ProjectView):
    """Call for applications."""

    permission_required = LEAD

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(NewCallForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = NewCallForm(request.POST)
        if form.is_valid():
            try:
                call = services.open_call(project=self.project, user=request.user, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, french.typography(str(error)))
            else:
                told = "L’appel est ouvert : chaque structure le voit sur sa page d’accueil."
                messages.success(request, french.typography(told))
                return redirect("people_call", slug, call.pk)
        return self.show(form, status=422)

    def show(self, form: NewCallForm, *, status: int = 200) -> HttpResponse:
        context = {"form": form, "crumbs": presentation.crumbs(self.project, "Nouvel appel")}
        return render(self.request, "structures/people/call_open.html", context, status=status)


class CallView(FollowUpBase):
    """One call, and who was proposed for it; corrected by the lead."""

    permission_required = TAKES_PART

    def find(self) -> ResourceCall:
        return get_object_or_404(calls_of(self.project), pk=self.kwargs["call_id"])

    def get(self, request: HttpRequest, slug: str, call_id: uuid.UUID) -> HttpResponse:
        return self.show(self.find())

    def post(self, request: HttpRequest, slug: str, call_id: uuid.UUID) -> HttpResponse:
        self.require(*LEAD)
        call, form = self.find(), CallSheetForm(request.POST)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.show(call, form, status=422)
        try:
            services.edit_call(call=call, **form.cleaned_data)
        except Conflict as conflict:
            current, typed = self.find(), form.cleaned_data
            mine = CallSheetForm(initial={**typed, "version": conflict.current.version})
            changed = differences(CallSheetForm, lambda name: getattr(current, name), typed, in_words)
            return self.show(current, mine, changed=changed, status=409)
        except DomainError as error:
            form.add_error(error.field, french.typography(str(error)))
            return self.show(self.find(), form, status=422)
        messages.success(request, "C’est enregistré.")
        return redirect("people_call", slug, call_id)

    def show(
        self,
        call: ResourceCall,
        form: CallSheetForm | None = None,
        *,
        changed: Sequence[Difference] = (),
        status: int = 200,
    ) -> HttpResponse:
        _, found = self.found(Filters(call=call.pk))
        lead = coordinates(self.project, self.request.access)
        names = ("title", "text", "skills", "workload", "open_until", "version")
        context = {
            "call": call,
            "view": presentation.call_sheet(call, found.shown, self.project, timezone.localdate()),
            "lines": [presentation.person_line(item, self.project) for item in found.shown],
            "form": (form or CallSheetForm(initial={name: getattr(call, name) for name in names})) if lead else None,
            "opened": form is not None,
            "differences": changed,
            "is_open": call.is_open(),
        }
        return render(self.request, "structures/people/call.html", context, status=status)


class CallCloseView(ProjectView):
    """Take no more applications or, with `undo`, take some again."""

    permission_required = LEAD

    def post(self, request: HttpRequest, slug: str, call_id: uuid.UUID) -> HttpResponse:
        call = get_object_or_404(ResourceCall, project=self.project, pk=call_id)
        again = "undo" in request.POST
        services.close_call(call=call, again=again)
        if again:
            messages.success(request, french.typography("L’appel est de nouveau ouvert."))
        else:
            undo = reverse("people_call_close", args=[slug, call_id])
            told = "L’appel est fermé : les structures ne peuvent plus y répondre."
            messages.success(request, french.typography(told), extra_tags=undo)
        return redirect("people_call", slug, call_id)
