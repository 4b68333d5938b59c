"""The fields of an action that save themselves one by one."""

from typing import Any

from checklist.models import Action
from checklist.services.people import check_takes_part
from common.versions import change_fields

MANAGED = ("start_on", "due_on", "note")  # by who manages the checklist
EDITABLE = (*MANAGED, "ko_blocker", "ko_unblock", "ko_owner", "ko_review_on")  # these too by who acts


def edit(*, action: Action, version: int, field: str, value: Any) -> Action:
    """Write one field of an action (`EDITABLE`), already of the right type.

    Raises DomainError when the person named doesn't take part in the project, Conflict when somebody changed
    the action since `version`.
    """
    if field not in EDITABLE:
        raise ValueError(f"{field} is not edited one by one.")
    if field == "ko_owner" and value is not None:
        check_takes_part(action.project, value)
    return change_fields(action, version=version, **{field: value})
