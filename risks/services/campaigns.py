"""The lead asks places where risk is, gives them more time, stops waiting for them, and thinks again."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change
from organisations.models import ESMS, Project, User
from risks.enums import CampaignKind
from risks.models import Assessment, RiskCampaign
from risks.places import Place

NAMED = 4  # places in a refusal; the others are counted


@transaction.atomic
def open_campaign(
    *,
    project: Project,
    kind: str,
    phase: str,
    due_on: date,
    message: str,
    structures: Sequence[ESMS],
    with_project: bool,
    by: User,
    token: uuid.UUID,
) -> RiskCampaign:
    """Ask these structures, and the project itself `with_project`; the same form posted twice asks once.

    All hundred questions at the start, and to who never transmitted; the starred ones to the others, who keep their
    last marks for the rest. Raises DomainError (its field named) for a day gone by, for nobody to ask, for a place that
    still works on another campaign.
    """
    _alone(project)
    if known := RiskCampaign.objects.filter(project=project, token=token).first():
        return known
    if due_on < timezone.localdate():
        raise DomainError("Ce jour est passé : donnez un jour à venir.", field="due_on")
    places = _places(project, structures, with_project)
    if not places:
        raise DomainError("Choisissez au moins une structure, ou le projet lui-même.", field="structures")
    _check_free(places)
    last = RiskCampaign.objects.filter(project=project).order_by("-number").first()
    campaign = RiskCampaign.objects.create(
        project=project,
        number=last.number + 1 if last else 1,
        kind=kind,
        phase=phase,
        message=message.strip(),
        opened_by=by,
        due_on=due_on,
        token=token,
    )
    _ask(campaign, places)
    return campaign


@transaction.atomic
def add_structures(
    *, campaign: RiskCampaign, version: int, structures: Sequence[ESMS], with_project: bool = False
) -> int:
    """Ask more places within an open campaign; one that is asked already is left as it is. How many were added.

    Raises Conflict when somebody changed the campaign since, DomainError when it is closed, for a place that a newer
    campaign asked, or as `open_campaign`.
    """
    _alone(campaign.project)
    chosen = _places(campaign.project, structures, with_project)
    if not chosen:
        raise DomainError("Choisissez au moins une structure à ajouter.", field="structures")
    known = set(campaign.assessments.values_list("place", flat=True))
    places = [place for place in chosen if place.id not in known]
    if not places:  # the same form posted twice
        return 0
    _check_open(campaign)
    _check_free(places)
    _check_last(campaign, places)
    change(campaign, version=version)
    _ask(campaign, places)
    return len(places)


@transaction.atomic
def extend(*, campaign: RiskCampaign, version: int, due_on: date, reason: str) -> RiskCampaign:
    """Give the places another day, and say why. Raises DomainError, or Conflict when somebody did since."""
    reason = reason.strip()
    if not reason:
        raise DomainError("Dites pourquoi la date change : les structures le liront.", field="reason")
    if due_on < timezone.localdate():
        raise DomainError("Ce jour est passé : donnez un jour à venir.", field="due_on")
    if due_on == campaign.due_on:
        raise DomainError("C’est déjà la date demandée : donnez-en une autre.", field="due_on")
    _check_open(campaign)
    return change(campaign, version=version, due_on=due_on, extended_why=reason)


@transaction.atomic
def close(*, campaign: RiskCampaign, version: int, by: User) -> int:
    """Wait no longer: what is not transmitted stops where it is. How many were stopped.

    Raises DomainError when it is closed already, Conflict when somebody changed it since.
    """
    _alone(campaign.project)
    _check_open(campaign)
    now = timezone.now()
    change(campaign, version=version, closed_at=now, closed_by=by)
    return campaign.assessments.open().update(closed_at=now, version=F("version") + 1)


@transaction.atomic
def reopen(*, campaign: RiskCampaign) -> int:
    """Wait again for what closing had stopped; how many go on. One that is open is left as it is.

    Raises DomainError when one of these places was asked by a newer campaign.
    """
    _alone(campaign.project)
    campaign.refresh_from_db()
    if campaign.closed_at is None:
        return 0
    stopped = campaign.assessments.filter(closed_at__isnull=False)
    if found := _asked_since(campaign, list(stopped.values_list("place", flat=True))):
        raise DomainError(
            french.typography(
                f"Une campagne plus récente a été ouverte pour {_named(found)} : celle-ci ne peut plus être rouverte."
            )
        )
    change(campaign, version=campaign.version, closed_at=None, closed_by=None)
    return stopped.update(closed_at=None, version=F("version") + 1)


def _alone(project: Project) -> None:
    """One at a time within a project: two campaigns must not take one number, nor ask one place."""
    one_at_a_time(f"risk campaigns:{project.pk}")


def _places(project: Project, structures: Sequence[ESMS], with_project: bool) -> list[Place]:
    found = [Place(project, esms) for esms in structures]
    return [*found, Place(project)] if with_project else found


def _check_open(campaign: RiskCampaign) -> None:
    if campaign.closed_at:
        raise DomainError("Cette campagne est close : rouvrez-la d’abord.")


def _check_free(places: Sequence[Place]) -> None:
    """Each works on one assessment at a time."""
    rows = Assessment.objects.open().filter(place__in=[place.id for place in places])
    busy = set(rows.values_list("place", flat=True))
    found = [place for place in places if place.id in busy]
    if found:
        verb = french.agree(len(found), "répond", "répondent")
        raise DomainError(
            french.typography(
                f"{french.capital(_named(found))} {verb} encore à une autre campagne : "
                "attendez la fin de celle-ci, ou clôturez-la."
            ),
            field="structures",
        )


def _check_last(campaign: RiskCampaign, places: Sequence[Place]) -> None:
    """The pages of a place show its newest assessment: an older one could never be answered."""
    if found := _asked_since(campaign, [place.id for place in places]):
        verb = french.agree(len(found), "a été sollicité", "ont été sollicités")
        raise DomainError(
            french.typography(f"{french.capital(_named(found))} {verb} par une campagne plus récente que celle-ci."),
            field="structures",
        )


def _asked_since(campaign: RiskCampaign, places: Sequence[uuid.UUID]) -> list[Place]:
    """Those of these places that a newer campaign asked, by name."""
    rows = Assessment.objects.filter(place__in=places, campaign__number__gt=campaign.number)
    found = rows.select_related("esms", "project").order_by("esms__name")
    return list({row.place: Place(row.project, row.esms) for row in found}.values())


def _named(places: Sequence[Place]) -> str:
    names = [place.name if place.esms else "le projet lui-même" for place in places]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], f"{len(names) - NAMED} autres"]
    return french.listed(names)


def _ask(campaign: RiskCampaign, places: Sequence[Place]) -> None:
    """Two queries, whatever their number."""
    rows = Assessment.objects.transmitted().filter(place__in=[place.id for place in places])
    last = {row.place: row for row in rows.order_by("campaign__number")}
    with refused_in_words(Assessment, field="structures"):  # one was sent back meanwhile
        Assessment.objects.bulk_create(
            Assessment(
                **place.columns,
                campaign=campaign,
                asks_all=campaign.kind == CampaignKind.START or place.id not in last,
                based_on=last.get(place.id),
            )
            for place in places
        )
