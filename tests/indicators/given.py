"""What a structure gave, written as it is: months of figures to read."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from common.scope import elevated
from indicators.enums import Origin
from indicators.models import Cell, Figure
from indicators.periods import Period
from indicators.selectors.definitions import Followed, by_code, followed
from organisations.models import ESMS, place_of

Amounts = Sequence[object]


def give(esms: ESMS, code: str, last: str, amounts: Amounts, **values: object) -> list[Figure]:
    """The figures of an indicator over the periods that end with `last`: a number, a pair, or None for nothing."""
    with elevated():
        one = by_code(followed(esms.project, active=False))[code]
        periods = Period.at(last).last(len(amounts))
        return [
            figure(esms, one, period, amount, **values)
            for period, amount in zip(periods, amounts, strict=True)
            if amount is not None
        ]


def figure(esms: ESMS, one: Followed, period: Period, amount: object, **values: object) -> Figure:
    """Over what there was. In the elevated role."""
    Figure.objects.filter(
        place=esms.pk, indicator=one.indicator, frequency=period.frequency, period_start=period.start
    ).delete()
    parts = amount if isinstance(amount, tuple) else (amount, None)
    first, base = (None if part is None else Decimal(str(part)) for part in parts)
    return Figure.objects.create(
        **{
            **place_of(esms),
            "place": esms.pk,
            "indicator": one.indicator,
            "definition": one.definition,
            "frequency": period.frequency,
            "period_start": period.start,
            "amount": first,
            "base": base,
            "published": True,
            "origin": Origin.ENTERED,
            **values,
        }
    )


def split(row: Figure, parts: Mapping[str, object]) -> None:
    """How a figure splits: numbers, or pairs."""
    with elevated():
        for value, part in parts.items():
            amount, base = part if isinstance(part, tuple) else (part, None)
            Cell.objects.create(
                project_id=row.project_id,
                og_id=row.og_id,
                esms_id=row.esms_id,
                place=row.place,
                figure=row,
                value=value,
                amount=amount,
                base=base,
            )
