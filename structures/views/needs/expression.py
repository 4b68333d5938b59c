"""The common needs, and the expression that they make: read, printed, exported, kept up by the project lead."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from common.errors import Conflict, DomainError
from common.french import typography
from common.spreadsheets.answers import csv_file, xlsx_file
from organisations.models import OG
from organisations.selectors import follows
from structures.aggregates import Carried, carriers
from structures.enums.needs import CommonStatus
from structures.forms.needs import StatusForm, read_versions
from structures.models import CommonNeed, Need
from structures.presentation.needs import expression as expressed
from structures.presentation.needs import spreadsheets
from structures.selectors.needs import project as selectors
from structures.services.needs import common as services
from structures.views.needs.project import COORDINATE, READ, TOO_OLD, NeedsView


class OneCommonView(NeedsView, abstract=True):
    """A view of one common need, from `number` in the URL."""

    def find(self) -> CommonNeed:
        return get_object_or_404(CommonNeed, project=self.project, number=self.kwargs["number"])

    def show(
        self, row: CommonNeed, *, status_form: StatusForm | None = None, refused: str = "", status: int = 200
    ) -> HttpResponse:
        access = self.request.access
        carried = carriers(self.project.pk).get(row.pk, Carried())
        own = selectors.transmitted_to(self.project, access).filter(common=row).select_related("esms", "og", "common")
        view = expressed.common(
            row,
            self.project,
            carried,
            list(own.order_by("og__name", "esms__name", "number")),
            selectors.undecided_like(row) if self.coordinates else [],
            coordinates=self.coordinates,
        )
        initial = {"status": row.status, "reason": row.reason, "version": row.version}
        context = {
            "view": view,
            "row": row,
            "status_form": status_form or StatusForm(initial=initial),
            "refused": refused,
        }
        return self.page("structures/needs/common.html", context, status=status)


class CommonView(OneCommonView):
    permission_required = READ

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        return self.show(self.find())


class StatusView(OneCommonView):
    """What becomes of a common need."""

    permission_required = COORDINATE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        row, form = self.find(), StatusForm(request.POST)
        if not form.is_valid():
            if "version" in form.errors:
                return HttpResponseBadRequest(TOO_OLD)
            return self.show(row, status_form=form, status=422)
        given = form.cleaned_data
        try:
            services.set_common_status(
                common=row,
                version=given["version"],
                status=CommonStatus(given["status"]),
                reason=given["reason"],
            )
        except Conflict as conflict:
            now = conflict.current
            form.data = {**form.data.dict(), "version": str(now.version)}
            label = CommonStatus(now.status).label
            refused = f"Quelqu’un vient de le changer : il est « {label} ». Voici votre choix, à confirmer."
            return self.show(now, status_form=form, refused=refused, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(self.find(), status_form=form, status=422)
        messages.success(request, typography(f"« {row.title} » : {CommonStatus(given['status']).label.lower()}."))
        return self.to("need_common", number)


class AttachView(OneCommonView):
    """A common need carries these too. « Annuler » of a detachment comes here with the need in the address."""

    permission_required = COORDINATE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        row = self.find()
        chosen = read_versions(request.GET if "undo" in request.POST else request.POST)
        try:
            found = services.attach_needs(common=row, chosen=chosen, user=request.user)
        except Conflict:
            refused = "Quelqu’un vient de décider d’un de ces besoins : rien n’est rattaché."
            return self.show(row, refused=refused, status=409)
        except DomainError as error:
            return self.show(row, refused=str(error), status=422)
        messages.success(request, "Un besoin est rattaché." if len(found) == 1 else f"{len(found)} besoins rattachés.")
        return self.to("need_common", number)


class DetachView(OneCommonView):
    """A common need no longer carries this one, which is to be decided again."""

    permission_required = COORDINATE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        row, chosen = self.find(), read_versions(request.POST)
        needs = Need.objects.transmitted().filter(common=row, pk__in=list(chosen)).select_related("esms")
        need = needs.order_by("pk").first()
        if need is None:
            return self.show(row, refused="Ce besoin n’est plus rattaché à ce besoin commun.", status=422)
        try:
            need = services.take_back(need=need, version=chosen[need.pk])
        except Conflict:
            return self.show(row, refused="Quelqu’un vient de décider de ce besoin.", status=409)
        undo = f"{reverse('need_attach', args=[slug, number])}?besoin={need.pk}:{need.version}"
        messages.success(request, typography(f"« {need.title} » est détaché."), extra_tags=undo)
        return self.to("need_common", number)


class RemoveCommonView(OneCommonView):
    """Take away a common need that carries none."""

    permission_required = COORDINATE

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        row = self.find()
        try:
            services.remove_common(common=row)
        except DomainError as error:
            return self.show(row, refused=str(error), status=422)
        messages.success(request, typography(f"Le besoin commun « {row.title} » est retiré."))
        return self.to("need_expression")


class ExpressionBase(NeedsView, abstract=True):
    permission_required = READ

    def ogs(self) -> dict[uuid.UUID, OG] | None:
        """For who may know from which OG a need comes: an OG may have a single structure."""
        if not self.coordinates:
            return None
        return {og.pk: og for og in OG.objects.filter(project=self.project)}


class ExpressionView(ExpressionBase):
    """The common expression of needs: to read, to print."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = expressed.expression(
            self.project,
            selectors.common_needs(self.project),
            self.ogs(),
            reads_needs=follows(self.project, request.access),
        )
        return self.page("structures/needs/expression.html", {"view": view})


class ExportView(ExpressionBase):
    """The same, as the base of the cahier des charges."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        kind = request.GET.get("format", "xlsx")
        if kind not in {"xlsx", "csv"}:
            raise Http404
        sheet = spreadsheets.sheet(self.project, selectors.common_needs(self.project), self.ogs())
        name = spreadsheets.file_name(self.project, kind)
        if kind == "csv":
            return csv_file(sheet, name)
        try:
            return xlsx_file([sheet], name)
        except DomainError:
            messages.error(request, "Le classeur n’a pas pu être fait. Réessayez, ou exportez en CSV.")
            return self.to("need_expression")
