"""What the database refuses, said in the words of the constraint that refused it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from common.errors import DomainError


@contextmanager
def refused_in_words(model: type[Model], *, field: str | None = None) -> Iterator[None]:
    """Turn a broken constraint of `model`, or what `common.frozen` refuses, into a DomainError in its French words.

    `field`: the input to blame, if one. Any other IntegrityError goes on as it is.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause: Any = error.__cause__  # psycopg2's error, which names the constraint
        rules: list[Any] = [*model._meta.constraints, *getattr(model._meta, "triggers", [])]
        broken = next((item for item in rules if item.name == cause.diag.constraint_name), None)
        if broken is None:
            raise
        raise DomainError(str(broken.get_violation_error_message()), field=field) from error
