"""The tree: project, OG, ESMS."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from common.history import tracked
from common.models import Row
from common.policies import PROJECT_ROWS, STRUCTURE_ROWS, SameTenant, TenantPolicy, in_scope, same_project
from common.scope import as_array
from common.versions import Versioned
from organisations.access import Access
from organisations.enums import ComopCategory, Level, Permission, Phase, ProjectKind, permissions_on


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, access: Access) -> "ProjectQuerySet":
        """The projects that this person takes part in. The ids travel as one array, whatever their number."""
        ids = as_array(access.projects_with(Permission.VIEW_PROJECT))
        return self.filter(pk__in=RawSQL("select unnest(%s::uuid[])", [ids]))


@tracked(in_scope("id", "project_ids"))
class Project(Row, Versioned):
    """The space in which OG cooperate to deploy one DUI. Nothing crosses two projects."""

    slug = models.SlugField("adresse", max_length=60, unique=True)
    name = models.CharField("nom", max_length=120)
    short_name = models.CharField("nom court", max_length=40)
    kind = models.CharField("type", max_length=12, choices=ProjectKind)
    phase = models.CharField("phase", max_length=12, choices=Phase, default=Phase.FRAMING)
    summary = models.TextField("en quelques mots", blank=True, max_length=2000)
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
    """A structure, as the project's directory shows it to all who take part. `opened_on`: the day on which its first
    unit opened the record, from which its usage is followed and curves are aligned."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="esms", verbose_name="projet")
    og = models.ForeignKey(OG, on_delete=models.PROTECT, related_name="esms", verbose_name="OG")
    slug = models.SlugField("adresse", max_length=80)
    name = models.CharField("nom", max_length=160)
    category = models.CharField("catégorie FINESS", max_length=3)
    comop_category = models.CharField("catégorie au COMOP", max_length=15, choices=ComopCategory)
    city = models.CharField("ville", max_length=80, blank=True)
    phase = models.CharField("phase", max_length=12, choices=Phase, default=Phase.FRAMING)
    wave = models.ForeignKey(
        "organisations.Wave",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="structures",
        verbose_name="vague de déploiement",
    )
    opened_on = models.DateField("ouverture du DUI (J0)", null=True, blank=True)

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
            same_project("esms_wave_same_project", "wave_id", "organisations_wave"),
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
