"""For pages and documents: what changed since a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from checklist.enums import Status
from checklist.models import Action
from common.history import versions_of
from organisations.models import Project


def start_of(day: date) -> datetime:
    """Its first moment, in Paris."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def changed_since(project: Project, since: date) -> list["StatusChange"]:
    """The actions whose status isn't what it was at the start of that day, in order. Two queries."""
    return changes_among(
        Action.objects.current().filter(project=project).order_by("group__position", "position"), since
    )


def changes_among(actions: QuerySet[Action], since: date) -> list["StatusChange"]:
    """Those of these actions whose status isn't what it was at the start of that day, as they come. Two queries."""
    start = start_of(since)
    changed = list(actions.filter(status_at__gte=start).select_related("status_by"))
    before = dict(
        versions_of(Action)
        .filter(pgh_obj__in=[action.pk for action in changed], pgh_created_at__lt=start)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        .values_list("pgh_obj_id", "status")
    )
    return [
        StatusChange(action, Status(before.get(action.pk, Status.TODO)))
        for action in changed
        if before.get(action.pk, Status.TODO) != action.status
    ]


@dataclass(frozen=True)
class StatusChange:
    """An action whose status moved, and from what."""

    action: Action
    before: Status
