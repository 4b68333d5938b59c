"""Keys with which a software sends figures: of a structure, and of the vendor for those of the project."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.ids import new_id
from indicators.forms.keys import KeyForm, RevokeForm
from indicators.models import PushKey
from indicators.presentation import keys as presentation
from indicators.selectors import keys as selectors
from indicators.selectors.definitions import followed
from indicators.services import keys as services
from indicators.views.base import DEFINE, FILL, VALIDATE, IndicatorPage, StructurePage
from organisations.models import ESMS


class KeysPage(IndicatorPage, abstract=True):
    """A page of keys, written once; `InStructure` and the project's put each at its address, with its permission."""

    esms: ESMS | None = None

    @cached_property
    def place(self) -> presentation.Place:
        return presentation.Place(self.project, self.rights, self.esms)

    def show(self, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return self.page(f"indicators/keys/{name}.html", {"esms": self.esms, **context}, status=status)


class ListPage(KeysPage, abstract=True):
    """Those there are, and what one may send with them."""

    def get(self, request: HttpRequest, **names: str) -> HttpResponse:
        keys = selectors.keys_of(self.project, self.esms)
        codes = selectors.sent_by(self.esms, followed(self.project))
        structures = [] if self.esms else selectors.structures_of(self.project)
        view = presentation.keys_page(self.place, keys, codes, structures, timezone.localdate())
        return self.show("list", {"view": view})


class IssuePage(KeysPage, abstract=True):
    """Give one. It is shown in the answer to the form, and nowhere else."""

    def get(self, request: HttpRequest, **names: str) -> HttpResponse:
        initial = {"expires_on": timezone.localdate() + presentation.DEFAULT, "token": new_id()}
        return self.ask(KeyForm(initial=initial))

    def post(self, request: HttpRequest, **names: str) -> HttpResponse:
        form = KeyForm(request.POST)
        if form.is_valid():
            try:
                row, key = services.issue_key(
                    project=self.project, esms=self.esms, by=request.user, **form.cleaned_data
                )
            except DomainError as error:
                form.add_error(error.field, str(error))
            else:
                return self.show("issued", {"view": presentation.issued_page(self.place, row, key)})
        return self.ask(form, status=422)

    def ask(self, form: KeyForm, *, status: int = 200) -> HttpResponse:
        return self.show("issue", {"view": presentation.issue_page(self.place), "form": form}, status=status)


class RevokePage(KeysPage, abstract=True):
    """Take one away; says first what stops."""

    @cached_property
    def key(self) -> PushKey:
        place = self.esms.pk if self.esms else self.project.pk
        key = PushKey.objects.filter(project=self.project, place=place, pk=self.kwargs["key_id"]).first()
        if key is None:
            raise Http404
        return key

    def get(self, request: HttpRequest, **names: Any) -> HttpResponse:
        return redirect(self.place.url("s")) if self.key.revoked_at else self.ask()

    def post(self, request: HttpRequest, **names: Any) -> HttpResponse:
        form = RevokeForm(request.POST)
        if not form.is_valid():
            return self.ask(status=422)
        try:
            services.revoke_key(key=self.key, version=form.cleaned_data["version"], by=request.user)
        except Conflict as conflict:
            self.key = conflict.current
            return self.ask(moved=True, status=409)
        return self.told(f"La clé « {self.key.label} » est retirée.", self.place.url("s"))

    def ask(self, *, moved: bool = False, status: int = 200) -> HttpResponse:
        return self.show("revoke", {"view": presentation.revoke_page(self.place, self.key, moved=moved)}, status=status)


class StructureKeysView(ListPage, StructurePage):
    permission_required = FILL


class StructureIssueView(IssuePage, StructurePage):
    permission_required = VALIDATE


class StructureRevokeView(RevokePage, StructurePage):
    permission_required = VALIDATE


class VendorKeysView(ListPage):
    permission_required = DEFINE


class VendorIssueView(IssuePage):
    permission_required = DEFINE


class VendorRevokeView(RevokePage):
    permission_required = DEFINE
