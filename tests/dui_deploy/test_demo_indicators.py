"""The figures of the demonstration world are those of demo.yaml: entered as it says, computed as it expects."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from common.french import typography
from common.scope import elevated
from common.yaml_files import read_yaml
from dui_deploy.demo import indicated, loading, source
from governance.models import Alert
from indicators.computing import waits_for
from indicators.enums import INDICATOR_SOURCE, Absence, Frequency, Kind, Origin, StatementStatus
from indicators.models import Campaign, Cell, Collection, Definition, Figure, RaisedAlert, Statement, Target
from indicators.periods import Period
from indicators.selectors.asked import asked_of
from indicators.selectors.definitions import Followed, by_code, followed
from indicators.services.alerts import evaluate
from indicators.services.computing import compute
from organisations.models import ESMS, Project

pytestmark = pytest.mark.django_db
TODAY = read_yaml(source.PATH)["reference_date"]
WORLD = source.read(TODAY)
MONTHS = indicated.months_of(WORLD, TODAY)
EXPECTED = {(row["esms"], row["indicator"]): row["values"] for row in WORLD["expected_computed"]}
# Indicators whose source is not kept here yet: each leaves this list when it is.
WAITING = {
    "budget_consumed_amount",
    "budget_consumption_rate",
    "deployment_units_completed_count",
    "deployment_units_completed_rate",
    "deployment_units_in_progress_count",
    "deployment_units_launched_count",
    "schedule_drift_days",
    "schedule_progress_rate",
    "schedule_status_level",
    "trained_people_count",
    "trained_people_rate",
    "training_evaluation_response_rate",
    "training_evaluation_score",
}
COMPUTED = sorted({code for _, code in EXPECTED} - WAITING)


@dataclass(frozen=True)
class Loaded:
    """What the loader wrote. Structures by the name that demo.yaml gives them (None: the project)."""

    figures: Mapping[tuple[str | None, str, Period], Figure]
    cells: Mapping[Any, Mapping[str, Cell]]
    known: Mapping[str, Followed]
    structures: Mapping[str, ESMS]
    statements: Mapping[tuple[str, Period], Statement]
    campaigns: list[Campaign]
    definitions: Counter[str]
    targets: Mapping[str, Decimal]
    collection: Collection
    raised: list[RaisedAlert]
    alerts: list[Alert]
    again: int
    new_alerts: list[str]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Loaded:
    """The world is loaded once, as of the day that it is written for, read, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(WORLD)
        with elevated():
            found = _read()
        transaction.set_rollback(True)
    return found


def _read() -> Loaded:
    project = Project.objects.get(slug="trois-rivages")
    names = {item["name"].replace("'", "’"): item["code"] for item in WORLD["esms"]}
    structures = {names[row.name.replace("'", "’")]: row for row in ESMS.objects.filter(project=project).order_by("pk")}
    code_of: dict[Any, str | None] = {row.pk: code for code, row in structures.items()} | {project.pk: None}
    figures = Figure.objects.filter(project=project).select_related("indicator", "statement").order_by("pk")
    cells: dict[Any, dict[str, Cell]] = {}
    for cell in Cell.objects.filter(project=project).order_by("pk"):
        cells.setdefault(cell.figure_id, {})[cell.value] = cell
    statements = Statement.objects.filter(project=project).select_related("campaign").order_by("pk")
    raised = RaisedAlert.objects.filter(project=project).select_related("rule", "alert").order_by("pk")
    targets = Target.objects.filter(project=project).select_related("indicator").order_by("pk")
    return Loaded(
        figures={(code_of[row.place], row.indicator.code, row.period): row for row in figures},
        cells=cells,
        known=by_code(followed(project)),
        structures=structures,
        statements={(str(code_of[row.esms_id]), row.campaign.period): row for row in statements},
        campaigns=list(Campaign.objects.filter(project=project).order_by("period_start")),
        definitions=Counter(
            Definition.objects.filter(project=project).order_by("pk").values_list("indicator__code", flat=True)
        ),
        targets={row.indicator.code: row.value for row in targets},
        collection=Collection.objects.get(project=project, frequency=Frequency.MONTHLY),
        raised=list(raised),
        alerts=list(Alert.objects.filter(project=project, source=INDICATOR_SOURCE).order_by("number")),
        again=compute(project, indicated.periods_of(MONTHS, TODAY), today=TODAY),
        new_alerts=[f"{alert.esms} {alert.subject}" for alert in evaluate(project, on=TODAY)],
    )


