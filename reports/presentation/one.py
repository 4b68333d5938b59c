"""One document in French: asking for it, and how far its making is."""

from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.models import JobState
from common.ui import Link
from organisations.models import Project
from reports.enums import ReportKind
from reports.fingerprint import printed
from reports.kinds import KINDS, Kind
from reports.models import Report
from reports.presentation.addresses import address, crumbs
from reports.presentation.listing import about
from reports.rights import Reader

TITLES = {
    JobState.WAITING: "Le rapport n°\N{NO-BREAK SPACE}{} attend son tour",
    JobState.RUNNING: "Le rapport n°\N{NO-BREAK SPACE}{} est en fabrication",
    JobState.DONE: "Le rapport n°\N{NO-BREAK SPACE}{} est prêt",
    JobState.FAILED: "Le rapport n°\N{NO-BREAK SPACE}{} n’a pas pu être fait",
}
STOPPED = (
    "La fabrication est à l’arrêt en ce moment. Le rapport se fera tout seul dès qu’elle reprend : vous le retrouverez "
    "ici. Si rien n’a bougé dans une heure, dites-le à la personne qui tient cette installation."
)
READERS = {
    ReportKind.COSTRAT_ARBITRATIONS: "les personnes qui peuvent lire les rapports du COSTRAT",
    ReportKind.CHECKLIST_FOR_COSTRAT: "les personnes qui peuvent lire les rapports du COSTRAT",
    ReportKind.CHECKLIST: "les personnes qui peuvent lire les rapports du COSTRAT",
    ReportKind.COMOP_FOLLOW_UP: "les personnes qui peuvent lire les rapports du COMOP",
    ReportKind.AGENDA: "les personnes qui peuvent lire cette séance",
    ReportKind.MINUTES: "les personnes qui peuvent lire cette séance",
    ReportKind.HABILITATION_MATRIX: "les personnes qui peuvent lire cette matrice",
    ReportKind.RISK_ANALYSIS: "les personnes qui peuvent lire cette analyse",
    ReportKind.STRUCTURE_INDICATORS: "les personnes qui suivent cette structure",
    ReportKind.RISKS_CONSOLIDATED: "les personnes qui mènent l’analyse des risques",
}


@dataclass(frozen=True)
class AskPage:
    """The form that asks for a document."""

    title: str
    lede: str
    crumbs: list[Link]
    button: str


@dataclass(frozen=True)
class ReportPage:
    """`fingerprint`: what is printed at the foot of its pages, once it is issued."""

    title: str
    lede: str
    kind: str
    crumbs: list[Link]
    note: str
    fingerprint: str
    verify_url: str
    url: str
    retry_url: str
    download_url: str


def _crumbs(project: Project, last: str) -> list[Link]:
    return [Link("Rapports", reverse("reports", args=[project.slug])), Link(last)]


def ask_page(project: Project, kind: Kind, filtered: str = "") -> AskPage:
    """`filtered`: what the page that one comes from showed, in words."""
    says = kind.says
    if filtered:
        says = f"Les actions telles que vous les aviez filtrées ({filtered}), avec leur état et qui fait quoi."
    label = kind.kind.label
    return AskPage(
        title=f"Demander : {label[0].lower()}{label[1:]}",
        lede=french.typography(f"{says} En PDF, figé à son émission."),
        crumbs=_crumbs(project, label),
        button="Demander la checklist" if kind.kind == ReportKind.CHECKLIST else "Demander le document",
    )


def report_page(report: Report, project: Project, reader: Reader, *, stopped: bool) -> ReportPage:
    """`stopped`: no worker lives."""
    state = JobState(report.job.state)
    return ReportPage(
        title=TITLES[state].format(report.number),
        lede=french.typography(f"{about(report, named=reader.knows_who_asked(report))}.{_since(report)}"),
        kind=ReportKind(report.kind).label,
        crumbs=crumbs(report, project, f"N°{french.NBSP}{report.number}"),
        note=french.typography(_note(report, state, stopped=stopped)),
        fingerprint=printed(report.content_sha256) if state == JobState.DONE else "",
        verify_url=reverse("report_verify", args=[project.slug]),
        url=address(report, project),
        retry_url=address(report, project, "report_retry") if _may_ask(report, reader) else "",
        download_url=address(report, project, "report_download"),
    )


def _may_ask(report: Report, reader: Reader) -> bool:
    return reader.asks(KINDS[ReportKind(report.kind)], report.esms)


def _since(report: Report) -> str:
    return f" Il montre ce qui a changé depuis le {french.long_date(report.since)}." if report.since else ""


def _note(report: Report, state: JobState, *, stopped: bool) -> str:
    """What to know beside the state of the making, if anything."""
    if report.job.active and stopped:
        return STOPPED
    if state != JobState.DONE:
        return ""
    return f"Figé à son émission. Seules {READERS[ReportKind(report.kind)]} le téléchargent."
