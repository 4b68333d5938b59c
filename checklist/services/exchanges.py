"""What people write to each other about an action."""

import uuid

from django.db import transaction

from checklist.models import Action, Comment
from common.errors import DomainError
from organisations.models import User


@transaction.atomic
def comment(*, action: Action, author: User, text: str, token: uuid.UUID) -> Comment:
    """Write in the exchanges of an action; the same form posted twice writes once. Raises DomainError when empty."""
    text = text.strip()
    if not text:
        raise DomainError("Écrivez votre message avant de l’envoyer.", field="text")
    written, _ = Comment.objects.get_or_create(
        project_id=action.project_id, token=token, defaults={"action": action, "author": author, "text": text}
    )
    return written
