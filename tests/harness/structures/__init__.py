"""The work of the structures of a tenant, one of each row that a URL or a form may name. Texts carry the canary."""

from dataclasses import dataclass

from organisations.models import ESMS, User


@dataclass
class StructureWork:
    """What one structure has."""


def build(esms: ESMS, canary: str, director: User, lead: User) -> StructureWork:
    """Write it, in the elevated role."""
    return StructureWork()
