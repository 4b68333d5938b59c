"""Who and what the rows name, and the time of day of what the world dates."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from governance.enums import BodyKind
from governance.models import Body
from organisations.models import ESMS, OG, Project, User
from risks.models import Risk


@dataclass(frozen=True)
class Cast:
    """People, OG, structures and risks by their codes in demo.yaml."""

    users: dict[str, User]
    ogs: dict[str, OG]
    esms: dict[str, ESMS]
    risks: dict[str, Risk] = field(default_factory=dict)


def lead_of(project: Project) -> uuid.UUID:
    return Body.objects.filter(project=project, kind=BodyKind.COMOP).values_list("chair_id", flat=True).get()


def working_day(day: date) -> date:
    """The day itself, or the Friday before: moved with the calendar, a meeting may fall on a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
