"""What one person may do with risks (product.md, « Who may do what », row « risk answers »)."""

from dataclasses import dataclass

from organisations.access import Access
from organisations.enums import Level, Permission
from risks.places import Place


@dataclass(frozen=True)
class Rights:
    """In one place. `inside`: reads all of it (the structure's own people; in the project, its lead); others read what
    was transmitted. `fills`: answers, agrees, keeps the register; `validates`: has the last word and transmits;
    `leads`: opens campaigns, sends back, asks. `register`: reads the project's own register."""

    inside: bool
    fills: bool
    validates: bool
    leads: bool
    register: bool


def rights_in(place: Place, access: Access) -> Rights:
    """The rights of a person in one place. No query."""
    leads = access.in_project(place.project, Permission.MANAGE_RISKS)
    register = access.in_project(place.project, Permission.VIEW_RISKS)
    if place.esms is None:
        return Rights(inside=leads, fills=leads, validates=leads, leads=leads, register=register)
    own = str(place.esms.pk)
    return Rights(
        inside=own in access.ids_with(Level.ESMS, Permission.VIEW_STRUCTURES),
        fills=own in access.ids_with(Level.ESMS, Permission.FILL_STRUCTURES),
        validates=own in access.ids_with(Level.ESMS, Permission.VALIDATE_STRUCTURES),
        leads=leads,
        register=register,
    )
