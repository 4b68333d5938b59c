"""``{% load checklist %}``: what the checklist's templates need of its objects."""

from django import template

from checklist import presentation
from checklist.enums import Letter
from checklist.models import Action
from checklist.selectors import RaciLine
from common.ui import Role

register = template.Library()


@register.filter
def chips(lines: list[RaciLine]) -> list[Role]:
    """The chips of the raci component."""
    return presentation.roles(lines)


@register.filter
def switch_id(action: Action) -> str:
    """The id of the form that changes the status of an action."""
    return f"s{action.pk}"


@register.filter
def by_letter(lines: list[RaciLine]) -> list[str]:
    """Who holds R, A, C and I, in that order, a text each; empty where nobody does."""
    held = {role.letter: role.bodies for role in presentation.roles(lines)}
    return [held.get(letter, "") for letter in Letter.values]
