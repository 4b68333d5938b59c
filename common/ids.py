"""Identifiers: UUID version 7, so that a foreign id can't be guessed and rows sort by age."""

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A new identifier. Named here so that migrations refer to a path of ours."""
    return uuid7()
