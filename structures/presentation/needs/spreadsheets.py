"""The common expression of needs as a sheet: the base of the cahier des charges."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from common import french
from common.spreadsheets.tables import Column, Row, Sheet
from organisations.models import OG, Project
from structures.presentation.needs.expression import origin
from structures.presentation.needs.words import common_mark, domain_of, priority_of
from structures.selectors.needs.project import CommonLine

COLUMNS = (
    Column("N°", 6),
    Column("Domaine", 26),
    Column("Besoin", 50),
    Column("Description", 60),
    Column("Priorité", 18),
    Column("Suite donnée", 26),
    Column("Motif", 40),
    Column("Structures", 12, centred=True),
    Column("OG", 8, centred=True),
)
ORIGIN = Column("Origine par OG", 40)


def sheet(project: Project, lines: Sequence[CommonLine], ogs: Mapping[UUID, OG] | None) -> Sheet:
    """`ogs`: given to who may know from which OG a need comes."""
    rows = [
        Row(
            [
                f"{one.need.number}",
                domain_of(one.need),
                one.need.title,
                one.need.description,
                priority_of(one.need),
                common_mark(one.need).text,
                one.need.reason,
                f"{one.carried.structures}",
                f"{one.carried.ogs}",
                *([origin(one.carried, ogs)] if ogs else []),
            ]
        )
        for one in lines
    ]
    title = f"{project.short_name}, expression commune des besoins"
    return Sheet("Besoins", [*COLUMNS, *([ORIGIN] if ogs else [])], rows, title=title, frozen=1)


def file_name(project: Project, extension: str) -> str:
    return f"besoins-{project.slug}-{french.today():%Y-%m-%d}.{extension}"
