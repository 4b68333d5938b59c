"""What the project lead asks to complete, and what the structure did of it."""

import uuid
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from common import french
from common.errors import DomainError
from structures.forms.inventory import RemarkForm
from structures.models import InventoryRemark
from structures.services import inventory_answers as services
from structures.views.inventory.base import COORDINATE, FILL, InventoryView


class AddRemarkView(InventoryView):
    """A remark on a section or on one of its questions."""

    permission_required = COORDINATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str, section: str) -> HttpResponse:
        place = self.section_of(section)
        form = RemarkForm(request.POST, section=place)
        if not form.is_valid():
            return self.show_section(section, remark_form=form, status=422)
        try:
            services.remark(inventory=self.inventory, section=section, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, french.typography(str(error)))
            return self.show_section(section, remark_form=form, status=422)
        words = "Votre remarque est notée. Elle partira quand vous renverrez l’état des lieux, depuis sa première page."
        return self.told(words, f"{self.address('inventory_section', section)}#remarques")


class RemarkView(InventoryView, abstract=True):
    @cached_property
    def remark(self) -> InventoryRemark:
        remark = get_object_or_404(InventoryRemark, inventory=self.inventory, pk=self.kwargs["remark_id"])
        remark.inventory = self.inventory
        return remark

    def back(self) -> str:
        return self.address("inventory_section", self.remark.section)

    def refuse(self, error: DomainError) -> HttpResponse:
        self.again()
        return self.show_section(self.remark.section, refused=french.typography(str(error)), status=422)


class WithdrawRemarkView(RemarkView):
    """Taken back before it is sent."""

    permission_required = COORDINATE

    def post(self, request: HttpRequest, slug: str, esms_slug: str, remark_id: uuid.UUID) -> HttpResponse:
        back = self.back()
        try:
            services.withdraw_remark(remark=self.remark)
        except DomainError as error:
            return self.refuse(error)
        return self.told("Votre remarque est retirée.", back)


class ResolveRemarkView(RemarkView):
    """Completed."""

    permission_required = FILL

    def post(self, request: HttpRequest, slug: str, esms_slug: str, remark_id: uuid.UUID) -> HttpResponse:
        try:
            services.resolve_remark(remark=self.remark, by=request.user)
        except DomainError as error:
            return self.refuse(error)
        return self.told("C’est noté : le chef de projet verra que c’est complété.", self.back())
