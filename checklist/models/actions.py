"""The actions: what is to be done, and where it stands."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from checklist.enums import OPEN_STATUSES, Status
from checklist.models.tree import Group
from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy, same_project
from common.versions import Versioned
from governance.enums import DECIDING
from governance.models import Decision
from organisations.models import ProjectRow, User

SOON = timedelta(days=7)  # an open action due within is « bientôt due »


def is_late(today: date) -> Q:
    """Open, and its due date has passed. The only definition of « en retard », with `Action.days_late`."""
    return Q(status__in=OPEN_STATUSES, due_on__lt=today)


def is_due_soon(today: date) -> Q:
    """Open, and due within `SOON`, today included. The only definition, with `Action.due_soon`."""
    return Q(status__in=OPEN_STATUSES, due_on__gte=today, due_on__lte=today + SOON)


class ActionQuerySet(models.QuerySet["Action"]):
    def current(self) -> "ActionQuerySet":
        """Those not retired."""
        return self.filter(retired_at=None)

    def late(self, today: date) -> "ActionQuerySet":
        """Open actions whose due date has passed."""
        return self.filter(is_late(today))

    def due_soon(self, today: date) -> "ActionQuerySet":
        """Open actions due within `SOON`, today included."""
        return self.filter(is_due_soon(today))


@tracked(PROJECT_ROWS)
class Action(ProjectRow, Versioned):
    """One thing to do.

    A KO carries its card: what blocks, what would unblock it, who can, when it is looked at again.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="actions", verbose_name="bloc")
    number = models.CharField("numéro", max_length=10)
    label = models.CharField("intitulé", max_length=300)
    objective = models.CharField("objectif", max_length=300, blank=True)
    position = models.PositiveIntegerField("rang dans le bloc")
    own = models.BooleanField("propre au projet", default=False)
    retired_at = models.DateTimeField("retirée le", null=True, blank=True)

    status = models.CharField("état", max_length=12, choices=Status, default=Status.TODO)
    status_at = models.DateTimeField("état depuis le", null=True, blank=True)
    status_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="état donné par"
    )
    not_applicable_reason = models.CharField("pourquoi sans objet", max_length=300, blank=True)
    start_on = models.DateField("début", null=True, blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    done_on = models.DateField("fait le", null=True, blank=True)
    note = models.CharField("en bref", max_length=300, blank=True)
    decided_by = models.CharField(
        "décidée par", max_length=10, choices=[(kind.value, kind.label) for kind in DECIDING], blank=True
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="décision citée"
    )

    ko_blocker = models.TextField("ce qui bloque", blank=True, max_length=1000)
    ko_unblock = models.TextField("ce qui la débloquerait", blank=True, max_length=1000)
    ko_owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="qui le peut"
    )
    ko_review_on = models.DateField("on la regarde à nouveau le", null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action"
        ordering = ["group__position", "position"]
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
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(own=True),
                name="action_of_the_catalogue_stays",
                violation_error_message="Une action de l’ANAP ne se retire pas : mettez-la « sans objet ».",
            ),
            models.CheckConstraint(
                condition=Q(start_on=None) | Q(due_on=None) | Q(due_on__gte=F("start_on")),
                name="action_due_after_start",
                violation_error_message="L’échéance vient avant le début.",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.OK) | Q(decided_by="") | Q(decision__isnull=False),
                name="action_ok_by_decision",
                violation_error_message="Cette action ne devient OK qu’en citant une décision enregistrée.",
            ),
            same_project("action_decision_same_project", "decision_id", "governance_decision"),
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

    def due_soon(self, today: date) -> bool:
        """Whether an open action is due within `SOON`, without being late."""
        return self.status in OPEN_STATUSES and self.due_on is not None and today <= self.due_on <= today + SOON

    def days_blocked(self, now: datetime) -> int:
        """How long ago it turned KO, in days; 0 when it isn't KO."""
        if self.status != Status.KO or self.status_at is None:
            return 0
        return max(0, (timezone.localdate(now) - timezone.localdate(self.status_at)).days)
