"""What each formula counts, and as of which day."""

from datetime import date

import pytest

from common.scope import elevated
from governance.enums import Severity
from indicators.computing import SOURCES, waits_for
from indicators.enums import Source
from indicators.models import Indicator
from indicators.services.definitions import adopt_catalogue
from risks.catalogue import questionnaire
from risks.models import Assessment
from structures.enums.habilitations import MatrixStatus
from tests.factories import ESMSFactory, ProjectFactory, UserFactory
from tests.indicators.computing import CRITICAL, FEBRUARY, HIGH, JANUARY, MARCH, MODERATE, TODAY, Reckoning

pytestmark = pytest.mark.django_db
COUNT, RATE = "accounts_created_count", "accounts_created_rate"


@pytest.fixture
def place(db: None) -> Reckoning:
    project = ProjectFactory()
    user = UserFactory()
    with elevated():
        adopt_catalogue(project=project, user=user)
        Indicator.objects.filter(project=project, code=COUNT).update(asked=True)
    return Reckoning(project, ESMSFactory(og__project=project), user)


# --- Risks -----------------------------------------------------------------------------------------------------------


def test_open_risks_are_those_opened_and_not_closed_on_the_last_day_by_level(place: Reckoning) -> None:
    place.risk(date(2025, 2, 28))
    place.risk(date(2025, 1, 10), cell=CRITICAL)
    place.risk(date(2025, 1, 10), cell=MODERATE, closed_on=date(2025, 3, 1))
    place.risk(date(2025, 1, 10), closed_on=date(2025, 2, 28))
    place.risk(date(2025, 3, 1))
    place.compute(JANUARY, FEBRUARY)
    assert place.terms("open_risks_count") == 3
    assert place.cells("open_risks_count") == {"high": 1, "critical": 1, "moderate": 1}
    assert place.terms("open_risks_count", JANUARY) == 3
    assert place.cells("open_risks_count", JANUARY) == {"high": 1, "critical": 1, "moderate": 1}


def test_the_period_that_goes_on_is_told_as_of_yesterday(place: Reckoning) -> None:
    place.risk(date(2025, 3, 14))
    place.risk(TODAY)
    place.compute()
    assert place.terms("open_risks_count", MARCH) == 1


def test_a_period_of_which_no_day_is_over_has_no_figure(place: Reckoning) -> None:
    place.compute(MARCH, MARCH.next, today=date(2025, 3, 1))
    assert place.terms("open_risks_count", MARCH) is None
    place.compute(MARCH, MARCH.next, today=date(2025, 3, 2))
    assert place.terms("open_risks_count", MARCH) == 0
    assert place.terms("open_risks_count", MARCH.next) is None


def test_a_risk_that_was_not_transmitted_shows_in_no_figure(place: Reckoning) -> None:
    own = place.risk(date(2025, 1, 10), cell=CRITICAL, transmitted=False)
    place.action(own, date(2025, 1, 11), due_on=date(2025, 1, 20))
    place.action(own, date(2025, 1, 11), started_on=date(2025, 1, 12), done_on=date(2025, 1, 15))
    place.compute()
    assert place.terms("open_risks_count") == 0
    assert place.terms("critical_risks_count") == 0
    assert place.terms("risk_actions_completed_rate") is None
    assert place.terms("risk_actions_overdue_count") == 0


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (None, 1),
        ({}, 1),
        ({"started_on": date(2025, 2, 28)}, 0),
        ({"started_on": date(2025, 3, 1)}, 1),
        ({"done_on": date(2025, 2, 20)}, 0),
        ({"started_on": date(2025, 2, 2), "given_up_on": date(2025, 2, 20)}, 1),
        ({"started_on": date(2025, 2, 2), "given_up_on": date(2025, 3, 1)}, 0),
    ],
)
def test_a_critical_risk_counts_until_an_action_is_begun(place: Reckoning, action: dict | None, expected: int) -> None:
    risk = place.risk(date(2025, 1, 10), cell=CRITICAL)
    place.risk(date(2025, 1, 10), cell=HIGH)
    place.risk(date(2025, 1, 10), cell=CRITICAL, closed_on=date(2025, 2, 1))
    if action is not None:
        place.action(risk, date(2025, 1, 11), **action)
    place.compute()
    assert place.terms("critical_risks_count") == expected


