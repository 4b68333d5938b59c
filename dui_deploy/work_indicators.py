"""A line of « Mon travail » that comes from indicators: a campaign whose day is past, for who leads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from dui_deploy.work_tasks import Task, when, when_detail
from indicators.models import Campaign
from indicators.selectors.awaited import Overdue
from organisations.models import Project


@dataclass(frozen=True)
class Missing:
    """Statements that a lead waits for, as « Mon travail » sorts them with actions."""

    campaign: Campaign
    count: int

    @property
    def project(self) -> Project:
        return self.campaign.project

    @property
    def project_id(self) -> object:
        return self.campaign.project_id

    @property
    def due_on(self) -> date:
        return self.campaign.due_on

    @property
    def label(self) -> str:
        """« Deux relevés d’octobre 2026 manquent »."""
        what = french.capital(french.counted(self.count, "relevé", "relevés"))
        verb = french.agree(self.count, "manque", "manquent")
        return french.typography(f"{what} {self.campaign.period.genitive} {verb}")

    @property
    def url(self) -> str:
        return reverse("indicator_campaign", args=[self.project.slug, self.campaign.period.code])

    def days_late(self, today: date) -> int:
        return max((today - self.due_on).days, 0)


def missing(found: Sequence[Overdue]) -> list[Missing]:
    return [Missing(one.campaign, one.missing) for one in found]


def of_missing(item: Missing, today: date, several: bool) -> Task:
    days = item.days_late(today)
    last = f"la saisie s’achève le {french.long_date(item.campaign.closes_on)}"
    named = [item.project.short_name] if several else []
    return Task(
        url=item.url,
        icon="chart",
        title=item.label,
        tone="late",
        detail=french.typography(" · ".join([*named, "Campagne d’indicateurs", last])),
        when=when(item.due_on, days),
        when_detail=when_detail(item.due_on, days, "attendu"),
    )
