"""A line of « Mon travail » that comes from risks: a questionnaire to answer, the project's own analysis, an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from dui_deploy.work_tasks import Task, when, when_detail
from organisations.models import Project
from risks.enums import AssessmentStatus
from risks.models import Respondent, RiskAction
from risks.places import Place
from risks.selectors.mine import Led


@dataclass(frozen=True)
class Risky:
    """What risks ask of one person, as « Mon travail » sorts it with actions."""

    project: Project
    label: str
    url: str
    detail: str
    due_on: date | None
    icon: str = "list"

    @property
    def project_id(self) -> object:
        return self.project.pk

    def days_late(self, today: date) -> int:
        return max((today - self.due_on).days, 0) if self.due_on else 0


def risky(led: Sequence[Led], asked: Sequence[Respondent], actions: Sequence[RiskAction]) -> list[Risky]:
    """In no order."""
    steps = [step for one in led if (step := _step(one))]
    return [*steps, *(_questionnaire(respondent) for respondent in asked), *(_action(action) for action in actions)]


def _step(one: Led) -> Risky | None:
    """What the lead does next for the analysis of the project itself. None while others answer."""
    row = one.assessment
    place = Place(row.project)
    home, together = place.url("risk_questionnaire"), place.url("risk_convergence")
    steps = {
        AssessmentStatus.CONVERGING: ("Retenir ensemble les notes de risques du projet", together, "people"),
        AssessmentStatus.SUBMITTED: ("Valider l’analyse de risques du projet", home, "check"),
        AssessmentStatus.VALIDATED: ("Figer l’analyse de risques du projet", home, "check"),
    }
    if row.state == AssessmentStatus.ANSWERING:
        if one.mine:
            title, url, icon = "Répondre au questionnaire de risques du projet", place.url("risk_answer"), "edit"
        elif one.over:
            title, url, icon = "Mettre en commun les réponses sur les risques du projet", home, "people"
        else:
            return None
    else:
        title, url, icon = steps[row.state]
    return Risky(row.project, title, url, row.campaign.title, row.campaign.due_on, icon)


def _questionnaire(respondent: Respondent) -> Risky:
    campaign, place = respondent.assessment.campaign, Place(respondent.project, respondent.esms)
    where = f" : {respondent.esms.name}" if respondent.esms else " du projet"
    return Risky(
        project=respondent.project,
        label=french.typography(f"Répondre au questionnaire de risques{where}"),
        url=place.url("risk_answer"),
        detail=f"{campaign.title} · en qualité de {respondent.get_capacity_display().lower()}",
        due_on=campaign.due_on,
        icon="edit",
    )


def _action(action: RiskAction) -> Risky:
    started = f"avancée à {action.progress} %" if action.progress else ""
    where = action.esms.name if action.esms else "risque du projet"
    return Risky(
        project=action.project,
        label=french.typography(action.label),
        url=reverse("project_risk_my_action", args=[action.project.slug, action.pk]),
        detail=" · ".join(filter(None, (f"Action {action.get_kind_display().lower()}", where, started))),
        due_on=action.due_on,
    )


def of_risky(item: Risky, today: date, several: bool) -> Task:
    days = item.days_late(today)
    named = [item.project.short_name] if several else []
    return Task(
        url=item.url,
        icon=item.icon,
        title=item.label,
        tone="late" if days else "progress",
        detail=french.typography(" · ".join([*named, item.detail])),
        when=when(item.due_on, days),
        when_detail=when_detail(item.due_on, days, "due" if item.icon == "list" else "attendu"),
    )
