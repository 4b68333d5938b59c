"""The opinions asked about one action, who may still be asked, and what was answered."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from checklist.enums import Actor, Letter
from checklist.models import Action, Opinion, OpinionRequest
from checklist.people import is_heard, people_of_actors, readers_among
from checklist.rights import Rights
from checklist.selectors.page import ActionLine, read_line
from organisations.models import User


@dataclass(frozen=True)
class Answer:
    """What one person answers, and what they had answered before, oldest first."""

    opinion: Opinion
    earlier: list[Opinion]


@dataclass(frozen=True)
class AskedOpinion:
    """A request that was not withdrawn. `members`: whom it stands for today; `mine`: the reader is one of them."""

    request: OpinionRequest
    members: list[User]
    answers: list[Answer]
    days_late: int
    mine: bool
    may_withdraw: bool

    @property
    def waits(self) -> bool:
        return not self.answers


@dataclass(frozen=True)
class OpinionChoice:
    """A Consulté who may be asked: a body or function with its members of the day, or a named person.

    `heard`: somebody could answer today; `waiting`: a request that they haven't answered yet.
    """

    actor: Actor | None
    user: User | None
    members: list[User]
    heard: bool
    waiting: OpinionRequest | None

    @property
    def value(self) -> str:
        """Which one, in a form."""
        return self.actor.value if self.actor else str(self.user.pk) if self.user else ""


def opinions_on(action: Action, people: dict[Actor, list[User]], rights: Rights, today: date) -> list[AskedOpinion]:
    """The requests about an action, oldest first. Two queries.

    `people`: who stands behind each actor today.
    """
    held = frozenset(actor for actor, members in people.items() if rights.user in members)
    reader = replace(rights, actors=held)  # whoever manages was not asked of which bodies they are
    closed = action.retired_at is not None
    requests = OpinionRequest.objects.filter(action=action, withdrawn_at=None).select_related("asked_by", "user")
    return [
        _asked(request, people, reader, today, closed=closed)
        for request in requests.prefetch_related("opinions__author")
    ]


def _asked(
    request: OpinionRequest, people: dict[Actor, list[User]], reader: Rights, today: date, *, closed: bool
) -> AskedOpinion:
    given: dict[object, list[Opinion]] = {}
    for opinion in request.opinions.all():
        given.setdefault(opinion.author_id, []).append(opinion)
    return AskedOpinion(
        request=request,
        members=[request.user] if request.user else people[Actor(request.actor)],
        answers=sorted((Answer(said[-1], said[:-1]) for said in given.values()), key=lambda one: one.opinion.given_at),
        days_late=0 if given else request.days_late(today),
        mine=not closed and reader.consulted(request),
        may_withdraw=not closed and not given and reader.may_withdraw(request),
    )


def opinion_choices(line: ActionLine, asked: list[AskedOpinion]) -> list[OpinionChoice]:
    """Who is Consulté on an action. At most one query."""
    consulted = next((item for item in line.raci if item.letter == Letter.C), None)
    if consulted is None:
        return []
    waiting = {(one.request.actor, one.request.user_id): one.request for one in asked if one.waits}
    named = [person.user for person in consulted.people]
    readers = readers_among(line.action.project, named)
    return [
        OpinionChoice(actor, None, members, is_heard(actor, members), waiting.get((actor.value, None)))
        for actor, members in consulted.actors
    ] + [OpinionChoice(None, user, [user], user.pk in readers, waiting.get(("", user.pk))) for user in named]


def opinions_to_ask(action: Action, rights: Rights) -> list[OpinionChoice]:
    """Who may be asked for an opinion about an action, for a form that was posted. At most six queries."""
    people = people_of_actors(action.project)
    today = timezone.localdate()
    line = read_line(action, rights, people, today)
    return opinion_choices(line, opinions_on(action, people, rights, today))
