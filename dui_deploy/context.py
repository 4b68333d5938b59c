"""What the frame of every page shows: where one is, and where one may go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from common.ui import Link
from organisations.access import Access
from organisations.enums import Level, Permission
from organisations.models import ESMS, Project


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
    ("Risques", "shield", "project_risks", (Permission.VIEW_RISKS, Permission.VIEW_STRUCTURES)),
    (
        "Indicateurs",
        "chart",
        "indicators",
        (
            Permission.VIEW_INDICATORS,
            Permission.VIEW_INDICATOR_TOTALS,
            Permission.VIEW_TICKET_TOTALS,
            Permission.VIEW_STRUCTURES,
        ),
    ),
    ("Rapports", "doc", "reports", (Permission.VIEW_COSTRAT_REPORTS, Permission.VIEW_COMOP_REPORTS)),
    ("Qui a accès à quoi", "people", "people", (Permission.VIEW_PROJECT,)),
    ("Réglages", "tune", "project_settings", (Permission.MANAGE_PROJECT,)),
)
# The same, one level down, in a structure.
STRUCTURE_CONCERNS = (
    ("Accueil", "home", "structure", (Permission.VIEW_STRUCTURES,)),
    ("Parcours", "list", "pathway", (Permission.VIEW_STRUCTURES,)),
    ("État des lieux", "building", "inventory", (Permission.VIEW_STRUCTURES,)),
    ("Risques", "shield", "esms_risk_questionnaire", (Permission.VIEW_STRUCTURES,)),
    ("Indicateurs", "chart", "structure_indicators", (Permission.VIEW_STRUCTURES, Permission.VIEW_INDICATORS)),
    ("Documents", "doc", "document_base", (Permission.VIEW_STRUCTURES, Permission.VIEW_STRUCTURE_DOCUMENTS)),
    ("Personnes", "user", "people_home", (Permission.VIEW_STRUCTURES,)),
    ("Besoins", "chat", "need_home", (Permission.VIEW_STRUCTURES,)),
    (
        "Habilitations",
        "lock",
        "habilitation_matrix",
        (Permission.VIEW_STRUCTURES, Permission.VIEW_HABILITATIONS, Permission.VIEW_VALIDATED_MATRICES),
    ),
    (
        "Rapports",
        "doc",
        "structure_reports",
        (Permission.VIEW_STRUCTURES, Permission.VIEW_HABILITATIONS, Permission.VIEW_VALIDATED_MATRICES),
    ),
    ("Équipe et accès", "people", "structure_team", (Permission.VIEW_STRUCTURES,)),
)
# What the project follows of all its structures: tabs beside their directory.
FOLLOW_UP = (
    ("structures", "Annuaire", (Permission.VIEW_PROJECT,)),
    ("pathway_follow_up", "Parcours", (Permission.VIEW_STRUCTURES, Permission.VIEW_STRUCTURE_AGGREGATES)),
    (
        "inventory_follow_up",
        "États des lieux",
        (Permission.VIEW_STRUCTURES, Permission.VIEW_STRUCTURE_AGGREGATES),
    ),
    ("document_follow_up", "Documents", (Permission.VIEW_STRUCTURES, Permission.VIEW_STRUCTURE_DOCUMENTS)),
    ("people_follow_up", "Personnes ressources", (Permission.VIEW_STRUCTURES,)),
    ("need_follow_up", "Besoins", (Permission.VIEW_COMMON_NEEDS,)),
    (
        "habilitation_follow_up",
        "Habilitations",
        (Permission.VIEW_STRUCTURES, Permission.VIEW_HABILITATIONS, Permission.VIEW_VALIDATED_MATRICES),
    ),
)
FOLLOW_UP_PREFIX = "suivi/"
# Pages that are the whole address of their concern; of the others, what stands below is theirs too.
ALONE = {"project", "structure"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """The project that the page is about, if any, its concerns, and the projects to switch to. No query."""
    project, structure = getattr(request, "project", None), getattr(request, "esms", None)
    follow_up = _follow_up(request, project) if project and structure is None else []
    return {
        "project": project,
        "projects": getattr(request, "projects", []),
        "structure": structure,
        "nav": _nav(request, project, structure) if project else [],
        "follow_up_tabs": follow_up if len(follow_up) > 1 else [],
        "demo": settings.DEMO,
        "site_name": "Passerelle DUI",
    }


def _nav(request: HttpRequest, project: Project, structure: ESMS | None) -> list[NavItem]:
    return (
        _structure_concerns(request.path, request.access, project, structure)
        if structure
        else _concerns(request.path, request.access, project)
    )


def _concerns(path: str, access: Access, project: Project) -> list[NavItem]:
    items = []
    for label, icon, name, permissions in CONCERNS:
        if access.in_project(project, *permissions) or _of_own_og(access, project, permissions):
            url = reverse(name, args=[project.slug])
            followed = name == "structures" and path.startswith(_follow_up_url(project))
            items.append(NavItem(label, icon, url, _is_here(path, url, name) or followed))
    return items


def _structure_concerns(path: str, access: Access, project: Project, structure: ESMS) -> list[NavItem]:
    items = []
    for label, icon, name, permissions in STRUCTURE_CONCERNS:
        if access.in_esms(structure, *permissions):
            url = reverse(name, args=[project.slug, structure.slug])
            items.append(NavItem(label, icon, url, _is_here(path, url, name)))
    return items


def _follow_up(request: HttpRequest, project: Project) -> list[Link]:
    here = reverse("structures", args=[project.slug])
    if request.path != here and not request.path.startswith(_follow_up_url(project)):
        return []
    return [
        Link(label, url, current=request.path == url if name == "structures" else request.path.startswith(url))
        for name, label, permissions in FOLLOW_UP
        if request.access.in_project(project, *permissions) or _of_own_og(request.access, project, permissions)
        for url in [reverse(name, args=[project.slug])]
    ]


def _of_own_og(access: Access, project: Project, permissions: tuple[Permission, ...]) -> bool:
    """The direction of an OG of this project follows its structures."""
    return project.directs_og and any(access.ids_with(Level.OG, item) for item in permissions)


def _follow_up_url(project: Project) -> str:
    return reverse("project", args=[project.slug]) + FOLLOW_UP_PREFIX


def _is_here(path: str, url: str, name: str) -> bool:
    return path == url if name in ALONE else path.startswith(url)
