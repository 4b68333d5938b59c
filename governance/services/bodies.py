"""Bodies: set up, settled, and the working groups that come and go."""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from common.errors import DomainError
from common.french import typography
from common.refusals import refused_in_words
from common.versions import change, change_fields
from governance.catalogue import catalogue
from governance.enums import BodyKind
from governance.models import Body, Mandate
from organisations.enums import Role
from organisations.models import Project, User
from organisations.selectors import holders


@transaction.atomic
def create_body(
    *,
    project: Project,
    kind: BodyKind,
    frequency_months: int,
    quorum_percent: int,
    convocation_days: int | None = None,
    minutes_days: int | None = None,
    chair: User | None = None,
    secretary: User | None = None,
) -> Body:
    """A COSTRAT or a COMOP. `convocation_days`, `minutes_days`: those of the catalogue unless said."""
    described = catalogue().bodies[kind]
    return Body.objects.create(
        project=project,
        kind=kind,
        frequency_months=frequency_months,
        quorum_percent=quorum_percent,
        convocation_days=described.convocation_days if convocation_days is None else convocation_days,
        minutes_days=described.minutes_days if minutes_days is None else minutes_days,
        chair=chair,
        secretary=secretary,
    )


@transaction.atomic
def set_up_bodies(*, project: Project) -> list[Body]:
    """Create the COSTRAT and the COMOP that a project hasn't yet, as the catalogue has them: the project lead is the
    secretary of both, and chairs the COMOP. Twice is once."""
    present = set(Body.objects.filter(project=project).values_list("kind", flat=True))
    lead = next(iter(holders(project, [Role.PROJECT_LEAD]).get(Role.PROJECT_LEAD, [])), None)
    return [
        create_body(
            project=project,
            kind=kind,
            frequency_months=described.frequency_months,
            quorum_percent=described.quorum_percent,
            chair=lead if kind is BodyKind.COMOP else None,
            secretary=lead,
        )
        for kind, described in catalogue().bodies.items()
        if kind not in present
    ]


def update_body(body: Body, *, version: int, **values: object) -> Body:
    """Settle how a body meets, field by field.

    Raises Conflict when somebody changed the same field since `version`, DomainError for what isn't possible.
    """
    return change_fields(body, version=version, **values)


@transaction.atomic
def create_group(*, project: Project, name: str, purpose: str, closes_on: date | None, token: uuid.UUID) -> Body:
    """Open a working group; the same form posted twice opens one. `closes_on`: the day from which it is no more.

    It prepares and decides of nothing, so no quorum is asked of it. Raises DomainError (field) for a name taken or
    missing, or a day that is past.
    """
    name = name.strip()
    if not name:
        raise DomainError("Donnez un nom au groupe de travail.", field="name")
    if closes_on is not None and closes_on <= timezone.localdate():
        raise DomainError("Choisissez un jour à venir pour la fin du groupe.", field="closes_on")
    pk = uuid.uuid5(project.pk, str(token))  # the form's own, of this project
    if known := Body.objects.filter(pk=pk).first():
        return known
    with refused_in_words(Body, field="name"):
        return Body.objects.create(
            id=pk,
            project=project,
            kind=BodyKind.WORKING_GROUP,
            name=name,
            purpose=purpose.strip(),
            quorum_percent=0,
            closed_on=closes_on,
        )


@transaction.atomic
def close_group(*, body: Body, version: int) -> Body:
    """Close a working group today: its seats end with it.

    Raises DomainError for a COSTRAT or a COMOP, Conflict when somebody changed the group since `version`.
    """
    if body.kind != BodyKind.WORKING_GROUP:
        raise DomainError(typography(f"Le {body} dure autant que le projet : il ne se dissout pas."))
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    closed = change(body, version=version, closed_on=today)
    sits_on = Mandate.objects.filter(body=body).filter(Q(ends_on=None) | Q(ends_on__gte=today))
    for seat in sits_on.select_for_update():
        change(seat, version=seat.version, ends_on=max(yesterday, seat.starts_on - timedelta(days=1)))
    return closed
