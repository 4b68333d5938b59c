"""The phases of a project: when each takes place, in words and in fields."""

from dataclasses import dataclass

from django.urls import reverse

from common import french, history
from common.ui import Entry, Link
from organisations.enums import Phase
from organisations.forms import PeriodForm
from organisations.models import PhasePeriod, Project
from organisations.presentation.sheets import PERIOD_SHEETS, SavedField, saved_fields, what
from organisations.presentation.words import crumbs


@dataclass(frozen=True)
class PeriodBox:
    phase: str
    label: str
    fields: list[SavedField]


@dataclass(frozen=True)
class PhasesView:
    title: str
    crumbs: list[Link]
    boxes: list[PeriodBox]
    settings_url: str
    history: list[Entry]


def phases(project: Project, periods: list[PhasePeriod]) -> PhasesView:
    settings_url = reverse("project_settings", args=[project.slug])
    return PhasesView(
        title=phases_title(periods),
        crumbs=crumbs(project, ("Réglages", settings_url), ("Phases", "")),
        boxes=[
            PeriodBox(
                phase=period.phase,
                label=period.get_phase_display(),
                fields=saved_fields(PERIOD_SHEETS[Phase(period.phase)], period, project),
            )
            for period in periods
        ],
        settings_url=settings_url,
        history=_history(periods),
    )


def _history(periods: list[PhasePeriod]) -> list[Entry]:
    """« Achat, début réel : 17 novembre 2025 », newest first."""
    found = history.entries_by_row(periods, PeriodForm.names())
    lines = [
        Entry(entry.at, entry.who, f"{period.get_phase_display()}. {what(PhasePeriod, entry)}")
        for period in periods
        for entry in found[period.pk]
        if entry.label != "insert"
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def phases_title(periods: list[PhasePeriod]) -> str:
    """« Il manque les dates de deux phases : Vie courante et … »"""
    missing = [period.get_phase_display() for period in periods if not (period.start and period.end)]
    if not missing:
        return "Toutes les phases ont leurs dates"
    if len(missing) == len(periods):
        return "Aucune phase n’a encore ses dates"
    named = f" : {french.listed(missing)}" if len(missing) <= 2 else ""
    which = french.counted(len(missing), "phase", "phases", feminine=True)
    return french.typography(f"Il manque des dates à {which}{named}")


def when(period: PhasePeriod) -> str:
    """« Du 17 novembre 2025 au 6 mars 2026 », with « prévu » until the phase is over."""
    start, end = period.start, period.end
    if start is None and end is None:
        return "Dates à fixer"
    if start is None:
        return f"Fin prévue le {french.long_date(end)}, début à fixer"
    if end is None:
        return f"À partir du {french.long_date(start)}, fin à fixer"
    return f"Du {french.long_date(start)} au {french.long_date(end)}" + (", prévu" if period.ended_on is None else "")
