"""People and tenancy: users, projects, OG, ESMS, memberships, object permissions.

Directory rows (project, OG, ESMS, who holds which office) are seen by all who take part in the project, as the
table of product.md has it for the project sheet, bodies and calendar. What tells of a structure's inside
(`ESMSProfile`, invitations, local teams) is seen by those who may see that structure.
"""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from guardian.models import UserObjectPermissionBase

from common.history import tracked
from common.models import Row
from common.policies import OWN_ROWS, PROJECT_ROWS, STRUCTURE_ROWS, SameTenant, TenantPolicy, in_scope
from common.versions import Versioned
from organisations.access import Access
from organisations.enums import ComopCategory, Level, Permission, Phase, ProjectKind, Role, permissions_on


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin, Row):
    """A person. Signs in with an e-mail address; belongs to no tenant, takes part through memberships."""

    email = models.EmailField("adresse électronique", unique=True)
    first_name = models.CharField("prénom", max_length=80)
    last_name = models.CharField("nom", max_length=80)
    title = models.CharField("fonction", max_length=120, blank=True)
    is_active = models.BooleanField("compte actif", default=True)
    session_epoch = models.PositiveIntegerField("génération des sessions", default=0, editable=False)
    date_joined = models.DateTimeField("créé le", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]
    objects = UserManager()

    class Meta:
        ordering = ["last_name", "first_name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Changes with the password, and when a role ends: open sessions end with it.
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(
            "organisations.User.session", value, secret=secret or settings.SECRET_KEY, algorithm="sha256"
        ).hexdigest()


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, access: Access) -> "ProjectQuerySet":
        return self.filter(pk__in=access.projects_with(Permission.VIEW_PROJECT))


@tracked(in_scope("id", "project_ids"))
class Project(Row, Versioned):
    """The space in which OG cooperate to deploy one DUI. Nothing crosses two projects."""

    slug = models.SlugField("adresse", max_length=60, unique=True)
    name = models.CharField("nom", max_length=120)
    short_name = models.CharField("nom court", max_length=40)
    kind = models.CharField("type", max_length=12, choices=ProjectKind)
    phase = models.CharField("phase", max_length=12, choices=Phase, default=Phase.FRAMING)
    summary = models.TextField("en quelques mots", blank=True)
    product = models.CharField("DUI choisi", max_length=120, blank=True)
    publisher = models.CharField("éditeur", max_length=120, blank=True)
    started_on = models.DateField("début")
    planned_end_on = models.DateField("fin prévue", null=True, blank=True)
    budget_voted = models.DecimalField("budget voté, en euros", max_digits=12, decimal_places=2, null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [(item.value, item.label) for item in permissions_on(Level.PROJECT)]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(planned_end_on__gte=F("started_on")),
                name="project_ends_after_start",
                violation_error_message="La fin prévue vient avant le début.",
            ),
            TenantPolicy(name="project_rows", rows=in_scope("id", "project_ids")),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(PROJECT_ROWS)
