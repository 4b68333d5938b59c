"""« Checklist du projet »: the actions as ANAP's table has them, whole or as a filter left them."""

from checklist import presentation
from checklist.enums import Letter
from checklist.selectors import Counts
from common import french
from common.documents.parts import Chapter
from reports.models import Report
from reports.rendering.issued import OnStep, draw
from reports.selectors.checklist import ChecklistTable


def project_checklist(report: Report, table: ChecklistTable, on_step: OnStep) -> bytes:
    """The document as PDF/UA-1, a chapter a step."""
    filters = presentation.describe(table.filters)
    return draw(
        report,
        "reports/project_checklist.html",
        _chapters(table),
        project=table.project.name,
        occasion="Déploiement du dossier usager informatisé",
        subtitle=french.typography(f"Checklist du projet : {filters}" if filters else "Checklist du projet"),
        on_step=on_step,
        table=table,
        filters=filters,
        said=_said(table.total),
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
