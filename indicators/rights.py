"""What one person may do with indicators (product.md, « Who may do what », row « indicators »)."""

from dataclasses import dataclass

from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS, Project


@dataclass(frozen=True)
class Rights:
    """In a structure, or in the project as a whole. `inside`: of the structure's own people, who see what is not given
    yet; `fills`: enters and submits; `validates`: has the last word, and gives keys. `everywhere`: reads the figures of
    each structure of the project; `totals`, `tickets`: figures of the whole only, of all indicators or of support;
    `defines`: chooses indicators, targets and rules, leads campaigns."""

    inside: bool
    fills: bool
    validates: bool
    everywhere: bool
    totals: bool
    tickets: bool
    defines: bool


def rights_in(project: Project, access: Access, esms: ESMS | None = None) -> Rights:
    """The rights of a person. No query."""
    own = str(esms.pk) if esms else ""
    return Rights(
        inside=own in access.ids_with(Level.ESMS, Permission.VIEW_STRUCTURES),
        fills=own in access.ids_with(Level.ESMS, Permission.FILL_STRUCTURES),
        validates=own in access.ids_with(Level.ESMS, Permission.VALIDATE_STRUCTURES),
        everywhere=access.in_project(project, Permission.VIEW_INDICATORS),
        totals=access.in_project(project, Permission.VIEW_INDICATOR_TOTALS),
        tickets=access.in_project(project, Permission.VIEW_TICKET_TOTALS),
        defines=access.in_project(project, Permission.MANAGE_INDICATORS),
    )
