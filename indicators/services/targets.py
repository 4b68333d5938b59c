"""Targets: what an indicator should reach, from a day on, in the project, a wave or a structure."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from common.errors import Conflict, DomainError
from common.refusals import refused_in_words
from common.versions import change
from indicators.enums import Kind
from indicators.models import Definition, Indicator, Target
from organisations.models import ESMS, Wave, place_of


@transaction.atomic
def set_target(
    *,
    indicator: Indicator,
    value: Decimal,
    from_on: date,
    wave: Wave | None = None,
    esms: ESMS | None = None,
) -> Target:
    """Fix a target; the same one again is there already. Raises DomainError when another is fixed for the same day, or
    when the value is none of this indicator."""
    _check(indicator, value, of_project=wave is None and esms is None)
    place = esms.pk if esms else indicator.project_id
    columns = place_of(esms) if esms else {"project_id": indicator.project_id}
    known = Target.objects.filter(indicator=indicator, place=place, wave=wave, from_on=from_on).first()
    if known is not None and known.value == value:
        return known
    with refused_in_words(Target, field="from_on"):
        return Target.objects.create(
            **columns, place=place, indicator=indicator, wave=wave, value=value, from_on=from_on
        )


@transaction.atomic
def change_target(*, target: Target, version: int, value: Decimal, from_on: date) -> Target:
    """Raises Conflict when somebody else changed it since, DomainError as `set_target`."""
    _check(target.indicator, value, of_project=False)
    with refused_in_words(Target, field="from_on"):
        return change(target, version=version, value=value, from_on=from_on)


@transaction.atomic
def remove_target(*, target: Target, version: int) -> None:
    """Twice is once. Raises Conflict when somebody else changed it since."""
    current = Target.objects.select_for_update().filter(pk=target.pk).first()
    if current is None:
        return
    if current.version != version:
        raise Conflict(current=current, attempted={})
    current.delete()


def _check(indicator: Indicator, value: Decimal, *, of_project: bool) -> None:
    definition = Definition.objects.filter(indicator=indicator).order_by("-number")[0]
    if definition.kind == Kind.TEXT:
        raise DomainError("Un texte n’a pas de cible.")
    if definition.kind == Kind.RATIO and definition.percent and value > 100:
        raise DomainError("Une cible en pourcentage ne dépasse pas 100.", field="value")
    low, high = definition.minimum, definition.maximum
    if definition.levels:
        low, high = Decimal(1), Decimal(len(definition.levels))
    if (low is not None and value < low) or (high is not None and value > high):
        raise DomainError("Cette cible sort des bornes de l’indicateur.", field="value")
