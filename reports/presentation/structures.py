"""The documents of one structure in French: their list, and asking for one."""

from collections.abc import Sequence

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.models import ESMS
from reports.enums import ReportKind
from reports.kinds import KINDS
from reports.models import Report
from reports.presentation.listing import DocumentsPage, Offer, documents_title, line
from reports.presentation.one import AskPage
from reports.rights import Reader
from risks.places import Place

MATRIX, ANALYSIS = KINDS[ReportKind.HABILITATION_MATRIX], KINDS[ReportKind.RISK_ANALYSIS]
FIGURES = KINDS[ReportKind.STRUCTURE_INDICATORS]


def structure_documents(
    esms: ESMS, reports: Sequence[Report], reader: Reader, *, matrix: bool, analysis: bool, figures: bool
) -> DocumentsPage:
    """`matrix`, `analysis`, `figures`: whether the structure has some that the reader may print."""
    offered = [(MATRIX, "habilitation_pdf")] if matrix else []
    offered += [(ANALYSIS, "risk_analysis_pdf")] if analysis else []
    offered += [(FIGURES, "structure_indicators_pdf")] if figures else []
    return DocumentsPage(
        title=documents_title(reports) if reports else "Aucun document n’est à lire pour l’instant",
        lede=french.typography(
            "Un document est figé à son émission : il garde son numéro et ses chiffres, même si la structure avance. "
            "Seules le lisent les personnes qui peuvent lire ce qu’il dit."
        ),
        filters=[],
        reports=[line(report, esms.project, reader) for report in reports],
        offers=[
            Offer(
                url=reverse(name, args=[esms.project.slug, esms.slug]),
                title=kind.kind.label,
                says=french.typography(kind.says),
            )
            for kind, name in offered
            if reader.asks(kind, esms)
        ],
        empty=not reports,
    )


def ask_matrix_page(esms: ESMS) -> AskPage:
    return AskPage(
        title="Demander la matrice en PDF",
        lede=french.typography(f"{MATRIX.says} En PDF, figé à son émission."),
        crumbs=[
            Link("Habilitations", reverse("habilitation_matrix", args=[esms.project.slug, esms.slug])),
            Link("Document PDF"),
        ],
        button="Demander le document",
    )


def ask_analysis_page(place: Place) -> AskPage:
    return AskPage(
        title="Demander l’analyse de risques en PDF",
        lede=french.typography(f"{ANALYSIS.says} En PDF, figé à son émission."),
        crumbs=[Link("Risques", place.url("risk_questionnaire")), Link("Document PDF")],
        button="Demander le document",
    )


def ask_figures_page(esms: ESMS) -> AskPage:
    return AskPage(
        title="Demander les indicateurs en PDF",
        lede=french.typography(f"{FIGURES.says} Seulement ce qui est rendu. En PDF, figé à son émission."),
        crumbs=[
            Link("Indicateurs", reverse("structure_indicators", args=[esms.project.slug, esms.slug])),
            Link("Document PDF"),
        ],
        button="Demander le document",
    )
