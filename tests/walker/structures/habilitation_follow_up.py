"""The matrices as the project follows them, their workbooks, and the documents of a structure."""

from typing import Any

from common.scope import elevated
from organisations.models import ESMS
from reports.enums import ReportKind
from reports.models import Report
from structures.enums.habilitations import MatrixStatus
from structures.models import HabilitationMatrix
from tests.factories import ESMSFactory, JobFactory, ReportFactory
from tests.harness.world import World
from tests.structures.habilitation_matrices import matrix_of
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
    VENDOR,
    Row,
    Values,
    form,
)

INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »
READING = INSIDERS | {DPO}
DOCUMENT_READERS = REPORT_READERS | {COMOP, PURCHASING}  # who open documents of the project
FOLLOWING = frozenset({LEAD, DPO, OG_DIRECTOR, RIVAL_DIRECTOR})
READY, FAILED, OF_VENDOR = 61, 62, 63  # numbers of reports
REVIEWED = "relue"


def at(slug: str, **more: Any) -> Values:
    return lambda world: {"esms_slug": slug, **more}


def here(**more: Any) -> dict[str, Values]:
    """In the structure « foyer »; in one that only the other project has; in none."""
    return {
        "place": at("foyer", **more),
        "strange": at("ailleurs-seulement", **more),
        "missing": at("absente", **more),
    }


def reviewed(world: World) -> HabilitationMatrix:
    """A validated matrix that waits for the lead, in a structure that prepares no other."""
    with elevated():
        if found := HabilitationMatrix.objects.filter(project=world.project, esms__slug=REVIEWED).first():
            return found
        esms = ESMSFactory(og=world.own.ogs[0], name="Résidence", slug=REVIEWED)
    return matrix_of(esms, world.lead, status=MatrixStatus.APPROVED)


def review(world: World) -> dict[str, Any]:
    return {"esms_slug": REVIEWED, "number": reviewed(world).number}


def deciding(**values: str) -> Values:
    return lambda world: {"version": reviewed(world).version, **values}


def consolidated(world: World) -> HabilitationMatrix:
    """The matrix in force in « foyer », once the vendor reads it."""
    with elevated():
        rows = HabilitationMatrix.objects.filter(pk=world.own.work[0].habilitations.approved.pk)
        if rows.filter(status=MatrixStatus.APPROVED).exists():
            rows.update(
                status=MatrixStatus.CONSOLIDATED,
                consolidated_by=world.lead,
                consolidated_at=world.own.work[0].habilitations.approved.approved_at,
            )
        return rows.get()


def report(number: int, esms: int = 0) -> Values:
    """A document of « foyer » (0), « atelier » (1) or « foyer-aval » (2)."""

    def values(world: World) -> dict[str, Any]:
        structure = world.own.structures[esms]
        if number == OF_VENDOR:
            consolidated(world)
        _write(world, structure, world.own.work[esms].habilitations.approved, number)
        return {"esms_slug": structure.slug, "number": number}

    return values


def _write(world: World, esms: ESMS, matrix: HabilitationMatrix, number: int) -> None:
    with elevated():
        if Report.objects.filter(project=world.project, number=number).exists():
            return
    kind = ReportKind.HABILITATION_MATRIX
    job = JobFactory(
        project_id=world.project.pk,
        asked_by=world.lead,
        kind=kind,
        **({"failed": True} if number == FAILED else {"finished": True}),
    )
    ReportFactory(
        project=world.project,
        number=number,
        kind=kind,
        asked_by=world.lead,
        esms=esms,
        og=esms.og,
        matrix=matrix,
        since=None,
        consolidated=number == OF_VENDOR,
        job=job,
    )


def none_of_theirs(number: int) -> dict[str, Values]:
    """A number that only the other project has; one that nobody has."""
    return {"strange": at("foyer", number=44), "missing": at("foyer", number=99)}


def with_consolidated(world: World) -> dict[str, Any]:
    consolidated(world)
    return {"esms_slug": "foyer"}


def asking(index: int) -> Values:
    return lambda world: {"matrix": world.own.work[index].habilitations.approved.pk, "token": TOKEN}