def test_the_share_of_actions_done_is_of_those_decided_of_closed_risks_too(place: Reckoning) -> None:
    risk = place.risk(date(2025, 1, 10))
    closed = place.risk(date(2025, 1, 10), closed_on=date(2025, 2, 1))
    place.action(risk, date(2025, 1, 11), done_on=date(2025, 2, 28))
    place.action(risk, date(2025, 1, 11), done_on=date(2025, 3, 1))
    place.action(closed, date(2025, 1, 11))
    place.action(risk, date(2025, 1, 11), given_up_on=date(2025, 2, 28))
    place.action(risk, date(2025, 3, 1))
    place.action(place.risk(date(2025, 3, 1)), date(2025, 3, 1))
    place.compute(JANUARY, FEBRUARY, MARCH)
    assert place.terms("risk_actions_completed_rate", JANUARY) == (0, 4)
    assert place.terms("risk_actions_completed_rate", FEBRUARY) == (1, 3)
    assert place.terms("risk_actions_completed_rate", MARCH) == (2, 5)


def test_an_action_is_overdue_on_its_day_while_its_risk_is_open(place: Reckoning) -> None:
    risk = place.risk(date(2025, 1, 10))
    closed = place.risk(date(2025, 1, 10), closed_on=date(2025, 2, 1))
    place.action(risk, date(2025, 1, 11), due_on=date(2025, 2, 28))
    place.action(risk, date(2025, 1, 11), due_on=date(2025, 3, 1))
    place.action(risk, date(2025, 1, 11), due_on=date(2025, 2, 1), done_on=date(2025, 2, 28))
    place.action(risk, date(2025, 1, 11), due_on=date(2025, 2, 1), given_up_on=date(2025, 2, 3))
    place.action(risk, date(2025, 1, 11))
    place.action(closed, date(2025, 1, 11), due_on=date(2025, 1, 31))
    place.compute(JANUARY, FEBRUARY)
    assert place.terms("risk_actions_overdue_count", FEBRUARY) == 1
    assert place.terms("risk_actions_overdue_count", JANUARY) == 1


# --- Questionnaire ---------------------------------------------------------------------------------------------------


def test_the_score_is_that_of_the_last_analysis_transmitted_by_then(place: Reckoning) -> None:
    place.analysis(1, date(2025, 1, 20), 3)
    place.analysis(2, date(2025, 3, 15), 5)
    place.compute()
    assert place.terms("risk_questionnaire_score", place.quarter()) == 300  # the second is of today
    place.compute(today=date(2025, 3, 16))
    assert place.terms("risk_questionnaire_score", place.quarter()) == 500


def test_an_analysis_sent_back_counts_no_more(place: Reckoning) -> None:
    place.analysis(1, date(2025, 1, 20), 3)
    row = place.analysis(2, date(2025, 2, 20), 5)
    with elevated():
        Assessment.objects.filter(pk=row.pk).update(status="converging")
    place.compute()
    assert place.terms("risk_questionnaire_score", place.quarter()) == 300


def test_one_that_was_not_transmitted_has_no_score_and_what_is_not_concerned_is_left_out(place: Reckoning) -> None:
    first, second, third, *_ = [question.number for question in questionnaire().questions]
    place.analysis(1, None, 9)
    place.compute()
    assert place.terms("risk_questionnaire_score", place.quarter()) is None
    with elevated():
        Assessment.objects.filter(project=place.project).delete()
    place.analysis(2, date(2025, 2, 20), {first: 4, second: 5, third: None})
    place.compute()
    assert place.terms("risk_questionnaire_score", place.quarter()) == 450


# --- Alerts ----------------------------------------------------------------------------------------------------------


def test_alerts_count_until_they_are_answered_by_severity(place: Reckoning) -> None:
    place.alert(date(2025, 2, 28))
    place.alert(date(2025, 1, 5), severity=Severity.CRITICAL)
    place.alert(date(2025, 1, 5), answered_on=date(2025, 2, 28))
    place.alert(date(2025, 1, 5), answered_on=date(2025, 3, 1))
    place.alert(date(2025, 3, 1))
    other = ESMSFactory(og=place.esms.og)
    Reckoning(place.project, other, place.user).alert(date(2025, 2, 1))
    place.compute()
    assert place.terms("attention_points_open_count") == 3
    assert place.cells("attention_points_open_count") == {"warning": 2, "critical": 1}


