"""What the project lead asks structures to put in their documentary base."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.errors import DomainError
from organisations.models import ESMS, Project, User, place_of
from structures.enums.documents import DocumentKind
from structures.models import DocumentRequest, RequestedDocument


@transaction.atomic
def request_documents(
    *,
    project: Project,
    structures: Sequence[ESMS],
    kinds: Sequence[DocumentKind],
    due_on: date,
    user: User,
    token: uuid.UUID,
    message: str = "",
) -> DocumentRequest:
    """Ask documents of these kinds of these structures; the same form posted twice asks once.

    Raises DomainError (field) when nobody or nothing is asked, or for a day that is over.
    """
    if not kinds:
        raise DomainError("Choisissez au moins un type de document.", field="kinds")
    if not structures:
        raise DomainError("Choisissez au moins une structure.", field="structures")
    if due_on < timezone.localdate():
        raise DomainError("Cette date est passée : laissez aux structures le temps de répondre.", field="due_on")
    request, made = DocumentRequest.objects.get_or_create(
        project=project,
        token=token,
        defaults={"message": message.strip(), "due_on": due_on, "asked_by": user},
    )
    if made:
        RequestedDocument.objects.bulk_create(
            RequestedDocument(**place_of(esms), request=request, kind=kind) for esms in structures for kind in kinds
        )
    return request


@transaction.atomic
def withdraw_request(*, request: DocumentRequest) -> None:
    """Ask no more for these documents; what was answered stays. Twice is once."""
    DocumentRequest.objects.filter(pk=request.pk, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), version=F("version") + 1
    )


@transaction.atomic
def restore_request(*, request: DocumentRequest) -> None:
    """Ask for them again. Twice is once."""
    DocumentRequest.objects.filter(pk=request.pk).update(withdrawn_at=None, version=F("version") + 1)
