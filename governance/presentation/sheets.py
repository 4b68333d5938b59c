"""What every page of governance says of where it is."""

from dataclasses import dataclass

from django.urls import reverse

from common.ui import Link
from organisations.models import Project


def crumbs_to(project: Project, *more: str) -> list[Link]:
    """The way to a page of governance: its last crumbs are `more`."""
    home = Link(project.short_name, reverse("project", args=[project.slug]))
    if not more:
        return [home, Link("Gouvernance")]
    return [home, Link("Gouvernance", reverse("governance", args=[project.slug])), *(Link(label) for label in more)]


def unbroken(reference: str) -> str:
    """A reference that no line breaks: « D‑2026‑03 »."""
    return reference.replace("-", "\u2011")


@dataclass(frozen=True)
class SheetView:
    """The page of one decision, one alert, or the form that makes one."""

    title: str
    lede: str
    crumbs: list[Link]
