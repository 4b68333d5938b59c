"""The opinions asked about an action, in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from checklist.enums import Actor, Stance
from checklist.models import Opinion, OpinionRequest
from checklist.presentation.actors import OF_ACTORS, names, the_actor, to_actor
from checklist.presentation.ages import late_by
from checklist.selectors import ActionDetail, AskedOpinion, OpinionChoice
from common import french
from organisations.models import User

OF_STANCES = {
    Stance.FAVOURABLE: ("ok", "s-ok"),
    Stance.RESERVED: ("late", "alert"),
    Stance.UNFAVOURABLE: ("ko", "s-ko"),
    Stance.NO_OPINION: ("none", "s-na"),
}
FEW = 4  # names said one by one


@dataclass(frozen=True)
class AnswerLine:
    """« Favorable », « Karim Bellouard, pour le COMOP, le 12 novembre »; `before`: what they had said, a line each."""

    stance: str
    tone: str
    icon: str
    who: str
    text: str
    before: list[str]


@dataclass(frozen=True)
class OpinionBlock:
    """One request and its answers. `key`: the id of the request; `offer`: what the reader's own form is called."""

    key: UUID
    title: str
    asked: str
    question: str
    waits: str
    late: bool
    answers: list[AnswerLine]
    offer: str
    may_withdraw: bool


@dataclass(frozen=True)
class Opinions:
    """`state`: the section in a sentence; `silent`: who is Consulté and could not answer, and what to do about it."""

    state: str
    blocks: list[OpinionBlock]
    silent: str
    anybody: bool


def opinions(found: ActionDetail, reader: User) -> Opinions:
    """What the section « Avis » of an action says."""
    choices = found.opinion_choices
    return Opinions(
        state=_state(found.opinions),
        blocks=[_block(one, reader) for one in found.opinions],
        silent=_silent([choice for choice in choices if not choice.heard]),
        anybody=any(choice.heard for choice in choices),
    )


def _state(asked: list[AskedOpinion]) -> str:
    waiting = sum(one.waits for one in asked)
    if not asked:
        return ""
    if not waiting:
        return french.agree(len(asked), "L’avis demandé a été donné.", "Les avis demandés ont tous été donnés.")
    return french.capital(french.counted(waiting, "avis est attendu.", "avis sont attendus."))


def _block(one: AskedOpinion, reader: User) -> OpinionBlock:
    request = one.request
    answered = any(answer.opinion.author_id == reader.pk for answer in one.answers)
    return OpinionBlock(
        key=request.pk,
        title=f"Avis {_of(request)}",
        asked=french.typography(
            f"Demandé par {request.asked_by} le {french.long_date(request.asked_at)}, "
            f"pour le {french.long_date(request.due_on)}."
        ),
        question=french.typography(request.question),
        waits=_waits(one),
        late=one.days_late > 0,
        answers=[_answer(answer.opinion, answer.earlier, request) for answer in one.answers],
        offer=("Changer mon avis" if answered else "Donner mon avis") if one.mine else "",
        may_withdraw=one.may_withdraw,
    )


def _of(request: OpinionRequest) -> str:
    """« du COMOP », « de Karim Bellouard »."""
    return OF_ACTORS[Actor(request.actor)] if request.actor else f"de {request.user}"


def _waits(one: AskedOpinion) -> str:
    if not one.waits:
        return ""
    late = f", {late_by(one.days_late)}" if one.days_late else ""
    who = f" : {_some(one.members)}" if one.request.actor else ""
    return french.typography(f"En attente {_of(one.request)}{late}{who}.")


def _answer(opinion: Opinion, earlier: Sequence[Opinion], request: OpinionRequest) -> AnswerLine:
    stance = Stance(opinion.stance)
    tone, icon = OF_STANCES[stance]
    by = f", pour {the_actor(Actor(request.actor))}" if request.actor else ""
    return AnswerLine(
        stance=stance.label,
        tone=tone,
        icon=icon,
        who=f"{opinion.author}{by}, le {french.long_date(opinion.given_at)}",
        text=french.typography(opinion.text),
        before=[_before(older) for older in earlier],
    )


def _before(older: Opinion) -> str:
    why = f" : « {older.text} »" if older.text else ""
    return french.typography(f"{Stance(older.stance).label}, le {french.long_date(older.given_at)}{why}")


def asked_of(requests: Sequence[OpinionRequest]) -> str:
    """« Avis demandé au COMOP et à Karim Bellouard, pour le 2 décembre 2026. »"""
    to = french.listed(sorted(_to(request) for request in requests))
    return f"Avis demandé {to}, pour le {french.long_date(requests[0].due_on)}."


def _to(request: OpinionRequest) -> str:
    return to_actor(Actor(request.actor)) if request.actor else f"à {request.user}"


def opinion_choice_label(choice: OpinionChoice) -> str:
    """« COMOP : Karim Bellouard, Anaïs Rioux », and that they are asked already."""
    who = f"{choice.actor.label} : {_some(choice.members)}" if choice.actor else f"{choice.user}"
    again = f" (avis déjà attendu pour le {french.long_date(choice.waiting.due_on)})" if choice.waiting else ""
    return french.typography(who + again)


def appointee_label(actor: Actor, members: Sequence[User]) -> str:
    """« DPD : Aurélien Pestourie », « COMOP : 6 personnes »."""
    return french.typography(f"{actor.label} : {_some(members)}")


def _some(members: Sequence[User]) -> str:
    """Their names, or how many they are when that says more."""
    return names(members) if len(members) <= FEW else french.plural(len(members), "personne", "personnes")


def _silent(choices: list[OpinionChoice]) -> str:
    if not choices:
        return ""
    who = ", ".join(the_actor(choice.actor) if choice.actor else str(choice.user) for choice in choices)
    return french.typography(
        f"Consulté aussi, mais personne ne pourrait répondre aujourd’hui : {who}. "
        "Nommez quelqu’un comme Consulté, dans « Personnes »."
    )
