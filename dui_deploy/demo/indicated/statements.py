"""The campaigns of the last six months, and what each of the seven structures gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from common import french
from common.scope import Scope, open_scope
from dui_deploy.demo.governed.cast import Cast, at
from indicators.enums import Breakdown, Frequency, Kind, StatementStatus
from indicators.models import Campaign, Cell, Collection, Figure, Statement
from indicators.periods import Period
from indicators.selectors.asked import asked_of
from indicators.selectors.definitions import Followed, followed
from indicators.splits import choices_of
from indicators.values import Terms
from organisations.enums import Role
from organisations.models import ESMS, Membership, Project, User, place_of

ACCOUNTS = "accounts_created_count"
ENTERED = timedelta(days=2)  # before it was given


@dataclass(frozen=True)
class Said:
    """What a structure says of one indicator over one period."""

    terms: Terms | None = None
    text: str = ""
    absence: str = ""
    why: str = ""
    cells: Mapping[str, Terms] | None = None


def campaigns(project: Project, months: Sequence[Period], lead: User, today: date) -> list[Campaign]:
    """One a month; the last one is past its day already, early in a month too."""
    days = Collection.objects.get(project=project, frequency=Frequency.MONTHLY)
    found = []
    for month in months:
        due = min(month.end + timedelta(days=days.due_after), today - timedelta(days=1))
        opens = min(month.end + timedelta(days=days.opens_after), due)
        found.append(
            Campaign(
                project=project,
                frequency=month.frequency,
                period_start=month.start,
                opens_on=opens,
                due_on=due,
                closes_on=month.end + timedelta(days=days.closes_after),
                opened_by=lead,
                opened_at=at(opens, time(8, 30)),
            )
        )
    return Campaign.objects.bulk_create(found)


def load(world: dict[str, Any], project: Project, cast: Cast, campaigns: Sequence[Campaign]) -> None:
    """Write the statements of each structure that gives some, in the name of its direction."""
    found = followed(project)
    for item in world["indicator_deliveries"]:
        esms = cast.esms[item["esms"]]
        director = Membership.objects.get(esms=esms, role=Role.ESMS_DIRECTOR).user
        with open_scope(Scope(user_id=director.pk)):
            _statements(world, item, esms, director, found, campaigns)


def _statements(
    world: dict[str, Any],
    item: Mapping[str, Any],
    esms: ESMS,
    director: User,
    found: Sequence[Followed],
    campaigns: Sequence[Campaign],
) -> None:
    statements = [Statement(**place_of(esms), campaign=campaign) for campaign in campaigns]
    figures: list[Figure] = []
    cells: list[Cell] = []
    told = Told(world, item["esms"])
    for rank, (statement, late) in enumerate(zip(statements, item["days"], strict=True)):
        campaign, given = statement.campaign, late is not None
        said = {
            one.code: words
            for one in asked_of(esms, campaign.period, found)
            if (words := told.of(one, rank, given=given)) is not None
        }
        given_at = at(campaign.due_on + timedelta(days=late or 0), time(16, 20))
        for one in found:
            if one.code in said:
                figure = _figure(statement, one, said, director)
                figure.published, figure.written_at = given, given_at - ENTERED
                figures.append(figure)
                cells += _cells(figure, said[one.code])
        if given:
            statement.given_by, statement.given_at, statement.first_given_at = director, given_at, given_at
    Statement.objects.bulk_create(statements)
    Figure.objects.bulk_create(figures)
    Cell.objects.bulk_create(cells)
    given_ones = [statement.pk for statement in statements if statement.given_at]
    Statement.objects.filter(pk__in=given_ones).update(status=StatementStatus.GIVEN)


def _figure(statement: Statement, one: Followed, said: Mapping[str, Said], by: User) -> Figure:
    words = said[one.code]
    amount, base = (words.terms.amount, words.terms.base) if words.terms else (None, None)
    if one.definition.weighted_by and amount is not None:
        weight = said.get(one.definition.weighted_by)
        base = weight.terms.amount if weight and weight.terms and weight.terms.amount else None
    return Figure(
        **place_of(statement.esms),
        place=statement.esms_id,
        indicator=one.indicator,
        definition=one.definition,
        statement=statement,
        frequency=statement.campaign.frequency,
        period_start=statement.campaign.period_start,
        amount=amount,
        base=base,
        text=words.text,
        absence=words.absence,
        why=words.why,
        written_by=by,
    )


def _cells(figure: Figure, said: Said) -> list[Cell]:
    return [
        Cell(
            project_id=figure.project_id,
            og_id=figure.og_id,
            esms_id=figure.esms_id,
            place=figure.place,
            figure=figure,
            value=value,
            amount=terms.amount,
            base=terms.base,
        )
        for value, terms in (said.cells or {}).items()
    ]


class Told:
    """What demo.yaml says of one structure."""

    def __init__(self, world: dict[str, Any], name: str) -> None:
        self.values = {row["indicator"]: row["values"] for row in world["indicator_values"] if row["esms"] == name}
        self.periods: list[str] = world["periods"]
        self.accounts = {row["period"]: row for row in world["accounts"] if row["esms"] == name}
        self.groups = {
            (row["indicator"], row["period"]): row["groups"]
            for row in world["indicator_breakdowns"]
            if row["esms"] == name
        }
        self.absences: Mapping[str, Mapping[str, str]] = world["indicator_absences"]

    def of(self, one: Followed, rank: int, *, given: bool) -> Said | None:
        """Of the month of this rank. None of what a statement that isn't given still lacks."""
        if one.code == ACCOUNTS:
            return self._accounts(rank)
        value = self.values[one.code][rank]
        if value is None:
            return self._absence(one.code) if given else None
        if one.definition.kind == Kind.TEXT:
            level = next(item for item in choices_of(Breakdown.ATTENTION_LEVEL) if item.code == value["level"])
            return Said(Terms(Decimal(level.rank)), text=french.typography(value["text"]))
        if isinstance(value, dict):
            cells = {code: _terms(part) for code, part in value.items()}
            return Said(Terms(sum((part.amount for part in cells.values()), Decimal())), cells=cells)
        groups = self.groups.get((one.code, self.periods[rank]), ())
        return Said(_terms(value), cells={group["profile"]: _terms(group["value"]) for group in groups})

    def _accounts(self, rank: int) -> Said:
        """None opened yet before the first ones are; a structure that has none at all says why."""
        if not self.accounts:
            return self._absence(ACCOUNTS)
        row = self.accounts.get(self.periods[rank])
        if row is None:
            return Said(Terms(Decimal()))
        cells = {code: _terms(part) for code, part in row["cumulative_by_profile"].items()}
        return Said(_terms(row["total"]), cells=cells)

    def _absence(self, code: str) -> Said:
        told = self.absences[code]
        return Said(absence=told["absence"], why=french.typography(told["why"]))


def _terms(value: Any) -> Terms:
    """A number, or the two terms of a ratio."""
    amounts = [Decimal(str(part)) for part in (value if isinstance(value, list) else [value])]
    return Terms(*amounts)
