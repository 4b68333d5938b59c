"""How the project collects what is followed at one frequency."""

from django.db import transaction

from common.refusals import refused_in_words
from common.versions import change
from indicators.models import Collection


@transaction.atomic
def set_collection(*, collection: Collection, version: int, **values: object) -> Collection:
    """Campaigns that are open keep their days. Raises Conflict when somebody else changed it since, DomainError for
    days out of order."""
    with refused_in_words(Collection, field="due_after"):
        return change(collection, version=version, **values)
