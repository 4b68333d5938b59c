"""« Rapport de suivi du COMOP »: facts in, PDF out."""

from collections.abc import Callable, Mapping

from common import french
from common.documents.parts import Chapter
from governance.enums import BodyKind
from reports.models import Report
from reports.rendering.chapters import (
    actions,
    alerts,
    attendance,
    checklist,
    escalation,
    indicators,
    risks,
    structures,
    summary,
)
from reports.rendering.chapters.next import next_weeks
from reports.rendering.issued import OnStep, draw
from reports.rendering.words import BODIES, since
from reports.selectors.comop import ComopFacts

# As `costrat.SECTIONS`.
SECTIONS: Mapping[str, Callable[[ComopFacts], list[Chapter]]] = {
    "attendance": lambda facts: attendance.attendance(facts.attendance, facts.structures.uncovered),
    "summary": summary.of_comop,
    "actions": lambda facts: actions.actions(facts.follow_ups, since(facts.period, facts.body)),
    "checklist": lambda facts: checklist.checklist(facts.progress, since(facts.period, facts.body)),
    "structures": lambda facts: structures.structures(facts.structures),
    "alerts": lambda facts: alerts.alerts(facts.alerts, since(facts.period, facts.body), one_by_one=True),
    "indicators": lambda facts: indicators.indicators(facts.indicators),
    "risks": lambda facts: risks.risks(facts.risks, since(facts.period, facts.body)),
    "arbitrations": lambda facts: escalation.escalation(facts.arbitrations),
    "next": lambda facts: next_weeks(facts.due, facts.today),
}


def comop_follow_up(report: Report, facts: ComopFacts, on_step: OnStep) -> bytes:
    """The document as PDF/UA-1."""
    when = f", {french.long_date(facts.meeting.starts_at)}" if facts.meeting else ""
    return draw(
        report,
        "reports/comop_follow_up.html",
        [chapter for code in report.sections for chapter in SECTIONS[code](facts)],
        project=facts.project,
        occasion=f"{BODIES[BodyKind.COMOP]}{when}",
        subtitle="Rapport de suivi",
        on_step=on_step,
        to_treat=summary.to_treat(facts)[: summary.MOST],
        period=french.capital(since(facts.period, facts.body)),
        facts=facts,
    )
