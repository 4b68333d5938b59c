"""Figures that the application knows by itself. Each source reads what another app tells, as of a day; a source that
isn't kept here yet says what it waits for."""

from collections.abc import Callable, Mapping

from indicators.computing import accounts, alerts, risk_questionnaire, risks
from indicators.computing.base import Asked, Computed, Key
from indicators.enums import Source

SOURCES: Mapping[Source, Callable[[Asked], dict[Key, Computed]]] = {
    Source.RISKS: risks.computed,
    Source.QUESTIONNAIRE: risk_questionnaire.computed,
    Source.ALERTS: alerts.computed,
    Source.ACCOUNTS: accounts.computed,
}
_WAITS = {
    Source.UNITS: "Sera calculé quand le plan de déploiement sera tenu ici.",
    Source.MILESTONES: "Sera calculé quand les jalons du planning seront tenus ici.",
    Source.TRAINING: "Sera calculé quand les sessions de formation seront tenues ici.",
    Source.EVALUATIONS: "Sera calculé quand les évaluations de formation seront recueillies ici.",
    Source.BUDGET: "Sera calculé quand le budget sera suivi ici.",
}


def waits_for(source: str) -> str:
    """What a source waits for, in a sentence; nothing for one that is there."""
    return _WAITS.get(Source(source), "")


__all__ = ["SOURCES", "Asked", "Computed", "Key", "waits_for"]
