"""One risk: read, written field by field, placed in the matrix, accepted, closed, told above, linked."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from governance.sources import all_offered_links
from organisations.enums import Permission
from risks.forms.actions import NewActionForm
from risks.forms.register import AcceptForm, CellForm, LinkForm, ResidualForm, VersionForm, WhyForm, read_cell
from risks.models import Risk
from risks.places import Place
from risks.presentation import register_words
from risks.presentation import risk as presentation
from risks.selectors import register as selectors
from risks.services import register
from risks.views.base import FILL, LEAD, READ, REGISTER, VALIDATE, InProject, InStructure, PlaceView
from risks.views.fields import SavedFieldMixin

TOO_OLD = "Cette page est trop ancienne : rechargez-la."
MOVED = "Quelqu’un vient de changer ce risque. Le voici comme il est ; rien n’a été écrasé."
# What each act that gives a reason asks, and says when there is none.
CLOSING = {"asked": "Pourquoi il est clos", "lacking": "Dites pourquoi ce risque est clos."}
RAISING = {"asked": "Ce que vous attendez du projet", "lacking": "Dites ce que vous attendez du projet."}
RETURNING = {
    "asked": "Pourquoi le projet le rend",
    "lacking": "Dites à la structure pourquoi le projet lui rend ce risque.",
}

# The forms of the page, none of them for who only reads.
NO_FORMS = dict.fromkeys(("accept_form", "close_form", "link_form", "action_form", "raise_form", "return_form"))


class OneRiskView(PlaceView, abstract=True):
    """A view of one risk of the place, from `number` in the URL; 404 for one that the reader may not read."""

    def has_permission(self) -> bool:
        return super().has_permission() and self.risk is not None

    @cached_property
    def risk(self) -> Risk:
        risk = selectors.find_risk(self.place, self.rights, self.kwargs["number"])
        if risk is None:
            raise Http404
        return risk

    def url(self, anchor: str = "") -> str:
        return self.place.url("risk", self.kwargs["number"]) + (f"#{anchor}" if anchor else "")

    def again(self) -> None:
        """Forget what was read: the page shows what is there now."""
        self.__dict__.pop("risk", None)

    def around(self) -> presentation.Around:
        return presentation.Around(
            actions=selectors.actions_of(self.risk),
            alerts=selectors.alerts_about(self.risk),
            links=selectors.links_of(self.risk),
            offered=all_offered_links(self.project),
        )

    def show(self, *, refused: str = "", status: int = 200, **forms: Any) -> HttpResponse:
        """The page of the risk. `forms`: those that could not be accepted, by their name in the template."""
        around, risk = self.around(), self.risk
        view = presentation.risk_page(risk, self.rights, around, french.today())
        version = {"version": risk.version}
        context: dict[str, Any] = {
            **NO_FORMS,
            "view": view,
            "risk": risk,
            "urls": self.urls(),
            "refused": french.typography(refused),
        }
        if view.edits:
            context |= {
                "accept_form": AcceptForm(place=self.place, initial=version, auto_id="accepter-%s"),
                "close_form": WhyForm(**CLOSING, initial=version, auto_id="clore-%s"),
                "link_form": LinkForm(choices=presentation.link_choices(around), auto_id="lien-%s"),
                "action_form": NewActionForm(
                    risk=risk, initial={"token": new_id(), "owner": self.request.user.pk}, auto_id="action-%s"
                ),
            }
        if view.raises:
            context["raise_form"] = WhyForm(**RAISING, initial=version, auto_id="porter-%s")
        if view.returns:
            context["return_form"] = WhyForm(**RETURNING, initial=version, auto_id="rendre-%s")
        return self.page("risks/register/risk.html", {**context, **forms}, status=status)

    def urls(self) -> dict[str, str]:
        """Where the forms of the page are posted."""
        acts = ["cell", "residual", "accept", "close", "open_again", "link", "action_add"]
        if self.place.esms:
            acts += ["transmit_one", "raise", "return"]
        return {act: self.place.url(f"risk_{act}", self.kwargs["number"]) for act in acts}

    def refuse(self, error: DomainError) -> HttpResponse:
        """Nothing was done: the page as it is now says why."""
        self.again()
        if isinstance(error, Conflict):
            return self.show(refused=MOVED, status=409)
        return self.show(refused=str(error), status=422)


class RiskPage(OneRiskView, abstract=True):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show()


class StructureRisk(RiskPage, InStructure):
    permission_required = READ


class ProjectRisk(RiskPage, InProject):
    permission_required = REGISTER


class RaisedRisk(InProject):
    """A risk that a structure raised to the project, for who may not open that structure."""

    permission_required = (Permission.VIEW_PROJECT,)

    def has_permission(self) -> bool:
        return super().has_permission() and self.risk is not None

    @cached_property
    def risk(self) -> Risk:
        risk = selectors.find_raised(self.project, self.kwargs["risk_id"])
        if risk is None:
            raise Http404
        return risk

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        risk = self.risk
        if request.access.in_esms(risk.esms, Permission.VIEW_STRUCTURES):
            return redirect(Place(self.project, risk.esms).url("risk", risk.number))
        around = presentation.Around(selectors.actions_of(risk), selectors.alerts_about(risk), [], [])
        view = presentation.raised_page(risk, self.project, self.rights, around, french.today())
        context = {**NO_FORMS, "view": view, "risk": risk, "urls": {}, "refused": ""}
        return self.page("risks/register/risk.html", context)


class FieldPage(SavedFieldMixin, OneRiskView, abstract=True):
    """A field of a risk, which saves itself."""

    sheet = register_words.RISK_SHEET

    def row(self) -> Risk:
        return self.risk

    def write(self, row: Risk, version: int, values: dict[str, Any]) -> Risk:
        return register.edit_risk(risk=row, version=version, values=values)

    def page_url(self) -> str:
        return self.url()

    def heads(self, row: Risk) -> dict[str, str]:
        return {"risque-titre": french.typography(row.title)} if self.kwargs["field"] == "title" else {}

    def hang(self, row: Risk) -> None:
        row.project, row.esms = self.place.project, self.place.esms


class StructureField(FieldPage, InStructure):
    permission_required = FILL


class ProjectField(FieldPage, InProject):
    permission_required = LEAD


# --- The matrix ------------------------------------------------------------------------------------------------------


class CellPage(OneRiskView, abstract=True):
    """A cell of the matrix was clicked."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CellForm(request.POST)
        cell = read_cell(request.POST.get("cell", ""))
        if not form.is_valid() or cell is None:
            return HttpResponseBadRequest(TOO_OLD)
        probability, impact = cell
        try:
            placed = register.place_risk(
                risk=self.risk,
                version=form.cleaned_data["version"],
                probability=probability,
                impact=impact,
                by=request.user,
            )
        except DomainError as error:
            return self.refuse(error)
        # An alert is told at the top of the page; a mere change is seen where it was made.
        url = self.url() if placed.alert else self.url("matrice")
        return self.told(presentation.saved_words(placed.alert, placed.risk), url)


