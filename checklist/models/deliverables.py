"""The « Résultat » of each group, and what was put there."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from checklist.enums import DepositKind
from checklist.models.tree import Group
from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy, same_project
from organisations.models import ProjectRow, User


@tracked(PROJECT_ROWS)
class Deliverable(ProjectRow):
    """A slot that a group's « Résultat » has to fill."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="deliverables", verbose_name="bloc")
    label = models.CharField("résultat", max_length=200)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "résultat"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["group", "label"], name="deliverable_once"),
            models.UniqueConstraint(fields=["project", "id"], name="deliverable_in_project"),
            same_project("deliverable_group_same_project", "group_id", "checklist_group"),
            TenantPolicy(name="deliverable_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.label


def deposit_path(deposit: "Deposit", filename: str) -> str:
    return f"deliverables/{deposit.project_id}/{deposit.pk}"


@tracked(PROJECT_ROWS)
class Deposit(ProjectRow):
    """What was put in a slot. Never changed: the newest counts, the older ones are its versions."""

    deliverable = models.ForeignKey(
        Deliverable, on_delete=models.CASCADE, related_name="deposits", verbose_name="résultat"
    )
    kind = models.CharField("nature", max_length=6, choices=DepositKind)
    file = models.FileField("document", upload_to=deposit_path, blank=True, max_length=300)
    file_name = models.CharField("nom du fichier", max_length=200, blank=True)
    link = models.URLField("lien", max_length=500, blank=True)
    reason = models.CharField("pourquoi s’en dispenser", max_length=500, blank=True)
    deposited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="déposé par"
    )
    deposited_at = models.DateTimeField("déposé le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "dépôt"
        ordering = ["-deposited_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "token"], name="deposit_posted_once"),
            models.CheckConstraint(
                condition=(Q(kind=DepositKind.FILE) & ~Q(file_name="") & Q(link="") & Q(reason=""))
                | (Q(kind=DepositKind.LINK) & ~Q(link="") & Q(file_name="") & Q(reason=""))
                | (Q(kind=DepositKind.WAIVER) & ~Q(reason="") & Q(file_name="") & Q(link="")),
                name="deposit_is_one_thing",
                violation_error_message="Déposez un document, ou un lien, ou dites pourquoi vous vous en dispensez.",
            ),
            same_project("deposit_deliverable_same_project", "deliverable_id", "checklist_deliverable"),
            TenantPolicy(name="deposit_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.file_name or self.link or self.reason}"
