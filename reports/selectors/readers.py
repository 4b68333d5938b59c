"""Who reads the reports of committees, and what each of them knows of structures already."""

import uuid
from collections import defaultdict

from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role
from organisations.models import ESMS, Membership, Project

_REPORTS = {Permission.VIEW_COSTRAT_REPORTS, Permission.VIEW_COMOP_REPORTS}
READERS = {role for role in Role if _REPORTS.intersection(ROLE_PERMISSIONS[role].get(Level.PROJECT, []))}


def known_by_readers(project: Project) -> list[set[uuid.UUID]]:
    """What who reads these reports may know of structures: those of each OG, which its direction reads, and those where
    a reader works. Two queries."""
    of_og: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for og_id, esms_id in ESMS.objects.filter(project=project).order_by("pk").values_list("og_id", "pk"):
        of_og[og_id].add(esms_id)
    known: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    readers = set()
    held = Membership.objects.active().filter(project=project).order_by("pk")
    for user_id, role, og_id, esms_id in held.values_list("user_id", "role", "og_id", "esms_id"):
        known[user_id] |= {esms_id} if esms_id else of_og.get(og_id, set())
        if Role(role) in READERS:
            readers.add(user_id)
    return [*of_og.values(), *(known[user_id] for user_id in readers)]
