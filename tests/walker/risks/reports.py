"""The documents about risks: of a structure, for its people, and those above once it is transmitted; consolidated, for
the lead."""

from typing import Any

from common.scope import elevated
from reports.enums import ReportKind
from reports.models import Report
from reports.selectors.campaigns import campaign_filter
from tests.factories import JobFactory, ReportFactory
from tests.harness.world import World
from tests.walker.base import (
    COMOP,
    DPO,
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    ONLY_LEAD,
    PURCHASING,
    REFERENT,
    REPORT_READERS,
    RIVAL_DIRECTOR,
    TOKEN,
    Row,
    Values,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
OWN = frozenset({ESMS_DIRECTOR, REFERENT})
DOCUMENT_READERS = REPORT_READERS | {COMOP, PURCHASING}  # who open documents of the project
TRANSMITTED, WORKING, FAILED, CONSOLIDATED = 81, 82, 83, 84  # numbers of reports


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def report(number: int, esms: int = 0) -> Values:
    """A document of « foyer » (0) or « foyer-aval » (2)."""

    def values(world: World) -> dict[str, Any]:
        structure, work = world.own.structures[esms], world.own.risk_work[esms]
        told = number != WORKING
        _write(
            world,
            number,
            ReportKind.RISK_ANALYSIS,
            esms=structure,
            og=structure.og,
            assessment=work.sent if told else work.assessment,
            transmitted=told,
        )
        return {"esms_slug": structure.slug, "number": number}

    return values


def consolidated(world: World) -> dict[str, Any]:
    _write(world, CONSOLIDATED, ReportKind.RISKS_CONSOLIDATED, filters=campaign_filter(2))
    return {"number": CONSOLIDATED}


def _write(world: World, number: int, kind: ReportKind, **values: Any) -> None:
    with elevated():
        if Report.objects.filter(project=world.project, number=number).exists():
            return
    ends = {"failed": True} if number == FAILED else {"finished": True}
    job = JobFactory(project_id=world.project.pk, asked_by=world.lead, kind=kind, **ends)
    ReportFactory(project=world.project, number=number, kind=kind, asked_by=world.lead, since=None, job=job, **values)


def none_of_theirs(number: int) -> dict[str, Values]:
    """A number that only the other project has; one that nobody has."""
    return {"strange": at("foyer", number=44), "missing": at("foyer", number=99)}


def asking(index: int) -> Values:
    return lambda world: {"assessment": world.own.risk_work[index].sent.pk, "token": TOKEN}


ROWS: list[Row] = [
    Row(
        "risk_analysis_pdf",
        get={200: INSIDERS},
        post={302: INSIDERS},
        otherwise=404,
        place=at("foyer"),
        strange=at("ailleurs-seulement"),
        missing=at("absente"),
        body=asking(0),
    ),
    Row(
        "risk_analysis_pdf",
        get={200: {LEAD, OG_DIRECTOR}},
        post={302: {LEAD, OG_DIRECTOR}},
        otherwise=404,
        place=at("atelier"),
        body=asking(1),
        note="another structure of the same OG",
    ),
    Row(
        "risk_analysis_pdf",
        get={200: {LEAD, RIVAL_DIRECTOR}},
        post={302: {LEAD, RIVAL_DIRECTOR}},
        otherwise=404,
        place=at("foyer-aval"),
        body=asking(2),
        note="a structure of the other OG",
    ),
    Row(
        "risk_analysis_pdf",
        get={200: INSIDERS},
        post={422: INSIDERS},
        otherwise=404,
        place=at("foyer"),
        body=asking(1),
        note="the analysis of another structure",
    ),
    *(
        row
        for name in ("structure_report", "structure_report_download")
        for row in (
            Row(
                name,
                get={200: INSIDERS},
                post={405: INSIDERS},
                otherwise=404,
                place=report(TRANSMITTED),
                note="a transmitted analysis",
                **none_of_theirs(TRANSMITTED),
            ),
            Row(
                name,
                get={200: OWN},
                post={405: OWN},
                otherwise=404,
                place=report(WORKING),
                note="an analysis that isn't transmitted",
            ),
            Row(
                name,
                get={200: {LEAD, RIVAL_DIRECTOR}},
                post={405: {LEAD, RIVAL_DIRECTOR}},
                otherwise=404,
                place=report(TRANSMITTED, 2),
                note="an analysis of a structure of the other OG",
            ),
        )
    ),
    Row(
        "structure_report_retry",
        get={405: INSIDERS, 403: {DPO}},
        post={302: INSIDERS, 403: {DPO}},
        otherwise=404,
        place=report(FAILED),
        note="an analysis of risks",
        **none_of_theirs(FAILED),
    ),
    Row(
        "report_ask",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"document": "risques-consolides"},
        body=lambda world: {"campaign": world.own.risks.second.number, "token": TOKEN},
        note="the consolidated analysis of risks",
    ),
    *(
        Row(
            name,
            get={200: ONLY_LEAD, 404: DOCUMENT_READERS - ONLY_LEAD},
            post={405: ONLY_LEAD, 404: DOCUMENT_READERS - ONLY_LEAD},
            place=consolidated,
            note="the consolidated analysis of risks",
        )
        for name in ("report", "report_download")
    ),
]
