"""A structure in which two people enter a statement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from indicators.enums import Frequency
from indicators.models import Campaign, Cell, Figure, Statement
from indicators.periods import Period
from indicators.selectors.asked import asked_of
from indicators.selectors.definitions import Followed, by_code, followed
from organisations.enums import Role
from organisations.models import ESMS, User, place_of
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.htmx import HTMX
from tests.harness.indicators import add_figure, current_period
from tests.harness.world import World

# What each asked indicator of the tests' world is given when somebody fills it all: amount, base, text, parts.
AMOUNTS: dict[str, tuple[object, object]] = {
    "connection_rate": (40, 50),
    "connections_per_account": (300, 50),
    "resource_release_rate": (3, 4),
    "administrative_records_rate": (30, 60),
    "medical_records_rate": (20, 40),
    "personalised_projects_rate": (30, 60),
    "residence_contracts_rate": (30, 60),
    "tickets_created_count": (12, None),
    "tickets_handled_count": (11, None),
    "tickets_closed_count": (10, None),
}
PARTS = {
    "connections_by_time_slot_count": {"weekday_day": 200, "weekday_evening": 50, "night": 30, "weekend": 20},
    "connections_by_place_count": {"on_site": 200, "other_site": 50, "mobile": 30, "remote_work": 20},
    "tickets_by_handling_mode_count": {
        "phone": 5,
        "written": 2,
        "remote_control": 2,
        "on_site_visit": 1,
        "publisher": 1,
    },
}


@dataclass
class Desk:
    """`statement` is being entered; nothing is in it yet."""

    esms: ESMS
    statement: Statement
    director: User
    referent: User
    lead: User
    sign_in: Callable[[User], Client]
    found: dict[str, Followed]

    @property
    def period(self) -> Period:
        return self.statement.campaign.period

    @property
    def asked(self) -> list[Followed]:
        return asked_of(self.esms, self.period, list(self.found.values()))

    def url(self, name: str, *more: str, period: Period | None = None) -> str:
        where = [self.esms.project.slug, self.esms.slug]
        return reverse(name, args=where if name == "statements" else [*where, (period or self.period).code, *more])

    def get(self, by: User, name: str = "statement", *more: str, **options: Any) -> HttpResponse:
        return self.sign_in(by).get(self.url(name, *more, **options))

    def act(self, by: User, name: str, **posted: Any) -> HttpResponse:
        return self.sign_in(by).post(self.url(name), posted)

    def save(self, by: User, code: str, version: int = 0, *, htmx: bool = True, **posted: Any) -> HttpResponse:
        """As htmx posts a line."""
        headers = HTMX if htmx else {}
        return self.sign_in(by).post(self.url("statement_figure", code), {"version": version, **posted}, **headers)

    def kept(self, code: str) -> Figure | None:
        with elevated():
            return Figure.objects.filter(statement=self.statement, indicator__code=code).first()

    def cells(self, code: str) -> dict[str, int]:
        with elevated():
            rows = Cell.objects.filter(figure__statement=self.statement, figure__indicator__code=code)
            return {row.value: int(row.amount) for row in rows}

    def fresh(self) -> Statement:
        with elevated():
            return Statement.objects.select_related("campaign", "given_by").get(pk=self.statement.pk)

    def change(self, **values: Any) -> None:
        with elevated():
            Statement.objects.filter(pk=self.statement.pk).update(**values)

    def campaign(self, **values: Any) -> None:
        with elevated():
            Campaign.objects.filter(pk=self.statement.campaign_id).update(**values)

    def fill(self, *, but: str = "", statement: Statement | None = None) -> None:
        """All that is asked, without a service; `but` an indicator."""
        with elevated():
            for one in self.asked:
                if one.code != but:
                    self._write(statement or self.statement, one)

    def fill_the_rest(self) -> None:
        """What is asked and says nothing yet."""
        with elevated():
            there = set(Figure.objects.filter(statement=self.statement).values_list("indicator_id", flat=True))
            for one in self.asked:
                if one.indicator.pk not in there:
                    self._write(self.statement, one)

    def _write(self, statement: Statement, one: Followed) -> None:
        if one.code == "attention_points_text":
            add_figure(statement, one, 1, text="Rien à signaler")
        elif parts := PARTS.get(one.code):
            figure = add_figure(statement, one, sum(parts.values()))
            Cell.objects.bulk_create(
                Cell(**place_of(self.esms), place=self.esms.pk, figure=figure, value=value, amount=amount)
                for value, amount in parts.items()
            )
        else:
            add_figure(statement, one, *AMOUNTS.get(one.code, (4, None)))

    def earlier(self, count: int) -> list[Statement]:
        """Statements of as many periods before, nearest first, empty; their collection is over."""
        found, period = [], self.period
        today = timezone.localdate()
        with elevated():
            for _ in range(count):
                period = period.previous
                campaign, _ = Campaign.objects.get_or_create(
                    project=self.esms.project,
                    frequency=period.frequency,
                    period_start=period.start,
                    defaults={
                        "opens_on": today - timedelta(days=50),
                        "due_on": today - timedelta(days=30),
                        "closes_on": today - timedelta(days=2),
                    },
                )
                found.append(Statement.objects.create(**place_of(self.esms), campaign=campaign))
        return found


def desk_of(world: World, sign_in: Callable[[User], Client], **structure: Any) -> Desk:
    """A structure of the first OG whose record has been open for a few months."""
    opened = current_period().back(3).start
    esms = ESMSFactory(
        og=world.own.ogs[0], project=world.own.project, **{"category": "183", "opened_on": opened, **structure}
    )
    director, referent = UserFactory(), UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    MembershipFactory(user=referent, role=Role.LOCAL_REFERENT, target=esms)
    with elevated():
        statement = Statement.objects.create(**place_of(esms), campaign=world.own.indicators.current)
        found = by_code(followed(esms.project))
    assert statement.campaign.frequency == Frequency.MONTHLY
    return Desk(esms, statement, director, referent, world.lead, sign_in, dict(found))
