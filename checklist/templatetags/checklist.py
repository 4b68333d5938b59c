"""``{% load checklist %}``: what the checklist's templates need of its objects."""

from django import template

from checklist import presentation
from checklist.enums import Letter
from checklist.forms import AppointForm
from checklist.models import Action
from checklist.selectors import Appointees, RaciLine

register = template.Library()


register.filter("blocked_since", presentation.blocked_since)
register.filter("chips", presentation.roles)
register.filter("cited", presentation.cited)
register.filter("review_passed", presentation.review_passed)
register.filter("told", presentation.told)


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
