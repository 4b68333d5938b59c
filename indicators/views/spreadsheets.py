"""The figures of one structure out as a file, and back in."""

import uuid
from datetime import datetime
from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from common.models import SpreadsheetImport
from common.spreadsheets.answers import csv_file, workbook_file, xlsx_file
from common.spreadsheets.diff import Outcome
from common.spreadsheets.files import annotate
from common.spreadsheets.received import LIFE, moved_keys, receive
from common.spreadsheets.tables import Table
from common.uploads import too_large
from indicators.forms.spreadsheets import FileForm
from indicators.periods import Period
from indicators.presentation import spreadsheet_import as presentation
from indicators.presentation import spreadsheets as sheets
from indicators.presentation.grid import address, query_of
from indicators.resources import KEY, GridResource, named, periods_of, resource_of, typed_in
from indicators.selectors.grid import read_periods
from indicators.selectors.spreadsheets import own_lines, told_lines
from indicators.services.spreadsheets import apply_file, kind_of
from indicators.views.base import FILL, READ
from indicators.views.grid import GridPage


class FileExportView(GridPage):
    """To the structure's own people, what it entered, in a grid to be given back; to others, what it gave."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        wanted = request.GET.get("format", "xlsx")
        if wanted not in {"xlsx", "csv"}:
            raise Http404
        if self.rights.inside:
            lines = own_lines(self.esms, self.periods, self.found)
            resource = resource_of(self.read(), self.found)
            found = [
                sheets.template(resource, self.esms),
                sheets.long_form(lines, self.esms),
                *([resource.origin()] if self.rights.fills else []),
            ]
        else:
            lines = told_lines(self.esms, self.periods, self.found)
            found = [sheets.told_grid(lines, self.periods, self.esms), sheets.long_form(lines, self.esms)]
        if wanted == "csv":
            return csv_file(found[0], sheets.file_name(self.esms, "csv"))
        try:
            return xlsx_file(found, sheets.file_name(self.esms, "xlsx"))
        except DomainError:
            messages.error(request, "Le classeur n’a pas pu être fait. Réessayez, ou exportez en CSV.")
            return redirect("structure_indicators", slug, esms_slug)


class FileImportView(GridPage):
    """Give a file back."""

    permission_required = FILL

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.form_page(FileForm(initial={"token": new_id()}))

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if too_large(request):
            form.add_error("file", "Ce fichier dépasse 10 Mo.")
        elif form.is_valid():
            try:
                received = receive(
                    project_id=self.project.pk,
                    kind=kind_of(self.esms),
                    user=request.user,
                    file=form.cleaned_data["file"],
                    needed=[KEY],
                    token=form.cleaned_data["token"],
                    check=checked,
                )
            except DomainError as error:
                form.add_error(error.field, french.typography(str(error)))
            else:
                return redirect("statement_file_preview", slug, esms_slug, received.pk)
        return self.form_page(form, status=422)

    def form_page(self, form: FileForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "crumbs": presentation.crumbs(self.esms, self.rights),
            "esms": self.esms,
            "query": query_of(self.until),
        }
        return self.page("indicators/files/import.html", context, status=status)


def checked(table: Table) -> None:
    """Raises DomainError for a table that isn't about periods."""
    named(table, periods_of(table, timezone.localdate()))


class ReceivedPage(GridPage, abstract=True):
    """A page of one file received, by who gave it: `self.received`, from `import_id` in the address."""

    permission_required = FILL
    received: SpreadsheetImport

    def has_permission(self) -> bool:
        if not super().has_permission():
            return False
        mine = SpreadsheetImport.objects.filter(
            project_id=self.project.pk, kind=kind_of(self.esms), received_from=self.request.user
        )
        self.received = get_object_or_404(mine, pk=self.kwargs["import_id"])
        return True

    @property
    def ends(self) -> datetime:
        return self.received.received_at + LIFE

    @property
    def over(self) -> bool:
        return self.received.applied_at is not None or self.ends < timezone.now()

    @cached_property
    def table(self) -> Table:
        table = Table.from_json(self.received.rows["table"])
        return named(table, self.file_periods)

    @cached_property
    def file_periods(self) -> list[Period]:
        """Those that it had when it was given: a week later they are still known."""
        return periods_of(Table.from_json(self.received.rows["table"]), timezone.localdate())

    def read_file(self) -> tuple[GridResource, Outcome]:
        """The figures as they stand, and what the file would do to them."""
        resource = resource_of(read_periods(self.esms, self.file_periods, self.found), self.found)
        return resource, resource.outcome(self.table, self.received.rows["origin"])


class FilePreviewView(ReceivedPage):
    """What the file would change; then all of it, or nothing."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str, import_id: uuid.UUID) -> HttpResponse:
        return self.show_over() if self.over else self.show_preview(*self.read_file())

    def post(self, request: HttpRequest, slug: str, esms_slug: str, import_id: uuid.UUID) -> HttpResponse:
        if self.over:
            return redirect("statement_file_preview", slug, esms_slug, import_id)
        resource, outcome = self.read_file()
        if outcome.refused or not outcome.changed:
            return self.show_preview(resource, outcome, status=422)
        if keys := moved_keys(outcome, request.POST.get("seen", "")):
            return self.show_preview(resource, outcome, moved=presentation.moved_since(keys, resource), status=409)
        typed = [item for row in outcome.changed for item in typed_in(row, resource)]
        try:
            count = apply_file(received=self.received, esms=self.esms, typed=typed, found=self.found, by=request.user)
        except Conflict:
            return self.show_preview(*self.read_file(), moved=presentation.moved_in_between(), status=409)
        except DomainError as error:
            return self.show_preview(*self.read_file(), error=str(error), status=422)
        messages.success(request, french.typography(presentation.applied(count, self.received)))
        return redirect(self.grid_url())

    def grid_url(self) -> str:
        return address("statement_grid", self.esms, self.file_periods[-1])

    def show_preview(
        self, resource: GridResource, outcome: Outcome, *, moved: str = "", error: str = "", status: int = 200
    ) -> HttpResponse:
        context = {
            "view": presentation.preview(outcome, resource, self.received, self.ends, self.rights),
            "moved": moved,
            "error": error,
            "received": self.received,
            "esms": self.esms,
        }
        return self.page("indicators/files/preview.html", context, status=status)

    def show_over(self) -> HttpResponse:
        title, lede = presentation.over(self.received)
        context = {
            "title": title,
            "lede": lede,
            "crumbs": presentation.crumbs(self.esms, self.rights, "Aperçu"),
            "grid_url": self.grid_url(),
            "esms": self.esms,
        }
        return self.page("indicators/files/over.html", context)


class FileAnnotatedView(ReceivedPage):
    """The file refused, with what is wrong marked in its cells."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str, import_id: uuid.UUID) -> HttpResponse:
        marks = {} if self.over else self.read_file()[1].marks
        if not marks:
            return redirect("statement_file_preview", slug, esms_slug, import_id)
        try:
            with self.received.file.open("rb") as file:
                content = annotate(file.read(), self.received.rows["table"]["sheet"], marks)
        except DomainError as error:  # heavier to mark than it was to read
            messages.error(request, french.typography(str(error)))
            return redirect("statement_file_preview", slug, esms_slug, import_id)
        return workbook_file(content, presentation.annotated_name(self.received))
