"""The thresholds of the project: three numbers, and what others would change."""

from django.http import HttpRequest, HttpResponse

from common.errors import Conflict, DomainError
from risks.forms.campaigns import ThresholdsForm
from risks.models import RiskThresholds
from risks.presentation import thresholds as presentation
from risks.presentation.tabs import tabs
from risks.scoring import Thresholds
from risks.selectors.assessments import thresholds_row
from risks.selectors.campaigns import campaigns_of, structures_of
from risks.selectors.overview import overview
from risks.services.thresholds import set_thresholds
from risks.views.base import LEAD, InProject

NAMES = ("moderate_from", "certain_from", "action_from")


class ThresholdsView(InProject):
    """`preview` in what is posted: say what these would change, write nothing."""

    permission_required = LEAD

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        row = thresholds_row(self.project)
        return self.show(self.form_of(row), row)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form, row = ThresholdsForm(request.POST), thresholds_row(self.project)
        if not form.is_valid():
            return self.show(form, row, status=422)
        if "preview" in request.POST:
            return self.show(form, row, effect=self.effect(form))
        try:
            row = set_thresholds(project=self.project, **form.cleaned_data)
        except Conflict as conflict:
            again = ThresholdsForm(initial={**form.cleaned_data, "version": conflict.current.version})
            return self.show(again, conflict.current, moved=True, status=409)
        except DomainError as error:
            form.add_error(error.field, str(error))
            return self.show(form, row, status=422)
        return self.told(presentation.saved(row), self.place.url("risk_thresholds"))

    def form_of(self, row: RiskThresholds | None) -> ThresholdsForm:
        kept = row or Thresholds()
        return ThresholdsForm(
            initial={"version": row.version if row else 0, **{name: getattr(kept, name) for name in NAMES}}
        )

    def effect(self, form: ThresholdsForm) -> list[str]:
        campaigns = campaigns_of(self.project)
        found = overview(self.project, structures_of(self.project), campaigns[0] if campaigns else None)
        return presentation.effect(found, Thresholds(*(form.cleaned_data[name] for name in NAMES)))

    def show(
        self,
        form: ThresholdsForm,
        row: RiskThresholds | None,
        *,
        moved: bool = False,
        effect: list[str] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        view = presentation.thresholds_page(self.project, row, moved=moved, effect=effect or [])
        shared = {"view": view, "form": form, "tabs": tabs(self.place, self.rights, "risks")}
        return self.page("risks/campaigns/thresholds.html", shared, status=status)
