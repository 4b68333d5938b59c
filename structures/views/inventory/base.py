"""What the pages of an inventory share."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from common import french
from organisations.enums import Permission
from structures.catalogue.inventory import Field, Section, questionnaire
from structures.forms.inventory import RemarkForm
from structures.models import Inventory
from structures.presentation.inventory import overview, section
from structures.readiness import Evaluation, evaluate
from structures.selectors import inventory as selectors
from structures.views.base import WorkView

READ = (Permission.VIEW_STRUCTURES,)
FILL = (Permission.FILL_STRUCTURES,)
VALIDATE = (Permission.VALIDATE_STRUCTURES,)
COORDINATE = (Permission.COORDINATE_STRUCTURES,)


class InventoryView(WorkView, abstract=True):
    """A page about the inventory that the structure works on, or worked on last."""

    @cached_property
    def found(self) -> Inventory | None:
        return selectors.latest(self.esms)

    @property
    def inventory(self) -> Inventory:
        """404 while none is begun."""
        if self.found is None:
            raise Http404
        return self.found

    def again(self) -> None:
        """Forget what was read: the page shows what is there now."""
        self.__dict__.pop("found", None)

    def evaluation_of(self, inventory: Inventory) -> Evaluation:
        return self.evaluations_of(inventory)[0]

    def evaluations_of(self, *inventories: Inventory) -> list[Evaluation]:
        values = selectors.values_of(inventories)
        thresholds = selectors.thresholds_of([self.project]).get(self.project.pk, {})
        today, form = french.today(), questionnaire()
        return [evaluate(form, values[one.pk], today=today, thresholds=thresholds) for one in inventories]

    def read(self) -> section.Read:
        """All that a page of the inventory shows. Six queries."""
        inventory = self.inventory
        return section.Read(
            esms=self.esms,
            inventory=inventory,
            form=questionnaire(),
            evaluation=self.evaluation_of(inventory),
            rows=selectors.answers_of(inventory),
            lines=selectors.lines_of(inventory),
            remarks=selectors.remarks_of(inventory),
            rights=self.rights,
        )

    def address(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.project.slug, self.esms.slug, *more])

    def section_of(self, code: str) -> Section:
        try:
            return questionnaire().section(code)
        except KeyError:
            raise Http404 from None

    def field_of(self, code: str, *, table: bool | None = None) -> Field:
        """A question that people answer; 404 for another."""
        field = questionnaire().by_code.get(code)
        if field is None or field.computed or (table is not None and field.is_table != table):
            raise Http404
        return field

    def show_overview(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        if self.found is None:
            view = overview.not_begun(self.esms, self.rights)
        else:
            view = overview.overview(self.read(), selectors.inventories_of(self.esms), french.today())
        return self.page("structures/inventory/overview.html", {"view": view, "refused": refused}, status=status)

    def show_section(
        self, code: str, *, remark_form: RemarkForm | None = None, refused: str = "", status: int = 200
    ) -> HttpResponse:
        view = section.page(self.read(), self.section_of(code), remark_form=remark_form)
        return self.page("structures/inventory/section.html", {"view": view, "refused": refused}, status=status)

    def told(self, words: str, url: str, *, undo_url: str = "") -> HttpResponse:
        messages.success(self.request, french.typography(words), extra_tags=undo_url)
        return redirect(url)

    def question_url(self, field: Field) -> str:
        return f"{self.address('inventory_section', field.section)}#q-{field.code}"

    def shown(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return self.page(f"structures/inventory/{template}.html", context, status=status)
