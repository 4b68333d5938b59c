"""The list of documents in French."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.models import JobState
from common.ui import Link
from organisations.models import Project
from reports.enums import ReportKind
from reports.kinds import KINDS, Kind
from reports.models import Report
from reports.presentation.addresses import address
from reports.rights import Reader
from reports.selectors.structure_indicators import filtered_period


@dataclass(frozen=True)
class Line:
    """A document as it is listed."""

    report: Report
    url: str
    title: str
    about: str


@dataclass(frozen=True)
class Offer:
    """A document that one may ask for."""

    url: str
    title: str
    says: str


@dataclass(frozen=True)
class DocumentsPage:
    title: str
    lede: str
    filters: list[Link]
    reports: list[Line]
    offers: list[Offer]
    empty: bool


def documents(project: Project, reports: Sequence[Report], reader: Reader, nature: str) -> DocumentsPage:
    """`nature`: the slug of the kind that the list is narrowed to, if one that it has."""
    counts = Counter(report.kind for report in reports)
    kinds = [kind for kind in KINDS.values() if counts[kind.kind]]
    narrowed = next((kind for kind in kinds if kind.slug == nature), None)
    shown = [report for report in reports if narrowed is None or report.kind == narrowed.kind]
    return DocumentsPage(
        title=documents_title(reports),
        lede=french.typography(
            "Un document est figé à son émission : il garde son numéro et ses chiffres, même quand le projet avance."
        ),
        filters=_filters(project, len(reports), kinds, counts, narrowed) if len(kinds) > 1 else [],
        reports=[line(report, project, reader) for report in shown],
        offers=[
            Offer(
                url=reverse("report_ask", args=[project.slug, kind.slug]),
                title=kind.kind.label,
                says=french.typography(kind.says),
            )
            for kind in reader.asked_kinds
        ],
        empty=not reports,
    )


def documents_title(reports: Sequence[Report]) -> str:
    """« Le rapport n° 8 est prêt, douze documents sont émis »: what was just asked for, first."""
    if not reports:
        return "Aucun document n’a encore été émis"
    waiting = sum(report.job.active for report in reports)
    if waiting:
        verb = french.counted(waiting, "document est en fabrication", "documents sont en fabrication")
        return french.capital(verb)
    made = sum(report.job.state == JobState.DONE for report in reports)
    if not made:
        return "Aucun document n’a pu être fait"
    return french.capital(french.counted(made, "document est à lire", "documents sont à lire"))


def _filters(
    project: Project, total: int, kinds: Sequence[Kind], counts: Counter[str], narrowed: Kind | None
) -> list[Link]:
    url = reverse("reports", args=[project.slug])
    every = Link("Tous", url, current=narrowed is None, count=total)
    return [
        every,
        *(
            Link(kind.kind.label, f"{url}?nature={kind.slug}", current=kind is narrowed, count=counts[kind.kind])
            for kind in kinds
        ),
    ]


def line(report: Report, project: Project, reader: Reader) -> Line:
    return Line(
        report=report,
        url=address(report, project),
        title=name(report),
        about=about(report, named=reader.knows_who_asked(report)),
    )


def name(report: Report) -> str:
    """« N° 8. Rapport d’arbitrages du COSTRAT »."""
    return f"N°{french.NBSP}{report.number}. {ReportKind(report.kind).label}"


def about(report: Report, *, named: bool = True) -> str:
    """« Pour le COSTRAT du 10 décembre 2026. Demandé par Maëlle Kerdrain le 20 novembre 2026 à 14:32 ».

    `named`: whether it says who asked.
    """
    by = f" par {report.asked_by.get_full_name()}" if named else ""
    who = f"Demandé{by} le {french.long_datetime(report.asked_at)}"
    if report.matrix:
        return f"Version {report.matrix.number} de la matrice. {who}"
    if report.assessment:
        return f"{analysis(report)}. {who}"
    if report.kind == ReportKind.STRUCTURE_INDICATORS and (period := filtered_period(report.filters)):
        return f"Jusqu’à la fin {period.genitive}. {who}"
    if report.meeting is None:
        return who
    return f"{report.meeting.body} du {french.long_date(report.meeting.starts_at)}. {who}"


def analysis(report: Report) -> str:
    """« Début du projet, document de travail », « Début du projet, telle que transmise »."""
    if report.assessment is None:
        raise ValueError("This document shows no analysis of risks.")
    how = "telle que transmise" if report.transmitted else "document de travail"
    return f"{report.assessment.campaign.title}, {how}"
