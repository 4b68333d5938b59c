"""What structures need: how they collect it, each need, and the common needs into which the project merges them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.frozen import Frozen
from common.history import tracked
from common.policies import STRUCTURE_ROWS, TenantPolicy, in_scope, same_project
from common.versions import Versioned
from organisations.models import ProjectRow, StructureRow, User, in_structure, same_structure
from structures.enums.needs import (
    OPEN,
    CollectionScope,
    CommonStatus,
    Method,
    NeedDomain,
    NeedSource,
    NeedStatus,
    Outcome,
    Priority,
    Served,
)

FROZEN = "Ce besoin est transmis : il ne change plus. Écrivez un message à son sujet, ou notez un nouveau besoin."
# Who reads the common expression of needs of the project.
COMMON_READERS = in_scope("project_id", "common_need_project_ids")
# … and the structures whose needs a common need carries: under the policy of needs, everybody has their own.
COMMON_NEED_ROWS = (
    f"{COMMON_READERS} or exists (select from structures_need need "
    "where need.common_id = structures_commonneed.id and need.project_id = structures_commonneed.project_id)"
)
# A call to all structures: whoever reads the checklist, so neither the vendor nor who buys.
CALL_ROWS = in_scope("project_id", "checklist_project_ids")


@tracked(CALL_ROWS)
class NeedCall(ProjectRow, Versioned):
    """Until when the project lead awaits the needs of all structures, and in what words. One a project."""

    due_on = models.DateField("à transmettre avant le")
    message = models.TextField("message aux structures", max_length=1000, blank=True)
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    called_at = models.DateTimeField("demandé le", default=timezone.now)

    class Meta:
        verbose_name = "demande de besoins"
        constraints = [
            models.UniqueConstraint(fields=["project"], name="needcall_once"),
            TenantPolicy(name="needcall_rows", rows=CALL_ROWS),
        ]

    def __str__(self) -> str:
        return f"Besoins attendus avant le {self.due_on:%d/%m/%Y}"


@tracked(STRUCTURE_ROWS)
class NeedCollection(StructureRow, Versioned):
    """How a structure collects its needs, who took part (numbers only), and how the team was told what became of them.

    Its scope is locked once the direction approved it.
    """

    scope = models.CharField("qui est consulté", max_length=10, choices=CollectionScope, blank=True)
    users_voice = models.TextField("comment la parole des usagers est entendue", max_length=600, blank=True)
    approved_at = models.DateTimeField("périmètre validé le", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="périmètre validé par"
    )
    methods = ArrayField(
        models.CharField(max_length=12, choices=Method), verbose_name="méthodes", default=list, blank=True
    )
    starts_on = models.DateField("début du recueil", null=True, blank=True)
    ends_on = models.DateField("fin du recueil", null=True, blank=True)
    professionals = models.PositiveIntegerField("professionnels consultés", null=True, blank=True)
    managers = models.PositiveIntegerField("cadres consultés", null=True, blank=True)
    users = models.PositiveIntegerField("usagers consultés", null=True, blank=True)
    relatives = models.PositiveIntegerField("proches consultés", null=True, blank=True)
    shared_on = models.DateField("synthèse diffusée le", null=True, blank=True)
    shared_how = models.TextField("comment elle a été diffusée", max_length=300, blank=True)

    class Meta:
        verbose_name = "recueil des besoins"
        constraints = [
            models.UniqueConstraint(fields=["esms"], name="needcollection_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="needcollection_ends_after_start",
                violation_error_message="La fin du recueil vient avant son début.",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | (~Q(scope="") & ~Q(users_voice="")),
                name="needcollection_approved_when_said",
                violation_error_message="Un périmètre validé dit qui est consulté et comment l’usager est entendu.",
            ),
            in_structure("needcollection_in_structure"),
            TenantPolicy(name="needcollection_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return f"Recueil des besoins de {self.esms}"

    @property
    def may_be_approved(self) -> bool:
        """Whether it says who is asked and how users are heard."""
        return bool(self.scope and self.users_voice and self.approved_at is None)

    @property
    def has_method(self) -> bool:
        """Whether it says how and when (act_choose_needs_method)."""
        return bool(self.methods and self.starts_on)

    @property
    def is_shared(self) -> bool:
        """Whether the team was told, and how (act_share_needs)."""
        return bool(self.shared_on and self.shared_how)


@tracked(COMMON_READERS)
class CommonNeed(ProjectRow, Versioned):
    """A need of the common expression, into which those of structures are merged. Its words are the project's."""

    number = models.PositiveIntegerField("numéro")
    title = models.CharField("besoin", max_length=200)
    domain = models.CharField("domaine", max_length=20, choices=NeedDomain)
    description = models.TextField("description", max_length=2000, blank=True)
    priority = models.CharField("priorité", max_length=10, choices=Priority)
    status = models.CharField("suite donnée", max_length=15, choices=CommonStatus, default=CommonStatus.STUDIED)
    reason = models.TextField("motif", max_length=600, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="ouvert par")
    created_at = models.DateTimeField("ouvert le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "besoin commun"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="commonneed_in_project"),
            models.UniqueConstraint(fields=["project", "number"], name="commonneed_number_once"),
            models.UniqueConstraint(fields=["project", "token"], name="commonneed_opened_once"),
            models.CheckConstraint(
                condition=~Q(status=CommonStatus.DISMISSED) | ~Q(reason=""),
                name="commonneed_dismissed_with_reason",
                violation_error_message="Dites pourquoi ce besoin commun est écarté.",
            ),
            TenantPolicy(name="commonneed_rows", rows=COMMON_NEED_ROWS),
        ]

    def __str__(self) -> str:
        return f"Besoin commun n° {self.number} : {self.title}"


