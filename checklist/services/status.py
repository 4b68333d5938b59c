"""The status of an action."""

from django.utils import timezone

from checklist.enums import Status
from checklist.models import Action
from common.errors import DomainError
from common.versions import change
from organisations.models import User


def set_status(*, action: Action, version: int, status: Status, user: User, reason: str = "") -> Action:
    """Change the status of an action. OK dates it today; « sans objet » needs a reason.

    Raises DomainError (field `reason`) without one, Conflict when somebody changed the action since `version`.
    """
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
    )
