"""The lead asks structures for the figures of a period, gives them more time, stops waiting for them, thinks again; a
campaign may also open by itself."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.ids import new_id
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.scope import elevated
from common.versions import change
from indicators.enums import Frequency, StatementStatus
from indicators.models import Campaign, Collection, Statement
from indicators.periods import Period
from indicators.selectors.asked import asked_of
from indicators.selectors.campaigns import collections_of, concerned, structures_of
from indicators.selectors.definitions import followed
from organisations.models import ESMS, Project, User, place_of

NAMED = 4  # structures in a refusal; the others are counted
CLOSED = "Cette campagne est close : rouvrez-la d’abord."
GONE_BY = "Ce jour est passé : donnez un jour à venir."
LONGEST = timedelta(days=366)
TOO_FAR = "Une campagne dure un an au plus : donnez un jour plus proche."


@transaction.atomic
def open_campaign(
    *,
    project: Project,
    period: Period,
    opens_on: date,
    due_on: date,
    closes_on: date,
    message: str,
    structures: Sequence[ESMS],
    by: User,
    token: uuid.UUID,
) -> Campaign:
    """Ask these structures for the figures of a period; the same form posted twice asks once.

    Raises DomainError (its field named) for a period to come or that has its campaign, for days that are gone by or not
    in order, for nobody to ask, for a structure that has nothing to enter.
    """
    _alone(project)
    if known := Campaign.objects.filter(project=project, token=token).first():
        return known
    today = timezone.localdate()
    if period.start > today:
        raise DomainError("Cette période n’a pas commencé : choisissez-en une autre.", field="period")
    if due_on < today:
        raise DomainError(GONE_BY, field="due_on")
    if due_on <= period.end:
        raise DomainError(
            f"La période s’achève le {french.long_date(period.end)} : donnez un jour d’après.", field="due_on"
        )
    if opens_on > due_on:
        raise DomainError("L’ouverture vient avant l’échéance.", field="opens_on")
    if closes_on < due_on:
        raise DomainError("La clôture vient après l’échéance, ou le même jour.", field="closes_on")
    if closes_on > today + LONGEST:
        raise DomainError(TOO_FAR, field="closes_on")
    if not structures:
        raise DomainError("Choisissez au moins une structure.", field="structures")
    _check_asked(project, period, structures)
    collection = collections_of(project).get(period.frequency)
    with refused_in_words(Campaign, field="period"):
        campaign = Campaign.objects.create(
            project=project,
            frequency=period.frequency,
            period_start=period.start,
            opens_on=opens_on,
            due_on=due_on,
            closes_on=closes_on,
            validated=collection.validated if collection else False,
            message=message.strip(),
            opened_by=by,
            token=token,
        )
    _ask(campaign, structures)
    return campaign


@transaction.atomic
def add_structures(*, campaign: Campaign, version: int, structures: Sequence[ESMS]) -> int:
    """Ask more structures within a campaign that goes on; one that is asked already is left as it is. How many were
    added. Raises Conflict when somebody changed the campaign since, DomainError when it is closed or as
    `open_campaign`."""
    _alone(campaign.project)
    if not structures:
        raise DomainError("Choisissez au moins une structure à ajouter.", field="structures")
    known = set(campaign.statements.values_list("esms_id", flat=True))
    new = [esms for esms in structures if esms.pk not in known]
    if not new:  # the same form posted twice
        return 0
    _check_open(campaign)
    _check_asked(campaign.project, campaign.period, new)
    change(campaign, version=version)
    _ask(campaign, new)
    return len(new)


@transaction.atomic
def extend(*, campaign: Campaign, version: int, due_on: date, reason: str) -> Campaign:
    """Give the structures another day, and say why; the closing day moves as much when it has to. Raises DomainError,
    or Conflict when somebody did since."""
    reason = reason.strip()
    if not reason:
        raise DomainError("Dites pourquoi la date change : les structures le liront.", field="reason")
    if due_on < timezone.localdate():
        raise DomainError(GONE_BY, field="due_on")
    if due_on <= campaign.period.end:
        raise DomainError(
            f"La période s’achève le {french.long_date(campaign.period.end)} : donnez un jour d’après.", field="due_on"
        )
    if due_on < campaign.opens_on:
        raise DomainError(
            f"La saisie ouvre le {french.long_date(campaign.opens_on)} : donnez un jour d’après.", field="due_on"
        )
    if due_on > timezone.localdate() + LONGEST:
        raise DomainError(TOO_FAR, field="due_on")
    if due_on == campaign.due_on:
        raise DomainError("C’est déjà la date demandée : donnez-en une autre.", field="due_on")
    _check_open(campaign)
    later = max(due_on - campaign.due_on, timedelta())
    return change(campaign, version=version, due_on=due_on, closes_on=campaign.closes_on + later, extended_why=reason)


@transaction.atomic
def close(*, campaign: Campaign, version: int, by: User) -> int:
    """Wait no longer: nothing is entered any more. How many statements were not given. Raises DomainError when it is
    closed already, Conflict when somebody changed it since."""
    _check_open(campaign)
    change(campaign, version=version, closed_at=timezone.now(), closed_by=by)
    return campaign.statements.exclude(status=StatementStatus.GIVEN).count()


@transaction.atomic
def reopen(*, campaign: Campaign) -> bool:
    """Wait again for what closing had stopped; one that is open is left as it is. Whether figures may be entered now:
    its last day may be past, and more time is then to be given."""
    campaign.refresh_from_db()
    if campaign.closed_at is not None:
        change(campaign, version=campaign.version, closed_at=None, closed_by=None)
    return campaign.is_running(timezone.localdate())


# --- By itself -------------------------------------------------------------------------------------------------------


def open_due(day: date) -> list[Campaign]:
    """Open the campaigns that projects open by themselves and whose opening day has come; those that are there stay as
    they are, whoever runs this, and how often. Across projects, each in its own transaction."""
    with elevated():
        rows = Collection.objects.filter(automatic=True).select_related("project")
        collections = list(rows.order_by("project_id", "frequency"))
    found = []
    for collection in collections:
        for period in periods_due(collection, day):
            with elevated():
                if campaign := _open_by_itself(collection, period):
                    found.append(campaign)
    return found


def periods_due(collection: Collection, day: date) -> list[Period]:
    """The periods over which an entry is open on a day and not yet due, the oldest first: a server that was down on the
    opening day opens later, but asks nobody to be late."""
    period = Period.of(Frequency(collection.frequency), day).previous
    found = []
    while period.end + timedelta(days=collection.due_after) >= day:
        if period.end + timedelta(days=collection.opens_after) <= day:
            found.append(period)
        period = period.previous
    return found[::-1]


def _open_by_itself(collection: Collection, period: Period) -> Campaign | None:
    """None when there is one, or nobody to ask."""
    project = collection.project
    _alone(project)
    if Campaign.objects.filter(project=project, frequency=period.frequency, period_start=period.start).exists():
        return None
    structures = concerned(structures_of(project), period, collection, followed(project))
    if not structures:
        return None
    opens_on, due_on, closes_on = days_of(collection, period)
    campaign = Campaign.objects.create(
        project=project,
        frequency=period.frequency,
        period_start=period.start,
        opens_on=opens_on,
        due_on=due_on,
        closes_on=closes_on,
        validated=collection.validated,
        token=new_id(),
    )
    _ask(campaign, structures)
    return campaign


def days_of(collection: Collection, period: Period) -> tuple[date, date, date]:
    """Opening, due and closing days, as the project collects."""
    after = (collection.opens_after, collection.due_after, collection.closes_after)
    opens_on, due_on, closes_on = (period.end + timedelta(days=days) for days in after)
    return opens_on, due_on, closes_on


def days_proposed(collection: Collection | None, period: Period, today: date) -> tuple[date, date, date]:
    """The same for who opens one by hand: moved to today when the due day is gone by already."""
    rule = collection or Collection(frequency=period.frequency)
    days = days_of(rule, period)
    late = today - days[0] if days[1] < today else timedelta()
    opens_on, due_on, closes_on = (day + late for day in days)
    return opens_on, due_on, closes_on


# --- What they share -------------------------------------------------------------------------------------------------


def _alone(project: Project) -> None:
    """One at a time within a project: two campaigns must not take one period, nor ask one structure twice."""
    one_at_a_time(f"indicator campaigns:{project.pk}")


def _check_open(campaign: Campaign) -> None:
    if campaign.closed_at:
        raise DomainError(CLOSED)


def _check_asked(project: Project, period: Period, structures: Sequence[ESMS]) -> None:
    found = followed(project)
    idle = [esms for esms in structures if not asked_of(esms, period, found)]
    if idle:
        names = [esms.name for esms in idle]
        if len(names) > NAMED + 1:
            names = [*names[:NAMED], f"{len(names) - NAMED} autres"]
        verb = french.agree(len(idle), "n’a", "n’ont")
        raise DomainError(
            french.typography(
                f"{french.capital(french.listed(names))} {verb} rien à saisir pour cette période : "
                "les indicateurs d’usage viennent après l’ouverture du DUI."
            ),
            field="structures",
        )


def _ask(campaign: Campaign, structures: Sequence[ESMS]) -> None:
    """One query, whatever their number."""
    Statement.objects.bulk_create(Statement(**place_of(esms), campaign=campaign) for esms in structures)
