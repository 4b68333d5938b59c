"""« Rapport d’arbitrages du COSTRAT »: facts in, PDF out."""

from collections.abc import Callable, Mapping

from common import french
from common.documents.parts import Chapter
from governance.enums import BodyKind
from reports.models import Report
from reports.rendering.chapters import (
    alerts,
    arbitrations,
    attendance,
    calendar,
    checklist,
    decisions,
    indicators,
    risks,
    summary,
)
from reports.rendering.chapters.ogs import ogs
from reports.rendering.chapters.weights import weights
from reports.rendering.issued import OnStep, draw
from reports.rendering.words import BODIES, first, since
from reports.selectors.costrat import CostratFacts

# By code of section (`reports.kinds`), what it prints. An app that comes with facts of its own adds its line here, its
# part to `CostratFacts`, and its section to `KINDS`.
SECTIONS: Mapping[str, Callable[[CostratFacts], list[Chapter]]] = {
    "attendance": lambda facts: attendance.attendance(facts.attendance),
    "summary": summary.of_costrat,
    "arbitrations": lambda facts: arbitrations.to_render(facts.arbitrations.to_render, facts.attendance.delegates),
    "decisions": decisions.decisions,
    "checklist": lambda facts: checklist.checklist(facts.progress, since(facts.period, facts.body)),
    "alerts": lambda facts: alerts.alerts(facts.alerts, since(facts.period, facts.body), one_by_one=False),
    "indicators": lambda facts: indicators.indicators(facts.indicators),
    "risks": lambda facts: risks.risks(facts.risks, since(facts.period, facts.body)),
    "calendar": lambda facts: calendar.calendar(facts.calendar, facts.today),
    "weights": lambda facts: weights(facts.weights),
    "ogs": ogs,
}
MOST_QUESTIONS = 8


def costrat_arbitrations(report: Report, facts: CostratFacts, on_step: OnStep) -> bytes:
    """The document as PDF/UA-1."""
    return draw(
        report,
        "reports/costrat_arbitrations.html",
        [chapter for code in report.sections for chapter in SECTIONS[code](facts)],
        project=facts.project,
        occasion=occasion(BodyKind.COSTRAT, facts),
        subtitle="Rapport d’arbitrages",
        on_step=on_step,
        questions=first(arbitrations.asked_questions(facts.arbitrations.to_render), MOST_QUESTIONS),
        quorum=f"{attendance.needed(facts.attendance)} {attendance.enough(facts.attendance)}".strip(),
        period=french.capital(since(facts.period, facts.body)),
        facts=facts,
    )


def occasion(kind: BodyKind, facts: CostratFacts) -> str:
    """« Comité de pilotage stratégique, 10 décembre 2026 »."""
    return f"{BODIES[kind]}, {french.long_date(facts.meeting.starts_at)}" if facts.meeting else BODIES[kind]
