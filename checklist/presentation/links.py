"""Where the pages of the checklist are, and the trail that leads to them."""

from urllib.parse import urlencode

from django.urls import reverse

from checklist.models import Action, Group
from checklist.selectors import Filters
from common.ui import Link
from organisations.models import Project

NO_FILTER = Filters()


def page_url(project: Project, filters: Filters = NO_FILTER, *, place: str = "") -> str:
    """The page under these filters; `place`: the part of it to show, « a2.4.3 » an action, « b2.4 » a group."""
    query = urlencode(filters.parameters())
    return reverse("checklist", args=[project.slug]) + (f"?{query}" if query else "") + (f"#{place}" if place else "")


def step_url(action: Action, project: Project) -> str:
    """The page of the step of an action, at this action."""
    return page_url(project, Filters(step=action.group.step.number), place=f"a{action.number}")


def group_url(group: Group, project: Project) -> str:
    """The page of the step of a group, at this group."""
    return page_url(project, Filters(step=group.step.number), place=f"b{group.number}")


def crumbs(project: Project, *more: Link, checklist: str | None = None) -> list[Link]:
    """The trail of a page below the checklist; `checklist`: the address of the latter, unless it is the whole page."""
    home = Link(project.short_name, reverse("project", args=[project.slug]))
    return [home, Link("Checklist", page_url(project) if checklist is None else checklist), *more]
