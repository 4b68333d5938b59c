"""A target, in words above its form."""

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.models import Definition, Target
from indicators.presentation.definition import target_of, under
from indicators.presentation.definition_acts import Page
from indicators.presentation.words import written_value
from organisations.models import Project

REMOVED = "La cible est retirée : celle qui précède vaut de nouveau, s’il y en a une."


def add_page(project: Project, definition: Definition) -> Page:
    return Page(
        title=f"Fixer une cible : {definition.label}",
        lede="Elle vaut à partir d’un jour, jusqu’à la suivante. Les périodes d’avant gardent la leur.",
        crumbs=under(project, definition, Link("Fixer une cible")),
        back_url=_back(project, definition),
        send="Fixer cette cible",
    )


def change_page(project: Project, definition: Definition, target: Target, theirs: Target | None) -> Page:
    moved = ""
    if theirs is not None:
        value = written_value(definition, theirs.value)
        moved = (
            f"Quelqu’un a changé cette cible entre-temps : {value} à partir du {french.long_date(theirs.from_on)}. "
            "Rien n’a été écrasé."
        )
    return Page(
        title=f"Cible : {definition.label}",
        lede=f"Pour : {target_of(target)}.",
        crumbs=under(project, definition, Link("Cible")),
        back_url=_back(project, definition),
        send="Enregistrer",
        moved=french.typography(moved),
    )


def fixed(definition: Definition, target: Target) -> str:
    value, since = written_value(definition, target.value), french.long_date(target.from_on)
    return f"La cible est fixée à {value} à partir du {since}."


def _back(project: Project, definition: Definition) -> str:
    return reverse("indicator_definition", args=[project.slug, definition.indicator.code])
