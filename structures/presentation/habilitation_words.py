"""Accesses, headcounts and who did what, in words."""

from django.urls import reverse

from common import french
from organisations.models import ESMS, Project
from structures.catalogue.habilitations import Catalogue, Cell
from structures.enums.habilitations import AccessLevel, Perimeter
from structures.habilitation_rules import Headcount

_REACH = {Perimeter.UNIT: "unité", Perimeter.ESMS: "ESMS", Perimeter.OG: "OG"}


def access(cell: Cell) -> str:
    """« Lecture, unité », « Aucun »."""
    return ", ".join([cell.level.label, *([_REACH[cell.perimeter]] if cell.perimeter else [])])


def place(catalogue: Catalogue, profile: str, domain: str | None) -> str:
    """« Éducateur, Bilans et rééducation », or the profile alone."""
    label = catalogue.profiles[profile].label
    return f"{label}, {catalogue.domains[domain].label}" if domain else label


def said_of(catalogue: Catalogue, profile: str, domain: str, cell: Cell, proposal: Cell | None = None) -> str:
    """What a reader hears of a cell of the grid; with the proposal when it differs."""
    text = f"{place(catalogue, profile, domain)} : {access(cell)}"
    if proposal:
        text += f" ; la proposition disait {access(proposal)}"
    return french.typography(text)


def letters(cell: Cell) -> str:
    """« Lu », « E », « – »: as the grid shows it, the perimeter only when it is not the whole structure."""
    narrow = cell.perimeter.letter if cell.perimeter in {Perimeter.UNIT, Perimeter.OG} else ""
    return cell.level.letter + narrow


def users(head: Headcount) -> str:
    """« 20 », « sans objet », « à saisir »."""
    if head.unused:
        return "sans objet"
    return french.number(head.users) if head.users else "à saisir"


def rank_word(before: Cell, after: Cell) -> str:
    """Whether an access was opened, closed, widened, narrowed."""
    if before.level == AccessLevel.NONE:
        return "ouvert"
    if after.level == AccessLevel.NONE:
        return "fermé"
    reach = [cell.perimeter.rank if cell.perimeter else 0 for cell in (before, after)]
    wider = after.level.rank > before.level.rank or (after.level == before.level and reach[1] > reach[0])
    return "élargi" if wider else "restreint"


def cell_key(profile: str, domain: str) -> str:
    """The place of an access in the page."""
    return f"acces-{profile}-{domain}"


def cell_url(project: Project, esms: ESMS, profile: str, domain: str) -> str:
    """Where it is changed."""
    return reverse("habilitation_cell", args=[project.slug, esms.slug, profile, domain])