class NeedQuerySet(models.QuerySet["Need"]):
    def kept(self) -> "NeedQuerySet":
        """Those that were not taken away."""
        return self.filter(removed_at=None)

    def transmitted(self) -> "NeedQuerySet":
        return self.kept().filter(status=NeedStatus.TRANSMITTED)


# Once transmitted only what the project makes of it still moves.
_OUTCOME = ("outcome", "common_id", "outcome_reason", "outcome_by_id", "outcome_at", "version")


@tracked(STRUCTURE_ROWS)
class Need(StructureRow, Versioned):
    """Something that a structure needs of the record. `evolution`: asked for once it was deployed there.

    Frozen once transmitted. `common`: the common need that carries it.
    """

    number = models.PositiveIntegerField("numéro")
    title = models.CharField("besoin", max_length=200)
    domain = models.CharField("domaine", max_length=20, choices=NeedDomain, blank=True)
    priority = models.CharField("priorité", max_length=10, choices=Priority, blank=True)
    description = models.TextField("description", max_length=2000, blank=True)
    serves = ArrayField(
        models.CharField(max_length=15, choices=Served), verbose_name="à qui il sert", default=list, blank=True
    )
    source = models.CharField("d’où il vient", max_length=12, choices=NeedSource, blank=True)
    evolution = models.BooleanField("demande d’évolution", default=False)
    status = models.CharField("état", max_length=12, choices=NeedStatus, default=NeedStatus.DRAFT)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="noté par")
    written_at = models.DateTimeField("noté le", default=timezone.now)
    validated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="validé par"
    )
    validated_at = models.DateTimeField("validé le", null=True, blank=True)
    transmitted_at = models.DateTimeField("transmis le", null=True, blank=True)
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)
    outcome = models.CharField("suite donnée", max_length=10, choices=Outcome, blank=True, default=Outcome.UNDECIDED)
    common = models.ForeignKey(
        CommonNeed,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name="besoin commun",
    )
    outcome_reason = models.TextField("motif", max_length=600, blank=True)
    outcome_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="décidé par"
    )
    outcome_at = models.DateTimeField("décidé le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["esms", "id"], name="need_in_esms"),
            models.UniqueConstraint(fields=["esms", "number"], name="need_number_once"),
            models.UniqueConstraint(fields=["esms", "token"], name="need_noted_once"),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="need_has_words",
                violation_error_message="Un besoin a au moins quelques mots.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[NeedStatus.DRAFT]) | (~Q(domain="") & ~Q(priority="")),
                name="need_complete_once_proposed",
                violation_error_message="Un besoin proposé ou validé garde son domaine et sa priorité.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[NeedStatus.VALIDATED, NeedStatus.TRANSMITTED])
                | Q(validated_by__isnull=False, validated_at__isnull=False),
                name="need_validated_by_somebody",
                violation_error_message="Un besoin est validé par la direction avant d’être transmis.",
            ),
            models.CheckConstraint(
                condition=Q(status=NeedStatus.TRANSMITTED, transmitted_at__isnull=False, removed_at=None)
                | (~Q(status=NeedStatus.TRANSMITTED) & Q(outcome=Outcome.UNDECIDED)),
                name="need_decided_once_transmitted",
                violation_error_message="Le projet ne décide que des besoins transmis.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.COMMON, common__isnull=False)
                | (~Q(outcome=Outcome.COMMON) & Q(common=None)),
                name="need_common_names_it",
                violation_error_message="Un besoin porté au niveau commun l’est par un besoin commun.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.LOCAL, Outcome.DISMISSED]) | ~Q(outcome_reason=""),
                name="need_kept_back_with_reason",
                violation_error_message="Dites pourquoi : la structure lira ce motif.",
            ),
            in_structure("need_in_structure"),
            same_project("need_common_same_project", "common_id", "structures_commonneed"),
            TenantPolicy(name="need_rows", rows=STRUCTURE_ROWS),
        ]
        indexes = [models.Index(fields=["project", "status", "outcome"], name="need_to_decide")]
        triggers = [
            Frozen(name="need_frozen", message=FROZEN, when=f"old.status = '{NeedStatus.TRANSMITTED}'", but=_OUTCOME)
        ]

    def __str__(self) -> str:
        return f"Besoin n° {self.number} : {self.title}"

    @property
    def is_complete(self) -> bool:
        """Whether it has what the director validates: a domain and a priority."""
        return bool(self.domain and self.priority)

    @property
    def is_transmitted(self) -> bool:
        return self.status == NeedStatus.TRANSMITTED

    @property
    def is_open(self) -> bool:
        """Whether its words may change."""
        return self.removed_at is None and self.status in OPEN


@tracked(STRUCTURE_ROWS)
class NeedMessage(StructureRow):
    """What the structure and the project lead say of a need: what was transmitted doesn't change, this is added."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="messages", verbose_name="besoin")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="écrit par")
    text = models.TextField("message", max_length=1000)
    written_at = models.DateTimeField("écrit le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "message sur un besoin"
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "token"], name="needmessage_once"),
            in_structure("needmessage_in_structure"),
            same_structure("needmessage_need_in_esms", "need_id", "structures_need"),
            TenantPolicy(name="needmessage_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return self.text
