"""The indicators of the tests' world: what each structure gave for one month, what it enters for the next."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from common.ids import new_id
from indicators.enums import (
    Aggregation,
    Direction,
    Frequency,
    IndicatorPhase,
    Kind,
    StatementStatus,
)
from indicators.models import (
    AlertRule,
    Campaign,
    Cell,
    Collection,
    Definition,
    Figure,
    Indicator,
    PushKey,
    Statement,
    Target,
)
from indicators.periods import Period
from indicators.selectors.definitions import Followed, by_code, followed
from indicators.services.definitions import adopt_catalogue
from organisations.models import ESMS, Project, User, place_of
from tests.harness.risks import untold

RATE, TEXT, SLOTS, RECORDS = (
    "connection_rate",
    "attention_points_text",
    "connections_by_time_slot_count",
    "administrative_records_rate",
)
OWN = "reunions-d-equipe"


def point(canary: str) -> str:
    """The canary of what a structure gave: who reads the figures of each structure reads it. It doesn't hold the
    structure's own."""
    return f"POINTDONNE{canary[::-1]}"


@dataclass
class ProjectIndicators:
    """`before` is over, `current` may be entered; an indicator of its own, a target, a rule, a vendor's key."""

    before: Campaign
    current: Campaign
    collection: Collection
    indicator: Indicator
    target: Target
    rule: AlertRule
    key: PushKey


@dataclass
class IndicatorWork:
    """Of one structure: `given` was given, `statement` is being entered (`figure` is its attention point)."""

    given: Statement
    told: Figure
    statement: Statement
    figure: Figure
    key: PushKey


def current_period() -> Period:
    """The month that is being collected."""
    return Period.of(Frequency.MONTHLY, timezone.localdate()).previous


def build_project(project: Project, canary: str, lead: User) -> ProjectIndicators:
    """Write it, in the elevated role."""
    adopt_catalogue(project=project, user=lead)
    # The connection rate is weekly in the catalogue; this project follows it by the month, as its demonstration does.
    rate = by_code(followed(project))[RATE]
    _again(rate.definition, frequency=Frequency.MONTHLY, number=2)
    own = Indicator.objects.create(project=project, code=OWN, position=100, own=True)
    _definition(project, own, f"Réunions d’équipe {canary}".strip(), lead)
    current = current_period()
    today = timezone.localdate()
    return ProjectIndicators(
        before=_campaign(project, current.previous, lead, -40, -30, -5),
        current=_campaign(project, current, lead, -5, 10, 30),
        collection=Collection.objects.get(project=project, frequency=Frequency.MONTHLY),
        indicator=own,
        target=Target.objects.create(
            project=project, place=project.pk, indicator=rate.indicator, value=80, from_on=today - timedelta(days=200)
        ),
        rule=AlertRule.objects.get(project=project, code=RATE),
        key=_key({"project": project, "place": project.pk}, f"Éditeur {canary}".strip(), lead),
    )


def build(esms: ESMS, canary: str, director: User, project: ProjectIndicators) -> IndicatorWork:
    """Write it, in the elevated role."""
    esms.opened_on = timezone.localdate() - timedelta(days=200)
    ESMS.objects.filter(pk=esms.pk).update(opened_on=esms.opened_on)
    found = by_code(followed(esms.project))
    given = Statement.objects.create(**place_of(esms), campaign=project.before)
    told = add_figure(given, found[TEXT], 2, text=f"Lenteurs {point(canary)}", by=director, published=True)
    add_figure(given, found[RATE], 40, 50, comment=f"Départs {point(canary)}", by=director, published=True)
    add_figure(given, found[RECORDS], 30, 60, by=director, published=True)
    slots = add_figure(given, found[SLOTS], 100, by=director, published=True)
    for value, amount in {"weekday_day": 70, "weekday_evening": 18, "night": 3, "weekend": 9}.items():
        Cell.objects.create(**place_of(esms), place=esms.pk, figure=slots, value=value, amount=amount)
    now = timezone.now() - timedelta(days=32)
    Statement.objects.filter(pk=given.pk).update(
        status=StatementStatus.GIVEN, given_by=director, given_at=now, first_given_at=now
    )
    given.refresh_from_db()
    statement = Statement.objects.create(**place_of(esms), campaign=project.current)
    figure = add_figure(statement, found[TEXT], 1, text=f"Rien à signaler {untold(canary)}", by=director)
    place = {**place_of(esms), "place": esms.pk}
    return IndicatorWork(given, told, statement, figure, _key(place, f"DUI de {canary}", director))


def add_figure(
    statement: Statement,
    one: Followed,
    amount: object,
    base: object = None,
    *,
    text: str = "",
    comment: str = "",
    by: User | None = None,
    published: bool = False,
) -> Figure:
    """Write one as it is, elevated, without a service."""
    return Figure.objects.create(
        **place_of(statement.esms),
        place=statement.esms_id,
        indicator=one.indicator,
        definition=one.definition,
        statement=statement,
        frequency=statement.campaign.frequency,
        period_start=statement.campaign.period_start,
        amount=None if amount is None else Decimal(str(amount)),
        base=None if base is None else Decimal(str(base)),
        text=text,
        comment=comment,
        written_by=by,
        published=published,
    )


def _campaign(project: Project, period: Period, lead: User, opens: int, due: int, closes: int) -> Campaign:
    today = timezone.localdate()
    return Campaign.objects.create(
        project=project,
        frequency=period.frequency,
        period_start=period.start,
        opens_on=today + timedelta(days=opens),
        due_on=today + timedelta(days=due),
        closes_on=today + timedelta(days=closes),
        opened_by=lead,
    )


def _definition(project: Project, indicator: Indicator, label: str, lead: User) -> Definition:
    return Definition.objects.create(
        project=project,
        indicator=indicator,
        label=label,
        phase=IndicatorPhase.DEPLOYMENT,
        kind=Kind.COUNT,
        unit="réunions",
        direction=Direction.HIGHER,
        frequency=Frequency.MONTHLY,
        aggregation=Aggregation.SUM,
        help="Celles où le DUI était à l’ordre du jour.",
        written_by=lead,
    )


def _again(definition: Definition, **values: object) -> Definition:
    """The next version of a definition."""
    definition.pk, definition.token = new_id(), new_id()
    for name, value in values.items():
        setattr(definition, name, value)
    definition.save(force_insert=True)
    return definition


def _key(place: dict[str, object], label: str, by: User) -> PushKey:
    """Nobody has the key itself."""
    return PushKey.objects.create(
        **place,
        label=label,
        digest=hashlib.sha256(str(place["place"]).encode()).hexdigest(),
        hint="dui_abcd",
        issued_by=by,
        expires_on=timezone.localdate() + timedelta(days=300),
    )
