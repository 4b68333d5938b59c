"""The figures of one structure over twelve periods: typed, pasted, taken back."""

from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone

from indicators.enums import Frequency
from indicators.forms.grid import CellForm, PasteForm, UndoForm, WholeForm
from indicators.periods import Period
from indicators.presentation import grid as presentation
from indicators.presentation import grid_answers, tabs
from indicators.presentation.grid_answers import AnswerView
from indicators.selectors import grid as selectors
from indicators.selectors.definitions import Followed, followed
from indicators.selectors.grid import Grid
from indicators.services import grid as services
from indicators.services.grid import Typed
from indicators.views.base import FILL, StructurePage, period_at

TOO_OLD = "Cette page est trop ancienne : rechargez-la."


class GridPage(StructurePage, abstract=True):
    """A page of the grid, of the periods that its address says (`jusqua`, `frequence`)."""

    permission_required = FILL

    @cached_property
    def found(self) -> list[Followed]:
        return followed(self.project)

    @cached_property
    def frequencies(self) -> list[Frequency]:
        return selectors.frequencies_of(self.esms, self.found)

    @cached_property
    def until(self) -> Period:
        """The last period shown; 404 for what is none."""
        asked, frequency = self.request.GET.get("jusqua", ""), self.request.GET.get("frequence", "")
        if frequency and frequency not in Frequency.values:
            raise Http404
        if asked:
            period = period_at(asked)
            if frequency and frequency != period.frequency:
                raise Http404
            return period
        if not frequency:
            frequency = self.frequencies[0] if self.frequencies else Frequency.MONTHLY
        return selectors.latest_period(self.esms, Frequency(frequency), timezone.localdate())

    @cached_property
    def periods(self) -> list[Period]:
        try:
            return self.until.last()
        except (ValueError, OverflowError) as error:  # before the calendar begins
            raise Http404 from error

    @cached_property
    def by_code(self) -> dict[str, Period]:
        return {period.code: period for period in self.periods}

    def read(self) -> Grid:
        return selectors.read_periods(self.esms, self.periods, self.found)

    def paste_form(self, grid: Grid, data: object = None) -> PasteForm:
        today = timezone.localdate()
        opened = [period for period in grid.periods if grid.opens(period, today)]
        initial = {"seen": presentation.seen_of(grid)}
        return PasteForm(data, rows=grid.rows, periods=grid.periods, opened=opened, initial=initial)

    def write(self, typed: list[Typed], *, outside: int = 0, undone: bool = False) -> HttpResponse:
        done = services.write_cells(esms=self.esms, typed=typed, found=self.found, by=self.request.user)
        grid = self.read()
        view = grid_answers.answer(grid, done, outside=outside, undone=undone)
        status = 422 if done.refused or (outside and not done.written) else 200
        if self.request.htmx:
            context = {"answer": view, "query": presentation.query_of(self.until), "esms": self.esms}
            return self.page("indicators/grid/pasted.html", context, status=status)
        return self.show(grid, answer=view, status=status)

    def show(
        self, grid: Grid, *, paste: PasteForm | None = None, answer: AnswerView | None = None, status: int = 200
    ) -> HttpResponse:
        view = presentation.grid_view(
            grid, self.rights, self.frequencies, timezone.localdate(), kept=answer.kept if answer else None
        )
        context = {
            "view": view,
            "tabs": tabs.of_structure(self.esms, self.rights, "statements"),
            "paste": paste or self.paste_form(grid),
            "pasting": paste is not None,
            "answer": answer,
            "query": view.query,
            "esms": self.esms,
        }
        return self.page("indicators/grid/grid.html", context, status=status)


class StatementGridView(GridPage):
    """The grid; posted whole, by who has no script."""

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show(self.read())

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = WholeForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        return self.write(form.typed(self.found, self.periods))


class StatementCellView(GridPage):
    """One cell, as it is left."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = CellForm(request.POST)
        typed = form.typed(self.by_code) if form.is_valid() else None
        if typed is None:
            return HttpResponseBadRequest(TOO_OLD)
        done = services.write_cells(esms=self.esms, typed=[typed], found=self.found, by=request.user)
        grid = self.read()
        view = grid_answers.answer(grid, done)
        stale = any(item.theirs is not None for item in done.refused)
        status = 409 if stale else 422 if done.refused else 200
        if not request.htmx:
            return self.show(grid, answer=view, status=status)
        context = {"answer": view, "at": timezone.now()}
        return self.page("indicators/grid/cell.html", context, status=status)


class StatementPasteView(GridPage):
    """A block of a spreadsheet: what can be read is written, the rest is said cell by cell."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        grid = self.read()
        form = self.paste_form(grid, request.POST)
        if not form.is_valid():
            if request.htmx:
                return self.page("indicators/grid/pasted.html", {"answer": None, "form": form}, status=422)
            return self.show(grid, paste=form, status=422)
        typed, outside = form.typed()
        return self.write(typed, outside=outside)


class StatementUndoView(GridPage):
    """What was there before a paste, where nobody wrote since."""

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = UndoForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        return self.write(form.typed(self.by_code), undone=True)
