"""Filling the slots of the « Résultats »."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction

from checklist.enums import DepositKind
from checklist.models import Deliverable, Deposit
from common.errors import DomainError
from common.uploads import check_document
from organisations.models import User


@transaction.atomic
def deposit(
    *,
    deliverable: Deliverable,
    kind: DepositKind,
    user: User | None,
    token: uuid.UUID,
    file: UploadedFile | None = None,
    link: str = "",
    reason: str = "",
) -> Deposit:
    """Fill the slot of a deliverable with a document, a link or a written waiver. The older ones are kept.

    Raises DomainError naming the field when what was given isn't acceptable.
    """
    values: dict[str, Any] = {}
    if kind == DepositKind.FILE:
        if file is None:
            raise DomainError("Choisissez le document à déposer.", field="file")
        values = {"file_name": check_document(file), "file": file}
    elif kind == DepositKind.LINK:
        values = {"link": checked_link(link.strip())}
    elif reason.strip():
        values = {"reason": reason.strip()}
    else:
        raise DomainError("Dites pourquoi ce Résultat n’est pas nécessaire.", field="reason")
    given, _ = Deposit.objects.get_or_create(
        project_id=deliverable.project_id,
        token=token,
        defaults={"deliverable": deliverable, "kind": kind, "deposited_by": user, **values},
    )
    return given


def checked_link(link: str) -> str:
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError as error:
        raise DomainError("Indiquez une adresse complète, qui commence par https://.", field="link") from error
    return link
