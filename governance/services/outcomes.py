"""What comes out of a meeting, point by point: notes, what became of the point, decisions, actions."""

import uuid
from datetime import date

from django.db import transaction

from common import french
from common.errors import DomainError
from common.versions import change_fields
from governance.enums import QUESTION_SOURCE, BodyKind, ItemState
from governance.models import AgendaItem, AgendaRequest, Decision, FollowUp, Meeting
from governance.selectors.voices import assembly_of
from governance.services.decisions import record_decision
from governance.services.follow_ups import add_follow_up
from governance.services.sessions import in_session
from organisations.models import User


@transaction.atomic
def write_notes(*, item: AgendaItem, version: int, notes: str) -> AgendaItem:
    """Write what is said of a point. Raises Conflict when somebody else wrote since `version`, DomainError unless the
    meeting is in session."""
    in_session(item.meeting)
    return change_fields(item, version=version, notes=notes.strip())


@transaction.atomic
def set_item_state(*, item: AgendaItem, version: int, state: ItemState) -> AgendaItem:
    """Say that a point is treated, postponed, or to be treated again. Raises as `write_notes`."""
    in_session(item.meeting)
    return change_fields(item, version=version, state=state)


@transaction.atomic
def decide(*, item: AgendaItem, title: str, text: str, user: User, token: uuid.UUID) -> Decision:
    """Record what the body decided on a point, which is then treated; a question put to it is settled.

    Raises DomainError (field) when the body decides nothing today, when a text is missing, or unless the meeting is in
    session.
    """
    meeting = in_session(item.meeting)
    refused = why_undecided(meeting)
    if refused:
        raise DomainError(refused)
    decision = record_decision(
        body=meeting.body,
        decided_on=french.day(meeting.opened_at) if meeting.opened_at else french.today(),
        title=title,
        text=text,
        user=user,
        token=token,
        settles=_question(item),
        meeting=meeting,
        item=item,
    )
    _treated(item)
    return decision


def why_undecided(meeting: Meeting) -> str:
    """Why the body can't decide at this moment, in a sentence; nothing when it can. `meeting`: with body, project."""
    if meeting.body.kind == BodyKind.WORKING_GROUP:
        return "Un groupe de travail prépare les décisions : il n’en prend pas. Notez une action, ou une question."
    if assembly_of(meeting).quorum.reached:
        return ""
    if meeting.body.kind == BodyKind.COMOP:
        return french.typography("Sans quorum, le COMOP se tient mais ne décide de rien : reportez le point.")
    return french.typography("Sans quorum, le COSTRAT ne décide de rien : reportez le point à la seconde convocation.")


def _question(item: AgendaItem) -> list[AgendaRequest]:
    if item.source != QUESTION_SOURCE or item.source_id is None:
        return []
    waiting = AgendaRequest.objects.filter(settled_by=None, withdrawn_at=None, body=item.meeting.body_id)
    return list(waiting.filter(project=item.project_id, pk=item.source_id))


def _treated(item: AgendaItem) -> None:
    """A point on which something was decided is treated."""
    current = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if current.state != ItemState.TREATED:
        change_fields(current, version=current.version, state=ItemState.TREATED)


@transaction.atomic
def note_action(*, item: AgendaItem, label: str, owner: User, due_on: date, user: User, token: uuid.UUID) -> FollowUp:
    """Note something to do that came out of a point. Raises DomainError (field) when it says nothing, for a day past,
    or unless the meeting is in session."""
    meeting = in_session(item.meeting)
    if due_on < french.today():
        raise DomainError("Cette date est passée : choisissez aujourd’hui ou un jour à venir.", field="due_on")
    return add_follow_up(
        project=meeting.project,
        label=label,
        owner=owner,
        due_on=due_on,
        user=user,
        token=token,
        meeting=meeting,
        item=item,
    )
