"""The handlers of report jobs, run by workers (`common.jobs`): a reader of facts and a drawer for each kind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.http import QueryDict
from django.utils import timezone

from checklist.forms import read_filters
from common.jobs.execution import LeaseLost, Run
from common.jobs.registry import Handler, JobError, Produced, handles
from governance.enums import BodyKind
from governance.models import Body
from organisations.access import acting_as
from reports.enums import ReportKind
from reports.kinds import KINDS
from reports.models import Report
from reports.rendering.checklist import project_checklist
from reports.rendering.checklist_state import checklist_for_costrat
from reports.rendering.comop import comop_follow_up
from reports.rendering.costrat import costrat_arbitrations
from reports.rendering.habilitations import habilitation_matrix
from reports.rendering.meetings import agenda, minutes
from reports.rendering.risk_analysis import risk_analysis
from reports.rendering.risks_consolidated import risks_consolidated
from reports.rendering.structure_indicators import structure_indicators
from reports.rights import Reader, reader_of
from reports.selectors.campaigns import filtered_campaign
from reports.selectors.checklist import ChecklistFacts, ChecklistTable, checklist_facts, checklist_table
from reports.selectors.comop import ComopFacts, comop_facts
from reports.selectors.costrat import CostratFacts, costrat_facts
from reports.selectors.habilitations import MatrixFacts, matrix_facts
from reports.selectors.meetings import MeetingFacts, meeting_facts
from reports.selectors.period import body_of, last_closed, last_day
from reports.selectors.risk_analysis import AnalysisFacts, analysis_facts
from reports.selectors.risks_consolidated import ConsolidatedFacts, consolidated_facts
from reports.selectors.structure_indicators import (
    StructureIndicatorFacts,
    filtered_period,
    given_periods,
    structure_indicator_facts,
)
from reports.services import issue
from structures.enums.habilitations import MatrixStatus

# What a report is about, read with it.
ABOUT = (
    "project",
    "asked_by",
    "meeting__body",
    "esms__og",
    "matrix",
    "assessment__campaign",
)
Facts = TypeVar("Facts")
Read = Callable[[Report, Reader], Facts]
Draw = Callable[[Report, Facts, Callable[[int, int], None]], bytes]


def _makes(read: Read[Facts], draw: Draw[Facts]) -> Handler:
    """A handler: facts read as the person who asked, in one transaction; then the document, outside it."""

    def make(run: Run) -> Produced:
        with _asked(run) as (report, reader):
            facts = read(report, reader)
            issued = issue(
                report=report,
                attempt=run.job.attempt,
                facts=facts,
                issued_at=_read_at(facts),
                consolidated=_is_consolidated(facts),
            )
            if not issued:
                raise LeaseLost
        content = draw(report, facts, run.progress)
        return Produced(filename=f"{report.project.slug}-rapport-{report.number:03d}.pdf", content=content)

    return make


@contextmanager
def _asked(run: Run) -> Iterator[tuple[Report, Reader]]:
    """The report to make, in the scope of who asked for it.

    Raises JobError when that person no longer takes part in the project, or may not ask for it or read it any more.
    """
    with acting_as(run.job.asked_by_id, request_id=f"job:{run.job.pk}") as access:
        found = Report.objects.select_related(*ABOUT)
        report = found.filter(pk=run.job.arguments["report"]).first()
        reader = reader_of(report.asked_by, report.project, access) if report else None
        if report is None or reader is None or not _may(report, reader):
            raise JobError("La personne qui a demandé ce rapport n’a plus le droit de le lire.")
        if report.meeting:
            report.meeting.project = report.project
        yield report, reader


def _may(report: Report, reader: Reader) -> bool:
    return reader.asks(KINDS[ReportKind(report.kind)], report.esms) and reader.reads(report)


def _read_at(facts: Any) -> datetime:
    return getattr(facts, "read_at", None) or timezone.now()


def _is_consolidated(facts: Any) -> bool:
    return isinstance(facts, MatrixFacts) and facts.status == MatrixStatus.CONSOLIDATED


def _read_state(report: Report, reader: Reader) -> ChecklistFacts:
    since = report.since or report.project.started_on
    return checklist_facts(report.project, report.asked_by, reader.access, since)


def _read_checklist(report: Report, reader: Reader) -> ChecklistTable:
    filters, _ = read_filters(QueryDict(report.filters))
    table = checklist_table(report.project, report.asked_by, reader.access, filters)
    if not table.blocks:
        raise JobError(
            "Plus aucune action ne correspond à ce filtre : revenez à la checklist et choisissez-en un autre."
        )
    return table


def _read_costrat(report: Report, reader: Reader) -> CostratFacts:
    body = _body(report, BodyKind.COSTRAT)
    return costrat_facts(
        report.project,
        body,
        report.asked_by,
        reader.access,
        since=_since(report, body),
        meeting=report.meeting,
    )


def _read_comop(report: Report, reader: Reader) -> ComopFacts:
    body = _body(report, BodyKind.COMOP)
    return comop_facts(
        report.project,
        body,
        report.asked_by,
        reader.access,
        since=_since(report, body),
        meeting=report.meeting,
    )


def _read_meeting(report: Report, reader: Reader) -> MeetingFacts:
    if report.meeting is None:
        raise JobError("La séance de ce document n’existe plus.")
    return meeting_facts(report.meeting, reader.governance)


def _read_matrix(report: Report, reader: Reader) -> MatrixFacts:
    if report.esms is None or report.matrix is None:
        raise JobError("La matrice de ce document n’existe plus.")
    report.esms.project = report.project
    return matrix_facts(report.matrix, report.esms, named=report.named)


def _read_analysis(report: Report, reader: Reader) -> AnalysisFacts:
    if report.esms is None or report.assessment is None:
        raise JobError("L’analyse de ce document n’existe plus.")
    if report.transmitted and not report.assessment.transmitted:
        raise JobError(
            "L’analyse a été renvoyée à la structure : demandez ce document quand elle sera de nouveau transmise."
        )
    report.esms.project = report.project
    try:
        return analysis_facts(report.assessment, report.esms, transmitted=report.transmitted, named=report.named)
    except LookupError:
        raise JobError("Les notes de cette analyse ne sont pas encore mises en commun.") from None


def _read_figures(report: Report, reader: Reader) -> StructureIndicatorFacts:
    period = filtered_period(report.filters)
    if report.esms is None or period is None:
        raise JobError("La période de ce document n’existe plus : choisissez-en une autre.")
    report.esms.project = report.project
    if period not in given_periods(report.esms):
        raise JobError(
            f"Le relevé {period.genitive} n’est plus rendu : demandez ce document quand il le sera de nouveau."
        )
    return structure_indicator_facts(report.esms, period)


def _read_consolidated(report: Report, reader: Reader) -> ConsolidatedFacts:
    campaign = filtered_campaign(report.project, report.filters)
    if campaign is None:
        raise JobError("La campagne de ce document n’existe plus : choisissez-en une autre.")
    return consolidated_facts(report.project, campaign)


def _body(report: Report, kind: BodyKind) -> Body:
    body = body_of(report.project, kind)
    if body is None:
        raise JobError(f"Ce projet n’a pas encore de {kind.label} : composez-le dans « Gouvernance ».")
    return body


def _since(report: Report, body: Body) -> date:
    """The day asked for; otherwise that of the last meeting that was closed by then."""
    if report.since:
        return report.since
    return last_day(last_closed(body, before=report.asked_at), report.project)


handles(ReportKind.CHECKLIST_FOR_COSTRAT)(_makes(_read_state, checklist_for_costrat))
handles(ReportKind.CHECKLIST)(_makes(_read_checklist, project_checklist))
handles(ReportKind.COSTRAT_ARBITRATIONS)(_makes(_read_costrat, costrat_arbitrations))
handles(ReportKind.COMOP_FOLLOW_UP)(_makes(_read_comop, comop_follow_up))
handles(ReportKind.AGENDA)(_makes(_read_meeting, agenda))
handles(ReportKind.MINUTES)(_makes(_read_meeting, minutes))
handles(ReportKind.HABILITATION_MATRIX)(_makes(_read_matrix, habilitation_matrix))
handles(ReportKind.RISK_ANALYSIS)(_makes(_read_analysis, risk_analysis))
handles(ReportKind.STRUCTURE_INDICATORS)(_makes(_read_figures, structure_indicators))
handles(ReportKind.RISKS_CONSOLIDATED)(_makes(_read_consolidated, risks_consolidated))
