"""Alerts in French."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from common import french
from common.charts import Bars
from common.ui import Entry, Link
from governance.enums import ALERT_SOURCE, Severity
from governance.models import Alert
from governance.presentation.delays import drawing, in_time
from governance.presentation.sheets import SheetView, crumbs_to, unbroken
from governance.selectors.alerts import Event, Filters, Happening, Overview, Shown
from governance.sources import Linkable, links_offered
from organisations.models import ESMS, Project

TONES = {Severity.WARNING: "late", Severity.CRITICAL: "ko"}
LONG = 2000  # characters of an answer that are shown; a decision may have twice as many
ICONS = {Severity.WARNING: "s-watch", Severity.CRITICAL: "alert"}


@dataclass(frozen=True)
class AlertLine:
    """An alert as it is listed, or told beside what it is about. `wait`: how long it waits, or has waited; `stage`:
    what is being done about it."""

    alert: Alert
    title: str
    tone: str
    raised: str
    state: str
    where: str = ""
    wait: str = ""
    stage: str = ""
    answer: str = ""
    decision_url: str = ""


def alert_line(alert: Alert, today: date, *, arbitration_url: str = "") -> AlertLine:
    """`arbitration_url`: where what the COSTRAT decided is read, for who may read it. A long decision is cut, and
    `decision_url` then leads to the whole of it."""
    shown = shortened(alert.answer) if arbitration_url else alert.answer
    severity = Severity(alert.severity)
    return AlertLine(
        alert=alert,
        title=french.typography(alert.subject),
        tone=TONES[severity] if alert.answered_at is None else "ok",
        raised=f"Donnée le {french.long_date(alert.raised_at)} par {alert.raised_by.get_full_name()}",
        state=_state(alert, today),
        where=french.typography(alert.esms.name) if alert.esms else "",
        wait=_wait(alert, today),
        stage=_stage(alert),
        answer=french.typography(shown),
        decision_url=f"{arbitration_url}#decision" if shown != alert.answer else "",
    )


def shortened(text: str) -> str:
    """The beginning of a text that is too long to be read beside something else, up to the end of a sentence or of a
    word; a shorter one as it is."""
    if len(text) <= LONG:
        return text
    begins = text[:LONG]
    ends = max(begins.rfind(mark) for mark in (". ", ".\n", "! ", "? ", "\n"))
    return f"{begins[: ends + 1 if ends > LONG // 2 else begins.rfind(' ')].rstrip()} […]"


def _state(alert: Alert, today: date) -> str:
    """« sans réponse depuis 4 jours », « réponse de Clémence Guéridot le 12 mars 2026 »."""
    if alert.answered_at is not None and alert.answered_by is not None:
        who = alert.answered_by.get_full_name()
        return french.typography(f"réponse de {who} le {french.long_date(alert.answered_at)}")
    waited = days_waited(alert, today)
    return f"sans réponse depuis {french.plural(waited, 'jour', 'jours')}" if waited > 0 else "en attente de réponse"


def days_waited(alert: Alert, today: date) -> int:
    """Days from the day it was raised to that of its answer, or to today."""
    until = french.day(alert.answered_at) if alert.answered_at else today
    return (until - french.day(alert.raised_at)).days


def _wait(alert: Alert, today: date) -> str:
    """« 71 jours », « aujourd’hui », « réponse en 12 jours »."""
    waited = days_waited(alert, today)
    if alert.answered_at is None:
        return french.plural(waited, "jour", "jours") if waited > 0 else "aujourd’hui"
    return f"réponse en {french.plural(waited, 'jour', 'jours')}" if waited > 0 else "réponse le jour même"


def _stage(alert: Alert) -> str:
    """What is being done about an open alert, in a sentence."""
    if alert.answered_at is not None:
        return ""
    if alert.escalated_at is not None:
        return "Portée au COSTRAT."
    return f"Prise en main par {alert.owner}." if alert.owner else ""


def alert_sentence(line: AlertLine) -> str:
    """« Alerte n° 3, donnée le 3 novembre 2026 par Maëlle Kerdrain, sans réponse depuis 19 jours. »"""
    return f"{number(line.alert)}, {line.raised[0].lower()}{line.raised[1:]}, {line.state}."


def number(alert: Alert) -> str:
    return f"Alerte n°{french.NBSP}{alert.number}"


def _crumbs(project: Project, *more: str) -> list[Link]:
    """The way to the list of alerts, or to what is under it."""
    if not more:
        return crumbs_to(project, "Alertes")
    way = crumbs_to(project, *more)
    return [*way[:2], Link("Alertes", reverse("alerts", args=[project.slug])), *way[2:]]


# --- The list --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Narrow:
    """The form that narrows the list: what the address asks for now, and the choices."""

    chosen: dict[str, str]
    severities: list[tuple[str, str]]
    structures: list[tuple[str, list[tuple[str, str]]]]
    ogs: list[tuple[str, str]]


@dataclass(frozen=True)
class AlertsView:
    title: str
    lede: str
    crumbs: list[Link]
    views: list[Link]
    narrow: Narrow
    narrows: bool  # whether something is filtered out
    to_read: list[AlertLine]
    lines: list[AlertLine]
    answered: list[AlertLine]
    chart: Bars
    total: int


def alerts(
    project: Project,
    found: Overview,
    shown: Sequence[Alert],
    filters: Filters,
    structures: Sequence[ESMS],
    to_read: Sequence[Alert],
    today: date,
    *,
    arbitrations: Mapping[UUID, str],
) -> AlertsView:
    """The list of alerts. `shown`: those of this page that the filters keep; `structures`: those that alerts are
    about; `arbitrations`: where those that the reader may read are read."""
    lines = [alert_line(alert, today) for alert in shown]
    return AlertsView(
        title=_title(found),
        lede=in_time(found.delays),
        crumbs=_crumbs(project),
        views=_views(project, found, filters),
        narrow=_narrow(filters, structures),
        narrows=filters != Filters(),
        to_read=[
            alert_line(alert, today, arbitration_url=arbitrations.get(alert.arbitration_id, "")) for alert in to_read
        ],
        lines=[line for line in lines if line.alert.answered_at is None],
        answered=[line for line in lines if line.alert.answered_at is not None],
        chart=drawing(found.delays),
        total=found.counts[Shown.ALL],
    )


def _title(found: Overview) -> str:
    """« Quatre alertes attendent une réponse, la plus ancienne depuis 71 jours »."""
    waiting, closed = found.counts[Shown.OPEN], found.counts[Shown.CLOSED]
    if not waiting and not closed:
        return "Aucune alerte n’a été donnée"
    if not waiting:
        return french.agree(
            closed, "La seule alerte donnée a reçu sa réponse", "Toutes les alertes ont reçu une réponse"
        )
    who = french.counted(waiting, "alerte attend", "alertes attendent", feminine=True)
    oldest = found.delays.oldest_days or 0
    since = f"depuis {french.plural(oldest, 'jour', 'jours')}" if oldest else "depuis aujourd’hui"
    return french.capital(f"{who} une réponse, {french.agree(waiting, '', 'la plus ancienne ')}{since}")


def _views(project: Project, found: Overview, filters: Filters) -> list[Link]:
    """The chips. Their counts are those of all alerts: they are left out once something else narrows the list."""
    alone, url = filters == Filters(shown=filters.shown), reverse("alerts", args=[project.slug])
    return [
        Link(
            str(shown.label),
            _with_query(url, replace(filters, shown=shown).parameters),
            current=shown == filters.shown,
            count=found.counts[shown] if alone else None,
        )
        for shown in Shown
        if found.counts[shown] or shown in {Shown.ALL, filters.shown}
    ]


def _with_query(url: str, parameters: dict[str, str]) -> str:
    return f"{url}?{urlencode(parameters)}" if parameters else url


def _narrow(filters: Filters, structures: Sequence[ESMS]) -> Narrow:
    by_og: dict[str, list[tuple[str, str]]] = {}
    for esms in structures:
        by_og.setdefault(french.typography(esms.og.name), []).append((esms.slug, french.typography(esms.name)))
    ogs = {str(esms.og_id): french.typography(esms.og.name) for esms in structures}
    blank = {"vue": "", "gravite": "", "structure": "", "og": ""}
    return Narrow({**blank, **filters.parameters}, list(Severity.choices), list(by_og.items()), list(ogs.items()))


# --- One alert -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AlertSheet:
    """One alert. `structure`: the one that it is about, with its address for who may open it; `costrat`: the same of
    the arbitration that will answer it; `hand`: who has it in hand; `source`: the thing that it is about."""

    title: str
    lede: str
    crumbs: list[Link]
    tone: str
    icon: str
    severity: str
    stage: str
    answer: str
    decision_url: str
    structure: Link | None = None
    source: Link | None = None
    costrat: Link | None = None
    history: list[Entry] = field(default_factory=list)


def alert_sheet(
    alert: Alert,
    project: Project,
    today: date,
    *,
    structure_url: str = "",
    source: Link | None = None,
    arbitration_url: str = "",
    happened: Sequence[Happening] = (),
) -> AlertSheet:
    line, severity = alert_line(alert, today, arbitration_url=arbitration_url), Severity(alert.severity)
    return AlertSheet(
        title=line.title,
        lede=" ".join([alert_sentence(line), *([f"{french.capital(line.wait)}."] if alert.answered_at else [])]),
        crumbs=_crumbs(project, number(alert)),
        tone=TONES[severity],
        icon=ICONS[severity],
        severity=severity.label,
        stage=line.stage,
        answer=line.answer,
        decision_url=line.decision_url,
        structure=Link(line.where, structure_url) if line.where else None,
        source=source,
        costrat=_costrat(alert, arbitration_url) if alert.escalated_at else None,
        history=[Entry(one.at, one.who, _told(one)) for one in happened],
    )


def _costrat(alert: Alert, url: str) -> Link:
    """« Portée au COSTRAT le 3 novembre 2026 par Maëlle Kerdrain, arbitrage ARB-2026-04 », whose reference only those
    read who read the arbitration."""
    when = french.long_date(alert.escalated_at) if alert.escalated_at else ""
    by = f" par {alert.escalated_by}" if alert.escalated_by else ""
    reference = f", arbitrage {reference_of(alert)}" if url else ""
    return Link(f"Portée au COSTRAT le {when}{by}{reference}", url)


def reference_of(alert: Alert) -> str:
    """« ARB‑2026‑04 », on one line."""
    return unbroken(alert.arbitration.reference) if alert.arbitration else ""


def _told(one: Happening) -> str:
    words = {
        Event.RAISED: "alerte donnée",
        Event.TAKEN: f"prise en main par {one.person}",
        Event.HANDED_BACK: "rendue au COMOP",
        Event.ESCALATED: "portée au COSTRAT",
        Event.ANSWERED: "réponse donnée",
        Event.READ: "réponse lue",
    }
    return words[one.event]


# --- Forms -----------------------------------------------------------------------------------------------------------


def raise_sheet(project: Project) -> SheetView:
    return SheetView(
        title="Alerter le COMOP",
        lede="Le COMOP prend votre alerte en main et y répond, ou la porte au COSTRAT. La réponse vous revient ici.",
        crumbs=_crumbs(project, "Nouvelle alerte"),
    )


def about_project(on_everything: bool) -> str:
    """What an alert about no structure is about, for who raises it."""
    return "Le projet dans son ensemble" if on_everything else "Mon propre travail dans le projet"


def escalate_sheet(alert: Alert, project: Project) -> SheetView:
    return SheetView(
        title="Porter cette alerte au COSTRAT",
        lede=french.typography(
            f"« {alert.subject} » devient un arbitrage à instruire. "
            "Ce que le COSTRAT décide sera la réponse de l’alerte."
        ),
        crumbs=_crumbs(project, number(alert)),
    )


def first_question(alert: Alert) -> str:
    """A first wording of the question, from the subject: « Le réseau tombe chaque soir : que décide le COSTRAT ? »"""
    return french.typography(f"{alert.subject.rstrip(' .?!')} : que décide le COSTRAT ?")[:300]


def first_context(alert: Alert) -> str:
    """What the alert says, and who said it when."""
    where = f", {alert.esms.name}" if alert.esms else ""
    source = f"{number(alert)}, donnée le {french.long_date(alert.raised_at)} par {alert.raised_by}{where}."
    return french.typography(f"{source}\n{alert.text}")[:2000]


@links_offered(ALERT_SOURCE, "Alertes")
def linkable_alerts(project: Project) -> list[Linkable]:
    """Those that the reader may read, the latest first. One query."""
    rows = Alert.objects.filter(project=project).order_by("-number").values_list("pk", "number", "subject")
    return [
        Linkable(
            ALERT_SOURCE,
            key,
            french.typography(f"Alerte n°{french.NBSP}{number}, {subject}"),
            reverse("alert", args=[project.slug, number]),
        )
        for key, number, subject in rows
    ]
