"""The convention de coopération: its articles, its parties and their signatures, one version after another."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import Frozen, FrozenWith
from common.history import tracked
from common.policies import COUNCIL_ROWS, TenantPolicy, same_project
from common.versions import Versioned
from governance.enums import AgreementStatus
from organisations.models import OG, ProjectRow, User

OPEN = f"parent.status <> '{AgreementStatus.DRAFT}'"
_LASTS = f"('{AgreementStatus.IN_FORCE}', '{AgreementStatus.REPLACED}')"
_REPLACING = "array['status', 'replaced_on', 'version']"


def _parties(condition: str) -> str:
    """SQL, in a trigger of the agreement: one of its parties is such."""
    return f"exists (select from governance_agreementparty party where party.agreement_id = old.id and {condition})"


# What a party's signature is made of: all that moves once the version is to be signed.
SIGNATURE = (
    "signed_on",
    "signatory",
    "capacity",
    "file",
    "file_name",
    "recorded_by_id",
    "recorded_at",
    "version",
)


def signature_path(party: "AgreementParty", filename: str) -> str:
    return f"agreements/{party.project_id}/{party.pk}/{filename}"


@tracked(COUNCIL_ROWS)
class Agreement(ProjectRow, Versioned):
    """One version of the convention. It is in force once every party has signed; the one before is then replaced."""

    number = models.PositiveIntegerField("version n°")
    status = models.CharField("état", max_length=10, choices=AgreementStatus, default=AgreementStatus.DRAFT)
    reason = models.TextField("ce que cette version change", max_length=1000, blank=True)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="version d’avant"
    )
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="ouverte par")
    started_at = models.DateTimeField("ouverte le", default=timezone.now)
    signing_since = models.DateTimeField("à la signature depuis le", null=True, blank=True)
    in_force_on = models.DateField("en vigueur le", null=True, blank=True)
    replaced_on = models.DateField("remplacée le", null=True, blank=True)

    class Meta:
        verbose_name = "convention de coopération"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="agreement_in_project"),
            models.UniqueConstraint(
                fields=["project", "number"],
                name="agreement_number_once",
                violation_error_message="Cette version de la convention existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(status__in=[AgreementStatus.DRAFT, AgreementStatus.SIGNING]),
                name="agreement_one_under_way",
                violation_error_message="Une version de la convention est déjà en cours.",
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(status=AgreementStatus.IN_FORCE), name="agreement_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(status=AgreementStatus.IN_FORCE) | Q(in_force_on__isnull=False),
                name="agreement_in_force_since_a_day",
            ),
            same_project("agreement_based_on_same_project", "based_on_id", "governance_agreement"),
            TenantPolicy(name="agreement_rows", rows=COUNCIL_ROWS),
        ]
        triggers = [
            Frozen(
                name="agreement_kept",
                message="Cette version est en vigueur, ou l’a été : rien n’y change plus. Ouvrez-en une nouvelle.",
                # Only that it is replaced is still noted, once.
                when=f"old.status in {_LASTS} and not (tg_op = 'UPDATE' and old.status = '{AgreementStatus.IN_FORCE}' "
                f"and new.status = '{AgreementStatus.REPLACED}' "
                f"and to_jsonb(old) - {_REPLACING} is not distinct from to_jsonb(new) - {_REPLACING})",
            ),
            Frozen(
                name="agreement_signed_by_all",
                message="Une version n’entre en vigueur qu’une fois signée par toutes ses parties.",
                when=f"tg_op = 'UPDATE' and new.status = '{AgreementStatus.IN_FORCE}' and old.status <> new.status "
                f"and {_parties('party.signed_on is null')}",
            ),
            Frozen(
                name="agreement_signed_stays",
                message="Un OG a déjà signé cette version : son texte ne se reprend plus.",
                when=f"tg_op = 'UPDATE' and new.status = '{AgreementStatus.DRAFT}' and old.status <> new.status "
                f"and {_parties('party.signed_on is not null')}",
            ),
        ]

    def __str__(self) -> str:
        return f"Convention, version {self.number}"


@tracked(COUNCIL_ROWS)
class AgreementArticle(ProjectRow, Versioned):
    """An article. Written while the version is a draft; saved by itself."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="articles", verbose_name="convention"
    )
    position = models.PositiveSmallIntegerField("numéro")
    code = models.CharField("code", max_length=40)
    title = models.CharField("titre", max_length=120)
    guide = models.CharField("ce qu’il dit", max_length=300, blank=True)
    text = models.TextField("texte", max_length=8000, blank=True)

    class Meta:
        verbose_name = "article"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="article_once"),
            same_project("article_agreement_same_project", "agreement_id", "governance_agreement"),
            TenantPolicy(name="article_rows", rows=COUNCIL_ROWS),
        ]
        triggers = [
            FrozenWith(
                name="article_kept",
                message="Cette version est à la signature : son texte ne change plus. Ouvrez-en une nouvelle.",
                parent="governance_agreement",
                key="agreement_id",
                when=OPEN,
            )
        ]

    def __str__(self) -> str:
        return f"Article {self.position} : {self.title}"


@tracked(COUNCIL_ROWS)
class AgreementParty(ProjectRow, Versioned):
    """An OG that this version binds, and its signature: who, when, and the signed document if it is kept here."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="parties", verbose_name="convention"
    )
    og = models.ForeignKey(OG, on_delete=models.PROTECT, related_name="+", verbose_name="OG")
    signed_on = models.DateField("signée le", null=True, blank=True)
    signatory = models.CharField("signataire", max_length=120, blank=True)
    capacity = models.CharField("en qualité de", max_length=120, blank=True)
    file = models.FileField("document signé", upload_to=signature_path, blank=True, max_length=300)
    file_name = models.CharField("nom du document", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enregistrée par"
    )
    recorded_at = models.DateTimeField("enregistrée le", null=True, blank=True)

    class Meta:
        verbose_name = "partie"
        verbose_name_plural = "parties"
        ordering = ["og__name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="party_in_project"),
            models.UniqueConstraint(fields=["agreement", "og"], name="party_once"),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(signatory__gt=""),
                name="party_signed_by_somebody",
                violation_error_message="Dites qui a signé.",
            ),
            same_project("party_agreement_same_project", "agreement_id", "governance_agreement"),
            same_project("party_og_same_project", "og_id", "organisations_og"),
            TenantPolicy(name="party_rows", rows=COUNCIL_ROWS),
        ]
        triggers = [
            FrozenWith(
                name="party_kept",
                message="Cette version est en vigueur : ses parties et leurs signatures ne changent plus.",
                parent="governance_agreement",
                key="agreement_id",
                when=f"parent.status in {_LASTS}",
            ),
            FrozenWith(
                name="party_set",
                message="Cette version est à la signature : ses parties ne changent plus, elles signent.",
                parent="governance_agreement",
                key="agreement_id",
                when=OPEN,
                but=SIGNATURE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.og}, {self.agreement}"
