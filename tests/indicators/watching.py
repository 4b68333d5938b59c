"""A structure whose figures tests write as they are, and what the rules of its project raise."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.scope import elevated
from governance.models import Alert
from indicators.enums import Frequency
from indicators.models import AlertRule, Campaign, Cell, Figure, Indicator, RaisedAlert, Statement
from indicators.periods import Period
from indicators.selectors.definitions import by_code, followed
from indicators.services.alerts import evaluate
from organisations.enums import Role
from organisations.models import ESMS, Project, User, place_of
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.world import World

# In March 2025: nothing of the world is that old.
TODAY = date(2025, 3, 15)


@dataclass
class Watching:
    """`esms`: of the own project, with its director."""

    project: Project
    esms: ESMS
    director: User

    def figure(
        self,
        code: str,
        period: str,
        amount: object,
        base: object = None,
        *,
        esms: ESMS | None = None,
        **cells: int,
    ) -> Figure:
        """Write a figure that is given, over what there was."""
        esms = esms or self.esms
        with elevated():
            one = by_code(followed(self.project))[code]
            when = Period.at(period)
            Figure.objects.filter(
                place=esms.pk, indicator=one.indicator, frequency=when.frequency, period_start=when.start
            ).delete()
            found = Figure.objects.create(
                **place_of(esms),
                place=esms.pk,
                indicator=one.indicator,
                definition=one.definition,
                frequency=when.frequency,
                period_start=when.start,
                amount=Decimal(str(amount)),
                base=None if base is None else Decimal(str(base)),
                published=True,
            )
            for value, parts in cells.items():
                Cell.objects.create(**place_of(esms), place=esms.pk, figure=found, value=value, amount=parts)
            return found

    def statement(self, period: str, due_on: date, **values: object) -> Statement:
        """What is asked of the structure for a period, not given."""
        when = Period.at(period)
        with elevated():
            campaign, _ = Campaign.objects.get_or_create(
                project=self.project,
                frequency=when.frequency,
                period_start=when.start,
                defaults={"opens_on": when.next.start, "due_on": due_on, "closes_on": date(2025, 12, 31)},
            )
            return Statement.objects.create(**place_of(self.esms), campaign=campaign, **values)

    def rules(self, **values: object) -> None:
        """Change them all."""
        with elevated():
            AlertRule.objects.filter(project=self.project).update(**values)

    def only(self, code: str, **values: object) -> AlertRule:
        """One rule in service, changed."""
        self.rules(active=False)
        with elevated():
            AlertRule.objects.filter(project=self.project, code=code).update(active=True, **values)
            return AlertRule.objects.get(project=self.project, code=code)

    def indicator(self, code: str) -> Indicator:
        with elevated():
            return Indicator.objects.get(project=self.project, code=code)

    def check(self, on: date = TODAY) -> list[Alert]:
        return [alert for alert in evaluate(self.project, on=on) if alert.esms_id == self.esms.pk]

    def alerts(self) -> list[Alert]:
        with elevated():
            return list(Alert.objects.filter(esms=self.esms, source="indicator").order_by("number"))

    def raised(self) -> list[RaisedAlert]:
        with elevated():
            return list(RaisedAlert.objects.filter(esms=self.esms).order_by("pk"))


def watching(world: World, **values: object) -> Watching:
    esms = ESMSFactory(og=world.own.ogs[0], slug="surveillee", name="Foyer de la Digue", **values)
    director = UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    return Watching(world.own.project, esms, director)


MONTHLY = Frequency.MONTHLY
