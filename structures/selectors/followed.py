"""The structures that one person follows from the project's side."""

from django.db.models import Q
from django.db.models.expressions import RawSQL

from common.scope import as_array
from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS, OG, Project


def structures_followed(project: Project, access: Access, *permissions: Permission) -> list[ESMS]:
    """The structures of a project, for the lead and who has one of these permissions on it; of their OG for the others.
    By OG and name. One query."""
    rows = ESMS.objects.filter(project=project).select_related("og").order_by("og__name", "name")
    if not access.in_project(project, Permission.VIEW_STRUCTURES, *permissions):
        rows = rows.filter(_of_own_og(access, "og_id"))
    found = list(rows)
    for esms in found:
        esms.project = project
    return found


def follows(project: Project, access: Access, *permissions: Permission) -> bool:
    """Whether this person follows structures of the project: all of them, or those of an OG. One query at most."""
    if access.in_project(project, Permission.VIEW_STRUCTURES, *permissions):
        return True
    return OG.objects.filter(_of_own_og(access, "pk"), project=project).exists()


def _of_own_og(access: Access, column: str) -> Q:
    ids = as_array(access.ids_with(Level.OG, Permission.VIEW_STRUCTURES))
    return Q(**{f"{column}__in": RawSQL("select unnest(%s::uuid[])", [ids])})
