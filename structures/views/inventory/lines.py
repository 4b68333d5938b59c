"""The lines of the tables: added, written, taken away, put back."""

import uuid
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404

from common import french, history
from common.errors import Conflict, DomainError
from common.ids import new_id
from common.ui import Link
from structures.catalogue.inventory import Field
from structures.forms.inventory import ActForm, LineForm
from structures.models import InventoryLine
from structures.presentation.inventory import conflicts, words
from structures.presentation.inventory.overview import why_locked
from structures.presentation.inventory.section import ADD
from structures.services import inventory_answers as services
from structures.views.inventory.base import FILL, InventoryView


class TableView(InventoryView, abstract=True):
    """A page about one table."""

    @cached_property
    def table(self) -> Field:
        return self.field_of(self.kwargs["field"], table=True)

    def show(
        self,
        form: LineForm,
        title: str,
        *,
        conflict: conflicts.LineConflict | None = None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        back = self.question_url(self.table)
        context = {
            "form": form,
            "title": french.typography(title),
            "help": self.table.help,
            "crumbs": words.crumbs(self.esms, Link(self.table.label, back), Link(french.typography(title))),
            "conflict": conflict,
            "refused": refused or ("" if self.inventory.state.open else why_locked(self.inventory)),
            "back_url": back,
            "confidential": self.table.code == "providers",
        }
        return self.shown("line", context, status=status)

    def saved(self, words: str, *, undo_url: str = "") -> HttpResponse:
        return self.told(words, self.question_url(self.table), undo_url=undo_url)


class AddLineView(TableView):
    """One more line."""

    permission_required = FILL

    def get(self, request: HttpRequest, slug: str, esms_slug: str, field: str) -> HttpResponse:
        return self.show(LineForm(table=self.table, initial={"token": new_id()}), self.title)

    @property
    def title(self) -> str:
        return ADD.get(self.table.code, "Ajouter une ligne")

    def post(self, request: HttpRequest, slug: str, esms_slug: str, field: str) -> HttpResponse:
        form = LineForm(request.POST, table=self.table)
        if not form.is_valid():
            return self.show(form, self.title, status=422)
        token = form.cleaned_data["token"] or new_id()
        try:
            line = services.add_line(
                inventory=self.inventory, field=self.table, values=form.values, token=token, by=request.user
            )
        except DomainError as error:
            return self.show(form, self.title, refused=str(error), status=422)
        return self.saved(f"« {_name(self.table, line)} » est dans la liste.")


class OneLineView(TableView, abstract=True):
    """A page about one line of the inventory that is open; 404 for that of another."""

    @cached_property
    def line(self) -> InventoryLine:
        line = get_object_or_404(
            InventoryLine, inventory=self.inventory, field=self.table.code, pk=self.kwargs["line_id"]
        )
        line.inventory = self.inventory
        return line


class LineView(OneLineView):
    """Where a line is written."""

    permission_required = FILL

    def get(self, request: HttpRequest, slug: str, esms_slug: str, field: str, line_id: uuid.UUID) -> HttpResponse:
        if self.line.removed:
            raise Http404
        return self.show(self.form_of(self.line), self.title)

    @property
    def title(self) -> str:
        return f"Modifier « {_name(self.table, self.line)} »"

    def form_of(self, line: InventoryLine) -> LineForm:
        return LineForm(table=self.table, values=_values(self.table, line), initial={"version": line.version})

    def post(self, request: HttpRequest, slug: str, esms_slug: str, field: str, line_id: uuid.UUID) -> HttpResponse:
        form = LineForm(request.POST, table=self.table)
        if not form.is_valid():
            return self.show(form, self.title, status=422)
        version = form.cleaned_data["version"]
        if version is None:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            line = services.edit_line(
                line=self.line, field=self.table, version=version, values=form.values, by=request.user
            )
        except Conflict as conflict:
            return self.conflict(form, conflict.current)
        except DomainError as error:
            return self.show(form, self.title, refused=str(error), status=422)
        return self.saved(f"« {_name(self.table, line)} » est enregistré.")

    def conflict(self, form: LineForm, theirs: InventoryLine) -> HttpResponse:
        """What was typed stays in the form, which is now about the line as it stands."""
        latest = next(iter(history.entries(theirs, ["values", "removed"], limit=5)), None)
        view = conflicts.line(self.table, theirs, form.values, latest)
        data = form.data.copy()
        data["version"] = str(theirs.version)
        return self.show(LineForm(data, table=self.table), self.title, conflict=view, status=409)


class RemoveLineView(OneLineView):
    """Out of the list; « Annuler » puts it back."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, field: str, line_id: uuid.UUID) -> HttpResponse:
        form = ActForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            services.remove_line(line=self.line, version=form.cleaned_data["version"], by=request.user)
        except Conflict:
            self.again()
            words = "Quelqu’un vient de modifier cette ligne : la voici comme elle est. Rien n’a été retiré."
            return self.show_section(self.table.section, refused=french.typography(words), status=409)
        except DomainError as error:
            self.again()
            return self.show_section(self.table.section, refused=french.typography(str(error)), status=422)
        undo_url = self.address("inventory_line_restore", self.table.code, self.line.pk)
        return self.saved(f"« {_name(self.table, self.line)} » est retiré de la liste.", undo_url=undo_url)


class RestoreLineView(OneLineView):
    """Back in the list."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, field: str, line_id: uuid.UUID) -> HttpResponse:
        try:
            line = services.restore_line(line=self.line, by=request.user)
        except DomainError as error:
            self.again()
            return self.show_section(self.table.section, refused=french.typography(str(error)), status=422)
        return self.saved(f"« {_name(self.table, line)} » est de retour dans la liste.")


def _values(table: Field, line: InventoryLine) -> dict[str, object]:
    return {
        column.code: column.value(line.values[column.code]) for column in table.columns if column.code in line.values
    }


def _name(table: Field, line: InventoryLine) -> str:
    return words.line_title(table, _values(table, line))
