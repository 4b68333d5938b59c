"""What one person may read and do in the governance of a project: read once a request, asked by everything.

Source: product.md, « Who may do what », rows meetings, arbitrations, alerts.
"""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from governance.enums import BodyKind, MeetingStatus
from governance.models import Mandate, Meeting
from organisations.access import Access
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Role
from organisations.models import Membership, Project, User


@dataclass(frozen=True)
class Rights:
    """The rights of one person in one project. `seats`: the bodies on which they sit today, guests and substitutes
    included."""

    user_id: uuid.UUID
    prepares: bool
    reads_all_meetings: bool
    reads_comop_meetings: bool
    reads_council: bool  # decisions, questions, arbitrations
    reads_own_arbitrations: bool  # those that concern a structure of theirs
    reads_questions: bool
    reads_alerts: bool  # of the project
    reads_some_alerts: bool  # of their structures, or their own
    raises_alerts: bool  # on the project
    raises_own_alerts: bool
    answers_alerts: bool
    seats: frozenset[uuid.UUID] = frozenset()

    def reads_meeting(self, meeting: Meeting) -> bool:
        """Whether its agenda and what came out of it are theirs to read; a draft is known to who prepares it only."""
        if self.prepares:
            return True
        if meeting.status == MeetingStatus.DRAFT:
            return False
        of_comop = self.reads_comop_meetings and meeting.body.kind != BodyKind.COSTRAT
        return self.reads_all_meetings or of_comop or (self.reads_council and meeting.body_id in self.seats)

    def attends(self, meeting: Meeting) -> bool:
        """Whether they are called to it: they read its date, its place and their own points."""
        return meeting.status != MeetingStatus.DRAFT and meeting.body_id in self.seats


def rights_of(user: User, project: Project, access: Access) -> Rights:
    """The rights of a person in a project. Two queries."""
    sits = Q(user=user) | Q(substitute=user)
    bodies = Mandate.objects.active().filter(sits, project=project).values_list("body_id", flat=True)

    def has(*permissions: Permission) -> bool:
        return access.in_project(project, *permissions)

    roles = Membership.objects.active().filter(user=user, project=project).values_list("role", flat=True)
    granted = [ROLE_PERMISSIONS[Role(role)] for role in roles]
    below = {item for table in granted for level in (Level.OG, Level.ESMS) for item in table.get(level, [])}

    return Rights(
        user_id=user.pk,
        prepares=has(Permission.PREPARE_MEETINGS),
        reads_all_meetings=has(Permission.VIEW_MEETINGS),
        reads_comop_meetings=has(Permission.VIEW_COMOP_MEETINGS),
        reads_council=has(Permission.VIEW_DECISIONS),
        reads_own_arbitrations=Permission.VIEW_OWN_ARBITRATIONS in below,
        reads_questions=has(Permission.VIEW_DECISIONS) and has(Permission.VIEW_CHECKLIST),
        reads_alerts=has(Permission.VIEW_ALERTS),
        reads_some_alerts=has(Permission.VIEW_OWN_ALERTS) or Permission.VIEW_ALERTS in below,
        raises_alerts=has(Permission.RAISE_ALERTS),
        raises_own_alerts=has(Permission.RAISE_OWN_ALERTS) or Permission.RAISE_ALERTS in below,
        answers_alerts=has(Permission.ANSWER_ALERTS),
        seats=frozenset(bodies),
    )
