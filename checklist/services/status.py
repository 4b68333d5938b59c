"""The status of an action."""

from django.db import transaction
from django.utils import timezone

from checklist.enums import Status
from checklist.models import Action
from common.errors import DomainError
from common.versions import change
from governance.enums import BodyKind
from governance.models import Decision
from governance.services import settle_requests
from organisations.models import User

AGENDA_SOURCE = "checklist"  # what governance calls an action as the origin of a question or an alert


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
        settle_requests(decision=decision, source=AGENDA_SOURCE, source_id=action.pk)
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


def _that_decides(action: Action, decision: Decision | None) -> Decision:
    body = BodyKind(action.decided_by)
    if decision is None:
        raise DomainError(f"Citez la décision du {body.label} qui vaut OK.", field="decision")
    if decision.project_id != action.project_id or decision.body.kind != body:
        raise DomainError(f"Cette décision n’est pas du {body.label} de ce projet.", field="decision")
    return decision
