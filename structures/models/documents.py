"""The documentary base of a structure, and what the project lead asks of it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.history import tracked
from common.policies import PROJECT_ROWS, STRUCTURE_ROWS, TenantPolicy, in_scope, same_project
from common.versions import Versioned
from organisations.models import ProjectRow, StructureRow, User, in_structure, same_structure
from structures.enums.documents import DocumentKind

# Besides who sees the structure: who reads the documents of all structures of the project (the DPD).
DOCUMENT_ROWS = f"{in_scope('project_id', 'document_project_ids')} or {STRUCTURE_ROWS}"
# A request is read by who sees what it asks of one structure at least; its author sees them all.
REQUEST_ROWS = (
    f"{in_scope('project_id', 'structure_project_ids')} "  # noqa: S608  our own names
    f"or ({PROJECT_ROWS} and id in (select request_id from structures_requesteddocument))"
)


def version_path(version: "DocumentVersion", filename: str) -> str:
    return f"structures/{version.project_id}/{version.esms_id}/{version.pk}/{filename}"


@tracked(DOCUMENT_ROWS)
class StructureDocument(StructureRow, Versioned):
    """A document of the base. What it says is in its versions; `place`: where the teams find it."""

    kind = models.CharField("type", max_length=20, choices=DocumentKind)
    title = models.CharField("intitulé", max_length=200)
    place = models.CharField("emplacement pour les équipes", max_length=200, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="ajouté par")
    added_at = models.DateTimeField("ajouté le", default=timezone.now)
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "document de structure"
        ordering = ["title", "added_at"]
        constraints = [
            in_structure("structuredocument_in_structure"),
            models.UniqueConstraint(fields=["esms", "id"], name="structuredocument_of_esms"),
            models.UniqueConstraint(fields=["esms", "token"], name="structuredocument_added_once"),
            TenantPolicy(name="structuredocument_rows", rows=DOCUMENT_ROWS),
        ]
        indexes = [models.Index(fields=["project", "kind"], name="structuredocument_by_kind")]

    def __str__(self) -> str:
        return self.title


@tracked(DOCUMENT_ROWS)
class DocumentVersion(StructureRow):
    """What was deposited: a file or a link. The highest number that was not taken out is the document of today."""

    document = models.ForeignKey(
        StructureDocument, on_delete=models.CASCADE, related_name="versions", verbose_name="document"
    )
    number = models.PositiveIntegerField("numéro")
    file = models.FileField("fichier", upload_to=version_path, blank=True, max_length=300)
    file_name = models.CharField("nom du fichier", max_length=200, blank=True)
    link = models.URLField("lien", max_length=500, blank=True)
    dated_on = models.DateField("date du document", null=True, blank=True)
    valid_until = models.DateField("à revoir avant le", null=True, blank=True)
    deposited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="déposé par")
    deposited_at = models.DateTimeField("déposé le", default=timezone.now)
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "version d’un document"
        ordering = ["-number"]
        constraints = [
            in_structure("documentversion_in_structure"),
            same_structure("documentversion_same_structure", "document_id", "structures_structuredocument"),
            models.UniqueConstraint(fields=["document", "number"], name="documentversion_number_once"),
            models.UniqueConstraint(fields=["esms", "token"], name="documentversion_deposited_once"),
            models.CheckConstraint(
                condition=(Q(link="") & Q(file__gt="")) | (Q(link__gt="") & Q(file="")),
                name="documentversion_file_or_link",
                violation_error_message="Déposez un fichier ou donnez un lien.",
            ),
            models.CheckConstraint(
                condition=Q(dated_on=None) | Q(valid_until=None) | Q(valid_until__gte=F("dated_on")),
                name="documentversion_dates",
                violation_error_message="La date de révision vient avant celle du document.",
            ),
            TenantPolicy(name="documentversion_rows", rows=DOCUMENT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"


@tracked(DOCUMENT_ROWS)
class DocumentAbsence(StructureRow):
    """« N’existe pas »: the structure says that it has no document of this kind, which is an answer."""

    kind = models.CharField("type", max_length=20, choices=DocumentKind)
    word = models.CharField("un mot", max_length=300, blank=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="signalé par")
    told_at = models.DateTimeField("signalé le", default=timezone.now)

    class Meta:
        verbose_name = "document signalé absent"
        ordering = ["kind"]
        constraints = [
            in_structure("documentabsence_in_structure"),
            models.UniqueConstraint(fields=["esms", "kind"], name="documentabsence_once"),
            TenantPolicy(name="documentabsence_rows", rows=DOCUMENT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : n’existe pas"


@tracked(REQUEST_ROWS)
class DocumentRequest(ProjectRow, Versioned):
    """Documents that the project lead asks of structures. Withdrawn, it asks nothing any more."""

    message = models.TextField("message", max_length=1000, blank=True)
    due_on = models.DateField("à répondre avant le")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "demande de documents"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="documentrequest_in_project"),
            models.UniqueConstraint(fields=["project", "token"], name="documentrequest_asked_once"),
            TenantPolicy(name="documentrequest_rows", rows=REQUEST_ROWS),
        ]

    def __str__(self) -> str:
        return f"Demande du {self.asked_at:%d/%m/%Y}"


@tracked(DOCUMENT_ROWS)
class RequestedDocument(StructureRow):
    """One kind of document that one request asks of one structure. Answered by the base, not by a mark here."""

    request = models.ForeignKey(
        DocumentRequest, on_delete=models.CASCADE, related_name="requested", verbose_name="demande"
    )
    kind = models.CharField("type", max_length=20, choices=DocumentKind)

    class Meta:
        verbose_name = "document demandé"
        ordering = ["kind"]
        constraints = [
            in_structure("requesteddocument_in_structure"),
            same_project("requesteddocument_same_project", "request_id", "structures_documentrequest"),
            models.UniqueConstraint(fields=["request", "esms", "kind"], name="requesteddocument_once"),
            TenantPolicy(name="requesteddocument_rows", rows=DOCUMENT_ROWS),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
