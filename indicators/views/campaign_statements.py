"""The lead lets one structure take its statement up again: after the end of the campaign, or sent back."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from common import french
from common.errors import Conflict, DomainError
from indicators.forms.campaigns import AgainForm
from indicators.models import Statement
from indicators.presentation import campaign_acts as acts
from indicators.selectors.campaigns import Standing, progress_of
from indicators.services import campaign_statements as services
from indicators.views.campaigns import OneView


class StatementPage(OneView, abstract=True):
    """`self.statement`, from `esms_slug` in the URL."""

    until_needed = True

    @cached_property
    def statement(self) -> Statement:
        rows = Statement.objects.filter(campaign=self.campaign, esms__slug=self.kwargs["esms_slug"])
        row = rows.select_related("esms__og").first()
        if row is None:
            raise Http404
        return self.ours(row)

    def ours(self, row: Statement) -> Statement:
        row.campaign = self.campaign
        return row

    @property
    def standing(self) -> Standing:
        return Standing(self.statement, progress_of([self.statement])[self.statement.pk], french.today())

    @property
    def fits(self) -> bool:
        """Whether there is something to do."""
        raise NotImplementedError

    def done(self, **given: Any) -> str:
        """Write it; the words that say so."""
        raise NotImplementedError

    def words(self, *, moved: bool) -> acts.ActPage:
        raise NotImplementedError

    def get(self, request: HttpRequest, slug: str, period: str, esms_slug: str) -> HttpResponse:
        if not self.fits:
            return redirect(self.campaign_url)
        initial: dict[str, date | int | None] = {"version": self.statement.version}
        return self.act(AgainForm(initial=initial, until_needed=self.until_needed))

    def post(self, request: HttpRequest, slug: str, period: str, esms_slug: str) -> HttpResponse:
        form = AgainForm(request.POST, until_needed=self.until_needed)
        if not form.is_valid():
            return self.act(form, status=422)
        try:
            said = self.done(**form.cleaned_data)
        except Conflict as conflict:
            self.statement = self.ours(conflict.current)
            initial = {**form.cleaned_data, "version": self.statement.version}
            return self.act(AgainForm(initial=initial, until_needed=self.until_needed), moved=True, status=409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.act(form, status=422)
        return self.told(said, self.campaign_url)

    def act(self, form: AgainForm, *, moved: bool = False, status: int = 200) -> HttpResponse:
        context = {"view": self.words(moved=moved), "form": form, "code": self.kwargs["period"]}
        return self.show("again", context, status=status)


class StatementReopenView(StatementPage):
    """Let one structure enter until a day, though it is over for the others."""

    @property
    def fits(self) -> bool:
        return not self.standing.given

    def done(self, **given: Any) -> str:
        self.statement = self.ours(services.reopen_statement(statement=self.statement, by=self.request.user, **given))
        return acts.statement_reopened(self.standing)

    def words(self, *, moved: bool) -> acts.ActPage:
        return acts.reopen_statement_page(self.standing, moved=moved)


class StatementReturnView(StatementPage):
    """Send what was given back to its structure, with a word."""

    @property
    def until_needed(self) -> bool:  # type: ignore[override]
        return not self.statement.may_be_entered(french.today())

    @property
    def fits(self) -> bool:
        return self.standing.given

    def done(self, **given: Any) -> str:
        self.statement = self.ours(services.return_statement(statement=self.statement, by=self.request.user, **given))
        return acts.statement_returned(self.standing)

    def words(self, *, moved: bool) -> acts.ActPage:
        return acts.return_statement_page(self.standing, moved=moved)