class StructureCell(CellPage, InStructure):
    permission_required = FILL


class ProjectCell(CellPage, InProject):
    permission_required = LEAD


class ResidualPage(OneRiskView, abstract=True):
    """What will remain once treated."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ResidualForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        probability, impact = read_cell(form.cleaned_data["cell"]) or (None, None)
        try:
            register.set_residual(
                risk=self.risk, version=form.cleaned_data["version"], probability=probability, impact=impact
            )
        except DomainError as error:
            return self.refuse(error)
        return self.told("Ce qui restera est enregistré.", self.url("reste"))


class StructureResidual(ResidualPage, InStructure):
    permission_required = FILL


class ProjectResidual(ResidualPage, InProject):
    permission_required = LEAD


# --- Acts ------------------------------------------------------------------------------------------------------------


class AcceptPage(OneRiskView, abstract=True):
    """Live with a risk: who answers for it, and why."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AcceptForm(request.POST, place=self.place, auto_id="accepter-%s")
        if not form.is_valid():
            return self.show(accept_form=form, status=422)
        try:
            register.accept_risk(risk=self.risk, **form.cleaned_data)
        except Conflict as error:
            return self.refuse(error)
        except DomainError as error:
            if error.field not in form.fields:
                return self.refuse(error)
            form.add_error(error.field, french.typography(str(error)))
            return self.show(accept_form=form, status=422)
        return self.told("Le risque est accepté.", self.url("traitement"))


class StructureAccept(AcceptPage, InStructure):
    permission_required = FILL


class ProjectAccept(AcceptPage, InProject):
    permission_required = LEAD


class WhyPage(OneRiskView, abstract=True):
    """An act that gives its reason."""

    form_name: str
    asks: dict[str, str]
    prefix: str

    def act(self, version: int, why: str) -> tuple[str, str]:
        """Do it; what is said of it, and the address that takes it back. Raises DomainError."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = WhyForm(request.POST, **self.asks, auto_id=f"{self.prefix}-%s")
        if not form.is_valid():
            return self.show(status=422, **{self.form_name: form})
        try:
            words, undo_url = self.act(form.cleaned_data["version"], form.cleaned_data["why"])
        except DomainError as error:
            return self.refuse(error)
        return self.told(words, self.url(), undo_url=undo_url)


class ClosePage(WhyPage, abstract=True):
    form_name, asks, prefix = "close_form", CLOSING, "clore"

    def act(self, version: int, why: str) -> tuple[str, str]:
        register.close_risk(risk=self.risk, version=version, why=why)
        return "Le risque est clos.", self.place.url("risk_open_again", self.risk.number)


class StructureClose(ClosePage, InStructure):
    permission_required = FILL


class ProjectClose(ClosePage, InProject):
    permission_required = LEAD


class StructureRaise(WhyPage, InStructure):
    """The structure asks the project to carry a risk."""

    permission_required = VALIDATE
    form_name, asks, prefix = "raise_form", RAISING, "porter"

    def act(self, version: int, why: str) -> tuple[str, str]:
        register.raise_risk(risk=self.risk, version=version, why=why, by=self.request.user)
        return "Le risque est porté au projet : le chef de projet, le COSTRAT et le COMOP le lisent.", ""


class StructureReturn(WhyPage, InStructure):
    """The lead hands back what a structure raised."""

    permission_required = LEAD
    form_name, asks, prefix = "return_form", RETURNING, "rendre"

    def act(self, version: int, why: str) -> tuple[str, str]:
        register.return_risk(risk=self.risk, version=version, why=why)
        return "Le risque est rendu à la structure, avec votre motif.", ""


class ReopenPage(OneRiskView, abstract=True):
    """A closed risk, open again."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            register.reopen_risk(risk=self.risk)
        except DomainError as error:
            return self.refuse(error)
        return self.told("Le risque est rouvert.", self.url())


class StructureReopen(ReopenPage, InStructure):
    permission_required = FILL


class ProjectReopen(ReopenPage, InProject):
    permission_required = LEAD


class StructureTransmit(OneRiskView, InStructure):
    """Show a risk to those above."""

    permission_required = VALIDATE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not VersionForm(request.POST).is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        try:
            register.transmit_risk(risk=self.risk, by=request.user)
        except DomainError as error:
            return self.refuse(error)
        return self.told("Le risque est transmis au chef de projet et à la direction de l’OG.", self.url())
