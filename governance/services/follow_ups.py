"""What has to be done after a meeting or an arbitration: named, then followed until it is done."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.french import typography
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change
from governance.enums import FollowUpState
from governance.models import AgendaItem, Arbitration, FollowUp, Meeting
from organisations.models import Project, User


@transaction.atomic
def add_follow_up(
    *,
    project: Project,
    label: str,
    owner: User,
    due_on: date,
    user: User,
    token: uuid.UUID,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    arbitration: Arbitration | None = None,
) -> FollowUp:
    """Number something to do; the same form posted twice adds it once.

    It comes from a meeting (and one of its points), an arbitration, or both. Raises DomainError (field) when it says
    nothing, or the meeting is closed.
    """
    label = label.strip()
    if not label:
        raise DomainError("Dites ce qu’il y a à faire.", field="label")
    one_at_a_time(f"follow-up:{project.pk}")  # so that numbers follow one another
    of_project = FollowUp.objects.filter(project=project)
    if known := of_project.filter(token=token).first():
        return known
    number = (of_project.aggregate(last=Max("number"))["last"] or 0) + 1
    with refused_in_words(FollowUp):
        return FollowUp.objects.create(
            project=project,
            number=number,
            label=label,
            owner=owner,
            due_on=due_on,
            meeting=meeting,
            item=item,
            arbitration=arbitration,
            created_by=user,
            token=token,
        )


@transaction.atomic
def move_follow_up(*, follow_up: FollowUp, version: int, state: FollowUpState, comment: str = "") -> FollowUp:
    """Say how far it is. Raises Conflict when somebody changed it since `version`."""
    done_on = timezone.localdate() if state == FollowUpState.DONE else None
    return change(follow_up, version=version, state=state, comment=comment.strip(), done_on=done_on)


@transaction.atomic
def take_back_move(*, follow_up: FollowUp, version: int) -> FollowUp:
    """Put back how far it was before the change that brought it to `version`, as the history says.

    Raises Conflict when it was changed since, DomainError when it never moved.
    """
    history: Any = follow_up
    before = history.history.filter(version=version - 1).order_by("-pgh_id").first()
    if version == 1:
        raise DomainError(typography("Cette action n’a pas encore bougé : il n’y a rien à annuler."))
    if before is None:
        raise Conflict(current=FollowUp.objects.get(pk=follow_up.pk), attempted={})
    values = {name: getattr(before, name) for name in ("state", "comment", "done_on")}
    return change(follow_up, version=version, **values)
