"""« État de la checklist pour le COSTRAT »: facts in, PDF out."""

from checklist import presentation
from common import french
from common.documents.parts import Chapter
from reports.models import Report
from reports.rendering.chapters.summary import STATES, step_rows
from reports.rendering.issued import OnStep, draw
from reports.selectors.checklist import ChecklistFacts


def checklist_for_costrat(report: Report, facts: ChecklistFacts, on_step: OnStep) -> bytes:
    """« État de la checklist pour le COSTRAT », as PDF/UA-1."""
    return draw(
        report,
        "reports/checklist_for_costrat.html",
        _chapters(facts),
        project=facts.project.name,
        occasion="Comité de pilotage stratégique",
        subtitle="État de la checklist",
        on_step=on_step,
        facts=facts,
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
            numbered=False,
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
                "states": STATES,
                "rows": step_rows(facts.steps),
                "caption": french.typography(
                    "Actions par étape et par état ; la partie claire d’une barre est à faire, « sans objet » exclues"
                ),
            },
        ),
        Chapter(
            anchor="changements",
            title=_changed(facts),
            running="Ce qui a changé",
            template=f"{folder}/changes.html",
        ),
        Chapter(
            anchor="blocages",
            title=_blocked(len(facts.blocked)),
            running="Actions bloquées",
            template=f"{folder}/blocked.html",
            new_page=False,
        ),
        Chapter(
            anchor="retards",
            title=_late(len(facts.late), others=bool(facts.blocked)),
            running="Actions en retard",
            template=f"{folder}/late.html",
            new_page=False,
        ),
        *steps,
    ]


def _changed(facts: ChecklistFacts) -> str:
    """« Trois actions ont changé d’état depuis le 23 août 2026 »."""
    count, since = len(facts.changes), french.long_date(facts.since)
    if not count:
        return f"Rien n’a changé depuis le {since}"
    verb = french.agree(count, "action a", "actions ont")
    return f"{_capital(count)} {verb} changé d’état depuis le {since}"


def _blocked(count: int) -> str:
    """« Six actions sont bloquées »."""
    if not count:
        return "Aucune action n’est bloquée"
    return f"{_capital(count)} {french.agree(count, 'action est bloquée', 'actions sont bloquées')}"


def _late(count: int, *, others: bool) -> str:
    """« Six autres actions sont en retard »: ``others`` than those blocked."""
    other, more = ("autre ", "autres ") if others else ("", "")
    if not count:
        return f"Aucune {other}action n’est en retard"
    verb = french.agree(count, f"{other}action est en retard", f"{more}actions sont en retard")
    return f"{_capital(count)} {verb}"


def _capital(count: int) -> str:
    return french.in_words(count, feminine=True).capitalize()
