"""Fields that save themselves."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from common.errors import Conflict, DomainError
from organisations.forms import SheetForm
from organisations.models import Project
from organisations.presentation import sheets


class FieldMixin:
    """Save the field that the URL names, under the version that was read. For a ProjectView or an EsmsView."""

    sheet: ClassVar[sheets.Sheet]
    request: HttpRequest
    project: Project

    def row(self) -> Any:
        raise NotImplementedError

    def write(self, row: Any, version: int, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    def page_url(self) -> str:
        raise NotImplementedError

    def heads(self, row: Any) -> dict[str, str]:
        """What the page's title and sentence say now."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, field: str, **kwargs: Any) -> HttpResponse:
        if field not in self.sheet.form.names():
            raise Http404
        row = self.row()
        form = self.sheet.form(request.POST, instance=row, only=field, auto_id=f"{self.sheet.code}-id-%s")
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.answer(form, row, field, status=422)
        value = form.cleaned_data[field]
        try:
            row = self.write(row, form.cleaned_data["version"], {field: value})
        except Conflict as conflict:
            return self.conflict(conflict.current, field, value)
        except DomainError as error:
            form.add_error(field, str(error))
            return self.answer(form, row, field, status=422)
        if not request.htmx:
            messages.success(request, "C’est enregistré.")
            return redirect(self.page_url())
        # Shown as it was written: without the spaces of a SIRET.
        form = self.sheet.form(instance=row, only=field, auto_id=f"{self.sheet.code}-id-%s")
        return self.answer(form, row, field)

    def answer(self, form: SheetForm, row: Any, field: str, *, status: int = 200) -> HttpResponse:
        saved_at = timezone.now() if status == 200 else None
        if form.errors:
            form.say_nothing_is_saved(field)
        item = sheets.saved_field(self.sheet, form, row, self.project, field, saved_at=saved_at)
        if status != 200:  # the form has put what was typed in the row; the version is the one posted
            item = sheets.with_version(item, self.request.POST.get("version", ""))
        context = {"item": item, "heads": self.heads(row) if saved_at else {}}
        return self.show("organisations/_field.html", context, status)

    def conflict(self, current: Any, field: str, mine: Any) -> HttpResponse:
        view = sheets.conflict(self.sheet, current, self.project, field, mine, page_url=self.page_url())
        return self.show("organisations/_conflict.html", {"view": view}, 409)

    def show(self, fragment: str, context: dict[str, Any], status: int) -> HttpResponse:
        """The fragment for htmx, a page around it for a browser without scripts."""
        if self.request.htmx:
            return render(self.request, fragment, context, status=status)
        context = {**context, "fragment": fragment, "page_url": self.page_url()}
        return render(self.request, "organisations/field_page.html", context, status=status)