ROWS = [
    Row("habilitation_follow_up", get={200: FOLLOWING | {VENDOR}}, post={405: FOLLOWING | {VENDOR}}),
    Row("habilitation_export_all", get={200: FOLLOWING | {VENDOR}}, post={405: FOLLOWING | {VENDOR}}),
    Row("habilitation_gaps", get={200: FOLLOWING}, post={405: FOLLOWING}),
    Row(
        "habilitation_gap",
        get={200: FOLLOWING},
        post={405: FOLLOWING},
        place=form(profile="nurse", domain="medical_record"),
        missing=form(profile="nurse", domain="kitchen"),
    ),
    Row(
        "habilitation_review",
        get={200: ONLY_LEAD},
        post={405: ONLY_LEAD},
        place=review,
        strange=at("ailleurs-seulement", number=1),
        missing=at("absente", number=1),
    ),
    Row(
        "habilitation_consolidate",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=review,
        strange=at("ailleurs-seulement", number=1),
        missing=at("absente", number=1),
        body=deciding(),
    ),
    Row(
        "habilitation_send_back",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=review,
        strange=at("ailleurs-seulement", number=1),
        missing=at("absente", number=1),
        body=deciding(note="Reprenez les effectifs."),
    ),
    Row(
        "habilitation_export",
        get={200: READING},
        post={405: READING},
        otherwise=404,
        note="without its check, the rows' own policy still answers 404",
        **here(),
    ),
    Row(
        "habilitation_export",
        get={200: {LEAD, RIVAL_DIRECTOR, DPO}},
        post={405: {LEAD, RIVAL_DIRECTOR, DPO}},
        otherwise=404,
        place=at("foyer-aval"),
        note="a structure of the other OG",
    ),
    Row(
        "habilitation_export",
        get={200: READING | {VENDOR}},
        post={405: READING | {VENDOR}},
        otherwise=404,
        place=with_consolidated,
        note="once it is consolidated",
    ),
    Row(
        "habilitation_pdf",
        get={200: INSIDERS, 403: {DPO}},
        post={302: INSIDERS, 403: {DPO}},
        otherwise=404,
        body=asking(0),
        **here(),
    ),
    Row(
        "habilitation_pdf",
        get={200: {LEAD, OG_DIRECTOR}, 403: {DPO}},
        post={302: {LEAD, OG_DIRECTOR}, 403: {DPO}},
        otherwise=404,
        place=at("atelier"),
        body=asking(1),
        note="another structure of the same OG",
    ),
    Row(
        "habilitation_pdf",
        get={200: INSIDERS, 403: {DPO}},
        post={422: INSIDERS, 403: {DPO}},
        otherwise=404,
        place=at("foyer"),
        body=asking(1),
        note="the matrix of another structure",
    ),
    Row("structure_reports", get={200: READING}, post={405: READING}, otherwise=404, **here()),
    Row(
        "structure_reports",
        get={200: READING | {VENDOR}},
        post={405: READING | {VENDOR}},
        otherwise=404,
        place=with_consolidated,
        note="once its matrix is consolidated",
    ),
    *(
        row
        for name in ("structure_report", "structure_report_download")
        for row in (
            Row(
                name,
                get={200: READING},
                post={405: READING},
                otherwise=404,
                place=report(READY),
                note="without its check, the rows' own policy still answers 404",
                **none_of_theirs(READY),
            ),
            Row(
                name,
                get={200: {LEAD, RIVAL_DIRECTOR, DPO}},
                post={405: {LEAD, RIVAL_DIRECTOR, DPO}},
                otherwise=404,
                place=report(READY, 2),
                note="of a structure of the other OG",
            ),
            Row(
                name,
                get={200: READING | {VENDOR}},
                post={405: READING | {VENDOR}},
                otherwise=404,
                place=report(OF_VENDOR),
                note="of a consolidated matrix",
            ),
        )
    ),
    Row(
        "structure_report_retry",
        get={405: INSIDERS, 403: {DPO}},
        post={302: INSIDERS, 403: {DPO}},
        otherwise=404,
        place=report(FAILED),
        **none_of_theirs(FAILED),
    ),
    # Under the project's own address a document of a structure isn't there.
    Row(
        "report",
        get={404: DOCUMENT_READERS},
        post={404: DOCUMENT_READERS},
        place=lambda world: {"number": report(READY)(world)["number"]},
        note="a document of a structure under the address of the project's",
    ),
]
