"""What one person may do where: computed once per request, asked by everything.

Downward inheritance (project → OG → ESMS) is computed here and nowhere else.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from common.scope import Scope, open_scope, write_settings
from organisations.enums import Level, Permission

if TYPE_CHECKING:
    from organisations.models import ESMS, OG, Project

# Ids are texts: somebody may hold five hundred of each, and most are only handed back to PostgreSQL.
Grants = Mapping[Permission, frozenset[str]]

# One round trip for the three django-guardian tables: who leads five hundred projects holds the same permissions on all
# of them, so objects come by set of permissions. No join to the objects: without a scope their policies show none.
_GRANTS = " union all ".join(
    f"select '{level}', array(select codename::text from auth_permission where id = any(held)), "  # noqa: S608  our own names
    "string_agg(object::text, ',') "
    "from (select content_object_id as object, array_agg(permission_id) as held "
    f"from {table} where user_id = %(user)s and (until is null or until >= %(today)s) group by content_object_id) as g "
    "group by held"
    for level, table in (
        (Level.PROJECT.value, "organisations_projectpermission"),
        (Level.OG.value, "organisations_ogpermission"),
        (Level.ESMS.value, "organisations_esmspermission"),
    )
)


@dataclass(frozen=True)
class Access:
    """The direct grants of one person, by type of object and permission. `Access()` is nobody's: it allows nothing."""

    user_id: uuid.UUID | None = None
    grants: Mapping[Level, Grants] = field(default_factory=dict)

    def ids_with(self, level: Level, permission: Permission) -> frozenset[str]:
        """Ids of the objects of this type on which it is granted directly."""
        return self.grants.get(level, {}).get(permission, frozenset())

    def projects_with(self, *permissions: Permission) -> frozenset[str]:
        """Ids of the projects on which one of these is granted directly."""
        return frozenset().union(*(self.ids_with(Level.PROJECT, item) for item in permissions))

    def in_project(self, project: "Project", *permissions: Permission) -> bool:
        """Whether one of these is granted on the project itself."""
        return any(str(project.pk) in self.ids_with(Level.PROJECT, item) for item in permissions)

    def in_og(self, og: "OG", *permissions: Permission) -> bool:
        """Whether one of these is granted on the OG or on its project."""
        return any(
            str(og.project_id) in self.ids_with(Level.PROJECT, item) or str(og.pk) in self.ids_with(Level.OG, item)
            for item in permissions
        )

    def in_esms(self, esms: "ESMS", *permissions: Permission) -> bool:
        """Whether one of these is granted on the structure, its OG or its project."""
        return any(
            str(esms.project_id) in self.ids_with(Level.PROJECT, item)
            or str(esms.og_id) in self.ids_with(Level.OG, item)
            or str(esms.pk) in self.ids_with(Level.ESMS, item)
            for item in permissions
        )

    def scope(self) -> Scope:
        """What the database may show to this person."""
        return Scope(
            user_id=self.user_id,
            project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_PROJECT),
            structure_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_STRUCTURES),
            og_ids=self.ids_with(Level.OG, Permission.VIEW_STRUCTURES),
            esms_ids=self.ids_with(Level.ESMS, Permission.VIEW_STRUCTURES),
            council_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_DECISIONS),
            alert_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_ALERTS),
            checklist_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_CHECKLIST),
            arbitration_og_ids=self.ids_with(Level.OG, Permission.VIEW_OWN_ARBITRATIONS),
            arbitration_esms_ids=self.ids_with(Level.ESMS, Permission.VIEW_OWN_ARBITRATIONS),
            document_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_STRUCTURE_DOCUMENTS),
            habilitation_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_HABILITATIONS),
            validated_matrix_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_VALIDATED_MATRICES),
            common_need_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_COMMON_NEEDS),
            risk_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_RISKS),
            indicator_project_ids=self.ids_with(Level.PROJECT, Permission.VIEW_INDICATORS),
        )


@contextmanager
def acting_as(user_id: uuid.UUID, *, request_id: str = "") -> Iterator[Access]:
    """Open the scope of a person for the block, and give their access. Three queries.

    The only way into tenant data: for a request through the middleware, for a job as the person who asked.
    """
    with open_scope(Scope(user_id=user_id), request_id=request_id):
        access = _read_access(user_id)
        write_settings(access.scope().settings(request_id))
        yield access


def _read_access(user_id: uuid.UUID) -> Access:
    """Read the grants of the person that the current scope names: the tables show each their own only."""
    held: dict[tuple[Level, Permission], set[str]] = defaultdict(set)
    known = set(Permission.values)
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, {"user": user_id, "today": timezone.localdate()})
        for level, codenames, ids in cursor.fetchall():
            objects = ids.split(",")
            for codename in known.intersection(codenames):
                held[Level(level), Permission(codename)].update(objects)
    grants: dict[Level, dict[Permission, frozenset[str]]] = defaultdict(dict)
    for (level, permission), objects in held.items():
        grants[level][permission] = frozenset(objects)
    return Access(user_id=user_id, grants=dict(grants))
