"""The filters that a person keeps under a name."""

from django.db import transaction

from checklist.models import SavedView
from common.errors import DomainError
from common.refusals import refused_in_words
from organisations.models import Project, User

MOST = 20  # a person and a project


@transaction.atomic
def save_view(*, project: Project, user: User, name: str, query: str) -> SavedView:
    """Keep filters, as the part of a URL after « ? », under a name; the same twice is kept once.

    Raises DomainError (field `name`) when the name is missing or taken, or when there are too many.
    """
    name = " ".join(name.split())
    if not name:
        raise DomainError("Donnez un nom à cette vue.", field="name")
    User.objects.select_for_update().get(pk=user.pk)  # one at a time, for what is kept already and the count
    mine = SavedView.objects.filter(project=project, user=user)
    if same := mine.filter(name=name, query=query).first():
        return same
    if mine.count() >= MOST:
        raise DomainError(f"Vous avez déjà {MOST} vues : retirez-en une avant d’en enregistrer d’autres.", field="name")
    with refused_in_words(SavedView, field="name"):
        return SavedView.objects.create(project=project, user=user, name=name, query=query)


@transaction.atomic
def remove_view(*, view: SavedView) -> None:
    view.delete()
