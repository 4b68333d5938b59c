"""Who may be given a letter."""

from dataclasses import dataclass

from checklist.enums import Actor
from checklist.people import people_at_work, people_of_actors
from organisations.models import Project, User


@dataclass(frozen=True)
class Appointees:
    """Who may be the Responsable of an action: bodies and functions with their members of the day, and people."""

    actors: dict[Actor, list[User]]
    people: list[User]


def appointees(project: Project) -> Appointees:
    """Two queries. The vendor is left out: the checklist isn't open to it."""
    actors = people_of_actors(project)
    del actors[Actor.VENDOR]
    return Appointees(actors, list(people_at_work(project)))
