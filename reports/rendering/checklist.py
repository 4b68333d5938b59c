"""« Checklist du projet »: the actions as ANAP's table has them, whole or as a filter left them."""

from collections.abc import Callable

from django.conf import settings

from checklist import presentation
from checklist.enums import Letter
from checklist.selectors import Counts
from common import french
from common.documents.parts import Chapter, Cover
from common.documents.render import render_pdf
from reports.models import Report
from reports.selectors import ChecklistTable


def project_checklist(report: Report, table: ChecklistTable, on_step: Callable[[int, int], None]) -> bytes:
    """The document as PDF/UA-1, a chapter a step."""
    author = report.asked_by.get_full_name()
    return render_pdf(
        "reports/project_checklist.html",
        {
            "report": report,
            "table": table,
            "filters": presentation.describe(table.filters),
            "said": _said(table.total),
            "cover": _cover(report, table, author),
            "chapters": _chapters(table),
        },
        title=f"{report.get_kind_display()}, {table.project.name}",
        author=author,
        created=table.read_at,
        on_step=on_step,
    )


def _cover(report: Report, table: ChecklistTable, author: str) -> Cover:
    filters = presentation.describe(table.filters)
    return Cover(
        project=table.project.name,
        occasion="Déploiement du dossier usager informatisé",
        subtitle=french.typography(f"Checklist du projet : {filters}" if filters else "Checklist du projet"),
        running_name=f"Rapport n° {report.number}, {french.long_date(table.read_at)}",
        established_by=author,
        established_at=table.read_at,
        number=report.number,
        notice="Monde de démonstration : tout est inventé" if settings.DEMO else "",
    )


def _chapters(table: ChecklistTable) -> list[Chapter]:
    """A chapter a step. What a filter left of a step says nothing of its progress, and takes no page of its own."""
    whole = not presentation.describe(table.filters)
    return [
        Chapter(
            anchor=f"etape-{step.number}",
            title=f"Étape {step.number} : {french.typography(step.title)}",
            running=f"Étape {step.number}",
            template="reports/project_checklist/step.html",
            data={
                "said": _said(step.counts) if whole else "",
                "whole": whole,
                "blocks": [block for block in table.blocks if block.step == step.number],
                "letters": tuple(Letter),
            },
            new_page=whole or step is table.steps[0],
            numbered=False,
            wide=True,  # four columns of letters beside the action
        )
        for step in table.steps
    ]


def _said(counts: Counts) -> str:
    return f"{presentation.done_sentence(counts)} {presentation.trouble_sentence(counts)}".strip()
