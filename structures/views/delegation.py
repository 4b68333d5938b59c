"""The direction gives lines of its pathway to a local referent, or takes them back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from common import french
from common.errors import Conflict, DomainError
from organisations.enums import Permission
from structures.catalogue.local_actions import PathwayAction, pathway
from structures.forms.pathway import DelegationForm
from structures.presentation.pathway.delegation import delegation_view
from structures.selectors.pathway import board_of
from structures.services.pathway import delegate_lines
from structures.views.base import WorkView


class DelegationView(WorkView):
    """Several lines at once."""

    permission_required = (Permission.VALIDATE_STRUCTURES,)

    def has_permission(self) -> bool:
        return super().has_permission() and self.rights.validates

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        back = "reprendre" in request.POST
        board = board_of(self.esms)
        form = DelegationForm(request.POST, referents=list(board.referents.values()))
        if not back and not form.is_valid():
            return self.show(form, status=422)
        referent = None if back else form.cleaned_data["referent"]
        try:
            written = delegate_lines(esms=self.esms, actions=self.chosen(), referent=referent)
        except Conflict as error:
            action = pathway().by_code[error.current.action]
            refused = f"Quelqu’un a changé « {action.title} » entre-temps. Rien n’est confié : voici où elles en sont."
            return self.show(form, refused=refused, status=409)
        except DomainError as error:
            return self.show(form, refused=str(error), status=422)
        count = french.counted(len(written), "étape est", "étapes sont", feminine=True)
        told = (
            f"{french.capital(count)} {french.agree(len(written), 'confiée', 'confiées')} à {referent.get_full_name()}."
            if referent
            else f"{french.capital(count)} de nouveau à la direction."
        )
        messages.success(request, french.typography(told))
        return redirect("pathway_delegation", slug, esms_slug)

    def chosen(self) -> dict[PathwayAction, int]:
        """The lines that were ticked (`actions`, « slug:version »). What means nothing is left out."""
        found = {}
        for item in self.request.POST.getlist("actions"):
            slug, _, version = item.partition(":")
            action = pathway().by_slug.get(slug)
            if action is not None and version.isdecimal() and len(version) < 8:
                found[action] = int(version)
        return found

    def show(self, form: DelegationForm | None = None, *, refused: str = "", status: int = 200) -> HttpResponse:
        board = board_of(self.esms)
        ticked: set[str] = {item.partition(":")[0] for item in self.request.POST.getlist("actions")}
        context: dict[str, Any] = {
            "view": delegation_view(board, ticked),
            "form": form or DelegationForm(referents=list(board.referents.values())),
            "refused": refused,
        }
        return self.page("structures/pathway/delegation.html", context, status=status)
