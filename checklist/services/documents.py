"""The documents put beside an action, apart from the « Résultats » of its group."""

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from checklist.models import Action, ActionDocument
from checklist.services.deliverables import checked_link
from common.errors import DomainError
from common.uploads import check_document
from organisations.models import User


@transaction.atomic
def add_document(
    *, action: Action, user: User, token: uuid.UUID, label: str = "", file: UploadedFile | None = None, link: str = ""
) -> ActionDocument:
    """Put a document or a link beside an action; the same form posted twice puts one.

    Raises DomainError naming the field when there is neither, both, or one that isn't acceptable.
    """
    link = link.strip()
    if file is not None and link:
        raise DomainError("Choisissez un document ou donnez un lien, pas les deux.", field="link")
    if file is not None:
        values: dict[str, Any] = {"file_name": check_document(file), "file": file}
    elif link:
        values = {"link": checked_link(link)}
    else:
        raise DomainError("Choisissez un document, ou donnez un lien.", field="file")
    given, _ = ActionDocument.objects.get_or_create(
        project_id=action.project_id,
        token=token,
        defaults={"action": action, "added_by": user, "label": label.strip(), **values},
    )
    return given


@transaction.atomic
def remove_document(*, document: ActionDocument) -> None:
    """Take a document off the action. It stays in the project and can be put back."""
    ActionDocument.objects.filter(pk=document.pk, removed_at=None).update(removed_at=timezone.now())


@transaction.atomic
def restore_document(*, document: ActionDocument) -> None:
    """Put a removed document back."""
    ActionDocument.objects.filter(pk=document.pk).update(removed_at=None)
