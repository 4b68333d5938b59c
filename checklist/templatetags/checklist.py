"""``{% load checklist %}``: what the checklist's templates need of its objects."""

from collections.abc import Sequence

from django import template

from checklist import presentation
from checklist.enums import Letter
from checklist.forms_opinions import AppointForm
from checklist.models import Action
from checklist.presentation import since
from checklist.selectors import Appointees, Happened, RaciLine
from common.ui import Entry, Role

register = template.Library()


@register.filter
def chips(lines: list[RaciLine]) -> tuple[Role, ...]:
    """The chips of the raci component."""
    return presentation.roles(lines)


register.filter("blocked_since", presentation.blocked_since)
register.filter("cited", presentation.cited)
register.filter("review_passed", presentation.review_passed)


@register.filter
def told(happened: Sequence[Happened]) -> list[Entry]:
    """What happened to an action, in words."""
    return since.told(happened)


@register.filter
def appoint_form(action: Action, appointees: Appointees) -> AppointForm:
    """The form that gives this action its Responsable."""
    return AppointForm(action=action, appointees=appointees)


@register.filter
def switch_id(action: Action) -> str:
    """The id of the form that changes the status of an action."""
    return f"s{action.pk}"


@register.filter
def by_letter(lines: list[RaciLine]) -> list[str]:
    """Who holds R, A, C and I, in that order, a text each; empty where nobody does."""
    held = {role.letter: role.bodies for role in presentation.roles(lines)}
    return [held.get(letter, "") for letter in Letter.values]
