"""Which figures are told of nobody, in SQL: `masking.is_told`, and what follows from another figure. For selectors."""

import uuid
from collections.abc import Collection

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from indicators.enums import Kind
from indicators.masking import FEWEST
from indicators.models import Figure

# Connections are counted by place and by time slot; of how many accounts, other figures of the period say. Where these
# are about too few to be told, so are the connections: their total is the numerator that is withheld.
COUNTED = ("connections_by_time_slot_count", "connections_by_place_count")
AMONG = ("connections_per_account", "connection_rate")


def is_masked(latest: Collection[uuid.UUID], of: str = "") -> Q:
    """Of figures under the rule: by the definition that they were given under, or by that of today. `latest`: the
    indicators that are today; `of`: the way to the figure (« figure__ »)."""
    return Q(**{f"{of}indicator__in": list(latest)}) | Q(**{f"{of}definition__masked": True})


def is_withheld(under: Q, of: str = "") -> Case:
    """Whether a figure must not be told at all, as a column. `under`: whether it is under the rule (`is_masked`)."""
    # Of a ratio its base, which is never zero; of the rest the amount, of which zero is told.
    small = Q(**{f"{of}base__lt": FEWEST}) | Q(
        **{f"{of}base__isnull": True, f"{of}amount__gt": 0, f"{of}amount__lt": FEWEST}
    )
    counts = Q(
        **{
            f"{of}definition__kind": Kind.RATIO,
            f"{of}definition__percent": False,
            f"{of}amount__gt": 0,
            f"{of}amount__lt": FEWEST,
        }
    )
    few = Figure.objects.filter(
        place=OuterRef(f"{of}place"),
        frequency=OuterRef(f"{of}frequency"),
        period_start=OuterRef(f"{of}period_start"),
        indicator__code__in=AMONG,
        base__lt=FEWEST,
    )
    among = Q(**{f"{of}indicator__code__in": COUNTED}) & Q(Exists(few))
    return Case(
        When(Q(**{f"{of}amount__isnull": True}), then=Value(False)),
        When(under & (small | counts | among), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
