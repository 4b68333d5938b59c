"""``{% load checklist %}``: what the checklist's templates need of its objects."""

from django import template

from checklist import presentation
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
