"""The indicators of a project of three hundred structures over two years: what its dashboard adds up."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from common import french
from common.database import as_owner
from common.ids import new_id
from common.scope import elevated
from indicators.enums import Frequency, Kind
from indicators.models import Campaign, Definition, Target
from indicators.periods import Period
from indicators.selectors.definitions import Followed, followed
from indicators.services.definitions import adopt_catalogue
from organisations.models import ESMS, Project, User

MONTHS = 24
TABLES = ("indicators_statement", "indicators_figure")
# Rates of sixty people or more; counts under sixty, of which some are of too few people to be told.
_STATEMENTS = """
insert into indicators_statement
  (id, version, project_id, og_id, esms_id, campaign_id, status, given_at, first_given_at, sent_back_why)
select gen_random_uuid(), 1, e.project_id, e.og_id, e.id, c.id, 'given', c.due_on, c.due_on, ''
from indicators_campaign c join organisations_esms e on e.project_id = c.project_id where c.project_id = %s
"""
_FIGURES = """
insert into indicators_figure (
  id, version, project_id, og_id, esms_id, place, indicator_id, definition_id, statement_id, frequency, period_start,
  amount, base, text, absence, why, comment, origin, published, written_at
)
select
  gen_random_uuid(), 1, s.project_id, s.og_id, s.esms_id, s.esms_id, d.indicator_id, d.id, s.id, c.frequency,
  c.period_start, case when d.kind = %(level)s then 1 + floor(random() * 3) else floor(random() * 60) end,
  case when d.kind = %(ratio)s then 60 + floor(random() * 60) end, '', '', '', '', 'entered', true, s.given_at
from indicators_statement s
join indicators_campaign c on c.id = s.campaign_id
cross join indicators_definition d
where s.project_id = %(project)s and d.id = any(%(definitions)s)
order by c.period_start, s.id
"""


def fill(project: Project, lead: User) -> int:
    """Follow every indicator of the catalogue by the month, in every structure, for two years. Returns how many figures
    that makes."""
    with elevated():
        adopt_catalogue(project=project, user=lead)
        found = [_monthly(one) for one in followed(project)]
        today = french.today()
        ESMS.objects.filter(project=project).update(opened_on=today - timedelta(days=400))
        last = Period.of(Frequency.MONTHLY, today).previous
        Campaign.objects.bulk_create(
            Campaign(
                project=project,
                frequency=period.frequency,
                period_start=period.start,
                opens_on=period.end + timedelta(days=1),
                due_on=period.end + timedelta(days=10),
                closes_on=period.end + timedelta(days=40),
                opened_by=lead,
            )
            for period in last.last(MONTHS)
        )
        Target.objects.bulk_create(
            Target(project=project, place=project.pk, indicator_id=one.indicator_id, value=60, from_on=last.start)
            for one in found
            if one.kind == Kind.RATIO
        )
    with _untracked(), elevated(), connection.cursor() as cursor:
        cursor.execute(_STATEMENTS, [project.pk])
        given = {"project": project.pk, "definitions": [one.pk for one in found]}
        cursor.execute(_FIGURES, {**given, "level": Kind.LEVEL, "ratio": Kind.RATIO})
        written: int = cursor.rowcount
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("vacuum analyze indicators_figure")
        cursor.execute("vacuum analyze indicators_statement")
    return written


def _monthly(one: Followed) -> Definition:
    """Its definition, or the next one by the month: what is collected otherwise isn't on the same page."""
    definition = one.definition
    if definition.frequency != Frequency.MONTHLY:
        definition.pk, definition.token, definition.number = new_id(), new_id(), definition.number + 1
        definition.frequency = Frequency.MONTHLY
        definition.save(force_insert=True)
    return definition


@contextmanager
def _untracked() -> Iterator[None]:
    """Without their history, which nobody reads here and which takes as long to write again."""
    _triggers("disable")
    try:
        yield
    finally:
        _triggers("enable")


def _triggers(verb: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"alter table {table} {verb} trigger user")
