"""Making the documents: facts in, PDF out. In workers only."""

from collections.abc import Callable

from checklist import presentation
from common import french
from common.documents.parts import Chapter, Cover
from common.documents.render import render_pdf
from reports.models import Report
from reports.selectors import ChecklistFacts


def checklist_for_costrat(report: Report, facts: ChecklistFacts, on_step: Callable[[int, int], None]) -> bytes:
    """« État de la checklist pour le COSTRAT », as PDF/UA-1."""
    author = report.asked_by.get_full_name()
    title = f"{report.get_kind_display()}, {facts.project.name}"
    return render_pdf(
        "reports/checklist_for_costrat.html",
        {"report": report, "facts": facts, "cover": _cover(report, facts, author), "chapters": _chapters(facts)},
        title=title,
        author=author,
        created=facts.read_at,
        on_step=on_step,
    )


def _cover(report: Report, facts: ChecklistFacts, author: str) -> Cover:
    return Cover(
        project=facts.project.name,
        occasion="Comité de pilotage stratégique",
        subtitle="État de la checklist",
        running_name=f"Rapport n° {report.number}, {french.long_date(facts.read_at)}",
        established_by=author,
        established_at=facts.read_at,
        number=report.number,
        recipients="membres et invités du COSTRAT",
    )


def _chapters(facts: ChecklistFacts) -> list[Chapter]:
    folder = "reports/checklist_for_costrat"
    steps = [
        Chapter(
            anchor=f"etape-{step.number}",
            title=f"Étape {step.number} : {french.typography(step.title)}",
            running=f"Étape {step.number}",
            template=f"{folder}/step.html",
            data={
                "done": presentation.done_sentence(step.counts),
                "trouble": presentation.trouble_sentence(step.counts),
                "blocks": [block for block in facts.blocks if block.step == step.number],
            },
            new_page=step.number == 1,
        )
        for step in facts.steps
    ]
    return [
        Chapter(
            anchor="synthese",
            title="Synthèse",
            template=f"{folder}/synthesis.html",
            data={
                "done": presentation.done_sentence(facts.total),
                "trouble": presentation.trouble_sentence(facts.total),
                "formula": presentation.formula(facts.total),
                "chart": presentation.steps_chart(facts.steps),
            },
        ),
        Chapter(
            anchor="changements",
            title=f"Ce qui a changé depuis le {french.long_date(facts.since)}",
            running="Ce qui a changé",
            template=f"{folder}/changes.html",
        ),
        Chapter(anchor="blocages", title="Actions bloquées", template=f"{folder}/blocked.html", new_page=False),
        Chapter(anchor="retards", title="Actions en retard", template=f"{folder}/late.html", new_page=False),
        *steps,
    ]
