"""Who may change what in the checklist (product.md, « Who may do what »)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from checklist.enums import ACTING_LETTERS, Actor
from checklist.models import Action, ActionPerson, Comment, RaciEntry
from checklist.people import actors_of
from organisations.access import Access
from organisations.enums import Permission
from organisations.models import Project, User


class Asked(Protocol):
    """An opinion asked of an actor or of a person: an OpinionRequest."""

    actor: str
    user_id: UUID | None
    asked_by_id: UUID


class Held(Protocol):
    """A letter held by an actor: a RaciEntry, or its two values read without the row."""

    letter: str
    actor: str


class Lettered(Protocol):
    """An action read by `with_letters`."""

    letters: Sequence[Mapping[str, str]]
    letters_by_name: Sequence[str]


@dataclass(frozen=True)
class Rights:
    """What one person may do in one checklist. `actors`: the bodies and functions they are part of today.

    `reads_decisions`, `prepares_meetings`, `reads_alerts` and `raises_alerts` are theirs in governance.
    """

    manages: bool
    changes_own: bool
    comments: bool
    reads_all: bool
    reads_decisions: bool
    prepares_meetings: bool
    reads_alerts: bool
    raises_alerts: bool
    user: User
    actors: frozenset[Actor]

    def reading(self) -> "Rights":
        """The same person, on an action that nobody changes any more."""
        return replace(
            self, manages=False, changes_own=False, comments=False, prepares_meetings=False, raises_alerts=False
        )

    def may_change(self, raci: Sequence[Held], people: Sequence[ActionPerson]) -> bool:
        """Whether they may change an action with these letters and named people: all of it, or where they act."""
        return self.manages or (self.changes_own and self.acts(raci, people))

    def acts(self, raci: Sequence[Held], people: Sequence[ActionPerson]) -> bool:
        """Whether they are Responsable or Acteur."""
        return any(entry.letter in ACTING_LETTERS and entry.actor in self.actors for entry in raci) or any(
            person.letter in ACTING_LETTERS and person.user_id == self.user.pk for person in people
        )

    def holds(self, raci: Sequence[Held], people: Sequence[ActionPerson]) -> bool:
        """Whether they hold any letter."""
        return any(entry.actor in self.actors for entry in raci) or any(
            person.user_id == self.user.pk for person in people
        )

    def consulted(self, request: Asked) -> bool:
        """Whether this opinion is asked of them: by name, or of a body or function they are part of today."""
        return request.user_id == self.user.pk or request.actor in self.actors

    def may_withdraw(self, request: Asked) -> bool:
        """Whether they may take back this request for an opinion: it is theirs, or they manage the checklist."""
        return self.manages or request.asked_by_id == self.user.pk


def rights_in(project: Project, user: User, access: Access, actors: list[Actor] | None = None) -> Rights:
    """The rights of this person. One query, unless `actors` are known already or they manage the checklist."""
    manages = access.in_project(project, Permission.CHANGE_CHECKLIST)
    if actors is None:
        actors = [] if manages else actors_of(user, project)
    return Rights(
        manages=manages,
        changes_own=access.in_project(project, Permission.CHANGE_OWN_ACTIONS),
        comments=access.in_project(project, Permission.COMMENT_CHECKLIST),
        reads_all=access.in_project(project, Permission.VIEW_CHECKLIST),
        reads_decisions=access.in_project(project, Permission.VIEW_DECISIONS),
        prepares_meetings=access.in_project(project, Permission.PREPARE_MEETINGS),
        reads_alerts=access.in_project(project, Permission.VIEW_ALERTS),
        raises_alerts=access.in_project(project, Permission.RAISE_ALERTS),
        user=user,
        actors=frozenset(actors),
    )


def with_letters(actions: QuerySet[Action], user: User) -> QuerySet[Action]:
    """The actions with who holds their letters (`letters`) and which ones `user` holds by name, in the same query."""
    held = RaciEntry.objects.filter(action=OuterRef("pk")).values(pair=JSONObject(letter="letter", actor="actor"))
    named = ActionPerson.objects.filter(action=OuterRef("pk"), user=user).values("letter")
    return actions.annotate(letters=ArraySubquery(held), letters_by_name=ArraySubquery(named))


def may_change(rights: Rights, action: Lettered) -> bool:
    """Whether they may change this action."""
    return rights.manages or (rights.changes_own and acts_on(rights, action))


def acts_on(rights: Rights, action: Lettered) -> bool:
    """Whether they are Responsable or Acteur of this action."""
    acts = any(pair["letter"] in ACTING_LETTERS and pair["actor"] in rights.actors for pair in action.letters)
    return acts or any(letter in ACTING_LETTERS for letter in action.letters_by_name)


def may_handle(rights: Rights, comment: Comment, *, acts: bool) -> bool:
    """Whether they may say that a message is handled: who manages or `acts`, wrote it, or is named in it."""
    named = {comment.author_id, *(mention.user_id for mention in comment.mentions.all())}
    return rights.comments and (rights.manages or acts or rights.user.pk in named)


def may_read(rights: Rights, action: Lettered) -> bool:
    """Whether they may read this action: all of them, or those on which they hold a letter."""
    held = any(pair["actor"] in rights.actors for pair in action.letters)
    return rights.reads_all or held or bool(action.letters_by_name)
