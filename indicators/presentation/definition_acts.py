"""What the lead does with an indicator, in words: adds one, changes one, gives one up."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.enums import Frequency
from indicators.models import Definition
from indicators.presentation.definition import trail, under
from indicators.presentation.definitions import FREQUENCIES
from organisations.models import Project

ADDED = "L’indicateur est suivi. Il sera demandé à la prochaine campagne."
FOLLOWED = {
    True: "L’indicateur est de nouveau suivi.",
    False: "L’indicateur est abandonné : il n’est plus demandé ni calculé, et ses règles n’alertent plus.",
}
ASKED = {
    True: "Les structures le saisiront à partir de leur prochain relevé.",
    False: "L’application le calcule de nouveau : il n’est plus demandé.",
}


@dataclass(frozen=True)
class Page:
    """A form. `theirs`: what somebody else wrote meanwhile."""

    title: str
    lede: str
    crumbs: Sequence[Link]
    back_url: str
    send: str
    moved: str = ""
    theirs: Sequence[tuple[str, str]] = ()


def add_page(project: Project) -> Page:
    return Page(
        title="Ajouter un indicateur propre au projet",
        lede="Les structures le saisiront. Ne comptez que des groupes : aucun chiffre ne porte sur une personne "
        "nommée.",
        crumbs=trail(project, Link("Ajouter")),
        back_url=reverse("indicator_definitions", args=[project.slug]),
        send="Suivre cet indicateur",
    )


def change_page(project: Project, current: Definition, theirs: Definition | None) -> Page:
    moved = ""
    if theirs is not None:
        moved = (
            "Quelqu’un a changé cette définition entre-temps. Rien n’a été écrasé : la vôtre est gardée ci-dessous, "
            "l’autre se lit ici."
        )
    own = current.indicator.own
    kept = (
        "Les valeurs déjà données gardent la définition sous laquelle elles l’ont été."
        if own
        else "Ce qu’il compte ne change pas : pour compter autrement, ajoutez un indicateur propre au projet."
    )
    return Page(
        title=f"Changer « {current.label} »" if own else f"Adapter « {current.label} »",
        lede=f"{kept} Une autre fréquence vaut à partir de la prochaine campagne.",
        crumbs=under(project, current, Link("Changer")),
        back_url=reverse("indicator_definition", args=[project.slug, current.indicator.code]),
        send="Enregistrer cette version",
        moved=moved,
        theirs=_theirs(theirs) if theirs else (),
    )


def _theirs(row: Definition) -> list[tuple[str, str]]:
    said = [
        ("Intitulé", row.label),
        ("Unité", row.unit),
        ("Sens", row.get_direction_display()),
        ("Fréquence", row.get_frequency_display()),
        ("Comment le compter", row.help),
        ("Pourquoi", row.why),
    ]
    return [(label, french.typography(value)) for label, value in said if value]


def changed(before: Definition, written: Definition) -> str:
    words = f"C’est enregistré : version {written.number}. Les valeurs déjà données gardent la leur."
    if before.frequency != written.frequency:
        each = FREQUENCIES[Frequency(written.frequency)]
        words += f" Il sera demandé par {each} à partir de la prochaine campagne."
    return words
