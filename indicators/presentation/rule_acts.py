"""What the lead does with a rule, in words."""

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.models import AlertRule, Definition
from indicators.presentation.definition import trail, under
from indicators.presentation.definition_acts import Page
from indicators.presentation.rule_words import Known, sentence
from organisations.models import Project

SWITCHED = {
    True: "La règle est en service : elle sera vérifiée demain matin.",
    False: "La règle est hors service : elle n’alerte plus. Les alertes déjà données restent.",
}


def add_page(project: Project, definition: Definition) -> Page:
    return Page(
        title=f"Ajouter une règle d’alerte : {definition.label}",
        lede="Quand elle se vérifie dans une structure, le COMOP en reçoit l’alerte, une fois tant que cela dure.",
        crumbs=under(project, definition, Link("Ajouter une règle")),
        back_url=reverse("indicator_definition", args=[project.slug, definition.indicator.code]),
        send="Mettre en service",
    )


def change_page(project: Project, rule: AlertRule, known: Known, theirs: AlertRule | None, back_url: str) -> Page:
    moved = ""
    if theirs is not None:
        moved = f"Quelqu’un a changé cette règle entre-temps : {sentence(theirs, known)} Rien n’a été écrasé."
    step = Link("Changer une règle")
    if rule.indicator_id:
        way = under(project, known[rule.indicator_id].definition, step)
    else:
        way = trail(project, Link("Règles d’alerte", reverse("indicator_rules", args=[project.slug])), step)
    return Page(
        title="Changer une règle d’alerte",
        lede=sentence(rule, known),
        crumbs=way,
        back_url=back_url,
        send="Enregistrer",
        moved=french.typography(moved),
    )


def written(rule: AlertRule, known: Known) -> str:
    return f"C’est enregistré. {sentence(rule, known)}"
