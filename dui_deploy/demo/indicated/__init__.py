"""The indicators of the demonstration world: what is followed, what structures gave over the six last months, what is
computed, the alerts that rules raised. What is past is written as it stands in the end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from common.scope import Scope, open_scope
from dui_deploy.demo.governed.cast import Cast
from dui_deploy.demo.indicated import alerts, settings, statements
from indicators.enums import Frequency
from indicators.periods import Period
from indicators.services.computing import compute
from organisations.models import Project


def load(world: dict[str, Any], project: Project, cast: Cast) -> None:
    """Write the indicators of `project`, whose risks, matrices and alerts are there."""
    today, lead = world["reference_date"], cast.users["lead"]
    months = months_of(world, today)
    with open_scope(Scope(user_id=lead.pk)):  # so that the history says who
        settings.load(world, project, months[0].start, lead)
        campaigns = statements.campaigns(project, months, lead, today)
    statements.load(world, project, cast, campaigns)
    alerts.load(world, project, months, cast)
    compute(project, periods_of(months, today), today=today)


def months_of(world: dict[str, Any], today: date) -> list[Period]:
    """The months that demo.yaml gives figures of, in its order: the last ones that are over."""
    return Period.of(Frequency.MONTHLY, today).previous.last(len(world["periods"]))


def periods_of(months: Sequence[Period], today: date) -> list[Period]:
    """Those whose figures are computed: these months and the one that goes on, and the quarters that they are in."""
    months = [*months, Period.of(Frequency.MONTHLY, today)]
    return [*months, *sorted({Period.of(Frequency.QUARTERLY, month.start) for month in months})]
