"""Arbitrations: a question, its options, the votes, the decision. Frozen once decided."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import Frozen, FrozenWith
from common.history import tracked
from common.policies import COUNCIL_ROWS, SameTenant, TenantPolicy, in_scope, same_project
from common.versions import Versioned
from governance.enums import ArbitrationKind, ArbitrationStatus, Choice, DecisionMode, Impact
from governance.models.decisions import Decision
from governance.models.meetings import Meeting
from organisations.models import ESMS, IN_ONE_STRUCTURE, OG, ProjectRow, User

FROZEN = "Cet arbitrage est décidé : rien n’y change plus. Pour revenir dessus, ouvrez-en un nouveau qui le cite."
_DECIDED = f"('{ArbitrationStatus.DECIDED}', '{ArbitrationStatus.APPLIED}')"
# Who reads the deliberations; and, once it is put to the body, who reads those that concern a structure of theirs.
_OF_MY_STRUCTURES = " or ".join(
    (in_scope("concerns.og_id", "arbitration_og_ids"), in_scope("concerns.esms_id", "arbitration_esms_ids"))
)
_PREPARED = f"('{ArbitrationStatus.DRAFT}', '{ArbitrationStatus.WITHDRAWN}')"
ARBITRATION_ROWS = (
    f"{COUNCIL_ROWS} or (status not in {_PREPARED} and exists (select from governance_arbitrationstructure concerns "
    f"where concerns.arbitration_id = governance_arbitration.id and ({_OF_MY_STRUCTURES})))"
)


def _part_rows(table: str, when: str = "") -> str:
    """SQL: rows of a table that are read with the arbitration that they belong to, under its own policy; by who doesn't
    read the deliberations, once `when` holds of it."""
    more = f" and {when}" if when else ""
    return (
        f"{COUNCIL_ROWS} or exists (select from governance_arbitration arbitration "
        f"where arbitration.id = {table}.arbitration_id and arbitration.project_id = {table}.project_id{more})"
    )


CONCERNED_ROWS = " or ".join(
    (COUNCIL_ROWS, in_scope("og_id", "arbitration_og_ids"), in_scope("esms_id", "arbitration_esms_ids"))
)


def _with_arbitration(name: str) -> FrozenWith:
    return FrozenWith(
        name=name,
        message=FROZEN,
        parent="governance_arbitration",
        key="arbitration_id",
        when=f"parent.status in {_DECIDED}",
    )


def _of_arbitration(name: str) -> object:
    return same_project(name, "arbitration_id", "governance_arbitration")


def _its_option(name: str, arbitration: str, option: str) -> SameTenant:
    """The option that a column names is one of the arbitration that another names."""
    return SameTenant(
        name=name,
        columns=(arbitration, option),
        table="governance_arbitrationoption",
        references=("arbitration_id", "id"),
    )


def document_path(document: "ArbitrationDocument", filename: str) -> str:
    return f"arbitrations/{document.project_id}/{document.arbitration_id}/{document.pk}/{filename}"


@tracked(COUNCIL_ROWS)
class Arbitration(ProjectRow, Versioned):
    """A question that the COSTRAT settles by choosing one of two to five options."""

    year = models.PositiveSmallIntegerField("année")
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("nature", max_length=20, choices=ArbitrationKind)
    status = models.CharField("état", max_length=10, choices=ArbitrationStatus, default=ArbitrationStatus.DRAFT)
    question = models.CharField("question posée", max_length=300)
    context = models.TextField("contexte", max_length=2000, blank=True)
    consequence = models.TextField("effet d’une absence de décision", max_length=1000, blank=True)
    deadline = models.DateField("à trancher avant le", null=True, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    recommended = models.ForeignKey(
        "governance.ArbitrationOption",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="option recommandée",
    )
    recommendation = models.TextField("recommandation du chef de projet", max_length=1000, blank=True)
    comop_opinion = models.TextField("avis du COMOP", max_length=1000, blank=True)
    dpo_opinion = models.TextField("avis du délégué à la protection des données", max_length=1000, blank=True)
    cites = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="cited_by", verbose_name="revient sur"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="arbitrations", verbose_name="séance"
    )
    consultation_until = models.DateField("consultation écrite ouverte jusqu’au", null=True, blank=True)
    quorum_reached = models.BooleanField("quorum atteint", null=True, blank=True)
    quorum_percent = models.PositiveSmallIntegerField("quorum demandé, en %", null=True, blank=True)
    represented_percent = models.DecimalField(
        "part représentée, en %", max_digits=5, decimal_places=2, null=True, blank=True
    )
    mode = models.CharField("mode de décision", max_length=25, choices=DecisionMode, blank=True)
    chosen = models.ForeignKey(
        "governance.ArbitrationOption",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="option retenue",
    )
    decision_text = models.TextField("texte de la décision", max_length=4000, blank=True)
    reasons = models.TextField("motifs", max_length=2000, blank=True)
    conditions = models.TextField("réserves et conditions", max_length=1000, blank=True)
    decided_on = models.DateField("date de la décision", null=True, blank=True)
    decision = models.OneToOneField(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arbitration",
        verbose_name="décision enregistrée",
    )
    postponed_to = models.DateField("reporté au", null=True, blank=True)
    postponement_reason = models.TextField("motif du report", max_length=1000, blank=True)
    withdrawal_reason = models.TextField("motif du retrait", max_length=1000, blank=True)
    applied_on = models.DateField("appliquée le", null=True, blank=True)
    created_at = models.DateTimeField("ouvert le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "arbitrage"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="arbitration_in_project"),
            models.UniqueConstraint(fields=["project", "year", "number"], name="arbitration_number_once"),
            models.UniqueConstraint(fields=["project", "token"], name="arbitration_opened_once"),
            models.CheckConstraint(
                condition=~Q(status__in=[ArbitrationStatus.DECIDED, ArbitrationStatus.APPLIED])
                | Q(
                    quorum_reached__isnull=False,
                    chosen__isnull=False,
                    decided_on__isnull=False,
                    decision__isnull=False,
                    decision_text__gt="",
                    mode__gt="",
                ),
                name="arbitration_decided_in_full",
                violation_error_message="Une décision dit l’option retenue, son texte, sa date et son mode.",
            ),
            models.CheckConstraint(
                condition=~Q(status=ArbitrationStatus.POSTPONED)
                | (Q(postponed_to__isnull=False) & Q(postponement_reason__gt="")),
                name="arbitration_postponed_to_a_day",
                violation_error_message="Un report dit à quelle date et pourquoi.",
            ),
            models.CheckConstraint(
                condition=~Q(status=ArbitrationStatus.WITHDRAWN) | Q(withdrawal_reason__gt=""),
                name="arbitration_withdrawn_for_a_reason",
                violation_error_message="Dites pourquoi l’arbitrage est retiré.",
            ),
            models.CheckConstraint(
                condition=~Q(status=ArbitrationStatus.TO_DECIDE) | Q(meeting__isnull=False),
                name="arbitration_to_decide_in_a_meeting",
                violation_error_message="Un arbitrage se tranche à une séance : choisissez-la.",
            ),
            same_project("arbitration_meeting_same_project", "meeting_id", "governance_meeting"),
            same_project("arbitration_decision_same_project", "decision_id", "governance_decision"),
            same_project("arbitration_cites_same_project", "cites_id", "governance_arbitration"),
            _its_option("arbitration_recommends_its_option", "id", "recommended_id"),
            _its_option("arbitration_chooses_its_option", "id", "chosen_id"),
            TenantPolicy(name="arbitration_rows", rows=ARBITRATION_ROWS),
        ]
        triggers = [
            Frozen(
                name="arbitration_frozen",
                message=FROZEN,
                # Only that it was applied is still noted, once.
                when=f"old.status in {_DECIDED} and not (tg_op = 'UPDATE' and old.status = "
                f"'{ArbitrationStatus.DECIDED}' and new.status = '{ArbitrationStatus.APPLIED}' "
                "and to_jsonb(old) - array['status', 'applied_on', 'version'] "
                "is not distinct from to_jsonb(new) - array['status', 'applied_on', 'version'])",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.question}"

    @property
    def reference(self) -> str:
        """« ARB-2026-04 », with no-break hyphens where people read it (`presentation`)."""
        return f"ARB-{self.year}-{self.number:02d}"


@tracked(COUNCIL_ROWS)
class ArbitrationOption(ProjectRow, Versioned):
    """One answer to the question, and what it does to cost, delay, quality and risk."""

    arbitration = models.ForeignKey(
        Arbitration, on_delete=models.CASCADE, related_name="options", verbose_name="arbitrage"
    )
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("intitulé", max_length=120)
    description = models.TextField("description", max_length=1000, blank=True)
    cost_impact = models.CharField("incidence sur le coût", max_length=10, choices=Impact, default=Impact.NONE)
    cost_amount = models.DecimalField("montant estimé (€)", max_digits=12, decimal_places=2, null=True, blank=True)
    delay_impact = models.CharField("incidence sur le délai", max_length=10, choices=Impact, default=Impact.NONE)
    delay_days = models.SmallIntegerField("décalage estimé (jours)", null=True, blank=True)
    quality_impact = models.CharField("incidence sur la qualité", max_length=10, choices=Impact, default=Impact.NONE)
    risk_impact = models.CharField("incidence sur le risque", max_length=10, choices=Impact, default=Impact.NONE)
    comment = models.CharField("précision", max_length=500, blank=True)

    class Meta:
        verbose_name = "option"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["arbitration", "id"], name="option_in_arbitration"),
            models.UniqueConstraint(
                fields=["arbitration", "position"], name="option_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=5),
                name="option_five_at_most",
                violation_error_message="Un arbitrage propose deux à cinq options.",
            ),
            _of_arbitration("option_arbitration_same_project"),
            TenantPolicy(name="option_rows", rows=_part_rows("governance_arbitrationoption")),
        ]
        triggers = [_with_arbitration("option_frozen")]

    def __str__(self) -> str:
        return f"Option {self.letter} : {self.label}"

    @property
    def letter(self) -> str:
        """A, B, C, D or E."""
        return "ABCDE"[self.position - 1]


@tracked(COUNCIL_ROWS)
class ArbitrationStructure(ProjectRow):
    """A structure that the arbitration concerns: its director reads it."""

    arbitration = models.ForeignKey(
        Arbitration, on_delete=models.CASCADE, related_name="concerns", verbose_name="arbitrage"
    )
    og = models.ForeignKey(OG, on_delete=models.PROTECT, related_name="+", verbose_name="OG")
    esms = models.ForeignKey(ESMS, on_delete=models.PROTECT, related_name="+", verbose_name="structure")

    class Meta:
        verbose_name = "structure concernée"
        ordering = ["esms__name"]
        constraints = [
            models.UniqueConstraint(fields=["arbitration", "esms"], name="concerned_once"),
            _of_arbitration("concerned_arbitration_same_project"),
            SameTenant(name="concerned_esms_same_project", **IN_ONE_STRUCTURE),
            TenantPolicy(name="concerned_rows", rows=CONCERNED_ROWS),
        ]
        triggers = [_with_arbitration("concerned_frozen")]

    def __str__(self) -> str:
        return f"{self.arbitration_id}, {self.esms}"


@tracked(COUNCIL_ROWS)
class ArbitrationVote(ProjectRow, Versioned):
    """One vote: that of an OG (multi-OG), or of a member (single OG). `unit_id` is the OG's or the member's id.

    `weight` is what it weighed that day, kept with the decision.
    """

    arbitration = models.ForeignKey(
        Arbitration, on_delete=models.CASCADE, related_name="votes", verbose_name="arbitrage"
    )
    unit_id = models.UUIDField("voix de")
    og = models.ForeignKey(OG, on_delete=models.PROTECT, related_name="+", verbose_name="OG")
    voter = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="votant")
    weight = models.DecimalField("poids à la date du vote", max_digits=5, decimal_places=2)
    choice = models.CharField("vote", max_length=10, choices=Choice)
    option = models.ForeignKey(
        ArbitrationOption,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="option soutenue",
    )
    comment = models.CharField("explication de vote", max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="enregistré par")
    voted_at = models.DateTimeField("voté le", default=timezone.now)

    class Meta:
        verbose_name = "vote"
        ordering = ["-weight", "og__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["arbitration", "unit_id"],
                name="vote_once",
                violation_error_message="Cette voix s’est déjà exprimée.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=100),
                name="vote_weight_is_a_share",
                violation_error_message="Le poids d’une voix va de 0 à 100 %%.",
            ),
            models.CheckConstraint(
                condition=Q(choice=Choice.FOR, option__isnull=False) | (~Q(choice=Choice.FOR) & Q(option=None)),
                name="vote_for_an_option",
                violation_error_message="Un vote « pour » dit quelle option il soutient.",
            ),
            _of_arbitration("vote_arbitration_same_project"),
            same_project("vote_og_same_project", "og_id", "organisations_og"),
            _its_option("vote_for_its_option", "arbitration_id", "option_id"),
            # A vote under way is the body's; how each voted is kept with the decision.
            TenantPolicy(
                name="vote_rows", rows=_part_rows("governance_arbitrationvote", f"arbitration.status in {_DECIDED}")
            ),
        ]
        triggers = [_with_arbitration("vote_frozen")]

    def __str__(self) -> str:
        return f"{self.og}, {self.get_choice_display()}"


@tracked(COUNCIL_ROWS)
class ArbitrationDocument(ProjectRow):
    """A document of the file: one deposited, or a link. A decided file keeps its documents as they were."""

    arbitration = models.ForeignKey(
        Arbitration, on_delete=models.CASCADE, related_name="documents", verbose_name="arbitrage"
    )
    label = models.CharField("intitulé", max_length=200)
    link = models.URLField("lien", max_length=500, blank=True)
    file = models.FileField("fichier", upload_to=document_path, blank=True, max_length=300)
    file_name = models.CharField("nom du fichier", max_length=200, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="ajouté par")
    added_at = models.DateTimeField("ajouté le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "document d’arbitrage"
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "token"], name="arbitrationdocument_added_once"),
            models.CheckConstraint(
                condition=(Q(link="") & Q(file__gt="")) | (Q(link__gt="") & Q(file="")),
                name="arbitrationdocument_file_or_link",
                violation_error_message="Déposez un fichier ou donnez un lien.",
            ),
            _of_arbitration("arbitrationdocument_same_project"),
            TenantPolicy(name="arbitrationdocument_rows", rows=_part_rows("governance_arbitrationdocument")),
        ]
        triggers = [_with_arbitration("arbitrationdocument_frozen")]

    def __str__(self) -> str:
        return self.label
