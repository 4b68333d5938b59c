"""Who represents whom at the COMOP, in French: OG × category of structures."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.charts import HeatCell, HeatGroup, HeatMap, HeatRow
from common.ui import Link
from governance.composition import Cell, Coverage, Spoken
from governance.models import Body
from governance.presentation.seats import body_code
from organisations.models import Project

LEGEND = (("ok", "Représentée"), ("late", "En partie"), ("ko", "Par personne"), ("none", "L’OG n’en a pas"))


def coverage_map(coverage: Coverage) -> HeatMap:
    """Who represents whom at the COMOP: OG × category of structures."""
    silent, partly = coverage.those(Spoken.BY_NOBODY), coverage.those(Spoken.PARTLY)
    return HeatMap(
        title=_coverage_title(len(silent), len(coverage.cells)),
        sentence=_coverage_sentence(silent, partly),
        context="Pour chaque OG, qui parle au nom de chaque catégorie de structures",
        columns=[category.label for category in coverage.categories],
        groups=[
            HeatGroup(
                [
                    HeatRow(french.typography(partner.name), [_heat(cell) for cell in cells])
                    for partner, cells in coverage.lines
                ]
            )
        ],
        row_label="OG",
        legend=LEGEND,
        empty="Le projet n’a pas encore de structure à représenter.",
    )


def _coverage_title(silent: int, total: int) -> str:
    if not silent:
        return "Chaque catégorie de structures a sa voix"
    if silent == total:
        return "Aucune catégorie de structures n’a encore de voix"
    count = french.capital(french.counted(silent, "catégorie", "catégories", feminine=True))
    return f"{count} sur {french.in_words(total)} {french.agree(silent, 'n’a', 'n’ont')} pas de voix"


def _coverage_sentence(silent: Sequence[Cell], partly: Sequence[Cell]) -> str:
    said = [f"Personne ne représente {french.listed([_cell_name(cell) for cell in silent])}."] if silent else []
    if partly:
        verb = french.agree(len(partly), "est représenté", "sont représentés")
        said.append(f"{french.capital(french.listed([_cell_name(cell) for cell in partly]))} {verb} en partie.")
    return french.typography(" ".join(said))


def _cell_name(cell: Cell) -> str:
    return f"« {cell.category.label} » ({cell.partner.name})"


def _heat(cell: Cell) -> HeatCell:
    if cell.spoken is Spoken.ABSENT:
        return HeatCell("none", "Sans objet")
    if cell.spoken is Spoken.BY_NOBODY:
        return HeatCell("ko", "Personne")
    who = ", ".join(cell.people)
    if cell.spoken is Spoken.WHOLLY:
        return HeatCell("ok", french.typography(who))
    served = len(cell.structures) - len(cell.alone)
    return HeatCell("late", french.typography(f"{who} ({served} sur {len(cell.structures)})"))


def to_name(coverage: Coverage, body: Body, project: Project) -> list[Link]:
    """Where to name who will speak for those for whom nobody does."""
    add = reverse("seat_add", args=[project.slug, body_code(body)])
    return [
        Link(
            french.typography(f"Nommer une voix pour {_cell_name(cell)}"),
            f"{add}?{urlencode({'og': cell.partner.id, 'categorie': cell.category.value})}",
        )
        for cell in coverage.those(Spoken.BY_NOBODY)
    ]
