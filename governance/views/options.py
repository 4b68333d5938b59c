"""The options of an arbitration: added, written field by field, ordered, recommended, removed and put back."""

import uuid
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from common import french
from common.errors import DomainError
from governance.forms.options import NewOptionForm
from governance.models import ArbitrationOption
from governance.presentation import dossier
from governance.presentation.options import name_of
from governance.services import options as services
from governance.views.acts import ActView
from governance.views.arbitrations import TAKES_PART, ArbitrationView, WritingView
from organisations.views.fields import FieldMixin


class AddOptionView(WritingView):
    """One more option."""

    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
        form = NewOptionForm(request.POST)
        if not form.is_valid():
            return self.write(option_form=form, status=422)
        try:
            option = services.add_option(arbitration=self.arbitration, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.write(option_form=form, status=422)
        told = f"{name_of(option)} est ajoutée : dites ce qu’elle change."
        messages.success(request, french.typography(told))
        return redirect("arbitration_option", slug, year, number, option.pk)


class OneOptionView(ArbitrationView, abstract=True):
    """A view of one option of the file; 404 for one of another arbitration."""

    prepared = True

    @cached_property
    def option(self) -> ArbitrationOption:
        option = get_object_or_404(ArbitrationOption, arbitration=self.arbitration, pk=self.kwargs["option_id"])
        option.arbitration = self.arbitration
        return option


class OptionView(OneOptionView):
    """Where an option is written."""

    permission_required = TAKES_PART

    def get(self, request: HttpRequest, slug: str, year: int, number: int, option_id: uuid.UUID) -> HttpResponse:
        context = {"view": dossier.option_page(self.option, self.project)}
        return self.page("governance/arbitrations/option.html", context)


class OptionFieldView(FieldMixin, OneOptionView):
    """One field of an option."""

    permission_required = TAKES_PART
    sheet = dossier.OPTION_SHEET

    def row(self) -> ArbitrationOption:
        return self.option

    def write(self, row: ArbitrationOption, version: int, values: dict[str, Any]) -> ArbitrationOption:
        ((field, value),) = values.items()
        written = services.edit_option(option=row, version=version, field=field, value=value)
        written.arbitration = self.arbitration
        return written

    def page_url(self) -> str:
        return reverse(
            "arbitration_option",
            args=[self.project.slug, self.arbitration.year, self.arbitration.number, self.option.pk],
        )

    def heads(self, row: ArbitrationOption) -> dict[str, str]:
        return {"titre": dossier.option_title(row)}


class OptionActView(ActView, OneOptionView, abstract=True):
    """Something done with an option, that the page of writing then shows."""

    def again(self, refused: str, status: int) -> HttpResponse:
        return self.write(refused=refused, status=status)

    def back(self) -> str:
        return f"{self.address('arbitration_edit')}#options"


class MoveOptionView(OptionActView, WritingView):
    """Up or down by one place."""

    permission_required = TAKES_PART

    def attempt(self, version: int) -> str:
        up = self.request.POST.get("vers") != "bas"
        moved = services.move_option(option=self.option, version=version, up=up)
        return f"C’est maintenant l’option {moved.letter} : « {moved.label} »."


class RecommendView(OptionActView, WritingView):
    """The option that the lead recommends; the version is that of the file."""

    permission_required = TAKES_PART

    def attempt(self, version: int) -> str:
        services.recommend(option=self.option, version=version)
        return f"Vous recommandez l’option {self.option.letter}. Dites pourquoi, en une phrase."


class RemoveOptionView(OptionActView, WritingView):
    """Out of the file; « Annuler » puts it back."""

    permission_required = TAKES_PART

    def attempt(self, version: int) -> str:
        option_id, label = self.option.pk, self.option.label
        services.remove_option(option=self.option, version=version)
        self.undo_url = reverse(
            "arbitration_option_restore",
            args=[self.project.slug, self.arbitration.year, self.arbitration.number, option_id],
        )
        return f"L’option « {label} » est retirée."


class RestoreOptionView(WritingView):
    """Back in the file, as it was."""

    permission_required = TAKES_PART

    def post(self, request: HttpRequest, slug: str, year: int, number: int, option_id: uuid.UUID) -> HttpResponse:
        try:
            option = services.restore_option(arbitration=self.arbitration, option_id=option_id)
        except DomainError as error:
            return self.write(refused=str(error), status=422)
        messages.success(request, french.typography(f"L’option « {option.label} » est remise dans le dossier."))
        return redirect(f"{self.address('arbitration_edit')}#options")
