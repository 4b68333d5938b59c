"""The documents of one structure in French: their list, and asking for that of its matrix."""

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

MATRIX = KINDS[ReportKind.HABILITATION_MATRIX]


def structure_documents(esms: ESMS, reports: Sequence[Report], reader: Reader, *, matrix: bool) -> DocumentsPage:
    """`matrix`: whether the structure has one to print."""
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
                url=reverse("habilitation_pdf", args=[esms.project.slug, esms.slug]),
                title=MATRIX.kind.label,
                says=french.typography(MATRIX.says),
            )
        ]
        if matrix and reader.asks(MATRIX, esms)
        else [],
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
