"""Writing the documentary base of a structure."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from common.errors import DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.uploads import check_document
from common.versions import change
from organisations.models import ESMS, User, place_of
from structures.enums.documents import MAY_BE_LACKING, DocumentKind
from structures.models import DocumentAbsence, DocumentVersion, StructureDocument


@transaction.atomic
def add_document(
    *,
    esms: ESMS,
    kind: DocumentKind,
    user: User,
    token: uuid.UUID,
    title: str = "",
    place: str = "",
    file: UploadedFile | None = None,
    link: str = "",
    dated_on: date | None = None,
    valid_until: date | None = None,
) -> StructureDocument:
    """Put a document or a link in the base; the same form posted twice puts one. Without a title it has that of its
    file, or of its kind. What was told absent is there now.

    Raises DomainError (field) when there is neither file nor link, both, or one that isn't acceptable.
    """
    one_at_a_time(f"document:{token}")  # the same form posted twice at once
    if known := StructureDocument.objects.filter(esms=esms, token=token).first():
        return known
    content = _content(file, link)
    title = title.strip() or (DocumentKind(kind).label if link else str(content["file_name"]))
    document = StructureDocument.objects.create(
        **place_of(esms), kind=kind, title=title[:200], place=place.strip(), added_by=user, token=token
    )
    _deposit(document, esms, user, token, content, dated_on, valid_until)
    DocumentAbsence.objects.filter(esms=esms, kind=kind).delete()
    return document


@transaction.atomic
def deposit_version(
    *,
    document: StructureDocument,
    esms: ESMS,
    user: User,
    token: uuid.UUID,
    file: UploadedFile | None = None,
    link: str = "",
    dated_on: date | None = None,
    valid_until: date | None = None,
) -> DocumentVersion:
    """Put a new version on top; those before it stay. The same form posted twice puts one. Raises DomainError as
    `add_document`, and when the document was taken out."""
    _check_there(document)
    one_at_a_time(f"document:{token}")
    if known := DocumentVersion.objects.filter(esms=esms, token=token).first():
        return known
    return _deposit(document, esms, user, token, _content(file, link), dated_on, valid_until)


@transaction.atomic
def edit_document(
    *,
    document: StructureDocument,
    version: int,
    kind: DocumentKind,
    title: str,
    place: str,
    dated_on: date | None,
    valid_until: date | None,
) -> StructureDocument:
    """Correct what is said of a document, and the dates of its latest version.

    Raises Conflict when somebody corrected it since `version`, DomainError for dates that can't be.
    """
    _check_there(document)
    if not title.strip():
        raise DomainError("Donnez un intitulé à ce document.", field="title")
    written = change(document, version=version, kind=kind, title=title.strip(), place=place.strip())
    latest = document.versions.filter(removed_at=None).order_by("-number").first()
    if latest is not None and (latest.dated_on, latest.valid_until) != (dated_on, valid_until):
        with refused_in_words(DocumentVersion, field="valid_until"):
            DocumentVersion.objects.filter(pk=latest.pk).update(dated_on=dated_on, valid_until=valid_until)
    return written


@transaction.atomic
def remove_document(*, document: StructureDocument) -> None:
    """Take a document out of the base, with its versions. Twice is once."""
    StructureDocument.objects.filter(pk=document.pk, removed_at=None).update(
        removed_at=timezone.now(), version=F("version") + 1
    )


@transaction.atomic
def restore_document(*, document: StructureDocument) -> None:
    """Put back what was taken out. Twice is once. What was told absent meanwhile is there again."""
    StructureDocument.objects.filter(pk=document.pk).update(removed_at=None, version=F("version") + 1)
    DocumentAbsence.objects.filter(esms_id=document.esms_id, kind=document.kind).delete()


@transaction.atomic
def remove_version(*, document: StructureDocument, version: DocumentVersion) -> None:
    """Take one version out. Raises DomainError for the last that is left: then the document itself is to be taken
    out."""
    one_at_a_time(f"document:{document.pk}")
    left = DocumentVersion.objects.filter(document=document, removed_at=None)
    if not left.exclude(pk=version.pk).exists():
        raise DomainError("C’est la seule version de ce document : retirez plutôt le document.")
    left.filter(pk=version.pk).update(removed_at=timezone.now())


@transaction.atomic
def restore_version(*, version: DocumentVersion) -> None:
    """Put a version back. Twice is once."""
    DocumentVersion.objects.filter(pk=version.pk).update(removed_at=None)


@transaction.atomic
def tell_absent(*, esms: ESMS, kind: DocumentKind, user: User, word: str = "") -> DocumentAbsence:
    """Say that the structure has no document of this kind. Twice is once, the latest word counts.

    Raises DomainError for a kind that can't be lacking, or when the base holds one.
    """
    if kind not in MAY_BE_LACKING:
        raise DomainError("Ce type ne se signale pas absent.", field="kind")
    held = StructureDocument.objects.filter(esms=esms, kind=kind, removed_at=None).first()
    if held is not None:
        raise DomainError(f"La base contient déjà « {held.title} » : retirez-le d’abord.", field="kind")
    absence, _ = DocumentAbsence.objects.update_or_create(
        esms=esms,
        kind=kind,
        defaults={"word": word.strip(), "told_by": user, "told_at": timezone.now()},
        create_defaults={**place_of(esms), "kind": kind, "word": word.strip(), "told_by": user},
    )
    return absence


@transaction.atomic
def take_back_absence(*, esms: ESMS, kind: DocumentKind) -> None:
    """No longer say that it doesn't exist. Twice is once."""
    DocumentAbsence.objects.filter(esms=esms, kind=kind).delete()


def _deposit(
    document: StructureDocument,
    esms: ESMS,
    user: User,
    token: uuid.UUID,
    content: dict[str, Any],
    dated_on: date | None,
    valid_until: date | None,
) -> DocumentVersion:
    one_at_a_time(f"document:{document.pk}")  # so that numbers follow one another
    last = DocumentVersion.objects.filter(document=document).aggregate(last=Max("number"))["last"] or 0
    with refused_in_words(DocumentVersion, field="valid_until"):
        return DocumentVersion.objects.create(
            **place_of(esms),
            document=document,
            number=last + 1,
            dated_on=dated_on,
            valid_until=valid_until,
            deposited_by=user,
            token=token,
            **content,
        )


def _content(file: UploadedFile | None, link: str) -> dict[str, Any]:
    link = link.strip()
    if file is not None and link:
        raise DomainError("Choisissez un fichier ou donnez un lien, pas les deux.", field="link")
    if file is not None:
        return {"file_name": check_document(file), "file": file}
    if not link:
        raise DomainError("Choisissez un fichier, ou donnez un lien.", field="file")
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError as error:
        raise DomainError("Indiquez une adresse complète, qui commence par https://.", field="link") from error
    return {"link": link}


def _check_there(document: StructureDocument) -> None:
    if StructureDocument.objects.filter(pk=document.pk, removed_at__isnull=False).exists():
        raise DomainError("Ce document vient d’être retiré de la base.")
