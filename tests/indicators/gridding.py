"""A structure that enters its figures over twelve months, all of them open."""

from collections.abc import Sequence
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.scope import elevated
from indicators.enums import Breakdown, Frequency, Kind
from indicators.models import Campaign, Definition, Statement
from indicators.periods import Period
from indicators.selectors.definitions import Followed, followed
from indicators.splits import REQUIRED, choices_of
from organisations.enums import Role
from organisations.models import ESMS, Project, User, place_of
from tests.factories import ESMSFactory, MembershipFactory, UserFactory
from tests.harness.indicators import _again as again
from tests.harness.indicators import current_period
from tests.harness.world import SLUG, World


def months(count: int = 12) -> list[Period]:
    return current_period().last(count)


def opened(esms: ESMS, lead: User, count: int = 12) -> list[Statement]:
    """Statements of the last months, which may all be entered; the record was open long before."""
    today = timezone.localdate()
    with elevated():
        esms.opened_on = today - timedelta(days=900)
        ESMS.objects.filter(pk=esms.pk).update(opened_on=esms.opened_on)
        found = []
        for period in months(count):
            campaign, _ = Campaign.objects.update_or_create(
                project=esms.project,
                frequency=period.frequency,
                period_start=period.start,
                defaults={
                    "opens_on": today - timedelta(days=30),
                    "due_on": today + timedelta(days=10),
                    "closes_on": today + timedelta(days=30),
                    "opened_by": lead,
                },
            )
            found.append(Statement.objects.get_or_create(**place_of(esms), campaign=campaign)[0])
        return found


def all_monthly(project: Project) -> None:
    """What is entered is entered by the month, whatever the catalogue says."""
    with elevated():
        for one in followed(project):
            if one.entered and one.definition.frequency != Frequency.MONTHLY:
                again(one.definition, frequency=Frequency.MONTHLY, number=one.definition.number + 1)


def grid_url(esms: ESMS, name: str = "statement_grid", *more: object, until: Period | None = None) -> str:
    until = until or current_period()
    address = reverse(name, args=[SLUG, esms.slug, *more])
    return f"{address}?jusqua={until.code}&frequence={until.frequency}"


def definition_of(found: Sequence[Followed], code: str) -> Definition:
    return next(one.definition for one in found if one.code == code)


def type_in(client: Client, esms: ESMS, code: str, period: Period, text: str, version: int = 0, **extra: str) -> object:
    """What the script sends when a cell is left."""
    posted = {"code": code, "period": period.code, "text": text, "version": version}
    return client.post(grid_url(esms, "statement_grid_cell"), posted, **extra)


def asked_in(esms: ESMS) -> list[Followed]:
    """The rows of its grid."""
    with elevated():
        found = followed(esms.project)
    return [
        one for one in found if one.entered and one.concerns(esms) and one.definition.frequency == Frequency.MONTHLY
    ]


def entering(world: World, slug: str = "savs-du-port") -> tuple[ESMS, User]:
    """A structure that entered nothing yet, and who directs it: seventeen indicators, twelve open months."""
    esms = ESMSFactory(og=world.own.ogs[0], slug=slug)
    director = UserFactory()
    MembershipFactory(user=director, role=Role.ESMS_DIRECTOR, target=esms)
    esms.project = world.own.project
    all_monthly(esms.project)
    opened(esms, world.lead)
    return esms, director


def value(one: Followed, rank: int) -> str:
    """What its cell would take."""
    definition = one.definition
    if definition.kind == Kind.TEXT:
        return f"À surveiller : lenteurs {rank}"
    if definition.kind == Kind.RATIO:
        return f"{rank}/{rank + 200}"
    if definition.breakdown in REQUIRED:
        return "/".join(str(rank + place) for place, _ in enumerate(choices_of(Breakdown(definition.breakdown))))
    return str(rank)


def block(rows: Sequence[Followed], columns: int, start: int = 1) -> str:
    """As a spreadsheet puts it in the clipboard."""
    return "\n".join("\t".join(value(one, start + column) for column in range(columns)) for one in rows)
