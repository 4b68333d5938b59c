"""What is done with a whole inventory: begun, submitted, validated, transmitted, reopened, sent back."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

from common import french
from common.errors import Conflict, DomainError
from structures.forms.inventory import ActForm
from structures.services import inventory as services
from structures.views.inventory.base import COORDINATE, FILL, VALIDATE, InventoryView


class StartView(InventoryView):
    """Begin an inventory, from the answers of the last one."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        try:
            inventory = services.start(esms=self.esms, by=request.user)
        except DomainError as error:
            return self.show_overview(refused=str(error), status=422)
        words = "C’est commencé. Les effectifs viennent de la fiche de la structure : vérifiez-les au passage."
        if inventory.based_on_id:
            words = "La mise à jour est commencée : elle part de vos dernières réponses. Corrigez ce qui a changé."
        return self.told(words, self.address("inventory"))


class ActView(InventoryView, abstract=True):
    """Something done with the version that was read."""

    def attempt(self, version: int) -> str:
        """Do it, and say so. Raises DomainError."""
        raise NotImplementedError

    def post(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        form = ActForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("Cette page est trop ancienne : rechargez-la.")
        try:
            words = self.attempt(form.cleaned_data["version"])
        except Conflict:
            self.again()
            moved = "L’état des lieux vient de changer. Le voici comme il est ; rien n’a été fait deux fois."
            return self.show_overview(refused=french.typography(moved), status=409)
        except DomainError as error:
            self.again()
            return self.show_overview(refused=french.typography(str(error)), status=422)
        return self.told(words, self.address("inventory"))


class SubmitView(ActView):
    permission_required = FILL

    def attempt(self, version: int) -> str:
        services.submit(inventory=self.inventory, version=version, by=self.request.user)
        if self.rights.validates:
            return "L’état des lieux est soumis. Vous pouvez le valider."
        return "L’état des lieux est soumis à la direction, qui le validera."


class ValidateView(ActView):
    permission_required = VALIDATE

    def attempt(self, version: int) -> str:
        services.validate(inventory=self.inventory, version=version, by=self.request.user)
        return "L’état des lieux est validé. Vous pouvez le transmettre."


class TransmitView(ActView):
    permission_required = VALIDATE

    def attempt(self, version: int) -> str:
        sent = services.transmit(inventory=self.inventory, version=version, by=self.request.user)
        words = "L’état des lieux est transmis au chef de projet."
        return f"{words} Il sera à revoir avant le {french.long_date(sent.review_on)}." if sent.review_on else words


class ReopenView(ActView):
    permission_required = FILL

    def attempt(self, version: int) -> str:
        services.reopen(inventory=self.inventory, version=version, validates=self.rights.validates)
        return "La saisie est rouverte. Il faudra soumettre l’état des lieux à nouveau."


class SendBackView(ActView):
    permission_required = COORDINATE

    def attempt(self, version: int) -> str:
        services.send_back(inventory=self.inventory, version=version)
        return "L’état des lieux est renvoyé à la structure, avec vos remarques."