def terms(loaded: Loaded, esms: str | None, code: str) -> list[Any]:
    """The figures of the six months, as demo.yaml writes them."""
    found = []
    for month in MONTHS:
        row = loaded.figures.get((esms, code, month))
        if row is None or row.amount is None:
            found.append(None)
        else:
            found.append(row.amount if row.base is None else [row.amount, row.base])
    return found


@pytest.mark.parametrize("code", COMPUTED)
def test_every_expected_figure_equals_what_is_computed(loaded: Loaded, code: str) -> None:
    expected = {esms: values for (esms, indicator), values in EXPECTED.items() if indicator == code}
    assert expected
    for esms, values in expected.items():
        assert terms(loaded, esms, code) == values, esms


@pytest.mark.parametrize("code", sorted(WAITING))
def test_those_that_wait_have_no_figure_and_say_why(loaded: Loaded, code: str) -> None:
    assert waits_for(loaded.known[code].definition.source)
    assert not [key for key in loaded.figures if key[1] == code]


def test_all_that_is_expected_is_one_or_the_other() -> None:
    assert {code for _, code in EXPECTED} == WAITING | set(COMPUTED)
    assert len(EXPECTED) > 100


def test_figures_are_computed_for_each_structure_and_quarter(loaded: Loaded) -> None:
    quarter = Period.of(Frequency.QUARTERLY, TODAY)
    scores = {esms: loaded.figures.get((esms, "risk_questionnaire_score", quarter)) for esms in loaded.structures}
    told = {item["esms"]: item["total"] for item in WORLD["risk_questionnaires"] if item["esms"]}
    for esms in ("ime_clairiere", "sessad_passerelles", "mas_grand_large"):  # the others answered again since
        row = scores[esms]
        assert row is not None
        assert (row.amount, row.origin, row.published) == (told[esms], Origin.COMPUTED, True)
    assert all(scores[esms] is None for esms in WORLD["risk_questionnaires_missing"])
    running = Period.of(Frequency.MONTHLY, TODAY)
    assert {esms for esms, code, period in loaded.figures if (code, period) == ("open_risks_count", running)} == set(
        loaded.structures
    )


def test_computed_again_nothing_changes(loaded: Loaded) -> None:
    assert loaded.again == 0


def test_open_risks_and_alerts_split_as_they_are(loaded: Loaded) -> None:
    for code in ("open_risks_count", "attention_points_open_count"):
        rows = [row for (_, indicator, _), row in loaded.figures.items() if indicator == code]
        assert any(row.amount for row in rows)
        for row in rows:
            assert sum(cell.amount for cell in loaded.cells.get(row.pk, {}).values()) == row.amount
    row = loaded.figures["eam_tournesols", "open_risks_count", MONTHS[-1]]
    assert {code: cell.amount for code, cell in loaded.cells[row.pk].items()} == {"critical": 1, "high": 2}
    share = loaded.figures["ehpad_lanternes", "accounts_created_rate", MONTHS[0]]
    nurses = loaded.cells[share.pk]["nurse"]
    assert (nurses.amount, nurses.base) == (4, 8)


VALUES = {(row["esms"], row["indicator"]): row["values"] for row in WORLD["indicator_values"]}


@pytest.mark.parametrize(("esms", "code"), sorted(VALUES))
def test_every_value_entered_is_the_one_of_demo_yaml(loaded: Loaded, esms: str, code: str) -> None:
    definition = loaded.known[code].definition
    for month, value in zip(MONTHS, VALUES[esms, code], strict=True):
        row = loaded.figures.get((esms, code, month))
        if value is None:
            assert row is None or (row.absence and row.why)
            continue
        assert row is not None, month
        assert row.statement_id
        if definition.kind == Kind.TEXT:
            assert row.amount == ["info", "warning", "critical"].index(value["level"]) + 1
            assert row.text == typography(value["text"])
        elif isinstance(value, dict):
            cells = {part: cell.amount for part, cell in loaded.cells[row.pk].items()}
            assert cells == {part: Decimal(str(amount)) for part, amount in value.items()}
            assert row.amount == sum(value.values())
        elif isinstance(value, list):
            assert [row.amount, row.base] == [Decimal(str(part)) for part in value]
        else:
            assert row.amount == Decimal(str(value))


def test_splits_by_profile_are_those_of_demo_yaml(loaded: Loaded) -> None:
    for item in WORLD["indicator_breakdowns"]:
        row = loaded.figures[item["esms"], item["indicator"], MONTHS[WORLD["periods"].index(item["period"])]]
        cells = {code: [cell.amount, cell.base] for code, cell in loaded.cells[row.pk].items()}
        assert cells == {group["profile"]: group["value"] for group in item["groups"]}
    for item in WORLD["accounts"]:
        row = loaded.figures[item["esms"], "accounts_created_count", MONTHS[WORLD["periods"].index(item["period"])]]
        cells = {code: cell.amount for code, cell in loaded.cells[row.pk].items()}
        assert cells == item["cumulative_by_profile"]


