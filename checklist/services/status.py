"""The status of an action."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from checklist.enums import ACTION_SOURCE, Status
from checklist.models import Action
from common.errors import Conflict, DomainError
from common.history import author_id
from common.versions import change
from governance.enums import BodyKind
from governance.models import Decision
from governance.services import settle_requests
from organisations.models import User

# What a change of status writes, and what undoing it puts back.
STATUS_FIELDS = ("status", "status_at", "status_by_id", "not_applicable_reason", "done_on", "decision_id")


@transaction.atomic
def set_status(
    *,
    action: Action,
    version: int,
    status: Status,
    user: User,
    reason: str = "",
    decision: Decision | None = None,
) -> Action:
    """Change the status of an action. OK dates it today; « sans objet » needs a reason.

    An action that a body decides turns OK by citing its `decision`, which settles what was put on the agenda about it.
    Raises DomainError (field `reason` or `decision`) without one, Conflict when somebody changed the action since
    `version`.
    """
    if status == Status.OK and action.decided_by:
        decision = _that_decides(action, decision)
        settle_requests(decision=decision, source=ACTION_SOURCE, source_id=action.pk)
    else:
        decision = None
    reason = reason.strip()
    if status == Status.NOT_APPLICABLE and not reason:
        raise DomainError("Dites pourquoi cette action est sans objet.", field="reason")
    return change(
        action,
        version=version,
        status=status,
        status_at=timezone.now(),
        status_by=user,
        not_applicable_reason=reason if status == Status.NOT_APPLICABLE else "",
        done_on=timezone.localdate() if status == Status.OK else None,
        decision=decision,
    )


@transaction.atomic
def undo_status(*, action: Action, version: int, user: User) -> Action:
    """Put back the status as it was before its latest change, with its date, author, reason and decision.

    Only the latest change of all is undone, by who made it: raises Conflict otherwise. What was recorded in governance
    stays recorded.
    """
    tracked: Any = action
    # A version may be there several times: an action makes room for a neighbour without being changed.
    latest = tracked.history.filter(version=version).order_by("pgh_id").first()
    before = tracked.history.filter(version__lt=version).order_by("-pgh_id").first()
    if latest is None or before is None or before.decided_by != action.decided_by:
        raise Conflict(current=action, attempted={})
    changed = any(getattr(before, name) != getattr(latest, name) for name in STATUS_FIELDS)
    if not changed or author_id(latest) != str(user.pk):
        raise Conflict(current=action, attempted={})
    return change(action, version=version, **{name: getattr(before, name) for name in STATUS_FIELDS})


def _that_decides(action: Action, decision: Decision | None) -> Decision:
    body = BodyKind(action.decided_by)
    if decision is None:
        raise DomainError(f"Citez la décision du {body.label} qui rend cette action OK.", field="decision")
    if decision.project_id != action.project_id or decision.body.kind != body:
        raise DomainError(f"Cette décision n’est pas du {body.label} de ce projet.", field="decision")
    return decision
