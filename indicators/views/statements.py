"""The statements of a structure, and their life: submitted, sent back, given, taken up again."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from common import french
from common.errors import Conflict, DomainError
from indicators.enums import StatementStatus
from indicators.forms.entry import GiveForm, SendBackForm
from indicators.models import Statement
from indicators.presentation import entry as entry_presentation
from indicators.presentation import statements as presentation
from indicators.selectors import statements as selectors
from indicators.selectors.entry import Sheet, read_sheet, statement_at
from indicators.services import statements as services
from indicators.views.base import FILL, VALIDATE, StructurePage, period_at
from organisations.enums import Permission, Role
from organisations.models import User
from organisations.selectors import holders

# Who follows the structure from above too; figures only once they are given.
FOLLOW = (Permission.VIEW_STRUCTURES,)
MOVED = "Ce relevé a été repris depuis que vous l’avez lu. Le voici tel qu’il est : relisez-le avant de le rendre."


class StatementsView(StructurePage):
    """What is to enter now, then what was."""

    permission_required = FOLLOW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        today = french.today()
        now, past = selectors.standings(self.esms, today)
        others = selectors.others_to_enter(request.access, self.esms, today) if self.rights.fills else []
        elsewhere = [row for row in others if row.esms_id != self.esms.pk]
        view = presentation.list_page(self.esms, self.rights, now, past, elsewhere)
        return self.page("indicators/entry/list.html", {"view": view})


class StatementPage(StructurePage, abstract=True):
    """A page of one statement."""

    @cached_property
    def statement(self) -> Statement:
        """404 for a period of which nothing is asked."""
        found = statement_at(self.esms, period_at(self.kwargs["period"]))
        if found is None:
            raise Http404
        return found

    @cached_property
    def leads(self) -> list[User]:
        return holders(self.project, [Role.PROJECT_LEAD]).get(Role.PROJECT_LEAD, [])

    @property
    def enters(self) -> bool:
        """Whether the reader may write figures now."""
        status, today = self.statement.status, french.today()
        return self.rights.fills and status == StatementStatus.OPEN and self.statement.may_be_entered(today)

    def sheet(self) -> Sheet:
        return read_sheet(self.esms, self.statement)

    def again(self) -> None:
        """Forget what was read: the page shows what is there now."""
        self.__dict__.pop("statement", None)

    def show(self, *, status: int = 200, refused: str = "", **more: Any) -> HttpResponse:
        """The statement as it stands: entered by who may, read by the others. `refused`: why what was asked was not
        done; `more`: the line that was not saved, and its `conflict`."""
        if self.enters:
            return self.show_entry(status=status, refused=refused, **more)
        return self.show_read(status=status, refused=refused, form=more.get("form"))

    def show_entry(self, *, status: int, refused: str, **more: Any) -> HttpResponse:
        split = self.request.GET.get("ventiler", "")
        refused_line = more.get("line")
        view = entry_presentation.entry_page(self.sheet(), self.rights, self.leads, refused=refused_line, split=split)
        context = {"view": view, "conflict": more.get("conflict"), "refused": refused}
        return self.page("indicators/entry/statement.html", context, status=status)

    def show_read(self, *, status: int, refused: str, form: SendBackForm | None) -> HttpResponse:
        today, inside = french.today(), self.rights.inside
        told = inside or self.statement.status == StatementStatus.GIVEN
        lines = selectors.read_lines(self.esms, self.statement, inside=inside) if told else []
        others = selectors.others_to_enter(self.request.access, self.esms, today, but=self.statement.pk)
        awaited = [row for row in others if row.status == StatementStatus.OPEN]
        view = presentation.read_page(
            self.statement,
            self.rights,
            lines,
            self.leads,
            following=awaited[0] if awaited and self.rights.fills else None,
        )
        context = {"view": view, "refused": refused, "form": form or SendBackForm(), "page_form": form}
        return self.page("indicators/entry/read.html", context, status=status)

    def refuse(self, error: DomainError) -> HttpResponse:
        self.again()
        return self.show(status=422, refused=french.typography(str(error)))

    @property
    def home(self) -> str:
        return presentation.url_of(self.statement, "statement")


class GiveView(StatementPage):
    permission_required = FILL

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = GiveForm(request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        try:
            services.give(statement=self.statement, validates=self.rights.validates, by=request.user, version=version)
        except Conflict:
            self.again()
            return self.show(status=409, refused=MOVED)
        except DomainError as error:
            return self.refuse(error)
        said = f"Le relevé {self.statement.campaign.period.genitive} est rendu."
        return self.told(said, self.home, undo_url=presentation.url_of(self.statement, "statement_resume"))


class SubmitView(StatementPage):
    permission_required = FILL

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            services.submit(statement=self.statement, by=request.user)
        except DomainError as error:
            return self.refuse(error)
        said = "Le relevé est soumis à la direction de la structure."
        return self.told(said, self.home, undo_url=presentation.url_of(self.statement, "statement_resume"))


class ReturnView(StatementPage):
    permission_required = VALIDATE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = SendBackForm(request.POST)
        if not form.is_valid():
            return self.show(status=422, form=form)
        try:
            services.send_back(statement=self.statement, why=form.cleaned_data["why"], by=request.user)
        except DomainError as error:
            return self.refuse(error)
        return self.told("Le relevé est renvoyé : il peut à nouveau être saisi.", self.home)


class ResumeView(StatementPage):
    permission_required = FILL

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            services.resume(statement=self.statement, validates=self.rights.validates)
        except DomainError as error:
            return self.refuse(error)
        return self.told("Le relevé est repris : changez ce qu’il faut, puis rendez-le.", self.home)
