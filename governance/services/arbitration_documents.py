"""The documents of the file of an arbitration."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction

from common import history
from common.errors import DomainError
from common.uploads import check_document
from governance.models import Arbitration, ArbitrationDocument
from governance.services.arbitrations import check_open, locked
from organisations.models import User


@transaction.atomic
def add_document(
    *,
    arbitration: Arbitration,
    user: User,
    token: uuid.UUID,
    label: str = "",
    file: UploadedFile | None = None,
    link: str = "",
) -> ArbitrationDocument:
    """Put a document or a link in the file; the same form posted twice puts one.

    Raises DomainError (field) when there is neither, both, one that isn't acceptable, or once decided.
    """
    label, link = label.strip(), link.strip()
    if file is not None and link:
        raise DomainError("Choisissez un document ou donnez un lien, pas les deux.", field="link")
    if file is not None:
        name = check_document(file)
        values: dict[str, Any] = {"file_name": name, "file": file, "label": label or name}
    elif link:
        values = {"link": _checked(link), "label": label or link[:200]}
    else:
        raise DomainError("Choisissez un document, ou donnez un lien.", field="file")
    check_open(locked(arbitration))
    given, _ = ArbitrationDocument.objects.get_or_create(
        project_id=arbitration.project_id,
        token=token,
        defaults={"arbitration": arbitration, "added_by": user, **values},
    )
    return given


@transaction.atomic
def remove_document(*, document: ArbitrationDocument) -> None:
    """Take a document out of the file; what was deposited is kept, and `restore_document` puts it back.

    Raises DomainError once decided.
    """
    check_open(locked(document.arbitration))
    document.delete()


@transaction.atomic
def restore_document(*, arbitration: Arbitration, document_id: uuid.UUID) -> ArbitrationDocument:
    """Put back a document that was taken out. Twice is once. Raises DomainError once decided, or when it was never
    there."""
    check_open(locked(arbitration))
    there = ArbitrationDocument.objects.filter(arbitration=arbitration)
    if known := there.filter(pk=document_id).first():
        return known
    kept = history.versions_of(ArbitrationDocument).filter(pgh_obj_id=document_id, arbitration_id=arbitration.pk).last()
    if kept is None:
        raise DomainError("Ce document n’a jamais fait partie du dossier.")
    values = {field.attname: getattr(kept, field.attname) for field in there.model._meta.fields}
    return ArbitrationDocument.objects.create(**values)


def _checked(link: str) -> str:
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError as error:
        raise DomainError("Indiquez une adresse complète, qui commence par https://.", field="link") from error
    return link
