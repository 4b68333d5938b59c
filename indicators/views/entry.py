"""Entering a statement: each line saves itself."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import reswap

from common import french
from common.errors import Conflict, DomainError
from indicators.forms.entry import LineForm
from indicators.models import Figure
from indicators.presentation import entry as presentation
from indicators.presentation import entry_history
from indicators.presentation.entry_line import lines
from indicators.presentation.statements import url_of
from indicators.selectors.definitions import Followed
from indicators.selectors.entry import Sheet, last_writer
from indicators.services.entry import write_line
from indicators.views.base import FILL
from indicators.views.statements import FOLLOW, StatementPage


class StatementView(StatementPage):
    """Entered by the people of the structure; read by them and by who follows it, once it is given."""

    permission_required = FOLLOW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show()


class LinePage(StatementPage, abstract=True):
    def asked(self, sheet: Sheet) -> Followed:
        """404 for what is not asked here."""
        found = next((one for one in sheet.asked if one.code == self.kwargs["code"]), None)
        if found is None:
            raise Http404
        return found


class FigureView(LinePage):
    """Save one line: its value, or why there is none, and its comment."""

    permission_required = FILL

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        sheet = self.sheet()
        one = self.asked(sheet)
        form = LineForm(request.POST, definition=one.definition)
        if not form.is_valid():
            if form.stale:
                return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
            return self.refused(sheet, one, form)
        before = sheet.figure_of(one)
        try:
            figure = write_line(
                statement=self.statement,
                followed=one,
                given=form.given,
                comment=form.cleaned_data["comment"],
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except Conflict as conflict:
            return self.conflict(sheet, one, conflict.current, form)
        except DomainError as error:
            self.again()
            if not self.enters:  # given, submitted or closed meanwhile
                return self.closed(error)
            form.add_error(error.field if error.field in form.fields else None, french.typography(str(error)))
            return self.refused(self.sheet(), one, form)
        if not request.htmx:
            return redirect(f"{url_of(self.statement, 'statement')}#{presentation.anchor(one.code)}")
        absences = {row.absence if row else "" for row in (before, figure)}
        return self.saved(one, whole=form.cleaned_data["whole"] or absences != {""})

    def saved(self, one: Followed, *, whole: bool) -> HttpResponse:
        """What changes beside the line, and elsewhere; the line itself stays as it is under the fingers, unless it says
        something else now."""
        sheet = self.sheet()
        context = {
            "line": presentation.one_line(sheet, one, saved_at=timezone.now()),
            "whole": whole,
            "others": [line for line in lines(sheet) if line.id != presentation.anchor(one.code)],
            "title": presentation.title(sheet),
            "ending": presentation.ending(sheet, self.rights, self.leads),
        }
        answer = render(self.request, "indicators/entry/_saved.html", context)
        return reswap(answer, "outerHTML") if whole else answer

    def refused(self, sheet: Sheet, one: Followed, form: LineForm) -> HttpResponse:
        line = presentation.one_line(sheet, one, form=form)
        if not self.request.htmx:
            return self.show(status=422, line=line)
        answer = render(self.request, "indicators/entry/_line.html", {"line": line}, status=422)
        return reswap(answer, "outerHTML")

    def conflict(self, sheet: Sheet, one: Followed, theirs: Figure, form: LineForm) -> HttpResponse:
        by = last_writer(theirs)
        view = presentation.conflict(sheet, one, theirs, by, self.request.POST, form)
        if not self.request.htmx:
            return self.show(status=409, conflict=view)
        answer = render(self.request, "indicators/entry/_conflict.html", {"conflict": view}, status=409)
        return reswap(answer, "outerHTML")

    def closed(self, error: DomainError) -> HttpResponse:
        said = french.typography(str(error))
        if not self.request.htmx:
            return self.show(status=422, refused=said)
        context = {"id": presentation.anchor(self.kwargs["code"]), "words": said, "url": self.home}
        return reswap(render(self.request, "indicators/entry/_closed.html", context, status=422), "outerHTML")


class HistoryView(LinePage):
    """Who wrote what of one line."""

    permission_required = FILL

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        sheet = self.sheet()
        view = entry_history.page(sheet, self.asked(sheet), self.rights)
        return self.page("indicators/entry/history.html", {"view": view})
