"""Bodies of a project and who sits on them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.history import tracked
from common.models import Row
from common.policies import PROJECT_ROWS, SameTenant, TenantPolicy, same_project
from common.versions import Versioned
from governance.enums import BodyKind, Representation
from organisations.enums import ComopCategory
from organisations.models import ESMS, IN_ONE_STRUCTURE, OG, Project, User


@tracked(PROJECT_ROWS)
class Body(Row, Versioned):
    """A committee of a project: its COSTRAT, its COMOP, or a working group (which has a name)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="bodies", verbose_name="projet")
    kind = models.CharField("instance", max_length=15, choices=BodyKind)
    name = models.CharField("nom du groupe", max_length=80, blank=True)
    purpose = models.TextField("ce que fait le groupe", max_length=1000, blank=True)
    chair = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="présidence"
    )
    secretary = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="secrétariat"
    )
    frequency_months = models.PositiveSmallIntegerField("périodicité en mois", default=1)
    quorum_percent = models.PositiveSmallIntegerField("quorum en pour cent", default=50)
    convocation_days = models.PositiveSmallIntegerField("délai de convocation en jours", default=7)
    minutes_days = models.PositiveSmallIntegerField("délai du compte rendu en jours", default=5)
    report_days = models.PositiveSmallIntegerField("rapport préparé, en jours avant la séance", default=5)
    proxies_each = models.PositiveSmallIntegerField("pouvoirs qu’une personne peut porter", default=1)
    closed_on = models.DateField("groupe dissous le", null=True, blank=True)

    class Meta:
        verbose_name = "instance"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind"], condition=~Q(kind=BodyKind.WORKING_GROUP), name="body_once"
            ),
            models.UniqueConstraint(
                fields=["project", "name"],
                condition=Q(kind=BodyKind.WORKING_GROUP),
                name="body_name_once",
                violation_error_message="Un groupe de travail du projet porte déjà ce nom.",
            ),
            models.UniqueConstraint(fields=["project", "id"], name="body_in_project"),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=0, quorum_percent__lte=100),
                name="body_quorum_is_a_share",
                violation_error_message="Le quorum est une part, de 0 à 100 %%.",
            ),
            models.CheckConstraint(
                condition=Q(kind=BodyKind.WORKING_GROUP, name__gt="") | (~Q(kind=BodyKind.WORKING_GROUP) & Q(name="")),
                name="body_group_has_a_name",
                violation_error_message="Donnez un nom au groupe de travail.",
            ),
            TenantPolicy(name="body_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class MandateQuerySet(models.QuerySet["Mandate"]):
    def active(self, on: date | None = None) -> "MandateQuerySet":
        """Those in force on a day (today unless said), not declined."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, declined_at=None)


@tracked(PROJECT_ROWS)
class Mandate(Row, Versioned):
    """A seat held by a person on a body, from a day to a day: one row for each OG and category that it carries.

    The person accepts or declines it; until then it counts. The substitute sits, and votes, when they are absent.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="mandates", verbose_name="instance")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates", verbose_name="personne")
    og = models.ForeignKey(OG, on_delete=models.PROTECT, null=True, blank=True, verbose_name="OG représenté")
    esms = models.ForeignKey(
        ESMS, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="structure représentée"
    )
    representation = models.CharField("à quel titre", max_length=20, choices=Representation, blank=True)
    territory = models.CharField("territoire représenté", max_length=80, blank=True)
    comop_category = models.CharField("catégorie représentée", max_length=15, choices=ComopCategory, blank=True)
    substitute = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="substitutions", verbose_name="suppléance"
    )
    votes = models.BooleanField("vote", default=False)
    invited = models.BooleanField("invité", default=False)
    starts_on = models.DateField("depuis le", default=timezone.localdate)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    accepted_at = models.DateTimeField("accepté le", null=True, blank=True)
    declined_at = models.DateTimeField("décliné le", null=True, blank=True)
    decline_reason = models.CharField("motif du refus", max_length=300, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        ordering = ["user__last_name", "user__first_name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="mandate_in_project"),
            models.UniqueConstraint(
                fields=["body", "user", "og", "comop_category"],
                condition=Q(ends_on=None, declined_at=None),
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
                condition=Q(substitute=None) | ~Q(substitute=F("user")),
                name="mandate_substitute_is_another",
                violation_error_message="La suppléance revient à une autre personne que le titulaire.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="mandate_accepted_or_declined",
                violation_error_message="Un mandat est accepté ou décliné, pas les deux.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - 1),
                name="mandate_dates",
                violation_error_message="La fin du mandat vient avant son début.",
            ),
            models.CheckConstraint(
                condition=Q(esms=None) | Q(og__isnull=False), name="mandate_of_a_structure_names_its_og"
            ),
            same_project("mandate_body_same_project", "body_id", "governance_body"),
            same_project("mandate_og_same_project", "og_id", "organisations_og"),
            SameTenant(name="mandate_esms_same_project", **IN_ONE_STRUCTURE),
            TenantPolicy(name="mandate_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.body}"
