"""The lead chooses what is followed: adopts the catalogue, writes definitions, gives up indicators."""

from collections.abc import Collection as Several

from django.db import transaction

from common.ids import new_id
from common.locks import one_at_a_time
from indicators.catalogue import Indicator as Proposed
from indicators.catalogue import Rule, catalogue
from indicators.enums import Frequency, Source
from indicators.models import AlertRule, Collection, Definition, Indicator
from organisations.models import Project, User


@transaction.atomic
def adopt_catalogue(*, project: Project, codes: Several[str] | None = None, user: User) -> list[Indicator]:
    """Follow what the catalogue proposes, with its alert rules and its frequencies of collection; `codes`: these only
    (all unless said). What the project follows already stays as it is. Returns what is new."""
    one_at_a_time(f"indicators:{project.pk}")
    there = set(Indicator.objects.filter(project=project).values_list("code", flat=True))
    known = catalogue()
    wanted = [one for one in known.indicators if one.code not in there and (codes is None or one.code in codes)]
    positions = {one.code: place for place, one in enumerate(known.indicators, start=1)}
    rows = Indicator.objects.bulk_create(
        Indicator(
            project=project,
            code=one.code,
            position=positions[one.code],
            asked=one.source == Source.ENTERED,
        )
        for one in wanted
    )
    Definition.objects.bulk_create(_definition(project, row, one, user) for row, one in zip(rows, wanted, strict=True))
    _rules(project, user)
    ensure_collections(project)
    return rows


def _definition(project: Project, row: Indicator, one: Proposed, user: User) -> Definition:
    return Definition(
        project=project,
        indicator=row,
        label=one.label,
        phase=one.phase,
        kind=one.kind,
        unit=one.unit,
        percent=one.percent,
        direction=one.direction,
        frequency=one.frequency,
        source=one.source,
        collected_at=one.collected_at,
        aggregation=one.aggregation,
        breakdown=one.breakdown or "",
        masked=one.masked,
        numerator=one.numerator,
        denominator=one.denominator,
        minimum=one.minimum,
        maximum=one.maximum,
        max_length=one.max_length,
        levels=[
            {"code": level.code, "rank": level.rank, "label": level.label, "rule": level.rule} for level in one.levels
        ],
        applies_field=one.applies.field if one.applies else "",
        applies_values=list(one.applies.values) if one.applies else [],
        weighted_by=one.weighted_by,
        about_tickets=one.about_tickets,
        help=one.help,
        written_by=user,
    )


def _rules(project: Project, user: User) -> None:
    """Those of the catalogue that are not there and whose indicators are."""
    indicators = {row.code: row for row in Indicator.objects.filter(project=project)}
    there = set(AlertRule.objects.filter(project=project).values_list("code", flat=True))

    def possible(rule: Rule) -> bool:
        named = {rule.indicator, rule.other, rule.unless.indicator if rule.unless else ""} - {""}
        return rule.code not in there and named <= indicators.keys()

    AlertRule.objects.bulk_create(
        AlertRule(
            project=project,
            code=rule.code,
            indicator=indicators.get(rule.indicator),
            severity=rule.severity,
            metric=rule.metric,
            operator=rule.operator,
            threshold=rule.threshold,
            periods=rule.periods,
            breakdown_value=rule.breakdown_value,
            other=indicators.get(rule.other),
            only_field=rule.only.field if rule.only else "",
            only_values=list(rule.only.values) if rule.only else [],
            unless_indicator=indicators.get(rule.unless.indicator) if rule.unless else None,
            unless_operator=rule.unless.operator if rule.unless else "",
            unless_threshold=rule.unless.threshold if rule.unless else None,
            message=rule.message,
            written_by=user,
            token=new_id(),
        )
        for rule in catalogue().rules
        if possible(rule)
    )


def ensure_collections(project: Project) -> None:
    """How each frequency is collected, unless the project says so already."""
    there = set(Collection.objects.filter(project=project).values_list("frequency", flat=True))
    late = {Frequency.WEEKLY: 14, Frequency.MONTHLY: 40, Frequency.QUARTERLY: 60}  # days after which it is closed
    Collection.objects.bulk_create(
        Collection(project=project, frequency=frequency, due_after=due, closes_after=late[frequency])
        for frequency, due in catalogue().deadlines.items()
        if frequency not in there
    )
