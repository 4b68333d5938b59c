"""« @Prénom Nom » in a message: whom it names, and where in the text."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

from checklist.models import Action, ActionPerson, RaciEntry
from checklist.people import actors_with_roles
from common.errors import DomainError
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role
from organisations.models import Membership, User

_AT = re.compile(r"(?<![\w@.])@(?=\w)")  # an e-mail address names nobody
ALIKE = 0.75  # of a name to what was typed, to be worth proposing
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True)
class Participant:
    """Somebody of the project, and whether they may read the action at hand."""

    user: User
    reads: bool
    roles: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.user.get_full_name()


@dataclass(frozen=True)
class Named:
    """A stretch of a text that names somebody, « @ » included."""

    start: int
    end: int
    users: tuple[User, ...]


def participants_about(
    action: Action, *, actors: Iterable[str] | None = None, people: Iterable[UUID] | None = None
) -> list[Participant]:
    """Everybody of the project, as far as the reader may know, with whether they may read this action.

    By name. One query, and one for each of `actors` (who hold a letter on it) and `people` (the ids of those named on
    it) that isn't given.
    """
    if actors is None:
        actors = RaciEntry.objects.filter(action=action).values_list("actor", flat=True)
    if people is None:
        people = ActionPerson.objects.filter(action=action).values_list("user_id", flat=True)
    letters, named = set(actors), set(people)
    roles: dict[UUID, list[str]] = {}
    users: dict[UUID, User] = {}
    held = Membership.objects.active().filter(project=action.project_id).select_related("user")
    for membership in held.order_by("user__last_name", "user__first_name", "pk"):
        users[membership.user_id] = membership.user
        roles.setdefault(membership.user_id, []).append(membership.role)
    found = []
    for pk, user in users.items():
        holds = pk in named or not letters.isdisjoint(actors_with_roles(roles[pk]))
        found.append(Participant(user, _reads(roles[pk], holds), tuple(roles[pk])))
    return found


def _reads(roles: Iterable[str], holds: bool) -> bool:
    granted = {item for role in roles for item in ROLE_PERMISSIONS[Role(role)].get(Level.PROJECT, [])}
    return Permission.VIEW_CHECKLIST in granted or (holds and Permission.VIEW_OWN_ACTIONS in granted)


def names_in(text: str, users: Sequence[User]) -> list[Named]:
    """Where a text names some of these people, by their whole name or by their first name alone.

    Case and accents don't count; the longest name wins; homonyms are named together.
    """
    known: dict[str, list[User]] = {}
    for user in users:
        for name in {fold(user.get_full_name()), fold(user.first_name)} - {""}:
            known.setdefault(name, []).append(user)
    by_length = sorted(known, key=len, reverse=True)
    folded, found = fold(text), []
    for at in _AT.finditer(folded):
        for name in by_length:
            end = at.end() + len(name)
            if folded.startswith(name, at.end()) and not re.match(r"\w", folded[end : end + 1]):
                found.append(Named(at.start(), end, tuple(known[name])))
                break
    return found


def people_named(text: str, participants: Sequence[Participant]) -> list[User]:
    """Whom a new message names.

    Raises DomainError (field `text`) for a name that nobody bears, that several do, or of somebody who may not read
    the action: who writes « @ » wants that person to be told.
    """
    found = names_in(text, [person.user for person in participants])
    reads = {person.user.pk: person.reads for person in participants}
    named: dict[UUID, User] = {}
    for item in found:
        # Between people of one name, those who may read the action are meant.
        users = [user for user in item.users if reads[user.pk]]
        written = text[item.start : item.end]
        if not users:
            raise DomainError(
                f"{item.users[0].get_full_name()} n’a pas accès à cette action et ne lirait pas ce message. "
                f"Retirez « {written} », ou nommez d’abord cette personne sur l’action.",
                field="text",
            )
        if len({user.get_full_name() for user in users}) > 1:
            raise DomainError(f"Plusieurs personnes répondent à « {written} » : {_choice(users)}.", field="text")
        named |= {user.pk: user for user in users}
    _check_strangers(text, {item.start for item in found}, [person for person in participants if person.reads])
    return list(named.values())


def _check_strangers(text: str, known: set[int], readers: Sequence[Participant]) -> None:
    """Refuse « @Camile » when nobody bears that name; « @ 14 h » or « @contact » is ordinary text."""
    for at in _AT.finditer(fold(text)):
        word = _WORD.match(text, at.end())
        if at.start() in known or word is None or not word[0][0].isupper():
            continue
        first_names = {fold(person.user.first_name): person.user for person in readers}
        last_names = {fold(person.user.last_name): person.user for person in readers}
        candidates = last_names | first_names
        close = {
            candidates[name].pk: candidates[name] for name in get_close_matches(fold(word[0]), candidates, cutoff=ALIKE)
        }
        advice = f"Écrivez {_choice(list(close.values()))}" if close else "Corrigez ce nom"
        raise DomainError(
            f"Personne de ce projet ne s’appelle « @{word[0]} ». {advice}, ou retirez l’arobase.", field="text"
        )


def _choice(users: Sequence[User]) -> str:
    """« @Camille Durand » ou « @Camille Petit »."""
    return " ou ".join(f"« @{user.get_full_name()} »" for user in users)


def fold(text: str) -> str:
    """The text without case, accents or kinds of spaces and apostrophes, each character at its place."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    if base.isspace():
        return " "
    return "'" if base == "’" else (base.lower() or base)[0]
