"""One action: its people, exchanges and history."""

from dataclasses import dataclass

from django.utils import timezone

from checklist.mentions import Participant, participants_about
from checklist.models import Action, ActionDocument, Comment
from checklist.people import people_of_actors
from checklist.rights import Rights
from checklist.schedule import Proposal
from checklist.selectors.documents import documents_of, slots_beside
from checklist.selectors.exchanges import comments_of
from checklist.selectors.history import LetterChange, action_history
from checklist.selectors.opinions import AskedOpinion, OpinionChoice, opinion_choices, opinions_on
from checklist.selectors.page import ActionLine, Slot, read_line
from checklist.selectors.schedule import proposal_for
from common.history import Entry, entries


@dataclass(frozen=True)
class ActionDetail:
    """What the panel beside the work shows."""

    line: ActionLine
    opinions: list[AskedOpinion]
    opinion_choices: list[OpinionChoice]  # for who may change the action
    comments: list[Comment]
    participants: list[Participant]
    documents: list[ActionDocument]
    slots: list[Slot]
    history: list[Entry | LetterChange]
    proposal: Proposal | None  # for who manages the checklist


def action_detail(action: Action, rights: Rights) -> ActionDetail:
    """One action with its people, exchanges and history. Fifteen queries."""
    today = timezone.localdate()
    people = people_of_actors(action.project)
    line = read_line(action, rights, people, today)
    opinions = opinions_on(action, people, rights, today)
    return ActionDetail(
        line=line,
        opinions=opinions,
        opinion_choices=opinion_choices(line, opinions) if line.may_change else [],
        comments=comments_of(action),
        participants=participants_about(
            action,
            actors=[actor for item in line.raci for actor, _ in item.actors],
            people=[person.user_id for item in line.raci for person in item.people],
        ),
        documents=documents_of(action),
        slots=slots_beside(action),
        history=action_history(action),
        proposal=proposal_for(action, today) if rights.manages else None,
    )


def latest_writer(action: Action) -> Entry:
    """Who changed the action last, and when. Two queries."""
    return entries(action, ("version",), limit=1)[0]
