"""Bodies of a project and who sits on them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.history import tracked
from common.models import Row
from common.policies import PROJECT_ROWS, SameTenant, TenantPolicy
from governance.enums import BodyKind, Representation
from organisations.enums import ComopCategory
from organisations.models import OG, Project, User


@tracked(PROJECT_ROWS)
class Body(Row):
    """A committee of a project: its COSTRAT or its COMOP."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="bodies", verbose_name="projet")
    kind = models.CharField("instance", max_length=10, choices=BodyKind)
    frequency_months = models.PositiveSmallIntegerField("périodicité en mois", default=1)
    quorum_percent = models.PositiveSmallIntegerField("quorum en pour cent du poids", default=50)

    class Meta:
        verbose_name = "instance"
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="body_once"),
            models.UniqueConstraint(fields=["project", "id"], name="body_in_project"),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=0, quorum_percent__lte=100),
                name="body_quorum_is_a_share",
                violation_error_message="Le quorum est une part du poids, de 0 à 100 %.",
            ),
            TenantPolicy(name="body_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class MandateQuerySet(models.QuerySet["Mandate"]):
    def active(self, on: date | None = None) -> "MandateQuerySet":
        """Those in force on a day (today unless said)."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


@tracked(PROJECT_ROWS)
class Mandate(Row):
    """A seat held by a person on a body, from a day to a day."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="mandates", verbose_name="instance")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates", verbose_name="personne")
    og = models.ForeignKey(OG, on_delete=models.PROTECT, null=True, blank=True, verbose_name="OG représenté")
    representation = models.CharField("à quel titre", max_length=20, choices=Representation, blank=True)
    comop_category = models.CharField("catégorie représentée", max_length=15, choices=ComopCategory, blank=True)
    votes = models.BooleanField("vote", default=False)
    invited = models.BooleanField("invité", default=False)
    starts_on = models.DateField("depuis le", default=timezone.localdate)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        ordering = ["user__last_name", "user__first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "user", "og", "comop_category"],
                condition=Q(ends_on=None),
                nulls_distinct=False,
                name="mandate_once",
                violation_error_message="Cette personne tient déjà ce siège.",
            ),
            models.CheckConstraint(
                condition=~Q(invited=True, votes=True),
                name="mandate_guest_does_not_vote",
                violation_error_message="Un invité ne vote pas.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - 1),
                name="mandate_dates",
                violation_error_message="La fin du mandat vient avant son début.",
            ),
            SameTenant(
                name="mandate_body_same_project",
                columns=("project_id", "body_id"),
                table="governance_body",
                references=("project_id", "id"),
            ),
            SameTenant(
                name="mandate_og_same_project",
                columns=("project_id", "og_id"),
                table="organisations_og",
                references=("project_id", "id"),
            ),
            TenantPolicy(name="mandate_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.body}"
