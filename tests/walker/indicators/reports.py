"""The document about the indicators of a structure: for its people, who is above it, and the lead."""

from typing import Any

from common.scope import elevated
from reports.enums import ReportKind
from reports.models import Report
from reports.selectors.structure_indicators import period_filter
from tests.factories import JobFactory, ReportFactory
from tests.harness.indicators import current_period
from tests.harness.world import World
from tests.walker.base import (
    DPO,
    ESMS_DIRECTOR,
    LEAD,
    OG_DIRECTOR,
    REFERENT,
    RIVAL_DIRECTOR,
    TOKEN,
    Row,
    Values,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
MADE, FAILED = 91, 92  # numbers of reports


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def report(number: int, esms: int = 0) -> Values:
    """A document of « foyer » (0) or « foyer-aval » (2)."""

    def values(world: World) -> dict[str, Any]:
        structure = world.own.structures[esms]
        with elevated():
            if not Report.objects.filter(project=world.project, number=number).exists():
                _write(world, number, esms=structure, og=structure.og)
        return {"esms_slug": structure.slug, "number": number}

    return values


def _write(world: World, number: int, **values: Any) -> None:
    kind = ReportKind.STRUCTURE_INDICATORS
    ends = {"failed": True} if number == FAILED else {"finished": True}
    ReportFactory(
        project=world.project,
        number=number,
        kind=kind,
        asked_by=world.lead,
        since=None,
        filters=period_filter(current_period().previous),
        job=JobFactory(project_id=world.project.pk, asked_by=world.lead, kind=kind, **ends),
        **values,
    )


def none_of_theirs(number: int) -> dict[str, Values]:
    """A number that only the other project has; one that nobody has."""
    return {"strange": at("foyer", number=44), "missing": at("foyer", number=99)}


def asking(world: World) -> dict[str, Any]:
    return {"period": current_period().previous.code, "token": TOKEN}


ROWS: list[Row] = [
    Row(
        "structure_indicators_pdf",
        get={200: INSIDERS},
        post={302: INSIDERS},
        otherwise=404,
        place=at("foyer"),
        strange=at("ailleurs-seulement"),
        missing=at("absente"),
        body=asking,
    ),
    Row(
        "structure_indicators_pdf",
        get={200: {LEAD, OG_DIRECTOR}},
        post={302: {LEAD, OG_DIRECTOR}},
        otherwise=404,
        place=at("atelier"),
        body=asking,
        note="another structure of the same OG",
    ),
    Row(
        "structure_indicators_pdf",
        get={200: {LEAD, RIVAL_DIRECTOR}},
        post={302: {LEAD, RIVAL_DIRECTOR}},
        otherwise=404,
        place=at("foyer-aval"),
        body=asking,
        note="a structure of the other OG",
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
                place=report(MADE),
                note="indicators",
                **none_of_theirs(MADE),
            ),
            Row(
                name,
                get={200: {LEAD, RIVAL_DIRECTOR}},
                post={405: {LEAD, RIVAL_DIRECTOR}},
                otherwise=404,
                place=report(MADE, 2),
                note="indicators of a structure of the other OG",
            ),
        )
    ),
    Row(
        "structure_report_retry",
        get={405: INSIDERS, 403: {DPO}},
        post={302: INSIDERS, 403: {DPO}},
        otherwise=404,
        place=report(FAILED),
        note="indicators",
        **none_of_theirs(FAILED),
    ),
]
