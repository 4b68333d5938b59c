"""Actors and people inside a sentence."""

from collections.abc import Sequence

from checklist.enums import Actor
from organisations.models import User

OF_ACTORS = {
    Actor.COSTRAT: "du COSTRAT",
    Actor.COMOP: "du COMOP",
    Actor.PROJECT_LEAD: "du chef de projet",
    Actor.OG_DIRECTORS: "des OG / Directeurs",
    Actor.BUSINESS_REFERENTS: "des référents métiers",
    Actor.USER_REFERENTS: "des référents utilisateurs",
    Actor.PURCHASING: "de la cellule achat",
    Actor.VENDOR: "de l’éditeur",
    Actor.DPO: "du DPD",
}
SEVERAL = frozenset({Actor.OG_DIRECTORS, Actor.BUSINESS_REFERENTS, Actor.USER_REFERENTS})  # plural in French


def the_actor(actor: Actor) -> str:
    """« le COMOP », « les OG / Directeurs », « l’éditeur »: OF_ACTORS without its preposition."""
    of = OF_ACTORS[actor]
    for contracted, article in (("du ", "le "), ("des ", "les "), ("de la ", "la "), ("de l’", "l’")):
        if of.startswith(contracted):
            return article + of.removeprefix(contracted)
    raise ValueError(of)


def to_actor(actor: Actor) -> str:
    """« au COMOP », « aux OG / Directeurs », « à l’éditeur »."""
    the = the_actor(actor)
    for article, contracted in (("le ", "au "), ("les ", "aux ")):
        if the.startswith(article):
            return contracted + the.removeprefix(article)
    return f"à {the}"


def names(members: Sequence[User]) -> str:
    """« Karim Bellouard, Anaïs Rioux »."""
    return ", ".join(user.get_full_name() for user in members) or "personne aujourd’hui"
