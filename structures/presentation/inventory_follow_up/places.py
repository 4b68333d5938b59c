"""Addresses of the follow-up of inventories, kept under the filters that are on."""

from urllib.parse import urlencode

from django.urls import reverse

from common.ui import Link
from organisations.models import ESMS, Project
from organisations.presentation.words import crumbs as project_crumbs
from structures.forms.inventory_follow_up import Filters

# Pages for who reads structures one by one: URL name, label.
PAGES = (
    ("inventory_follow_up", "L’essentiel"),
    ("inventory_software", "Logiciels"),
    ("inventory_means", "Réseau, postes, équipes"),
    ("inventory_competing", "Autres projets"),
    ("inventory_fields", "Comparer"),
)
FIGURES = ("inventory_figures", "Tout le projet en chiffres")
THRESHOLDS = ("inventory_thresholds", "Seuils")


def page_url(name: str, project: Project, filters: Filters | None = None, **more: str) -> str:
    """A page of the follow-up, filtered as this one is."""
    query = urlencode({**(filters.parameters if filters else {}), **more})
    url = reverse(name, args=[project.slug])
    return f"{url}?{query}" if query else url


def field_url(project: Project, code: str, filters: Filters | None = None) -> str:
    query = urlencode(filters.parameters) if filters else ""
    url = reverse("inventory_field", args=[project.slug, code])
    return f"{url}?{query}" if query else url


def inventory_url(project: Project, esms: ESMS) -> str:
    """The inventory of a structure."""
    return reverse("inventory", args=[project.slug, esms.slug])


def section_url(project: Project, esms: ESMS, section: str) -> str:
    """A section of it."""
    return reverse("inventory_section", args=[project.slug, esms.slug, section])


def tabs(
    project: Project,
    current: str,
    filters: Filters | None = None,
    *,
    follows: bool = True,
    figures: bool = False,
    thresholds: bool = False,
) -> list[Link]:
    """The pages that this person may open; the filters follow from one to the other."""
    found = [Link(label, page_url(name, project, filters), current=name == current) for name, label in PAGES if follows]
    for shown, (name, label) in ((figures, FIGURES), (thresholds, THRESHOLDS)):
        if shown:
            found.append(Link(label, page_url(name, project), current=name == current))
    return found if len(found) > 1 else []


def crumbs(project: Project, *last: Link) -> list[Link]:
    """The project, its structures, the follow-up of inventories, then what is below it."""
    here = ("États des lieux", page_url("inventory_follow_up", project) if last else "")
    structures = ("Structures", reverse("structures", args=[project.slug]))
    return [*project_crumbs(project, structures, here), *last]
