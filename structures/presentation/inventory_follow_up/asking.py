"""Asking the structures for their inventory, and giving them more time."""

from dataclasses import dataclass

from common import french
from common.history import entries
from common.ui import Entry, Link
from organisations.models import Project
from structures.models import InventoryCollection
from structures.presentation.inventory_follow_up import words
from structures.presentation.inventory_follow_up.places import crumbs
from structures.selectors.inventory_follow_up import FollowUp


@dataclass(frozen=True)
class AskPage:
    title: str
    lede: str
    crumbs: list[Link]
    replaces: str


@dataclass(frozen=True)
class PutOffPage:
    title: str
    lede: str
    crumbs: list[Link]
    moved: str
    entries: list[Entry]


def ask_page(follow: FollowUp) -> AskPage:
    never = sum(1 for one in follow.structures if not one.received)
    lede = "Chaque structure le trouvera parmi ce qui lui est demandé, avec cette date."
    if never and never < len(follow.structures):
        verb = french.agree(never, "n’a", "n’ont")
        total = french.in_words(len(follow.structures))
        lede += f" {french.capital(words.structures(never))} sur {total} {verb} encore rien transmis."
    replaces = ""
    if follow.collection:
        replaces = french.typography(
            f"Une demande est déjà ouverte, pour le {french.long_date(follow.collection.due_on)}. "
            "Celle-ci la remplace ; pour changer seulement la date, donnez plus de temps."
        )
    return AskPage(
        title="Demander leur état des lieux aux structures",
        lede=french.typography(lede),
        crumbs=crumbs(follow.project, Link("Demander")),
        replaces=replaces,
    )


def asked(collection: InventoryCollection) -> str:
    return f"C’est demandé : les états des lieux sont attendus pour le {french.long_date(collection.due_on)}."


def put_off_page(collection: InventoryCollection, project: Project, *, moved: bool) -> PutOffPage:
    day = french.long_date(collection.due_on)
    said = ""
    if moved:
        why = f" ({collection.reason})" if collection.reason else ""
        said = f"Quelqu’un a déjà changé la date : c’est maintenant le {day}{why}. Votre saisie est gardée ci-dessous."
    return PutOffPage(
        title="Donner plus de temps aux structures",
        lede=f"Les états des lieux sont attendus pour le {day}.",
        crumbs=crumbs(project, Link("Donner plus de temps")),
        moved=french.typography(said),
        entries=history_of(collection),
    )


def history_of(collection: InventoryCollection) -> list[Entry]:
    """The days that were asked, one after the other, with why."""
    found = []
    for entry in entries(collection, ["due_on", "reason"]):
        values = {change.field: change.new for change in entry.changes}
        if entry.label == "insert":
            found.append(Entry(entry.at, entry.who, f"demandé pour le {french.long_date(values['due_on'])}"))  # type: ignore[arg-type]
        elif "due_on" in values:
            why = values.get("reason", collection.reason)
            moved = f"nouvelle date, le {french.long_date(values['due_on'])} : {why}"  # type: ignore[arg-type]
            found.append(Entry(entry.at, entry.who, french.typography(moved)))
    return found
