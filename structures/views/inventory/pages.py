"""The inventory as it is read: where it stands, one section, the whole, what changed."""

from django.http import Http404, HttpRequest, HttpResponse

from structures.models import Inventory
from structures.presentation.inventory import whole
from structures.selectors import inventory as selectors
from structures.views.inventory.base import READ, InventoryView


class OverviewView(InventoryView):
    """Where it stands, what blocks, who does what next."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str) -> HttpResponse:
        return self.show_overview()


class SectionView(InventoryView):
    """Ten minutes of it."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, section: str) -> HttpResponse:
        self.section_of(section)
        if self.found is None:
            return self.show_overview()
        return self.show_section(section)


class NumberedView(InventoryView, abstract=True):
    """A page about one of the inventories, by its number."""

    def numbered(self, number: int) -> Inventory:
        for inventory in selectors.inventories_of(self.esms):
            if inventory.number == number:
                return inventory
        raise Http404


class WholeView(NumberedView):
    """All of it on one page, to read again or to print."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        inventory = self.numbered(number)
        view = whole.whole(self.esms, inventory, self.evaluation_of(inventory))
        return self.shown("whole", {"view": view})


class DifferencesView(NumberedView):
    """What changed since the one that it began with."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, number: int) -> HttpResponse:
        new = self.numbered(number)
        if new.based_on is None:
            raise Http404
        old = new.based_on
        before, after = self.evaluations_of(old, new)
        view = whole.compare(self.esms, old, new, before, after, before.values, after.values)
        return self.shown("differences", {"view": view})
