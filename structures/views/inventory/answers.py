"""One answer, which saves itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from common import french, history
from common.errors import Conflict, DomainError
from structures.catalogue.inventory import Field
from structures.forms.inventory import AnswerForm
from structures.inventory_answers import MISSING
from structures.models import InventoryAnswer
from structures.presentation.inventory import conflicts, section
from structures.services import inventory_answers as services
from structures.views.inventory.base import FILL, InventoryView


class AnswerView(InventoryView):
    """Save the answer to one question, and show what it changes beside it."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, field: str) -> HttpResponse:
        asked = self.field_of(field)
        if asked.is_table and not asked.takes_none:
            return HttpResponseBadRequest("Cette question se remplit ligne par ligne.")
        read = self.read()
        form = AnswerForm(request.POST, question=asked, known=read.values.get(asked.code, MISSING))
        if not form.is_valid():
            if {"version", "number"} & form.errors.keys():
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.answer(asked, form=form, status=422)
        if form.cleaned_data["number"] != self.inventory.number:
            locked = "Rien n’est enregistré : un autre état des lieux a été commencé depuis. Rechargez la page."
            return self.refuse(form, asked, locked)
        value, version = form.answer, form.cleaned_data["version"]
        try:
            services.answer(inventory=self.inventory, field=asked, version=version, value=value, by=request.user)
        except Conflict as conflict:
            return self.conflict(asked, conflict.current, value)
        except DomainError as error:
            return self.refuse(form, asked, str(error))
        self.again()
        if not request.htmx:
            messages.success(request, "C’est enregistré.")
            return redirect(self.question_url(asked))
        return self.answer(asked)

    def refuse(self, form: AnswerForm, asked: Field, words: str) -> HttpResponse:
        form.add_error("value" if "value" in form.fields else "none", french.typography(words))
        return self.answer(asked, form=form, status=422)

    def answer(self, asked: Field, *, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
        read = self.read()
        saved_at = timezone.now() if status == 200 else None
        context: dict[str, Any] = {
            "question": section.question(read, asked, form=form, saved_at=saved_at),
            "heads": section.heads(read, read.form.section(asked.section)) if status == 200 else None,
            "flags": section.flags_elsewhere(read, asked) if status == 200 else [],
            "dependents": section.dependents(read, asked) if status == 200 else [],
        }
        return self.around("structures/inventory/_saved.html", context, asked, status)

    def conflict(self, asked: Field, theirs: InventoryAnswer, mine: Any) -> HttpResponse:
        latest = next(iter(history.entries(theirs, ["value", "unknown", "answered"], limit=5)), None)
        view = conflicts.answer(self.esms, asked, theirs, mine, self.inventory.number, latest)
        return self.around("structures/inventory/_conflict.html", {"view": view}, asked, 409)

    def around(self, fragment: str, context: dict[str, Any], asked: Field, status: int) -> HttpResponse:
        """The fragment for htmx, a page around it for a browser without scripts."""
        if self.request.htmx:
            return render(self.request, fragment, {"esms": self.esms, **context}, status=status)
        context = {**context, "fragment": fragment, "page_url": self.question_url(asked)}
        return self.shown("answer_page", context, status=status)
