"""Fields of risks and of actions that save themselves."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from organisations.forms import SheetForm
from organisations.presentation import sheets
from organisations.views.fields import FieldMixin
from risks.presentation import register_words


class SavedFieldMixin(FieldMixin):
    """As the fields of organisations, in the words of the register, with a warning when a text looks like a patient's
    data."""

    def hang(self, row: Any) -> None:
        """Give a row read again what its address is made of."""
        raise NotImplementedError

    def answer(self, form: SheetForm, row: Any, field: str, *, status: int = 200) -> HttpResponse:
        saved_at: datetime | None = timezone.now() if status == 200 else None
        if form.errors:
            form.say_nothing_is_saved(field)
        item = register_words.saved_field(self.sheet, form, row, field, saved_at=saved_at)
        if status != 200:  # the form has put what was typed in the row; the version is the one posted
            item = sheets.with_version(item, self.request.POST.get("version", ""))
        context = {"item": item, "heads": self.heads(row) if saved_at else {}}
        return FieldMixin.show(self, "organisations/_field.html", context, status)

    def conflict(self, current: Any, field: str, mine: Any) -> HttpResponse:
        self.hang(current)
        view = register_words.conflict(self.sheet, current, self.project, field, mine, page_url=self.page_url())
        return FieldMixin.show(self, "organisations/_conflict.html", {"view": view}, 409)
