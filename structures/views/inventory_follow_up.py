"""The inventories of all structures: read side by side, compared, exported, in figures."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.errors import DomainError
from common.spreadsheets.answers import csv_file, xlsx_file
from common.ui import Link
from organisations.enums import Permission
from organisations.models import Wave
from organisations.selectors import follows, structures_followed, waves_of
from organisations.tenancy import ProjectView
from structures.aggregates import inventory_figures
from structures.catalogue.inventory import questionnaire
from structures.forms.inventory_follow_up import Filters, read_filters
from structures.presentation.inventory_follow_up import (
    compare,
    competing,
    export,
    figures,
    means,
    overview,
    places,
    software,
)
from structures.rights import coordinates
from structures.selectors.inventory_follow_up import FollowUp, follow_up

PAGE_SIZE = 30


class InventoriesView(ProjectView, abstract=True):
    """A page of the follow-up, for who reads structures one by one: the project lead, the direction of an OG."""

    permission_required = (Permission.VIEW_PROJECT,)
    tab: str

    def has_permission(self) -> bool:
        return super().has_permission() and follows(self.project, self.request.access)

    @cached_property
    def filters(self) -> Filters:
        return self.everything[1]

    @cached_property
    def follow(self) -> FollowUp:
        return self.everything[0]

    @cached_property
    def waves(self) -> list[Wave]:
        return list(waves_of(self.project))

    @cached_property
    def everything(self) -> tuple[FollowUp, Filters]:
        structures = structures_followed(self.project, self.request.access)
        filters = read_filters(self.request.GET, structures, self.waves)
        if not filters.known:
            raise Http404
        return follow_up(self.project, [esms for esms in structures if filters.keeps(esms)]), filters

    def page(self, template: str, **context: Any) -> HttpResponse:
        shared = {
            "filters": self.filters,
            "this_page": self.request.path,
            "tabs": self.tabs(),
            "coordinates": coordinates(self.project, self.request.access),
            "xlsx_url": places.page_url("inventory_export", self.project, self.filters),
        }
        return render(self.request, f"structures/inventory_follow_up/{template}.html", {**shared, **context})

    def tabs(self) -> list[Any]:
        access = self.request.access
        return places.tabs(
            self.project,
            self.tab,
            self.filters,
            figures=access.in_project(self.project, Permission.VIEW_STRUCTURE_AGGREGATES),
            thresholds=coordinates(self.project, access),
        )

    def part(self, found: Any, size: int = PAGE_SIZE) -> Page:
        return Paginator(found, size).get_page(self.request.GET.get("page"))


class OverviewView(InventoriesView):
    """Who transmitted, how ready they are. Who reads figures only is led to them."""

    tab = "inventory_follow_up"

    def has_permission(self) -> bool:
        return super().has_permission() or self.reads_figures()

    def reads_figures(self) -> bool:
        return self.request.access.in_project(self.project, Permission.VIEW_STRUCTURE_AGGREGATES)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not follows(self.project, request.access):
            return redirect("inventory_figures", slug)
        page = self.part(self.follow.structures)
        view = overview.overview(self.follow, list(page.object_list), self.filters)
        files = [
            Link(label, places.page_url("inventory_export", self.project, self.filters, format="csv", feuille=name))
            for name, label in export.SHEETS.items()
        ]
        return self.page("overview", view=view, page=page, collection=self.follow.collection, files=files)


class SoftwareView(InventoriesView):
    tab = "inventory_software"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        page = self.part(software.endings_of(self.follow))
        return self.page("software", view=software.landscape(self.follow), page=page)


class MeansView(InventoriesView):
    tab = "inventory_means"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.page("means", view=means.means(self.follow, self.filters))


class CompetingView(InventoriesView):
    tab = "inventory_competing"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = competing.competing(self.follow)
        return self.page("competing", view=view, page=self.part(view.projects))


class FieldsView(InventoriesView):
    """Which question to compare."""

    tab = "inventory_fields"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.page("fields", view=compare.questions(self.follow, self.filters))


class FieldView(InventoriesView):
    """One question across the structures."""

    tab = "inventory_fields"

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        field = questionnaire().by_code.get(code)
        if field is None:
            raise Http404
        page = self.part(compare.lines(field, self.follow))
        return self.page(
            "field",
            view=compare.comparison(field, self.follow, self.filters),
            lines=compare.answered(field, list(page.object_list), self.follow),
            page=page,
        )


class ExportView(InventoriesView):
    """What the pages show, filtered as they are, as a file."""

    tab = "inventory_export"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        kind, name = request.GET.get("format", "xlsx"), request.GET.get("feuille", export.STRUCTURES)
        if kind not in {"xlsx", "csv"} or name not in export.SHEETS:
            raise Http404
        sheets = export.sheets(self.follow, self.waves)
        if kind == "csv":
            return csv_file(sheets[name], export.file_name(self.project, "csv", name))
        try:
            return xlsx_file(list(sheets.values()), export.file_name(self.project, "xlsx"))
        except DomainError:
            return self.page("export_failed", crumbs=places.crumbs(self.project))


class FiguresView(ProjectView):
    """The whole project in figures: no structure by its name, nothing that somebody wrote."""

    permission_required = (Permission.VIEW_STRUCTURE_AGGREGATES,)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        access = request.access
        tabs = places.tabs(
            self.project,
            "inventory_figures",
            follows=follows(self.project, access),
            figures=True,
            thresholds=coordinates(self.project, access),
        )
        view = figures.page(inventory_figures(self.project), self.project)
        return render(request, "structures/inventory_follow_up/figures.html", {"view": view, "tabs": tabs})