# --- Accounts --------------------------------------------------------------------------------------------------------


def test_accounts_of_an_entry_hold_until_the_next_and_are_none_before_the_first(place: Reckoning) -> None:
    place.entered(COUNT, FEBRUARY, 12, nurse=8, direction=4)
    place.matrix(1, MatrixStatus.APPROVED, nurse=10, direction=4, physician=2)
    place.compute(JANUARY, FEBRUARY, MARCH)
    assert place.terms(COUNT, JANUARY) == 0
    assert place.terms(COUNT, FEBRUARY) is None  # that of the structure itself
    assert place.terms(COUNT, MARCH) == 12
    assert place.cells(COUNT, MARCH) == {"nurse": 8, "direction": 4}
    assert place.terms(RATE, JANUARY) == (0, 16)
    assert place.terms(RATE, FEBRUARY) == (12, 16)
    assert place.terms(RATE, MARCH) == (12, 16)
    assert place.cells(RATE, FEBRUARY) == {"nurse": (8, 10), "direction": (4, 4), "physician": (0, 2)}


def test_without_any_entry_there_is_neither_a_count_nor_a_rate(place: Reckoning) -> None:
    place.matrix(1, MatrixStatus.APPROVED, nurse=10)
    place.entered(COUNT, JANUARY, None)
    place.compute(FEBRUARY)
    assert place.terms(COUNT) is None
    assert place.terms(RATE) is None


def test_an_entry_that_is_not_given_counts_for_nothing_above(place: Reckoning) -> None:
    place.matrix(1, MatrixStatus.APPROVED, nurse=10)
    place.entered(COUNT, JANUARY, 4)
    place.entered(COUNT, FEBRUARY, 9, published=False)
    place.compute(FEBRUARY, MARCH)
    assert place.terms(RATE, FEBRUARY) == (4, 10)
    assert place.terms(COUNT, MARCH) == 4
    assert place.terms(COUNT, FEBRUARY) is None  # the structure's own is there


def test_a_structure_that_does_not_know_has_no_rate_for_that_period_and_the_next_ones_go_on(place: Reckoning) -> None:
    place.matrix(1, MatrixStatus.APPROVED, nurse=10)
    place.entered(COUNT, JANUARY, 4)
    place.entered(COUNT, FEBRUARY, None)
    place.compute(FEBRUARY, MARCH)
    assert place.terms(RATE, FEBRUARY) is None
    assert place.terms(RATE, MARCH) == (4, 10)


def test_a_matrix_that_its_direction_has_not_validated_tells_nothing_above_it(place: Reckoning) -> None:
    place.entered(COUNT, FEBRUARY, 4)
    place.matrix(1, MatrixStatus.DRAFT, nurse=6)
    place.compute(FEBRUARY)
    assert place.terms(RATE) is None
    place.matrix_becomes(1, MatrixStatus.APPROVED)
    place.compute(FEBRUARY)
    assert place.terms(RATE) == (4, 6)


def test_a_revision_that_is_being_prepared_tells_nothing_yet(place: Reckoning) -> None:
    place.entered(COUNT, FEBRUARY, 4)
    place.matrix(1, MatrixStatus.APPROVED, nurse=7)
    place.matrix(2, MatrixStatus.APPROVED, nurse=8)
    place.matrix(3, MatrixStatus.DRAFT, nurse=20)
    place.compute(FEBRUARY)
    assert place.terms(RATE) == (4, 8)


def test_accounts_of_grouped_profiles_are_not_compared_profile_by_profile(place: Reckoning) -> None:
    place.entered(COUNT, FEBRUARY, 9, nurse=6, other_profiles_grouped=3)
    place.matrix(1, MatrixStatus.APPROVED, nurse=10, direction=2)
    place.compute(FEBRUARY)
    assert place.terms(RATE) == (9, 12)
    assert place.cells(RATE) == {}


# --- Sources ---------------------------------------------------------------------------------------------------------


def test_each_source_is_there_or_says_what_it_waits_for() -> None:
    for source in Source:
        assert (source in SOURCES) + bool(waits_for(source)) == (source != Source.ENTERED)
