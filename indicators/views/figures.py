"""How a figure was computed, and computing it again."""

from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from common import french
from common.errors import DomainError
from indicators.periods import Period
from indicators.presentation import computed as presentation
from indicators.selectors import computed as selectors
from indicators.selectors.definitions import Followed, by_code, followed
from indicators.services.computing import compute_again
from indicators.views.base import READ, StructurePage, period_at
from organisations.enums import Permission


class ComputedPage(StructurePage, abstract=True):
    """About one computed indicator of a structure over one period; 404 for what is entered, or of another frequency."""

    @cached_property
    def period(self) -> Period:
        return period_at(self.kwargs["period"])

    @cached_property
    def followed(self) -> Followed:
        one = by_code(followed(self.project, active=False)).get(self.kwargs["code"])
        if one is None or not selectors.is_computed(one, self.esms):
            raise Http404
        return one

    def show(self, *, refused: str = "", status: int = 200) -> HttpResponse:
        how = selectors.how(self.esms, self.followed, self.period, french.today())
        if self.period.frequency != self.followed.definition.frequency and how.terms is None:
            raise Http404
        view = presentation.how(how, self.rights, self.request.access, refused=refused)
        return self.page("indicators/figures/how.html", {"view": view}, status=status)


class ComputedView(ComputedPage):
    """The formula in words, its terms, the day they are of, the rows that they count."""

    permission_required = READ

    def get(self, request: HttpRequest, slug: str, esms_slug: str, code: str, period: str) -> HttpResponse:
        return self.show()


class AgainView(ComputedPage):
    """Compute it now: who leads, and the people of the structure."""

    permission_required = (Permission.VIEW_STRUCTURES, Permission.MANAGE_INDICATORS)

    def has_permission(self) -> bool:
        return super().has_permission() and presentation.may_compute(self.rights)

    def post(self, request: HttpRequest, slug: str, esms_slug: str, code: str, period: str) -> HttpResponse:
        if self.period.frequency != self.followed.definition.frequency:
            raise Http404
        try:
            changed = compute_again(esms=self.esms, period=self.period)
        except DomainError as error:
            return self.show(refused=str(error), status=422)
        words = (
            "Les chiffres de cette période sont recalculés."
            if changed
            else "Rien n’a changé : les chiffres sont à jour."
        )
        return self.told(words, reverse("indicator_computed", args=[slug, esms_slug, code, period]))
