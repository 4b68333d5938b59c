"""Alert rules: written, changed, put in and out of service by the lead."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction

from common.errors import DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change
from indicators.enums import Metric
from indicators.models import AlertRule, Indicator
from organisations.models import User

# In how many periods a situation may be asked to have lasted.
LONGEST = 12


@transaction.atomic
def add_rule(*, indicator: Indicator, by: User, token: UUID, **values: object) -> AlertRule:
    """Write a rule of an indicator, in service; the same form posted twice writes one. Raises DomainError for what
    doesn't hold together."""
    one_at_a_time(f"indicator rules:{indicator.project_id}")
    if known := AlertRule.objects.filter(project_id=indicator.project_id, token=token).first():
        return known
    _check(indicator, values)
    number = AlertRule.objects.filter(indicator=indicator).count() + 1
    with refused_in_words(AlertRule):
        return AlertRule.objects.create(
            project_id=indicator.project_id,
            indicator=indicator,
            code=f"{indicator.code[:56]}-{number}",
            written_by=by,
            token=token,
            **values,
        )


@transaction.atomic
def change_rule(*, rule: AlertRule, version: int, by: User, **values: object) -> AlertRule:
    """Raises Conflict when somebody else changed it since, DomainError as `add_rule`."""
    _check(rule.indicator, values)
    with refused_in_words(AlertRule):
        return change(rule, version=version, written_by=by, **values)


@transaction.atomic
def put_in_service(*, rule: AlertRule, active: bool) -> None:
    """Put a rule in service or out of it. Twice is once; what it raised stays."""
    row = AlertRule.objects.select_for_update().get(pk=rule.pk)
    if row.active != active:
        change(row, version=row.version, active=active)


def _check(indicator: Indicator | None, values: dict[str, object]) -> None:
    threshold, metric = values["threshold"], values.get("metric", Metric.PERIODS_OPEN)
    assert isinstance(threshold, Decimal)  # noqa: S101  from a form
    if metric == Metric.PERIODS_OPEN and not 1 <= threshold <= LONGEST:
        raise DomainError(f"Donnez un nombre de périodes, de 1 à {LONGEST}.", field="threshold")
    if metric == Metric.PERIODS_OPEN and threshold != int(threshold):
        raise DomainError("Donnez un nombre entier de périodes.", field="threshold")
    if metric == Metric.GAP_TO and indicator is not None and values.get("other") == indicator:
        raise DomainError("Comparez avec un autre indicateur.", field="other")
