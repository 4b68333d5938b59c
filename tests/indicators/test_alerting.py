"""When a rule holds in a place: each of the catalogue's, then what is common to all. No database."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from indicators.alerting import STALE, Outcome, Seen, judge
from indicators.catalogue import Rule, catalogue
from indicators.enums import Metric, Operator
from indicators.models import AlertRule
from indicators.periods import Period

LAST = Period.at("2026-10")


def seen(*values: Any, **same: Any) -> list[Seen]:
    """One a period, up to October 2026: values, or what else is seen of a period."""
    periods = LAST.last(len(values))
    return [
        Seen(period, **{**same, **value}) if isinstance(value, dict) else Seen(period, number(value), **same)
        for period, value in zip(periods, values, strict=True)
    ]


def number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def of(value: Any, **more: Any) -> dict[str, Any]:
    """A period: its value, and numbers beside it."""
    return {"value": number(value), **{name: number(given) for name, given in more.items()}}


def split(**cells: Any) -> dict[str, Any]:
    amounts = {code: Decimal(cell) for code, cell in cells.items()}
    return {"value": sum(amounts.values(), Decimal()), "cells": amounts}


@dataclass
class Case:
    """What makes a rule hold, and the nearest that does not. `where`: the value of the field it is narrowed by."""

    holds: list[Seen]
    not_quite: list[Seen]
    where: str = ""
    elsewhere: str = ""
    without: list[Seen] = field(default_factory=list)  # excepted


def share(low: Any, enough: Any, target: int = 100) -> Case:
    return Case(seen(of(low, target=target)), seen(of(enough, target=target)))


def value(beyond: Any, not_quite: Any, **more: Any) -> Case:
    return Case(seen(beyond), seen(not_quite), **more)


missing, there = {"missing": True}, {"missing": False}

CASES: dict[str, Case] = {
    "missing_entry": Case(seen(there, missing), seen(missing, there)),
    "repeated_missing_entry": Case(seen(missing, missing), seen(missing, there, missing)),
    "deployment_units_launched_count": share(79, 80),
    "deployment_units_in_progress_count": Case(seen(1, 2, 2, 1), seen(1, 0, 2, 2, 1)),
    "deployment_units_completed_count": share(3, 4, target=5),
    "deployment_units_completed_rate": share(39, 40, target=50),
    "schedule_progress_rate": value("74.9", 75),
    "schedule_drift_days": value(61, 60),
    "schedule_status_level": value(4, 3),
    "trained_people_count": Case(
        seen(12, of(12, exception=89)),
        seen(12, 13),
        where="pilot",
        elsewhere="usage",
        without=seen(12, of(12, exception=90)),
    ),
    "trained_people_rate": value(59, 60, where="rollout", elsewhere="framing"),
    "accounts_created_count": share(69, 70),
    "accounts_created_rate": Case(seen(of(50, other=71)), seen(of(50, other=70))),
    "training_evaluation_score": value("2.9", 3),
    "training_evaluation_response_rate": value(39, 40),
    "budget_consumed_amount": share(111, 110),
    "budget_consumption_rate": value("100.1", 100),
    "resource_days_consumed": share(126, 125),
    "resource_release_rate": Case(seen(59, 59), seen(60, 59)),
    "risk_questionnaire_score": value(601, 600),
    "open_risks_count": Case(seen(4, 7), seen(4, 6)),
    "critical_risks_count": value(1, 0),
    "risk_actions_completed_rate": Case(seen(49, 49, 49), seen(49, 50, 49)),
    "risk_actions_overdue_count": value(2, 1),
    "attention_points_text": value(3, 2),
    "attention_points_open_count": Case(seen(2, 1), seen(0, 1)),
    "connection_rate": Case(seen(49, 49), seen(50, 49)),
    "connections_per_account": share("5.9", 6, target=10),
    "connections_by_time_slot_count": Case(
        seen(split(weekday_day=70, night=0)),
        seen(split(weekday_day=70, night=1)),
        where="residential",
        elsewhere="day",
    ),
    "connections_by_place_count": Case(
        seen(split(on_site=70)), seen(split(on_site=70, mobile=1)), where="home", elsewhere="residential"
    ),
    "administrative_records_rate": share(63, 64, target=80),
    "medical_records_rate": share(79, 80),
    "personalised_projects_rate": share(69, 70),
    "residence_contracts_rate": share(69, 70),
    "tickets_created_count": Case(seen(10, 26), seen(10, 25)),
    "tickets_handled_count": Case(seen(of(9, other=20)), seen(of(10, other=20))),
    "tickets_closed_count": Case(seen(of(0, other=11)), seen(of(0, other=10))),
    "tickets_blocking_open_count": Case(seen(1, 2), seen(0, 2)),
    "tickets_by_handling_mode_count": Case(seen(split(phone=4, publisher=11)), seen(split(phone=11, publisher=10))),
    "ticket_resolution_days": value("5.1", 5),
}


def rule_of(proposed: Rule) -> AlertRule:
    """As a project has it once adopted, not saved."""
    return AlertRule(
        code=proposed.code,
        metric=proposed.metric,
        operator=proposed.operator,
        threshold=proposed.threshold,
        periods=proposed.periods,
        breakdown_value=proposed.breakdown_value,
        only_field=proposed.only.field if proposed.only else "",
        only_values=list(proposed.only.values) if proposed.only else [],
        unless_operator=proposed.unless.operator if proposed.unless else "",
        unless_threshold=proposed.unless.threshold if proposed.unless else None,
    )


def rule(metric: Metric, how: Operator, threshold: object, **more: Any) -> AlertRule:
    return AlertRule(metric=metric, operator=how, threshold=number(threshold), **more)


LOW = rule(Metric.VALUE, Operator.LT, 50)


class TestTheCatalogue:
    def test_each_of_its_rules_has_a_case(self) -> None:
        assert {proposed.code for proposed in catalogue().rules} == CASES.keys()

    @pytest.mark.parametrize("proposed", catalogue().rules, ids=lambda proposed: proposed.code)
    def test_a_rule_holds_where_it_says_and_not_beside(self, proposed: Rule) -> None:
        case, found = CASES[proposed.code], rule_of(proposed)
        assert judge(found, case.holds, condition=case.where).holds is True
        assert judge(found, case.not_quite, condition=case.where).holds is False
        if case.elsewhere:
            assert judge(found, case.holds, condition=case.elsewhere).holds is False
        if case.without:
            assert judge(found, case.without, condition=case.where).holds is False


class TestSince:
    def test_it_is_the_first_of_the_periods_in_a_row(self) -> None:
        found = judge(LOW, seen(40, 60, 45, 40))
        assert (found.since, found.at, found.count) == (Period.at("2026-09"), LAST, 2)
        assert list(found.broken) == [Period.at("2026-08")]

    def test_what_lasts_is_counted_from_its_first_period(self) -> None:
        found = judge(rule(Metric.PERIODS_OPEN, Operator.GTE, 2), seen(there, missing, missing, missing))
        assert (found.since, found.count) == (Period.at("2026-08"), 3)

    def test_it_holds_only_once_it_has_held_often_enough(self) -> None:
        thrice = rule(Metric.VALUE, Operator.LT, 50, periods=3)
        assert judge(thrice, seen(60, 40, 40)) == Outcome(False, LAST)
        assert judge(thrice, seen(40, 40, 40)).since == Period.at("2026-08")


class TestWhatIsNotKnown:
    def test_a_period_without_a_value_says_nothing_and_ends_nothing(self) -> None:
        found = judge(LOW, seen(40, 40, None))
        assert (found.holds, found.at) == (True, Period.at("2026-09"))

    def test_it_breaks_a_row_all_the_same(self) -> None:
        twice = rule(Metric.VALUE, Operator.LT, 50, periods=2)
        assert judge(twice, seen(40, None, 40)).holds is False

    def test_an_old_value_says_nothing_of_today(self) -> None:
        assert judge(LOW, seen(40, *[None] * STALE)).holds is True
        assert judge(LOW, seen(40, *[None] * (STALE + 1))).holds is None

    @pytest.mark.parametrize(
        ("found", "values"),
        [
            (rule(Metric.SHARE_OF_TARGET, Operator.LT, 80), seen(1)),
            (rule(Metric.SHARE_OF_TARGET, Operator.LT, 80), seen(of(1, target=0))),
            (rule(Metric.CHANGE, Operator.EQ, 0), seen(12)),
            (rule(Metric.GAP_TO, Operator.LT, 0), seen(12)),
            (rule(Metric.VALUE, Operator.EQ, 0, breakdown_value="night"), seen(12)),
            (rule(Metric.PERIODS_OPEN, Operator.GTE, 1), seen(None)),
            (LOW, []),
        ],
        ids=["no target", "target of zero", "nothing before", "nothing beside", "not split", "nothing due", "nothing"],
    )
    def test_a_rule_without_what_it_compares_to_says_nothing(self, found: AlertRule, values: list[Seen]) -> None:
        assert judge(found, values).holds is None

    def test_an_exception_that_is_not_known_excepts_nothing(self) -> None:
        found = rule(Metric.VALUE, Operator.LT, 50, unless_operator=Operator.GTE, unless_threshold=Decimal(90))
        assert judge(found, seen(40)).holds is True
