"""Who holds which role, who was offered one, and the reviews of all that."""

import uuid
from datetime import date

from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from common.history import tracked
from common.models import Row
from common.policies import OWN_ROWS, PROJECT_ROWS, STRUCTURE_ROWS, SameTenant, TenantPolicy
from organisations.enums import Role
from organisations.models.tree import ESMS, IN_ONE_OG, IN_ONE_STRUCTURE, OG, Project
from organisations.models.users import User


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, on: date | None = None) -> "MembershipQuerySet":
        """Those in force on a day (today unless said)."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


# Offices are known to the whole project (RACI names them); a structure's local team only to that structure.
MEMBERSHIP_ROWS = f"({PROJECT_ROWS} and role <> '{Role.LOCAL_REFERENT.value}') or {OWN_ROWS} or {STRUCTURE_ROWS}"


@tracked(MEMBERSHIP_ROWS)
class Membership(Row):
    """A role that a person holds, from a day to a day, on a project, an OG or an ESMS.

    This is what people see and audit; the permissions that follow from it are written by
    `organisations.services` in the same transaction.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name="personne")
    role = models.CharField("rôle", max_length=20, choices=Role)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="memberships", verbose_name="projet")
    og = models.ForeignKey(OG, on_delete=models.PROTECT, null=True, blank=True, verbose_name="OG")
    esms = models.ForeignKey(ESMS, on_delete=models.PROTECT, null=True, blank=True, verbose_name="structure")
    starts_on = models.DateField("depuis le", default=timezone.localdate)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="donné par"
    )
    granted_at = models.DateTimeField("donné le", default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "rôle"
        ordering = ["user__last_name", "user__first_name", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT], og__isnull=False, esms__isnull=False)
                | Q(role=Role.OG_DIRECTOR, og__isnull=False, esms=None)
                | (
                    ~Q(role__in=[Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT, Role.OG_DIRECTOR]) & Q(og=None) & Q(esms=None)
                ),
                name="membership_level",
                violation_error_message="Ce rôle ne se donne pas à ce niveau (projet, OG ou structure).",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - 1),
                name="membership_dates",
                violation_error_message="La fin du rôle vient avant son début.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "project", "og", "esms"],
                condition=Q(ends_on=None),
                nulls_distinct=False,
                name="membership_once",
                violation_error_message="Cette personne tient déjà ce rôle.",
            ),
            SameTenant(name="membership_og_same_project", **IN_ONE_OG),
            SameTenant(name="membership_same_tenant", **IN_ONE_STRUCTURE),
            TenantPolicy(name="membership_rows", rows=MEMBERSHIP_ROWS, elevated_writes=True),
        ]
        indexes = [models.Index(fields=["project", "role"], name="membership_by_role")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def held_on(self) -> "Project | OG | ESMS":
        """The object that the role is held on."""
        return self.esms or self.og or self.project


INVITATION_SALT = "organisations.Invitation"


def invitation_id_of(token: str) -> uuid.UUID | None:
    """The invitation that a link's token names, or None when the token wasn't made here."""
    try:
        return uuid.UUID(signing.loads(token, salt=INVITATION_SALT))
    except signing.BadSignature:
        return None


# Invitations to a project-wide role belong to the project's lead alone: nobody else sees structures project-wide.
@tracked(STRUCTURE_ROWS)
class Invitation(Row):
    """An offer of a role to an e-mail address: single use, expiring, bound to that address."""

    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=20, choices=Role)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations", verbose_name="projet")
    og = models.ForeignKey(OG, on_delete=models.CASCADE, null=True, blank=True, verbose_name="OG")
    esms = models.ForeignKey(ESMS, on_delete=models.CASCADE, null=True, blank=True, verbose_name="structure")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="invité par")
    created_at = models.DateTimeField("créée le", default=timezone.now)
    sent_at = models.DateTimeField("envoyée le", null=True)
    expires_at = models.DateTimeField("valable jusqu’au")
    accepted_at = models.DateTimeField("acceptée le", null=True)
    revoked_at = models.DateTimeField("retirée le", null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "project",
                "og",
                "esms",
                condition=Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
                name="invitation_pending_once",
                violation_error_message="Une invitation à ce rôle attend déjà une réponse à cette adresse.",
            ),
            SameTenant(name="invitation_og_same_project", **IN_ONE_OG),
            SameTenant(name="invitation_same_tenant", **IN_ONE_STRUCTURE),
            TenantPolicy(name="invitation_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    @property
    def token(self) -> str:
        """What the link in the e-mail carries. Signed, not stored: only the row says whether it still stands."""
        return signing.dumps(str(self.pk), salt=INVITATION_SALT)

    @property
    def pending(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()


@tracked(PROJECT_ROWS)
class AccessReview(Row):
    """Somebody read through who has access to what, and confirmed it. Expected once a year."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="access_reviews", verbose_name="projet")
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="relu par")
    reviewed_at = models.DateTimeField("relu le", default=timezone.now)
    roles = models.PositiveIntegerField("rôles en cours ce jour-là")

    class Meta:
        verbose_name = "revue des accès"
        ordering = ["-reviewed_at"]
        constraints = [TenantPolicy(name="accessreview_rows", rows=PROJECT_ROWS)]

    def __str__(self) -> str:
        return f"{self.project}, {self.reviewed_at:%d/%m/%Y}"
