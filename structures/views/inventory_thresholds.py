"""The thresholds of the prerequisites, replaced one by one."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse

from common.errors import Conflict
from organisations.enums import Permission
from organisations.tenancy import ProjectView
from organisations.views.fields import FieldMixin
from structures.catalogue.inventory import Field, questionnaire
from structures.forms.inventory_thresholds import ThresholdForm
from structures.models import InventoryThreshold
from structures.presentation.inventory_follow_up import places, thresholds, words
from structures.presentation.inventory_follow_up.rules import has_threshold
from structures.readiness import Threshold
from structures.selectors.inventory_follow_up import FollowUp, own_threshold, read_follow_up
from structures.services import inventory_thresholds as services

LEAD = (Permission.COORDINATE_STRUCTURES,)


class ThresholdsView(ProjectView):
    """All of them, with what they signal today."""

    permission_required = LEAD

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        follow = read_follow_up(self.project, request.access)
        tabs = places.tabs(self.project, "inventory_thresholds", figures=True, thresholds=True)
        context = {"view": thresholds.rules_page(follow), "tabs": tabs}
        return render(request, "structures/inventory_follow_up/thresholds.html", context)


class OneView(ProjectView, abstract=True):
    """A view of one threshold: `self.field`, from `code` in the URL."""

    permission_required = LEAD

    @cached_property
    def field(self) -> Field:
        field = questionnaire().by_code.get(self.kwargs["code"])
        if field is None or not has_threshold(field):
            raise Http404
        return field

    def row(self) -> InventoryThreshold:
        return own_threshold(self.project, self.field.code)

    @cached_property
    def follow(self) -> FollowUp:
        return read_follow_up(self.project, self.request.access)

    def page_url(self) -> str:
        return reverse("inventory_threshold", args=[self.project.slug, self.field.code])


class ThresholdView(OneView):
    """One threshold, to set."""

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        view = thresholds.rule_page(self.field, self.row(), self.follow)
        return render(request, "structures/inventory_follow_up/threshold.html", {"view": view})


class EffectView(OneView):
    """What another threshold would change, while it is typed: nothing is saved."""

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        row = self.row()
        form = ThresholdForm(self.tried(row), instance=row)
        form.full_clean()
        if form.errors.keys() & {"threshold", "minimum"}:
            said = "Écrivez un nombre : ce que ce seuil changerait se lira ici."
        else:
            asked = Threshold(form.cleaned_data["threshold"], form.cleaned_data["minimum"])
            said = thresholds.effect(self.field, asked, self.follow)
        if request.htmx:
            return render(request, "structures/inventory_follow_up/_effect.html", {"effect": said})
        view = thresholds.rule_page(self.field, self.row(), self.follow, said)
        return render(request, "structures/inventory_follow_up/threshold.html", {"view": view})

    def tried(self, row: InventoryThreshold) -> dict[str, Any]:
        """What is typed, and for what is not what is saved."""
        kept = {"threshold": row.threshold, "minimum": row.minimum}
        return {name: self.request.GET.get(name, "" if value is None else str(value)) for name, value in kept.items()}


class ThresholdFieldView(OneView, FieldMixin):
    sheet = thresholds.SHEET

    def write(self, row: InventoryThreshold, version: int, values: dict[str, Any]) -> InventoryThreshold:
        return services.replace_threshold(project=self.project, code=self.field.code, version=version, **values)

    def heads(self, row: InventoryThreshold) -> dict[str, str]:
        # The row that is written is not yet what `follow` read: it is read after.
        return {"titre": thresholds.title(self.field, row), "effet": thresholds.now(self.field, self.follow)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kwargs.pop("code", None)
        return super().post(request, *args, **kwargs)

    def show(self, fragment: str, context: dict[str, Any], status: int) -> HttpResponse:
        """Two numbers are compared as numbers, not as euros."""
        if "view" in context and context["view"].name in {"threshold", "minimum"}:
            view = context["view"]
            kept, typed = getattr(self.row(), view.name), self.request.POST.get(view.name, "")
            theirs = "La proposition" if kept is None else words.quantity(kept, self.field.unit)
            context = {"view": replace(view, mine_in_words=typed or "La proposition", theirs_in_words=theirs)}
        return super().show(fragment, context, status)


class ResetView(OneView):
    """The proposal counts again."""

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        version = request.POST.get("version", "")
        if not version.isdecimal() or len(version) > 9:
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            services.back_to_proposal(project=self.project, code=self.field.code, version=int(version))
        except Conflict:
            messages.error(request, "Quelqu’un a changé ce seuil entre-temps : le voici. Rien n’a été écrasé.")
        else:
            messages.success(request, thresholds.undone(self.field))
        return redirect(self.page_url())
