"""What one person may do in the work of a structure (product.md, « Who may do what », row « structure data »)."""

from dataclasses import dataclass

from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS, Project


@dataclass(frozen=True)
class Rights:
    """`fills`: direction and referents of the structure; `validates`: its direction; `coordinates`: the project lead,
    who reads, asks and reminds but neither fills nor validates."""

    reads: bool
    fills: bool
    validates: bool
    coordinates: bool


def rights_in(esms: ESMS, access: Access) -> Rights:
    """The rights of a person in one structure. No query."""
    own = str(esms.pk)
    return Rights(
        reads=access.in_esms(esms, Permission.VIEW_STRUCTURES),
        fills=own in access.ids_with(Level.ESMS, Permission.FILL_STRUCTURES),
        validates=own in access.ids_with(Level.ESMS, Permission.VALIDATE_STRUCTURES),
        coordinates=coordinates(esms.project, access),
    )


def coordinates(project: Project, access: Access) -> bool:
    """Whether a person follows, asks and reminds the structures of a project."""
    return access.in_project(project, Permission.COORDINATE_STRUCTURES)
