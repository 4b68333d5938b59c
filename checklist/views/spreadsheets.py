"""The checklist out as a file, and back in."""

import uuid
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from checklist import selectors, services
from checklist.forms import ImportForm, read_filters
from checklist.presentation import spreadsheets as presentation
from checklist.resources import ChecklistResource, row_change
from checklist.views.base import MANAGE, READ
from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from common.models import SpreadsheetImport
from common.spreadsheets.answers import csv_file, workbook_file, xlsx_file
from common.spreadsheets.diff import Outcome
from common.spreadsheets.files import annotate
from common.spreadsheets.tables import Table
from common.uploads import too_large
from organisations.tenancy import ProjectView


class ExportView(ProjectView):
    """What the page shows, filtered as it is, in the ANAP's layout."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        filters, known = read_filters(request.GET)
        if not known or request.GET.get("format", "xlsx") not in {"xlsx", "csv"}:
            raise Http404
        reading = selectors.read_checklist(self.project, request.user, request.access, since=filters.since)
        lines = reading.matching(filters)
        resource = ChecklistResource(selectors.action_rows(lines))
        sheet = presentation.sheet(resource, reading.blocks(lines, lines), self.project)
        if request.GET.get("format") == "csv":
            return csv_file(sheet, presentation.file_name(self.project, "csv"))
        try:
            return xlsx_file([sheet, resource.origin()], presentation.file_name(self.project, "xlsx"))
        except DomainError:
            messages.error(request, "Le classeur n’a pas pu être fait. Réessayez, ou exportez en CSV.")
            page = reverse("checklist", args=[slug])
            return redirect(f"{page}?{urlencode(filters.parameters())}")


class ImportBase(ProjectView, abstract=True):
    permission_required = MANAGE

    def resource(self) -> ChecklistResource:
        """The checklist as it stands."""
        reading = selectors.read_checklist(self.project, self.request.user, self.request.access)
        return ChecklistResource(selectors.action_rows(reading.lines), selectors.retired_numbers(self.project))


class ImportView(ImportBase):
    """Give a file back."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(ImportForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", "Ce fichier dépasse 10 Mo.")
        elif form.is_valid():
            try:
                received = services.receive(
                    project=self.project,
                    user=request.user,
                    file=form.cleaned_data["file"],
                    needed=ChecklistResource(()).heads,
                    token=form.cleaned_data["token"],
                )
            except DomainError as error:
                form.add_error(error.field, french.typography(str(error)))
            else:
                return redirect("checklist_import_preview", slug, received.pk)
        return self.show(form, status=422)

    def show(self, form: ImportForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "crumbs": presentation.import_crumbs(self.project),
            "export_url": reverse("checklist_export", args=[self.project.slug]),
            "checklist_url": reverse("checklist", args=[self.project.slug]),
        }
        return render(self.request, "checklist/import.html", context, status=status)


class ReceivedView(ImportBase, abstract=True):
    """A view of one file received, by who gave it: `self.received`, from `import_id` in the URL."""

    received: SpreadsheetImport

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        mine = SpreadsheetImport.objects.filter(
            project_id=self.project.pk, kind=services.IMPORT_KIND, received_from=self.request.user
        )
        self.received = get_object_or_404(mine, pk=self.kwargs["import_id"])
        return True

    @property
    def until(self) -> datetime:
        return self.received.received_at + services.IMPORT_LIFE

    @property
    def over(self) -> bool:
        return self.received.applied_at is not None or self.until < timezone.now()

    def outcome(self) -> Outcome:
        """What the file would do to the checklist as it stands now."""
        rows = self.received.rows
        return self.resource().outcome(Table.from_json(rows["table"]), rows["origin"])


class ImportPreviewView(ReceivedView):
    """What the file would change; then all of it, or nothing."""

    def get(self, request: HttpRequest, slug: str, import_id: uuid.UUID) -> HttpResponse:
        return self.show_over() if self.over else self.show(self.outcome())

    def post(self, request: HttpRequest, slug: str, import_id: uuid.UUID) -> HttpResponse:
        if self.over:
            return redirect("checklist_import_preview", slug, import_id)
        outcome = self.outcome()
        if outcome.refused or not outcome.changed:
            return self.show(outcome, status=422)
        moved = presentation.moved_since(outcome, request.POST.get("seen", ""))
        if moved:
            return self.show(outcome, moved=moved, status=409)
        try:
            services.apply_import(
                received=self.received,
                project=self.project,
                user=request.user,
                changes=[row_change(row) for row in outcome.changed],
            )
        except Conflict:
            return self.show(self.outcome(), moved=presentation.moved_in_between(), status=409)
        except DomainError as error:
            return self.show(outcome, error=str(error), status=422)
        messages.success(request, presentation.applied(outcome, self.received))
        return redirect("checklist", slug)

    def show(self, outcome: Outcome, *, moved: str = "", error: str = "", status: int = 200) -> HttpResponse:
        context = {
            "view": presentation.preview(outcome, self.received, self.until, self.project),
            "moved": moved,
            "error": error,
            "received": self.received,
            "import_url": reverse("checklist_import", args=[self.project.slug]),
        }
        return render(self.request, "checklist/import_preview.html", context, status=status)

    def show_over(self) -> HttpResponse:
        context = {"view": presentation.over(self.received, self.project)}
        return render(self.request, "checklist/import_over.html", context)


class ImportAnnotatedView(ReceivedView):
    """The file refused, with what is wrong marked in its cells."""

    def get(self, request: HttpRequest, slug: str, import_id: uuid.UUID) -> HttpResponse:
        marks = {} if self.over else self.outcome().marks
        if not marks:
            return redirect("checklist_import_preview", slug, import_id)
        try:
            with self.received.file.open("rb") as file:
                content = annotate(file.read(), self.received.rows["table"]["sheet"], marks)
        except DomainError as error:  # heavier to mark than it was to read
            messages.error(request, french.typography(str(error)))
            return redirect("checklist_import_preview", slug, import_id)
        return workbook_file(content, presentation.annotated_name(self.received))
