"""People and tenancy: users, projects, OG, ESMS, memberships, object permissions.

Directory rows (project, OG, ESMS, who holds which office) are seen by all who take part in the project, as the
table of product.md has it for the project sheet, bodies and calendar. What tells of a structure's inside
(`ESMSProfile`, invitations, local teams) is seen by those who may see that structure.
"""

from organisations.models.permissions import ESMSPermission, OGPermission, ProjectPermission
from organisations.models.phases import PhasePeriod
from organisations.models.roles import (
    AccessReview,
    Invitation,
    Membership,
    MembershipQuerySet,
    invitation_id_of,
)
from organisations.models.rows import (
    PlacedRow,
    ProjectRow,
    StructureRow,
    in_place,
    in_structure,
    place_of,
    same_place,
    same_structure,
)
from organisations.models.tree import ESMS, IN_ONE_STRUCTURE, OG, ESMSProfile, Project, ProjectQuerySet
from organisations.models.users import User, UserManager
from organisations.models.waves import Wave

__all__ = [
    "ESMS",
    "IN_ONE_STRUCTURE",
    "OG",
    "AccessReview",
    "ESMSPermission",
    "ESMSProfile",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "OGPermission",
    "PhasePeriod",
    "PlacedRow",
    "Project",
    "ProjectPermission",
    "ProjectQuerySet",
    "ProjectRow",
    "StructureRow",
    "User",
    "UserManager",
    "Wave",
    "in_place",
    "in_structure",
    "invitation_id_of",
    "place_of",
    "same_place",
    "same_structure",
]
