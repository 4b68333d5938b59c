"""Bodies and seats."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from common.scope import elevated
from governance.enums import BodyKind
from governance.models import Body, Mandate
from organisations.enums import ComopCategory, Role
from organisations.models import OG, Membership, Project, User
from organisations.services import grant

SEAT_ROLES = {BodyKind.COSTRAT: Role.COSTRAT, BodyKind.COMOP: Role.COMOP}


@transaction.atomic
def create_body(*, project: Project, kind: BodyKind, frequency_months: int, quorum_percent: int) -> Body:
    return Body.objects.create(
        project=project, kind=kind, frequency_months=frequency_months, quorum_percent=quorum_percent
    )


@transaction.atomic
def appoint(
    *,
    body: Body,
    user: User,
    appointed_by: User | None,
    og: OG | None = None,
    representation: str = "",
    comop_category: ComopCategory | str = "",
    votes: bool = False,
    invited: bool = False,
    starts_on: date | None = None,
) -> Mandate:
    """Give a person a seat, and the role that goes with it; a guest gets no role from it."""
    mandate = Mandate.objects.create(
        project_id=body.project_id,
        body=body,
        user=user,
        og=og,
        representation=representation,
        comop_category=comop_category,
        votes=votes,
        invited=invited,
        starts_on=starts_on or timezone.localdate(),
    )
    role = SEAT_ROLES[BodyKind(body.kind)]
    if not invited:
        with elevated():
            held = Membership.objects.active().filter(project_id=body.project_id, user=user, role=role).exists()
            if not held:
                grant(user=user, role=role, target=body.project, granted_by=appointed_by, starts_on=mandate.starts_on)
    return mandate
