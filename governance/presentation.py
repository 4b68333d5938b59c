"""Governance in French: sentences and component parameters made of what the selectors found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common import french
from common.ui import Link
from governance.enums import Severity
from governance.models import AgendaRequest, Alert, Decision
from organisations.models import Project

TONES = {Severity.WARNING: "late", Severity.CRITICAL: "ko"}


@dataclass(frozen=True)
class AlertLine:
    """An alert as it is listed, or told beside what it is about."""

    alert: Alert
    title: str
    tone: str
    raised: str
    state: str


def alert_line(alert: Alert, today: date) -> AlertLine:
    severity = Severity(alert.severity)
    return AlertLine(
        alert=alert,
        title=french.typography(alert.subject),
        tone=TONES[severity] if alert.answered_at is None else "ok",
        raised=f"Donnée le {french.long_date(alert.raised_at)} par {alert.raised_by.get_full_name()}",
        state=_state(alert, today),
    )


def _state(alert: Alert, today: date) -> str:
    """« sans réponse depuis 4 jours », « réponse de Clémence Guéridot le 12 mars 2026 »."""
    if alert.answered_at is not None and alert.answered_by is not None:
        who = alert.answered_by.get_full_name()
        return french.typography(f"réponse de {who} le {french.long_date(alert.answered_at)}")
    days = (today - french.day(alert.raised_at)).days
    return f"sans réponse depuis {french.plural(days, 'jour', 'jours')}" if days > 0 else "en attente de réponse"


def alert_sentence(line: AlertLine) -> str:
    """« Alerte n° 3, donnée le 3 novembre 2026 par Maëlle Kerdrain, sans réponse depuis 19 jours. »"""
    return f"{number(line.alert)}, {line.raised[0].lower()}{line.raised[1:]}, {line.state}."


def number(alert: Alert) -> str:
    return f"Alerte n°{french.NBSP}{alert.number}"


def decided(decision: Decision) -> str:
    """« D-2026-03, 12 mars 2026 »."""
    return f"{decision.reference}, {french.long_date(decision.decided_on)}"


@dataclass(frozen=True)
class BodyQuestions:
    """The questions that wait for the next meeting of a body."""

    title: str
    requests: list[AgendaRequest]


@dataclass(frozen=True)
class PageView:
    title: str
    lede: str
    crumbs: list[Link]
    open_alerts: list[AlertLine]
    answered: list[AlertLine]
    questions: list[BodyQuestions]


def page(
    project: Project,
    alerts: Sequence[Alert] | None,
    requests: Sequence[AgendaRequest],
    decisions: Sequence[Decision] | None,
    today: date,
) -> PageView:
    """What the page of governance says. None for what the reader may not see."""
    lines = [alert_line(alert, today) for alert in alerts or ()]
    waiting = [line for line in lines if line.alert.answered_at is None]
    by_body: dict[str, list[AgendaRequest]] = {}
    for request in requests:
        by_body.setdefault(str(request.body), []).append(request)
    return PageView(
        title=_title(
            None if alerts is None else len(waiting), len(requests), None if decisions is None else len(decisions)
        ),
        lede=_lede(decisions),
        crumbs=_crumbs(project),
        open_alerts=waiting,
        answered=[line for line in lines if line.alert.answered_at is not None],
        questions=[BodyQuestions(f"Pour le prochain {body}", found) for body, found in by_body.items()],
    )


def _title(alerts: int | None, questions: int, decisions: int | None) -> str:
    """What is waited for, first: « Deux alertes attendent une réponse, une question attend une séance »."""
    parts = []
    if alerts:
        verb = french.agree(alerts, "alerte attend", "alertes attendent")
        parts.append(f"{french.in_words(alerts, feminine=True)} {verb} une réponse")
    if questions:
        verb = french.agree(questions, "question attend", "questions attendent")
        parts.append(f"{french.in_words(questions, feminine=True)} {verb} une séance")
    if not parts and decisions:
        noun = french.agree(decisions, "décision est enregistrée", "décisions sont enregistrées")
        parts.append(f"{french.in_words(decisions, feminine=True)} {noun}, rien n’attend")
    sentence = ", ".join(parts) or "rien n’attend les instances pour le moment"
    return french.capital(sentence)


def _lede(decisions: Sequence[Decision] | None) -> str:
    if not decisions:
        return ""
    last = decisions[0]
    when = french.long_date(last.decided_on)
    return french.typography(f"Dernière décision : {last.reference}, prise par le {last.body} le {when}.")


def _crumbs(project: Project, *more: str) -> list[Link]:
    home = Link(project.short_name, reverse("project", args=[project.slug]))
    if not more:
        return [home, Link("Gouvernance")]
    return [home, Link("Gouvernance", reverse("governance", args=[project.slug])), *(Link(label) for label in more)]


@dataclass(frozen=True)
class SheetView:
    """The page of one decision, one alert, or the form that makes one."""

    title: str
    lede: str
    crumbs: list[Link]


def decision_sheet(decision: Decision, project: Project) -> SheetView:
    return SheetView(
        title=french.typography(decision.title),
        lede=f"Décision {decision.reference}, prise par le {decision.body} le {french.long_date(decision.decided_on)}.",
        crumbs=_crumbs(project, decision.reference),
    )


def alert_sheet(alert: Alert, project: Project, today: date) -> SheetView:
    line = alert_line(alert, today)
    return SheetView(title=line.title, lede=alert_sentence(line), crumbs=_crumbs(project, number(alert)))


def record_sheet(project: Project) -> SheetView:
    return SheetView(
        title="Enregistrer une décision",
        lede="Elle reçoit son numéro, et les actions de la checklist qui en dépendent peuvent la citer.",
        crumbs=_crumbs(project, "Nouvelle décision"),
    )
