"""What people write to each other about an action."""

import unicodedata
import uuid

from django.db import transaction
from django.utils import timezone

from checklist.mentions import participants_about, people_named
from checklist.models import Action, Comment, Mention
from common.errors import DomainError
from organisations.models import User


@transaction.atomic
def comment(*, action: Action, author: User, text: str, token: uuid.UUID) -> Comment:
    """Write in the exchanges of an action; the same form posted twice writes once. Who is named by « @ » is told.

    Raises DomainError (field `text`) when it is empty, or names somebody who can't be told.
    """
    text = unicodedata.normalize("NFC", text.strip())
    if not text:
        raise DomainError("Écrivez votre message avant de l’envoyer.", field="text")
    named = people_named(text, participants_about(action)) if "@" in text else []
    written, created = Comment.objects.get_or_create(
        project_id=action.project_id, token=token, defaults={"action": action, "author": author, "text": text}
    )
    if created:
        others = [user for user in named if user != author]
        Mention.objects.bulk_create(
            Mention(project_id=action.project_id, comment=written, user=user) for user in others
        )
    return written


@transaction.atomic
def handle(*, comment: Comment, user: User) -> None:
    """Say that a message is handled. Who said it first stays."""
    Comment.objects.filter(pk=comment.pk, handled_at=None).update(handled_at=timezone.now(), handled_by=user)


@transaction.atomic
def reopen(*, comment: Comment) -> None:
    """Say that a message still waits."""
    Comment.objects.filter(pk=comment.pk).update(handled_at=None, handled_by=None)
