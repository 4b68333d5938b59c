"""The people of a structure that the project may call on. Professional contact data only."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.history import tracked
from common.policies import STRUCTURE_ROWS, TenantPolicy, in_scope, same_project
from common.versions import Versioned
from organisations.models import ProjectRow, StructureRow, User, in_structure, same_structure
from structures.enums.people import ApplicationStatus, ContactFunction

# A call speaks to all structures of the project: read by who sees the inside of one of them at least.
CALL_ROWS = (
    f"{in_scope('project_id', 'structure_project_ids')} "  # noqa: S608  our own names
    "or project_id in (select project_id from organisations_esmsprofile)"
)


@tracked(STRUCTURE_ROWS)
class Contact(StructureRow, Versioned):
    """Somebody, or a service, who knows the structure's computers. `authorised_on`: may answer the project lead."""

    function = models.CharField("fonction", max_length=20, choices=ContactFunction)
    organisation = models.CharField("organisme ou entreprise", max_length=120, blank=True)
    name = models.CharField("nom", max_length=120, blank=True)
    email = models.EmailField("adresse professionnelle ou du service", blank=True)
    phone = models.CharField("téléphone professionnel", max_length=30, blank=True)
    note = models.CharField("ce qu’il faut savoir", max_length=300, blank=True)
    authorised_on = models.DateField("autorisé le", null=True, blank=True)
    authorised_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="autorisé par"
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="inscrit par")
    added_at = models.DateTimeField("inscrit le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "contact"
        ordering = ["function", "organisation", "name"]
        constraints = [
            in_structure("contact_in_structure"),
            models.UniqueConstraint(fields=["esms", "token"], name="contact_added_once"),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="contact_reachable",
                violation_error_message="Donnez une adresse électronique ou un téléphone.",
            ),
            models.CheckConstraint(
                condition=~Q(organisation="") | ~Q(name=""),
                name="contact_named",
                violation_error_message="Donnez un organisme, un service ou un nom.",
            ),
            TenantPolicy(name="contact_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return self.name or self.organisation


@tracked(CALL_ROWS)
class ResourceCall(ProjectRow, Versioned):
    """A call for applications: the project lead asks structures for people who know their trade."""

    title = models.CharField("ce qu’il y a à faire", max_length=160)
    text = models.TextField("présentation", max_length=2000, blank=True)
    skills = models.JSONField("compétences recherchées", default=list)  # of Skill
    workload = models.CharField("charge de travail", max_length=160)
    open_until = models.DateField("ouvert jusqu’au")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="ouvert par")
    opened_at = models.DateTimeField("ouvert le", default=timezone.now)
    closed_at = models.DateTimeField("fermé le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "appel à candidatures"
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="resourcecall_in_project"),
            models.UniqueConstraint(fields=["project", "token"], name="resourcecall_opened_once"),
            TenantPolicy(name="resourcecall_rows", rows=CALL_ROWS),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self) -> bool:
        """Whether a structure may still answer."""
        return self.closed_at is None and self.open_until >= timezone.localdate()


@tracked(STRUCTURE_ROWS)
class Application(StructureRow, Versioned):
    """A person whom a structure proposes to the project, to answer a call or not.

    Transmitted once the person and the direction agree, with the time released; then the project lead decides.
    """

    call = models.ForeignKey(
        ResourceCall, on_delete=models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="appel"
    )
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse professionnelle")
    function = models.CharField("fonction", max_length=120)
    skills = models.JSONField("compétences", default=list)  # of Skill
    own_skills = models.CharField("autres compétences", max_length=200, blank=True)
    days_per_month = models.DecimalField(
        "disponibilité, en jours par mois", max_digits=3, decimal_places=1, null=True, blank=True
    )
    available_from = models.DateField("à partir du", null=True, blank=True)
    available_until = models.DateField("jusqu’au", null=True, blank=True)
    person_agreed_on = models.DateField("accord de la personne le", null=True, blank=True)
    hours_per_month = models.PositiveSmallIntegerField("temps dégagé, en heures par mois", null=True, blank=True)
    compensation = models.CharField("comment ce temps est compensé", max_length=300, blank=True)
    manager_agreed_on = models.DateField("accord de la direction le", null=True, blank=True)
    manager_agreed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="accord donné par"
    )
    status = models.CharField("état", max_length=10, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    submitted_at = models.DateTimeField("transmise le", null=True, blank=True)
    decided_at = models.DateTimeField("réponse du", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="réponse de"
    )
    word = models.CharField("un mot du chef de projet", max_length=500, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="proposée par")
    added_at = models.DateTimeField("proposée le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "candidature"
        ordering = ["name", "added_at"]
        constraints = [
            in_structure("application_in_structure"),
            same_project("application_same_project", "call_id", "structures_resourcecall"),
            models.UniqueConstraint(fields=["esms", "token"], name="application_added_once"),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.DRAFT)
                | Q(person_agreed_on__isnull=False, manager_agreed_on__isnull=False, hours_per_month__gt=0),
                name="application_agreed_before_sent",
                violation_error_message="Il manque un accord, ou le temps dégagé.",
            ),
            models.CheckConstraint(
                condition=Q(available_from=None)
                | Q(available_until=None)
                | Q(available_until__gte=F("available_from")),
                name="application_dates",
                violation_error_message="La fin de la disponibilité vient avant son début.",
            ),
            TenantPolicy(name="application_rows", rows=STRUCTURE_ROWS),
        ]
        indexes = [models.Index(fields=["project", "status"], name="application_by_status")]

    def __str__(self) -> str:
        return self.name


@tracked(STRUCTURE_ROWS)
class Appointment(StructureRow, Versioned):
    """The mission letter of a local referent. `renews`: the letter that this one follows."""

    referent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="référent local")
    mission = models.TextField("mission", max_length=2000)
    hours_per_week = models.DecimalField("temps dégagé, en heures par semaine", max_digits=3, decimal_places=1)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    appointed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="signée par")
    appointed_at = models.DateTimeField("signée le", default=timezone.now)
    renews = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals", verbose_name="reconduit"
    )
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "lettre de mission"
        ordering = ["-starts_on", "-appointed_at"]
        constraints = [
            in_structure("appointment_in_structure"),
            models.UniqueConstraint(fields=["esms", "id"], name="appointment_of_esms"),
            same_structure("appointment_renews_same_structure", "renews_id", "structures_appointment"),
            models.UniqueConstraint(fields=["esms", "token"], name="appointment_signed_once"),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0),
                name="appointment_with_time",
                violation_error_message="Une mission sans temps dégagé ne se tient pas : indiquez des heures.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="appointment_dates",
                violation_error_message="La fin de la mission vient avant son début.",
            ),
            TenantPolicy(name="appointment_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return f"Lettre de mission de {self.referent}"
