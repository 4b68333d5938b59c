"""What the answers of a structure say of its readiness."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from common.yaml_files import read_yaml
from dui_deploy.demo import source
from structures.catalogue.inventory import PATH, UNKNOWN, Field, compute, parse, questionnaire
from structures.enums.inventory import Operator, Readiness, Severity
from structures.inventory_answers import MISSING, differences, is_answered, progress
from structures.readiness import Evaluation, Threshold, evaluate, months_after, months_before

TODAY = date(2026, 11, 20)
WORLD = read_yaml(source.PATH)
FORM = questionnaire()


def value(code: str, raw: Any) -> Any:
    return Decimal(str(raw)) if isinstance(raw, float) else raw


def answers(esms: str) -> dict[str, Any]:
    item = next(one for one in WORLD["inventories"] if one["esms"] == esms)
    return {code: value(code, raw) for code, raw in item["answers"].items()}


READY = answers("ime_clairiere")


def judge(thresholds: dict[str, Threshold] | None = None, **changes: Any) -> Evaluation:
    """A structure that is ready, but for these answers; `MISSING` takes one away."""
    values = {code: value for code, value in {**READY, **changes}.items() if value is not MISSING}
    return evaluate(FORM, values, today=TODAY, thresholds=thresholds)


def signalled(evaluation: Evaluation) -> list[str]:
    return [signal.field.code for signal in evaluation.signals]


@pytest.mark.parametrize("item", WORLD["inventories"], ids=lambda item: item["esms"])
def test_twelve_structures_are_judged_as_the_demonstration_expects(item: dict[str, Any]) -> None:
    evaluation = evaluate(FORM, answers(item["esms"]), today=TODAY)
    assert signalled(evaluation) == item["expected_flags"]
    assert [field.code for field in evaluation.missing] == item["missing_prerequisites"]
    assert evaluation.readiness == item["expected_readiness"]


def test_the_twelve_show_each_level_and_most_rules() -> None:
    assert {item["expected_readiness"] for item in WORLD["inventories"]} == set(Readiness)
    assert len({code for item in WORLD["inventories"] for code in item["expected_flags"]}) > 15


# For each operator: an answer on the right side, one on the wrong side.
@pytest.mark.parametrize(
    ("code", "fine", "wrong", "severity"),
    [
        ("internet_access_type", "satellite", "none", Severity.BLOCKING),  # in
        ("recent_browser", "fully", "unknown", Severity.TO_FIX),
        ("downstream_mbps", Decimal("11.5"), Decimal("11.4"), Severity.BLOCKING),  # lt, 0.5 × 23 users
        ("upstream_mbps", Decimal(4), Decimal("3.9"), Severity.TO_FIX),
        ("backup_link", True, False, Severity.TO_FIX),  # is_false
        ("management_change_planned", False, True, Severity.TO_FIX),  # is_true
        ("users_to_equip", 1, 0, Severity.BLOCKING),  # eq
        ("unsupported_devices", 0, 1, Severity.BLOCKING),  # gt
        ("leaver_delay_days", 7, 8, Severity.TO_FIX),
        ("last_restore_test", date(2025, 11, 20), date(2025, 11, 19), Severity.TO_FIX),  # before_months
    ],
)
def test_each_rule_signals_one_side_only(code: str, fine: Any, wrong: Any, severity: Severity) -> None:
    assert judge(**{code: fine}).signals == ()
    evaluation = judge(**{code: wrong})
    assert [(signal.field.code, signal.severity) for signal in evaluation.signals] == [(code, severity)]
    assert evaluation.signals[0].message == FORM.by_code[code].flag.message
    expected = Readiness.NOT_READY if severity == Severity.BLOCKING else Readiness.READY_WITH_RESERVES
    assert evaluation.readiness == expected


def test_every_operator_is_in_the_cases_above_or_below() -> None:
    used = {field.flag.operator for field in FORM.flagged if field.flag}
    assert used == set(Operator)


def test_a_threshold_that_depends_on_users_has_a_floor() -> None:
    assert signalled(judge(downstream_mbps=Decimal("7.9"), peak_users=2)) == ["downstream_mbps"]
    assert signalled(judge(downstream_mbps=Decimal(8), peak_users=2)) == []
    assert signalled(judge(downstream_mbps=Decimal(8), peak_users=MISSING)) == []


def test_a_rule_is_lifted_by_another_answer_and_asks_nothing_then() -> None:
    assert signalled(judge(mobile_device_management=False)) == ["mobile_device_management"]
    assert signalled(judge(mobile_device_management=False, tablets_smartphones=0)) == []
    assert judge(mobile_device_management=MISSING).readiness == Readiness.NOT_READY
    assert judge(mobile_device_management=MISSING, tablets_smartphones=0).readiness == Readiness.READY


def test_a_volume_that_is_not_known_blocks_and_is_missing() -> None:
    evaluation = judge(active_records_count=MISSING)
    assert signalled(evaluation) == ["active_records_count"]
    assert [field.code for field in evaluation.missing] == ["active_records_count"]


def test_no_restoration_ever_tried_is_an_answer_and_a_date_without_an_answer_is_missing() -> None:
    none, missing = judge(last_restore_test=None), judge(last_restore_test=MISSING)
    assert signalled(none) == signalled(missing) == ["last_restore_test"]
    assert none.readiness == Readiness.READY_WITH_RESERVES
    assert missing.readiness == Readiness.NOT_READY


def test_what_nobody_knows_is_a_prerequisite_without_an_answer() -> None:
    evaluation = judge(dpo_designated=UNKNOWN)
    assert [field.code for field in evaluation.missing] == ["dpo_designated"]
    assert evaluation.readiness == Readiness.NOT_READY


def test_users_per_device_are_computed_and_never_taken_from_an_answer() -> None:
    assert judge(users_per_device=Decimal(9)).values["users_per_device"] == Decimal(23) / Decimal(37)
    assert signalled(judge(peak_users=38)) == ["users_per_device"]
    nothing = judge(fixed_workstations=0, laptops=0, tablets_smartphones=0)
    assert signalled(nothing) == ["users_per_device"]
    unknown = judge(laptops=MISSING)
    assert [field.code for field in unknown.missing] == ["users_per_device"]


def test_a_formula_is_sums_and_quotients_of_numbers_only() -> None:
    assert compute("a / (b + c)", {"a": 6, "b": 2, "c": Decimal(1)}) == 2
    assert compute("a * b - c", {"a": 6, "b": 2, "c": 1}) == 11
    assert compute("a / b", {"a": 0, "b": 0}) == 0
    assert compute("a / b", {"a": True, "b": 2}) is None
    content = read_yaml(PATH)
    computed = next(item for item in content["sections"][1]["fields"] if "computed" in item)
    for formula in ("__import__('os')", "peak_users +", "peak_users / backup_link"):
        computed["computed"] = formula
        with pytest.raises(ValueError, match="formule"):
            parse(content)


def test_the_threshold_of_the_project_replaces_the_proposal_and_says_so() -> None:
    vendor = {"upstream_mbps": Threshold(Decimal(80), source="éditeur"), "leaver_delay_days": Threshold(Decimal(2))}
    evaluation = judge(vendor)
    assert {signal.field.code: signal.message for signal in evaluation.signals} == {
        "upstream_mbps": "Il faut au moins 80 Mbit/s (éditeur).",
        "leaver_delay_days": "Il faut 2 jours au plus.",
    }
    assert judge({"upstream_mbps": Threshold(Decimal(1))}, upstream_mbps=Decimal(2)).signals == ()
    floor = {"downstream_mbps": Threshold(None, minimum=Decimal(100))}
    assert signalled(judge(floor)) == ["downstream_mbps"]
    months = judge({"last_restore_test": Threshold(Decimal(3))})
    assert months.signals[0].message == "Il faut une date de moins de 3 mois."


def test_months_end_on_the_last_day_of_short_ones() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 12) == date(2025, 1, 15)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


# --- The catalogue ---------------------------------------------------------------------------------------------------


def test_the_form_has_ten_sections_and_sixty_fields() -> None:
    assert len(FORM.sections) == 10
    assert len(list(FORM.fields)) == 60
    assert len(FORM.asked) == 59  # one is computed
    assert [table.code for table in FORM.tables] == [
        "software_in_place",
        "data_sources",
        "providers",
        "projects",
        "unavailable_periods",
    ]


def broken(section: int, field: int, **values: Any) -> dict[str, Any]:
    content = read_yaml(PATH)
    content["sections"][section]["fields"][field].update(values)
    return content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (broken(0, 0, code="peak_users"), "deux fois"),
        (broken(0, 0, choices=[]), "un choix a une liste"),
        (broken(0, 0, prerequisite=False), "un prérequis a sa règle"),
        (broken(0, 0, flag={"severity": "to_fix", "operator": "in", "values": ["x"], "message": "m"}), "n’a pas"),
        (broken(0, 2, flag={"severity": "to_fix", "operator": "lt", "message": "m"}), "seuil"),
        (broken(0, 0, depends_on={"field": "x", "value": True}), "n’est pas un champ"),
        (broken(0, 0, columns=[{"code": "c", "label": "C", "type": "text", "required": True}]), "colonnes"),
        ({**read_yaml(PATH), "statuses": []}, "états"),
    ],
)
def test_a_form_that_does_not_hold_together_is_refused(content: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(content)


def test_values_come_back_from_json_as_they_went() -> None:
    for code, given in (
        ("downstream_mbps", Decimal("73.60")),
        ("users_to_equip", 58),
        ("backup_link", False),
        ("last_restore_test", date(2026, 6, 12)),
        ("wifi_coverage", "everywhere"),
    ):
        field: Field = FORM.by_code[code]
        assert field.value(field.stored(given)) == given


# --- How many are answered -------------------------------------------------------------------------------------------


def test_a_question_that_another_answer_asks_counts_only_then() -> None:
    section = FORM.section("software")
    assert progress(section.fields, {"existing_dui": False}).asked == 4
    assert progress(section.fields, {"existing_dui": True}).asked == 5


def test_a_table_is_answered_by_its_lines_or_by_none_where_it_may_have_none() -> None:
    software, projects = FORM.by_code["software_in_place"], FORM.by_code["projects"]
    assert not is_answered(software, {})
    assert is_answered(software, {"software_in_place": [{}]})
    assert not is_answered(projects, {})
    assert is_answered(projects, {"projects": []})
    assert (software.takes_none, projects.takes_none) == (False, True)


def test_what_changed_is_said_field_by_field() -> None:
    found = differences(
        FORM, {"laptops": 2, "backup_link": True}, {"laptops": 3, "backup_link": True, "staff_count": 8}
    )
    assert [(item.field.code, item.old, item.new) for item in found] == [("laptops", 2, 3), ("staff_count", MISSING, 8)]
