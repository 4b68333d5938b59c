"""What the frame of every page shows: where one is, and where one may go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from organisations.access import Access
from organisations.enums import Permission
from organisations.models import Project


@dataclass(frozen=True)
class NavItem:
    label: str
    icon: str
    url: str
    current: bool


# The concerns of a project in the order of the work: label, icon, URL name, and the permissions of which one opens it.
CONCERNS = (
    ("Vue d’ensemble", "home", "project", (Permission.VIEW_PROJECT,)),
    ("Checklist", "list", "checklist", (Permission.VIEW_CHECKLIST, Permission.VIEW_OWN_ACTIONS)),
    ("Gouvernance", "vote", "governance", (Permission.VIEW_PROJECT,)),
    ("Structures", "building", "structures", (Permission.VIEW_PROJECT,)),
    ("Rapports", "doc", "reports", (Permission.VIEW_COSTRAT_REPORTS, Permission.VIEW_COMOP_REPORTS)),
    ("Qui a accès à quoi", "people", "people", (Permission.VIEW_PROJECT,)),
    ("Réglages", "tune", "project_settings", (Permission.MANAGE_PROJECT,)),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The project that the page is about, if any, its concerns, and the projects to switch to. No query."""
    project = getattr(request, "project", None)
    return {
        "project": project,
        "projects": getattr(request, "projects", []),
        "nav": _concerns(request.path, request.access, project) if project else [],
        "demo": settings.DEMO,
        "site_name": "Passerelle DUI",
    }


def _concerns(path: str, access: Access, project: Project) -> list[NavItem]:
    items = []
    for label, icon, name, permissions in CONCERNS:
        if access.in_project(project, *permissions):
            url = reverse(name, args=[project.slug])
            here = path == url if name == "project" else path.startswith(url)
            items.append(NavItem(label, icon, url, here))
    return items
