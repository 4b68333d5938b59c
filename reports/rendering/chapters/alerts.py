"""Alerts: those of the project by their subject, those of structures by how many wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.documents.parts import Chapter
from reports.rendering.words import SEVERITIES, Mark, days, first, reference
from reports.selectors.alerts import AlertFacts, AlertLine

MOST, MOST_OF_STRUCTURES, MOST_CLOSED = 15, 25, 10


@dataclass(frozen=True)
class AlertRow:
    """An alert as tables have it. `wait`: « attend depuis 12 jours », « réponse en 4 jours »."""

    line: AlertLine
    mark: Mark
    about: str
    wait: str
    arbitration: str


def alerts(facts: AlertFacts, since: str, *, one_by_one: bool) -> list[Chapter]:
    """Nothing when none is open and none was closed. `one_by_one`: those of structures a line each, by their name."""
    if not (facts.open or facts.closed):
        return []
    return [
        Chapter(
            anchor="alertes",
            title=title(len(facts.open)),
            running="Alertes",
            template="reports/committee/alerts.html",
            data={
                "said": _said(facts, since),
                "project": first(_rows(facts.of_project), MOST),
                "by_og": facts.by_og,
                "structures": first(_rows(facts.of_structures), MOST_OF_STRUCTURES) if one_by_one else None,
                "closed": first(_rows(facts.closed), MOST_CLOSED) if one_by_one else None,
            },
            new_page=False,
        )
    ]


def title(count: int) -> str:
    """« Deux alertes attendent une réponse »."""
    if not count:
        return "Aucune alerte n’attend de réponse"
    verb = french.counted(count, "alerte attend", "alertes attendent", feminine=True)
    return f"{french.capital(verb)} une réponse"


def _said(facts: AlertFacts, since: str) -> str:
    """« Depuis le …, trois alertes ont été données et deux ont reçu leur réponse, en 12 jours pour la moitié. »"""
    raised = french.counted(facts.raised, "alerte a été donnée", "alertes ont été données", feminine=True)
    if not facts.closed:
        return f"{french.capital(since)}, {raised} et aucune n’a reçu de réponse."
    closed = french.counted(len(facts.closed), "a reçu sa réponse", "ont reçu leur réponse", feminine=True)
    median = f", en {days(facts.median_days)} pour la moitié" if facts.median_days else ""
    return f"{french.capital(since)}, {raised} et {closed}{median}."


def _rows(lines: Sequence[AlertLine]) -> list[AlertRow]:
    return [
        AlertRow(
            line=line,
            mark=SEVERITIES[line.severity],
            about=french.typography(line.subject or line.structure),
            wait=f"en {days(line.days)}" if line.answered_on else f"depuis {days(line.days)}",
            arbitration=reference(line.arbitration),
        )
        for line in lines
    ]
