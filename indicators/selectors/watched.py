"""What alert rules look at: the figures of the last periods, place by place, and the statements that are due. Read
elevated, and only what may be told: rule after rule, whether one holds of what is withheld would tell it."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.aggregates import splits_of
from indicators.alerting import Seen
from indicators.enums import CollectedAt, Frequency, Metric, StatementStatus
from indicators.masking import Split
from indicators.models import AlertRule, Figure, Statement
from indicators.periods import SPAN, Period
from indicators.selectors.definitions import Followed, condition_of, followed
from indicators.selectors.targets import Targets, targets_of
from indicators.selectors.told import Key
from indicators.selectors.withheld import is_masked, is_withheld
from indicators.values import Terms, value_of
from organisations.models import ESMS, Project

# Whether each period asked of a structure is due and was not given, oldest first.
Due = Sequence[tuple[Period, bool]]


@dataclass(frozen=True)
class Watched:
    """All of it, for one project on one day. `terms`: what is told; `splits`: how it splits, of rules about one part.
    No query."""

    project: Project
    on: date
    rules: Sequence[AlertRule]
    structures: Sequence[ESMS]
    followed: Mapping[uuid.UUID, Followed]
    targets: Targets
    terms: Mapping[Key, Terms]
    splits: Mapping[Key, Split]
    due: Mapping[tuple[uuid.UUID, str], Due]

    def places(self, rule: AlertRule) -> Sequence[ESMS | None]:
        """Where a rule is judged: in structures; in the project (None) for what is of the project."""
        if rule.indicator_id is None:
            return self.structures
        one = self.followed[rule.indicator_id]
        if one.definition.collected_at == CollectedAt.PROJECT:
            return [None]
        return [esms for esms in self.structures if one.concerns(esms)]

    def about_entries(self, rule: AlertRule) -> bool:
        """Whether a rule looks at what was not entered."""
        if rule.indicator_id is None:
            return True
        return rule.metric == Metric.PERIODS_OPEN and self.followed[rule.indicator_id].entered

    def condition(self, rule: AlertRule, esms: ESMS | None) -> str:
        return condition_of(esms, rule.only_field) if rule.only_field and esms else ""

    def series(self, rule: AlertRule, esms: ESMS | None) -> Sequence[Sequence[Seen]]:
        """What is seen in a place, oldest first: of one indicator; of the entries of each frequency without one."""
        if rule.indicator_id is None:
            assert esms is not None  # noqa: S101  an entry is a structure's
            return [self._entries(esms, frequency) for frequency in Frequency]
        one = self.followed[rule.indicator_id]
        if self.about_entries(rule) and esms is not None:
            return [self._entries(esms, one.definition.frequency)]
        last = Period.of(Frequency(one.definition.frequency), self.on).previous
        return [[self._seen(rule, one, esms, period) for period in last.last(SPAN)]]

    def told(self, rule: AlertRule, period: Period) -> Terms | None:
        """What a rule about the project itself looked at."""
        assert rule.indicator_id is not None  # noqa: S101  of an indicator
        return self.terms.get(self._key(rule.indicator_id, None, period))

    def _entries(self, esms: ESMS, frequency: str) -> Sequence[Seen]:
        return [Seen(period, missing=missing) for period, missing in self.due.get((esms.pk, frequency), ())]

    def _seen(self, rule: AlertRule, one: Followed, esms: ESMS | None, period: Period) -> Seen:
        key = self._key(one.indicator.pk, esms, period)
        split = self.splits.get(key)
        cells = split.cells if split and rule.breakdown_value not in split.withheld else {}
        values = {code: _value(one, cell) for code, cell in cells.items()}
        return Seen(
            period,
            _value(one, self.terms.get(key)),
            {code: value for code, value in values.items() if value is not None},
            self.targets.at(one.indicator.pk, esms, period.end),
            self._of(rule.other_id, esms, period),
            self._of(rule.unless_indicator_id, esms, period),
        )

    def _of(self, indicator_id: uuid.UUID | None, esms: ESMS | None, period: Period) -> Decimal | None:
        one = self.followed.get(indicator_id) if indicator_id else None
        return _value(one, self.terms.get(self._key(one.indicator.pk, esms, period))) if one else None

    def _key(self, indicator_id: uuid.UUID, esms: ESMS | None, period: Period) -> Key:
        return esms.pk if esms else self.project.pk, indicator_id, period.start


def _value(one: Followed, terms: Terms | None) -> Decimal | None:
    return value_of(terms, kind=one.definition.kind, percent=one.definition.percent)


def watched(project: Project, on: date) -> Watched:
    """What the rules in service look at. Ten queries at most, and those that change role, whatever the project holds;
    elevated by the caller."""
    known = {one.indicator.pk: one for one in followed(project)}
    rows = AlertRule.objects.filter(project=project, active=True).select_related("written_by")
    rules = [rule for rule in rows if rule.indicator_id is None or rule.indicator_id in known]
    looked_at = {pk for rule in rules for pk in (rule.indicator_id, rule.other_id, rule.unless_indicator_id) if pk}
    figures: dict[Key, tuple[uuid.UUID, Terms]] = {}
    for frequency in {known[pk].definition.frequency for pk in looked_at & known.keys()}:
        first = Period.of(Frequency(frequency), on).back(SPAN)
        figures |= _told(project, frequency, first, [known[pk] for pk in looked_at & known.keys()])
    parted = {rule.indicator_id for rule in rules if rule.breakdown_value}
    split = splits_of({pk: (terms, known[of[1]].definition) for of, (pk, terms) in figures.items() if of[1] in parted})
    return Watched(
        project=project,
        on=on,
        rules=rules,
        structures=list(ESMS.objects.filter(project=project).order_by("name", "pk")),
        followed=known,
        targets=targets_of(project),
        terms={of: terms for of, (_, terms) in figures.items()},
        splits={of: split[pk] for of, (pk, _) in figures.items() if pk in split},
        due=_due(project, on),
    )


def _told(
    project: Project, frequency: str, first: Period, found: Sequence[Followed]
) -> dict[Key, tuple[uuid.UUID, Terms]]:
    """As `told.told` withholds them: those about too few are left out. With the id of each figure. One query."""
    masked = [one.indicator.pk for one in found if one.definition.masked]
    rows = Figure.objects.alias(withheld=is_withheld(is_masked(masked))).filter(
        project=project,
        published=True,
        frequency=frequency,
        period_start__gte=first.start,
        indicator__in=[one.indicator.pk for one in found],
        amount__isnull=False,
        withheld=False,
    )
    fields = ("place", "indicator_id", "period_start", "pk", "amount", "base")
    return {
        (place, indicator, start): (pk, Terms(amount, base))
        for place, indicator, start, pk, amount, base in rows.values_list(*fields)
    }


def _due(project: Project, on: date) -> Mapping[tuple[uuid.UUID, str], Due]:
    """A statement that was given once is not missing, even taken back to be corrected."""
    found: dict[tuple[uuid.UUID, str], list[tuple[Period, bool]]] = defaultdict(list)
    rows = Statement.objects.filter(project=project, campaign__due_on__lt=on).order_by("campaign__period_start")
    fields = ("esms_id", "campaign__frequency", "campaign__period_start", "status", "first_given_at")
    for esms, frequency, start, status, first_given_at in rows.values_list(*fields):
        missing = status != StatementStatus.GIVEN and first_given_at is None
        found[esms, frequency].append((Period(start, Frequency(frequency)), missing))
    return found
