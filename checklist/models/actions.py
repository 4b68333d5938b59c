"""The actions: what is to be done, and where it stands."""

from datetime import date

from django.db import models
from django.db.models import Q

from checklist.enums import OPEN_STATUSES, Status
from checklist.models.base import ProjectRow, same_project
from checklist.models.tree import Group
from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy
from common.versions import Versioned
from organisations.models import User


class ActionQuerySet(models.QuerySet["Action"]):
    def late(self, today: date) -> "ActionQuerySet":
        """Open actions whose due date has passed. The only definition of « en retard », with `Action.days_late`."""
        return self.filter(status__in=OPEN_STATUSES, due_on__lt=today)


@tracked(PROJECT_ROWS)
class Action(ProjectRow, Versioned):
    """One thing to do.

    A KO carries its card: what blocks, what would unblock it, who can, when it is looked at again.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="actions", verbose_name="bloc")
    number = models.CharField("numéro", max_length=10)
    label = models.CharField("intitulé", max_length=300)
    objective = models.CharField("objectif", max_length=300, blank=True)
    position = models.PositiveIntegerField("rang")

    status = models.CharField("état", max_length=12, choices=Status, default=Status.TODO)
    status_at = models.DateTimeField("état depuis le", null=True, blank=True)
    status_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="état donné par"
    )
    not_applicable_reason = models.CharField("pourquoi sans objet", max_length=300, blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    done_on = models.DateField("fait le", null=True, blank=True)
    note = models.CharField("en bref", max_length=300, blank=True)

    ko_blocker = models.TextField("ce qui bloque", blank=True, max_length=1000)
    ko_unblock = models.TextField("ce qui la débloquerait", blank=True, max_length=1000)
    ko_owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="qui le peut"
    )
    ko_review_on = models.DateField("on la regarde à nouveau le", null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="action_once"),
            models.UniqueConstraint(fields=["project", "id"], name="action_in_project"),
            models.CheckConstraint(
                condition=~Q(status=Status.NOT_APPLICABLE) | ~Q(not_applicable_reason=""),
                name="action_na_has_reason",
                violation_error_message="Dites pourquoi cette action est sans objet.",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.OK) | Q(done_on=None),
                name="action_done_only_when_ok",
                violation_error_message="Seule une action OK a une date de réalisation.",
            ),
            same_project("action_group_same_project", "group_id", "checklist_group"),
            TenantPolicy(name="action_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"

    @property
    def state(self) -> Status:
        """The status, as the enum (its tone and icon)."""
        return Status(self.status)

    def days_late(self, today: date) -> int:
        """Days since the due date of an open action; 0 when it isn't late."""
        if self.status not in OPEN_STATUSES or self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)