def test_five_statements_of_seven_are_complete(loaded: Loaded) -> None:
    last = {esms: row for (esms, period), row in loaded.statements.items() if period == MONTHS[-1]}
    given = {esms for esms, row in last.items() if row.status == StatementStatus.GIVEN}
    assert len(last) == 7
    assert set(last) - given == {"eam_tournesols", "aj_horloge"}
    for (esms, period), row in loaded.statements.items():
        asked = asked_of(loaded.structures[esms], period, list(loaded.known.values()))
        lacking = {one.code for one in asked if (esms, one.code, period) not in loaded.figures}
        assert lacking == (set() if row.status == StatementStatus.GIVEN else {"attention_points_text"}), (esms, period)
    open_ones = {row.pk for row in last.values() if row.status == StatementStatus.OPEN}
    for row in loaded.figures.values():
        assert row.published == (row.statement_id not in open_ones)


def test_statements_come_on_time_or_late_as_demo_yaml_says(loaded: Loaded) -> None:
    late = Counter(
        esms
        for (esms, _), row in loaded.statements.items()
        if row.first_given_at and row.first_given_at.date() > row.campaign.due_on
    )
    assert late == {"eam_tournesols": 4, "ime_clairiere": 1, "esat_nuage": 1, "aj_horloge": 1}
    assert [campaign.period for campaign in loaded.campaigns] == MONTHS
    assert loaded.campaigns[-1].is_running(TODAY)
    assert loaded.campaigns[-1].due_on < TODAY
    assert not any(campaign.is_running(TODAY) for campaign in loaded.campaigns[:-1])


def test_absences_say_why(loaded: Loaded) -> None:
    rows = [row for row in loaded.figures.values() if row.absence]
    assert {row.indicator.code for row in rows} == set(WORLD["indicator_absences"])
    assert {row.absence for row in rows} == set(Absence.values)
    assert all(row.why and row.amount is None for row in rows)


def test_the_lead_follows_some_by_the_month_and_sets_targets(loaded: Loaded) -> None:
    settings = {item["indicator"]: item for item in WORLD["indicator_settings"]}
    assert loaded.targets == {code: Decimal(str(item["target"])) for code, item in settings.items()}
    changed = {code for code, item in settings.items() if item["frequency"]}
    assert {code for code, count in loaded.definitions.items() if count == 2} == changed
    assert all(loaded.known[code].definition.frequency == Frequency.MONTHLY for code in changed)
    assert len(loaded.known) == 38
    waves = {esms.wave_id for code, esms in loaded.structures.items() if (code, MONTHS[-1]) in loaded.statements}
    assert set(loaded.collection.wave_ids) == waves


def test_alerts_of_rules_are_raised_once(loaded: Loaded) -> None:
    told = [item for item in WORLD["alerts"] if item["origin"] == "indicator"]
    assert Counter(row.rule.code for row in loaded.raised) == Counter(item["ref"] for item in told)
    assert {alert.source_id for alert in loaded.alerts} == {row.pk for row in loaded.raised}
    for row in loaded.raised:
        assert row.alert.severity == next(item["level"] for item in told if item["ref"] == row.rule.code)
        assert row.since <= MONTHS[-1].start
    labels = {loaded.known[row.rule.code].definition.label for row in loaded.raised if row.rule.code in loaded.known}
    for subject in loaded.new_alerts:
        assert not ("Tournesols" in subject and any(label in subject for label in labels)), subject
        assert "Relevé non rendu" not in subject


def test_the_record_opened_with_its_first_unit(loaded: Loaded) -> None:
    opened = {code: esms.opened_on for code, esms in loaded.structures.items() if esms.opened_on}
    starts = {
        code: min(unit["start"] for unit in WORLD["deployment_units"] if unit["esms"] == code and unit["start"])
        for code in ("ehpad_lanternes", "ime_clairiere", "eam_tournesols")
    }
    assert opened == starts


@pytest.mark.parametrize("days", range(0, 62, 3))
def test_whatever_the_day_the_last_month_is_over_and_its_day_is_past(days: int) -> None:
    """The world moves by days, its months by months."""
    today = TODAY + timedelta(days=days)
    world = source.read(today)
    months = indicated.months_of(world, today)
    assert months[-1].end < today
    assert months[-1].next.end >= today
    opened = loading._openings(world["deployment_units"])
    assert all(day <= months[0].end for day in opened.values())
