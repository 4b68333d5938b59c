"""What rules raise: once each time it happens, in words that tell nothing withheld."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from governance.enums import Severity
from governance.models import Alert
from governance.services import answer_alert
from indicators.enums import Metric, Operator, StatementStatus
from indicators.models import Indicator, Target
from indicators.services.alerts import evaluate
from indicators.tasks import evaluate_rules
from organisations.enums import Role
from tests.factories import ESMSFactory
from tests.harness.queries import counted
from tests.harness.threads import together
from tests.harness.world import SLUG, World
from tests.indicators.watching import TODAY, Watching, watching

pytestmark = pytest.mark.django_db(transaction=True)
RATE, SLOTS = "connection_rate", "connections_by_time_slot_count"


@pytest.fixture
def here(world: World) -> Watching:
    found = watching(world)
    found.only(RATE)  # under 50 %, two months in a row
    return found


def low(here: Watching, *periods: str) -> None:
    for period in periods:
        here.figure(RATE, period, 20, 60)


class TestWhatItSays:
    def test_an_alert_names_the_structure_and_since_when_and_tells_no_figure_of_it(
        self, here: Watching, world: World
    ) -> None:
        low(here, "2025-01", "2025-02")
        [alert] = here.check()
        assert alert.severity == Severity.CRITICAL
        assert alert.subject.replace("\xa0", " ") == "Taux de connexion : Foyer de la Digue"
        assert [line.replace("\xa0", " ").replace("\u202f", " ") for line in alert.text.splitlines()] == [
            here.only(RATE).message.replace("\xa0", " "),
            "Foyer de la Digue, février 2025.",
            "Cela dure depuis deux périodes : depuis janvier 2025.",
        ]
        assert (alert.owner, alert.raised_by, alert.esms) == (here.director, world.lead, here.esms)

    def test_who_reads_alerts_and_totals_only_finds_no_figure_of_the_structure(
        self, here: Watching, world: World, client_as: Callable[..., Client]
    ) -> None:
        low(here, "2025-01", "2025-02")
        [alert] = here.check()
        page = client_as(world.person(Role.OBSERVER)).get(reverse("alert", args=[SLUG, alert.number]))
        assert page.status_code == 200
        assert "33,3" not in page.content.decode()

    @pytest.mark.parametrize("threshold", [24, 26, 100])
    def test_no_rule_finds_out_the_rate_of_fewer_than_five_people(self, here: Watching, threshold: int) -> None:
        here.only(RATE, threshold=threshold)
        here.figure(RATE, "2025-01", 1, 4)
        here.figure(RATE, "2025-02", 1, 4)
        assert here.check() == []

    def test_no_rule_compares_another_figure_with_it(self, here: Watching) -> None:
        other = here.indicator("connections_per_account")
        here.only(RATE, metric=Metric.GAP_TO, operator=Operator.GT, threshold=0, periods=1, other=other)
        here.figure(RATE, "2025-02", 20, 60)
        here.figure("connections_per_account", "2025-02", 6, 4)
        assert here.check() == []
        here.figure("connections_per_account", "2025-02", 60, 40)
        assert len(here.check()) == 1

    def test_no_rule_finds_out_the_connections_of_fewer_than_five_accounts(self, here: Watching) -> None:
        here.only(SLOTS, only_field="", only_values=[], breakdown_value="", operator=Operator.GT, threshold=39)
        here.figure("connections_per_account", "2025-02", 40, 4)
        here.figure(SLOTS, "2025-02", 40, weekday_day=30, weekday_evening=10, night=0, weekend=0)
        assert here.check() == []
        here.figure("connections_per_account", "2025-02", 40, 8)
        assert len(here.check()) == 1

    def test_no_rule_finds_out_a_part_that_is_withheld(self, here: Watching) -> None:
        here.only(SLOTS, only_field="", only_values=[])  # no connection at night: a neighbour of three is withheld too
        told = here.figure(SLOTS, "2025-02", 40, weekday_day=30, weekday_evening=10, night=0, weekend=0)
        assert len(here.check()) == 1
        here.figure(SLOTS, "2025-03", 40, weekday_day=30, weekday_evening=7, night=0, weekend=3)
        with elevated():
            told.delete()
        assert here.check(date(2025, 4, 15)) == []

    def test_it_leads_to_the_indicator_in_its_structure(self, here: Watching, client_as: Callable[..., Client]) -> None:
        low(here, "2025-01", "2025-02")
        [alert] = here.check()
        page = client_as(here.director).get(reverse("alert", args=[SLUG, alert.number])).content.decode()
        assert reverse("structure_indicator", args=[SLUG, "surveillee", RATE]) in page

    def test_that_of_an_entry_leads_to_the_indicators_of_the_structure(self, here: Watching, lead: Client) -> None:
        here.only("missing_entry")
        here.statement("2025-02", date(2025, 3, 10))
        [alert] = here.check()
        page = lead.get(reverse("alert", args=[SLUG, alert.number])).content.decode()
        assert reverse("structure_indicators", args=[SLUG, "surveillee"]) in page


class TestOnceEachTime:
    def test_twice_is_once(self, here: Watching) -> None:
        low(here, "2025-01", "2025-02")
        assert len(here.check()) == 1
        assert here.check() == []
        low(here, "2025-03")
        assert here.check(date(2025, 4, 15)) == []
        assert len(here.alerts()) == 1

    def test_answered_it_is_not_raised_again_while_it_goes_on(self, here: Watching, world: World) -> None:
        low(here, "2025-01", "2025-02")
        self.answered(here, world)
        low(here, "2025-03")
        assert here.check(date(2025, 4, 15)) == []

    def test_over_then_back_it_is_raised_again(self, here: Watching, world: World) -> None:
        low(here, "2025-01", "2025-02")
        self.answered(here, world)
        here.figure(RATE, "2025-03", 50, 60)
        assert here.check(date(2025, 4, 15)) == []
        assert here.raised()[0].over_since == date(2025, 3, 1)
        low(here, "2025-04", "2025-05")
        assert len(here.check(date(2025, 6, 15))) == 1
        assert [one.over_since for one in here.raised()] == [date(2025, 3, 1), None]

    def test_over_then_back_between_two_looks_it_is_raised_again(self, here: Watching, world: World) -> None:
        low(here, "2025-01", "2025-02")
        self.answered(here, world)
        here.figure(RATE, "2025-03", 50, 60)
        low(here, "2025-04", "2025-05")
        assert len(here.check(date(2025, 6, 15))) == 1

    def test_nobody_having_answered_the_same_alert_goes_on(self, here: Watching) -> None:
        low(here, "2025-01", "2025-02")
        here.check()
        here.figure(RATE, "2025-03", 50, 60)
        here.check(date(2025, 4, 15))
        low(here, "2025-04", "2025-05")
        assert here.check(date(2025, 6, 15)) == []
        assert [one.over_since for one in here.raised()] == [None]

    def test_two_workers_raise_it_once(self, here: Watching) -> None:
        low(here, "2025-01", "2025-02")
        found = together(4, lambda rank: here.check())
        assert sorted(len(new) for new in found) == [0, 0, 0, 1]

    @staticmethod
    def answered(here: Watching, world: World) -> None:
        [alert] = here.check()
        with elevated():
            answer_alert(alert, answer="Une formation est prévue.", user=world.lead)


class TestWhatIsLeftAlone:
    def test_a_rule_out_of_service_raises_nothing(self, here: Watching) -> None:
        low(here, "2025-01", "2025-02")
        here.rules(active=False)
        assert here.check() == []

    def test_an_indicator_given_up_raises_nothing(self, here: Watching) -> None:
        low(here, "2025-01", "2025-02")
        with elevated():
            Indicator.objects.filter(project=here.project, code=RATE).update(active=False)
        assert here.check() == []

    def test_figures_that_are_not_given_raise_nothing(self, here: Watching) -> None:
        low(here, "2025-01", "2025-02")
        with elevated():
            here.esms.project.refresh_from_db()
            type(here.figure(RATE, "2025-02", 20, 60)).objects.filter(esms=here.esms).update(published=False)
        assert here.check() == []

    def test_a_share_of_a_target_waits_for_the_target(self, here: Watching) -> None:
        here.only("administrative_records_rate")
        here.figure("administrative_records_rate", "2025-02", 30, 60)
        assert here.check() == []
        with elevated():
            Target.objects.create(
                project=here.project,
                place=here.project.pk,
                indicator=here.indicator("administrative_records_rate"),
                value=80,
                from_on=date(2025, 2, 28),
            )
        assert len(here.check()) == 1

    def test_the_period_that_is_going_on_is_not_judged_yet(self, here: Watching) -> None:
        low(here, "2025-02", "2025-03")
        assert here.check(date(2025, 3, 31)) == []
        assert len(here.check(date(2025, 4, 1))) == 1


class TestEntries:
    def test_a_statement_is_missing_from_the_day_after_it_is_due(self, here: Watching) -> None:
        here.only("missing_entry")
        here.statement("2025-02", date(2025, 3, 10))
        assert here.check(date(2025, 3, 10)) == []
        [alert] = here.check(date(2025, 3, 11))
        assert alert.subject.replace("\xa0", " ") == "Relevé non rendu : Foyer de la Digue"
        assert "février" in alert.text

    def test_two_in_a_row_press_more(self, here: Watching) -> None:
        here.only("repeated_missing_entry")
        here.statement("2025-01", date(2025, 2, 10))
        assert here.check() == []
        here.statement("2025-02", date(2025, 3, 10))
        [alert] = here.check()
        assert alert.severity == Severity.CRITICAL

    def test_given_it_is_not_missing_even_taken_back(self, here: Watching) -> None:
        here.only("missing_entry")
        now = timezone.now()
        here.statement("2025-01", date(2025, 2, 10), status=StatementStatus.GIVEN, given_at=now, first_given_at=now)
        here.statement("2025-02", date(2025, 3, 10), first_given_at=now)
        assert here.check() == []

    def test_given_late_it_is_over(self, here: Watching) -> None:
        here.only("missing_entry")
        statement = here.statement("2025-02", date(2025, 3, 10))
        here.check()
        now = timezone.now()
        with elevated():
            type(statement).objects.filter(pk=statement.pk).update(
                status=StatementStatus.GIVEN, given_at=now, first_given_at=now
            )
        here.check()
        assert here.raised()[0].over_since == date(2025, 2, 1)

    def test_of_one_indicator_it_is_judged_by_its_statement(self, here: Watching) -> None:
        here.only(RATE, metric=Metric.PERIODS_OPEN, operator=Operator.GTE, threshold=1, periods=1)
        here.statement("2025-02", date(2025, 3, 10))
        [alert] = here.check()
        assert "rien n’a été rendu" in alert.text


def test_every_day_all_projects_are_looked_at(here: Watching, world: World) -> None:
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    low(here, f"{before:%Y-%m}", f"{last:%Y-%m}")
    evaluate_rules()
    assert len(here.alerts()) == 1


def test_looking_asks_as_much_whatever_the_project_holds(here: Watching, world: World) -> None:
    here.rules(active=True)
    evaluate(here.project, on=TODAY)
    found, made = [], 0
    for size in (1, 3, 30):
        while made < size:
            made += 1
            esms = ESMSFactory(og=world.own.ogs[0], slug=f"nombre-{made}")
            here.figure(RATE, "2025-02", 50, 60, esms=esms)
        with counted() as queries:
            assert evaluate(here.project, on=TODAY) == []
        found.append(len(queries))
    assert found == [found[0]] * 3


def test_the_lead_has_the_rules_checked_and_is_told_how_many_alerts_are_new(here: Watching, lead: Client) -> None:
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    low(here, f"{before:%Y-%m}", f"{last:%Y-%m}")
    url = reverse("indicator_rules_check", args=[SLUG])
    assert "Une alerte est donnée au COMOP" in lead.post(url, follow=True).content.decode()
    assert "Aucune nouvelle alerte" in lead.post(url, follow=True).content.decode()
    with elevated():
        assert Alert.objects.filter(esms=here.esms, source="indicator").count() == 1


def test_who_reads_no_indicators_is_not_led_there(
    here: Watching, world: World, client_as: Callable[..., Client]
) -> None:
    low(here, "2025-01", "2025-02")
    [alert] = here.check()
    answer = client_as(world.person(Role.OBSERVER)).get(reverse("alert", args=[SLUG, alert.number]))
    assert reverse("structure_indicator", args=[SLUG, "surveillee", RATE]) not in answer.content.decode()
