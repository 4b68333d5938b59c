"""Fields of needs that save themselves, and how a structure collects them."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from organisations.forms import SheetForm
from organisations.presentation import sheets
from organisations.tenancy import ProjectView
from organisations.views.fields import FieldMixin
from structures.forms.needs import VersionForm
from structures.models import CommonNeed, Need, NeedCollection
from structures.presentation.needs import collection as presentation
from structures.presentation.needs import words
from structures.presentation.needs.words import own_url
from structures.selectors.needs import own as selectors
from structures.services.needs import collection, common, entries
from structures.views.base import WorkView
from structures.views.needs.own import FILL, READ, TOO_OLD, VALIDATE
from structures.views.needs.project import COORDINATE


class SavedFieldMixin(FieldMixin):
    """As the fields of organisations, with a warning when a text looks like a patient's data."""

    def answer(self, form: SheetForm, row: Any, field: str, *, status: int = 200) -> HttpResponse:
        saved_at: datetime | None = timezone.now() if status == 200 else None
        if form.errors:
            form.say_nothing_is_saved(field)
        item = words.saved_field(self.sheet, form, row, self.project, field, saved_at=saved_at)
        if status != 200:
            item = sheets.with_version(item, self.request.POST.get("version", ""))
        context = {"item": item, "heads": self.heads(row) if saved_at else {}}
        return self.show("organisations/_field.html", context, status)

    def conflict(self, current: Any, field: str, mine: Any) -> HttpResponse:
        view = words.conflict(self.sheet, current, self.project, field, mine, page_url=self.page_url())
        return self.show("organisations/_conflict.html", {"view": view}, 409)

    def heads(self, row: Any) -> dict[str, str]:
        return {}


class NeedFieldView(SavedFieldMixin, WorkView):
    """A field of a need."""

    permission_required = FILL
    sheet = words.NEED_SHEET

    def row(self) -> Need:
        need = get_object_or_404(Need.objects.kept().filter(esms=self.esms), number=self.kwargs["number"])
        need.esms = self.esms
        return need

    def write(self, row: Need, version: int, values: dict[str, Any]) -> Need:
        written = entries.edit_need(need=row, version=version, values=values)
        written.esms = self.esms
        return written

    def page_url(self) -> str:
        return own_url("need", self.esms, self.kwargs["number"])

    def heads(self, row: Need) -> dict[str, str]:
        return {"besoin-titre": typography(row.title)} if self.kwargs["field"] == "title" else {}


class CollectionView(WorkView):
    """Who is asked, how, and how many took part."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show()

    def show(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        row = selectors.collection_of(self.esms)
        row.esms = self.esms
        context = {"view": presentation.collection(row, self.esms, self.rights), "row": row, "refused": refused}
        return self.page("structures/needs/collection.html", context, status=status)


class ScopeView(CollectionView):
    """The direction approves the scope, or opens it again."""

    permission_required = VALIDATE
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = VersionForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest(TOO_OLD)
        row, version = NeedCollection.objects.filter(esms=self.esms).first(), form.cleaned_data["version"]
        try:
            if row is None:
                raise DomainError("Dites d’abord qui est consulté et comment la parole des usagers est entendue.")
            if "reopen" in request.POST:
                collection.reopen_scope(collection=row, version=version)
                told = "Le périmètre est rouvert."
            else:
                collection.approve_scope(collection=row, version=version, user=request.user)
                told = "Le périmètre du recueil est validé."
        except Conflict:
            return self.show(refused="Quelqu’un vient de changer le recueil : relisez-le.", status=409)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        messages.success(request, told)
        return redirect(own_url("need_collection", self.esms))


class CollectionFieldView(SavedFieldMixin, WorkView):
    """A field of the collection, which the first one begins."""

    permission_required = FILL
    sheet = words.COLLECTION_SHEET

    def row(self) -> NeedCollection:
        row = selectors.collection_of(self.esms)
        row.esms = self.esms
        return row

    def write(self, row: NeedCollection, version: int, values: dict[str, Any]) -> NeedCollection:
        written = collection.edit_collection(esms=self.esms, version=version, values=values)
        written.esms = self.esms
        return written

    def page_url(self) -> str:
        shared = self.kwargs["field"] in presentation.SHARING
        return own_url("need_synthesis" if shared else "need_collection", self.esms)

    def heads(self, row: NeedCollection) -> dict[str, str]:
        return {"recueil-titre": presentation.collection_title(row)} if self.kwargs["field"] == "scope" else {}


class SynthesisView(WorkView):
    """What became of the needs, to read with the team and to hand out."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        row = selectors.collection_of(self.esms)
        row.esms = self.esms
        kept = [need for need in selectors.needs_of(self.esms) if not need.is_transmitted]
        view = presentation.synthesis(self.esms, selectors.decided_of(self.esms), kept, row, self.rights)
        return self.page("structures/needs/synthesis.html", {"view": view})


class CommonFieldView(SavedFieldMixin, ProjectView):
    """A field of a common need."""

    permission_required = COORDINATE
    sheet = words.COMMON_SHEET

    def row(self) -> CommonNeed:
        return get_object_or_404(CommonNeed, project=self.project, number=self.kwargs["number"])

    def write(self, row: CommonNeed, version: int, values: dict[str, Any]) -> CommonNeed:
        return common.edit_common(common=row, version=version, values=values)

    def page_url(self) -> str:
        return reverse("need_common", args=[self.project.slug, self.kwargs["number"]])

    def heads(self, row: CommonNeed) -> dict[str, str]:
        return {"commun-titre": typography(row.title)} if self.kwargs["field"] == "title" else {}