class OG(Row, Versioned):
    """A managing body (organisme gestionnaire), as it takes part in one project."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="ogs", verbose_name="projet")
    name = models.CharField("nom", max_length=160)
    short_name = models.CharField("nom court", max_length=60)
    legal_form = models.CharField("forme juridique", max_length=120, blank=True)
    city = models.CharField("ville", max_length=80, blank=True)
    finess_ej = models.CharField("FINESS de l’entité juridique", max_length=9, blank=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)

    class Meta:
        verbose_name = "organisme gestionnaire"
        ordering = ["name"]
        permissions = [(item.value, item.label) for item in permissions_on(Level.OG)]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="og_in_project"),
            models.UniqueConstraint(
                fields=["project", "name"],
                name="og_name_once",
                violation_error_message="Un OG de ce projet porte déjà ce nom.",
            ),
            TenantPolicy(name="og_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(PROJECT_ROWS)
class ESMS(Row, Versioned):
    """A structure, as the project's directory shows it to all who take part."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="esms", verbose_name="projet")
    og = models.ForeignKey(OG, on_delete=models.PROTECT, related_name="esms", verbose_name="OG")
    slug = models.SlugField("adresse", max_length=80)
    name = models.CharField("nom", max_length=160)
    category = models.CharField("catégorie FINESS", max_length=3)
    comop_category = models.CharField("catégorie au COMOP", max_length=15, choices=ComopCategory)
    city = models.CharField("ville", max_length=80, blank=True)
    phase = models.CharField("phase", max_length=12, choices=Phase, default=Phase.FRAMING)

    class Meta:
        verbose_name = "structure"
        ordering = ["name"]
        permissions = [(item.value, item.label) for item in permissions_on(Level.ESMS)]
        constraints = [
            models.UniqueConstraint(fields=["project", "og", "id"], name="esms_in_og"),
            models.UniqueConstraint(fields=["project", "slug"], name="esms_slug_once"),
            models.UniqueConstraint(
                fields=["og", "name"],
                name="esms_name_once",
                violation_error_message="Une structure de cet OG porte déjà ce nom.",
            ),
            SameTenant(
                name="esms_og_same_project",
                columns=("project_id", "og_id"),
                table="organisations_og",
                references=("project_id", "id"),
            ),
            TenantPolicy(name="esms_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.name


IN_ONE_STRUCTURE = {
    "columns": ("project_id", "og_id", "esms_id"),
    "table": "organisations_esms",
    "references": ("project_id", "og_id", "id"),
}
IN_ONE_OG = {"columns": ("project_id", "og_id"), "table": "organisations_og", "references": ("project_id", "id")}


@tracked(STRUCTURE_ROWS)
class ESMSProfile(Row, Versioned):
    """What a structure tells of itself: identity numbers and size."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    og = models.ForeignKey(OG, on_delete=models.PROTECT, related_name="+")
    esms = models.OneToOneField(ESMS, on_delete=models.CASCADE, related_name="profile", verbose_name="structure")
    finess_et = models.CharField("FINESS de l’établissement", max_length=9, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    capacity = models.PositiveIntegerField("capacité", null=True, blank=True)
    staff = models.PositiveIntegerField("professionnels", null=True, blank=True)
    users_to_equip = models.PositiveIntegerField("utilisateurs à équiper", null=True, blank=True)

    class Meta:
        verbose_name = "fiche de structure"
        constraints = [
            models.CheckConstraint(
                condition=Q(staff=None) | Q(users_to_equip=None) | Q(users_to_equip__lte=F("staff")),
                name="esms_users_within_staff",
                violation_error_message="Il y a plus d’utilisateurs à équiper que de professionnels.",
            ),
            SameTenant(name="esmsprofile_same_tenant", **IN_ONE_STRUCTURE),
            TenantPolicy(name="esmsprofile_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return f"Fiche de {self.esms}"


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


class ObjectPermission(UserObjectPermissionBase):
    """A django-guardian permission of one person on one object, until the role behind it ends.

    Written by `organisations.services` from memberships, never by hand. `until` makes a role that ends today
    end tonight even if no worker runs.
    """

    until = models.DateField("jusqu’au", null=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


class ProjectPermission(ObjectPermission):
    content_object = models.ForeignKey(Project, on_delete=models.CASCADE)

    class Meta(ObjectPermission.Meta):
        constraints = [TenantPolicy(name="projectpermission_rows", rows=OWN_ROWS, elevated_writes=True)]


class OGPermission(ObjectPermission):
    content_object = models.ForeignKey(OG, on_delete=models.CASCADE)

    class Meta(ObjectPermission.Meta):
        constraints = [TenantPolicy(name="ogpermission_rows", rows=OWN_ROWS, elevated_writes=True)]


class ESMSPermission(ObjectPermission):
    content_object = models.ForeignKey(ESMS, on_delete=models.CASCADE)

    class Meta(ObjectPermission.Meta):
        constraints = [TenantPolicy(name="esmspermission_rows", rows=OWN_ROWS, elevated_writes=True)]
