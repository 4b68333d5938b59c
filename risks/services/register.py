"""The register: risks noted, written, placed in the matrix, accepted, closed, told above.

A risk that becomes critical alerts the COMOP and is transmitted; one alert at a time stands open about it.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.ids import new_id
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change, change_fields
from governance.enums import Severity
from governance.models import Alert
from governance.services import raise_alert
from organisations.models import User
from risks.criticality import aggravated
from risks.enums import IMPACT_WORDS, PROBABILITY_WORDS, RISK_SOURCE, Category, Criticality, RiskStatus, Treatment
from risks.models import Risk
from risks.people import accepting, risk_owners
from risks.places import Place

# Fields that are written one by one.
EDITABLE = (
    "title",
    "category",
    "description",
    "cause",
    "consequence",
    "status",
    "treatment",
    "owner",
    "review_on",
)
NOT_ACCEPTED: dict[str, Any] = {"accepted_by": None, "accepted_on": None, "accepted_why": ""}


@dataclass(frozen=True)
class Placed:
    """A risk as it was placed, and the alert that this raised, if it did."""

    risk: Risk
    alert: Alert | None = None


@transaction.atomic
def add_risk(
    *,
    place: Place,
    by: User,
    title: str,
    category: Category,
    probability: int,
    impact: int,
    token: uuid.UUID,
    question: str = "",
    owner: User | None = None,
) -> Placed:
    """Note a risk, numbered after the last one of its place; the same form posted twice notes it once.

    Raises DomainError when it says nothing, or when one is open already for that question.
    """
    title = " ".join(title.split())
    if not title:
        raise DomainError("Dites en quelques mots ce qui peut arriver.", field="title")
    one_at_a_time(f"register:{place.id}")  # so that numbers follow one another
    rows = Risk.objects.filter(place.rows)
    if known := rows.filter(token=token).first():
        return Placed(known)
    with refused_in_words(Risk, field="title"):
        risk = Risk.objects.create(
            **place.columns,
            number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
            title=title[:200],
            category=category,
            probability=probability,
            impact=impact,
            question=question,
            owner=owner,
            opened_by=by,
            token=token,
        )
    return _alerted(risk, by) if risk.criticality == Criticality.CRITICAL else Placed(risk)


@transaction.atomic
def edit_risk(*, risk: Risk, version: int, values: dict[str, Any]) -> Risk:
    """Write one field of a risk.

    Raises Conflict when somebody changed that field since `version`, DomainError when the risk is closed or for what
    the field can't be.
    """
    if not set(values) <= set(EDITABLE):
        raise ValueError(f"{', '.join(values)}: not edited one by one.")
    current = _open_one(risk)
    _check(current, values)
    if "treatment" in values and current.treatment == Treatment.ACCEPT:
        values = {**values, **NOT_ACCEPTED}
    return _hung(change_fields(risk, version=version, **values), risk)


def _check(risk: Risk, values: dict[str, Any]) -> None:
    if values.get("status") == RiskStatus.CLOSED:
        raise DomainError("Un risque se clôt en disant pourquoi.", field="status")
    if values.get("treatment") == Treatment.ACCEPT:
        raise DomainError("Un risque s’accepte en disant qui l’accepte et pourquoi.", field="treatment")
    owner = values.get("owner")
    if owner is None:
        return
    place = Place(risk.project, risk.esms)
    if owner not in risk_owners(place, transmitted=risk.transmitted_at is not None):
        raise DomainError(
            f"{owner.get_full_name()} ne peut pas lire ce risque : choisissez quelqu’un qui le peut.", field="owner"
        )


@transaction.atomic
def place_risk(*, risk: Risk, version: int, probability: int, impact: int, by: User) -> Placed:
    """Put a risk in a cell of the matrix. Becoming critical, it is transmitted and the COMOP is alerted.

    Raises Conflict when somebody placed it elsewhere since `version`, DomainError when it is closed.
    """
    current = _open_one(risk)
    before = (current.probability, current.impact)
    written = _hung(change_fields(risk, version=version, probability=probability, impact=impact), risk)
    if not aggravated(before, (probability, impact)):
        return Placed(written)
    return _alerted(written, by)


@transaction.atomic
def set_residual(*, risk: Risk, version: int, probability: int | None, impact: int | None) -> Risk:
    """What will remain of a risk once treated; both or none. Raises Conflict, DomainError as `place_risk`."""
    _open_one(risk)
    values = {"residual_probability": probability, "residual_impact": impact}
    return _hung(change_fields(risk, version=version, **values), risk)


@transaction.atomic
def accept_risk(*, risk: Risk, version: int, who: User | None, why: str) -> Risk:
    """Live with a risk: `who` answers for it. Raises DomainError for somebody who can't, or without a reason."""
    current, why = _open_one(risk), why.strip()
    place = Place(risk.project, risk.esms)
    if who is None or who not in accepting(place):
        whose = "la direction de la structure" if place.esms else "le chef de projet"
        raise DomainError(f"Seule une personne peut accepter ce risque : {whose}.", field="who")
    if not why:
        raise DomainError("Dites pourquoi le risque est accepté.", field="why")
    on = current.accepted_on if current.accepted_by_id == who.pk else None
    values = {"accepted_by": who, "accepted_on": on or timezone.localdate(), "accepted_why": why}
    return _hung(change_fields(risk, version=version, treatment=Treatment.ACCEPT, **values), risk)


@transaction.atomic
def close_risk(*, risk: Risk, version: int, why: str) -> Risk:
    """Close a risk with a reason; twice is once. Raises DomainError without one, Conflict when it moved meanwhile."""
    current, why = _locked(risk), why.strip()
    if not why:
        raise DomainError("Dites pourquoi ce risque est clos.", field="why")
    if not current.is_open:
        return current
    values = {"status": RiskStatus.CLOSED, "closed_on": timezone.localdate(), "closing_note": why}
    return _hung(change(risk, version=version, **values), risk)


@transaction.atomic
def reopen_risk(*, risk: Risk) -> Risk:
    """Open a closed risk again, in the state that it had. Twice is once. Raises DomainError when another one was opened
    for the same question."""
    current = _locked(risk)
    if current.is_open:
        return current
    events: Any = current
    before = events.history.exclude(status=RiskStatus.CLOSED).order_by("-pgh_id").first()
    values = {"status": before.status if before else RiskStatus.OPEN, "closed_on": None, "closing_note": ""}
    with refused_in_words(Risk):
        return _hung(change(current, version=current.version, **values), risk)


@transaction.atomic
def transmit_risk(*, risk: Risk, by: User) -> Risk:
    """Show a risk of a structure to those above it. Twice is once; it is not taken back."""
    return _transmitted(_open_one(risk), by)


@transaction.atomic
def transmit_open_risks(*, place: Place, by: User) -> int:
    """Show all the open risks of a structure to those above it. Returns how many were not yet; those of the project are
    read there anyway."""
    if place.esms is None:
        return 0
    rows = Risk.objects.open().filter(place.rows, transmitted_at=None)
    return rows.update(transmitted_by=by, transmitted_at=timezone.now(), version=F("version") + 1)


@transaction.atomic
def raise_risk(*, risk: Risk, version: int, why: str, by: User) -> Risk:
    """The structure asks the project to carry a risk, which transmits it. Twice is once.

    Raises DomainError without a reason, for a risk of the project or a closed one; Conflict when it moved meanwhile.
    """
    current, why = _open_one(risk), why.strip()
    if current.esms_id is None:
        raise DomainError("Ce risque est déjà celui du projet.")
    if not why:
        raise DomainError("Dites ce que vous attendez du projet.", field="why")
    if current.raised_at is not None:
        return current
    now = timezone.now()
    values: dict[str, Any] = {"raised_by": by, "raised_at": now, "raised_why": why, "returned_why": ""}
    if current.transmitted_at is None:
        values |= {"transmitted_by": by, "transmitted_at": now}
    return _hung(change(risk, version=version, **values), risk)


@transaction.atomic
def return_risk(*, risk: Risk, version: int, why: str) -> Risk:
    """The project hands back a risk that was raised to it: the structure carries it again.

    Raises DomainError without a reason, or when it was not raised; Conflict when it moved meanwhile.
    """
    current, why = _locked(risk), why.strip()
    if not why:
        raise DomainError("Dites à la structure pourquoi le projet lui rend ce risque.", field="why")
    if current.raised_at is None:
        raise DomainError("Ce risque n’est pas porté au projet.")
    values = {"raised_by": None, "raised_at": None, "raised_why": "", "returned_why": why}
    return _hung(change(risk, version=version, **values), risk)


def _locked(risk: Risk) -> Risk:
    return _hung(Risk.objects.select_for_update().get(pk=risk.pk), risk)


def _open_one(risk: Risk) -> Risk:
    """The risk as it stands, that nobody changes meanwhile. Raises DomainError when it is closed."""
    current = _locked(risk)
    if not current.is_open:
        raise DomainError("Ce risque est clos : rouvrez-le pour le changer.")
    return current


def _hung(written: Risk, risk: Risk) -> Risk:
    """A row read again, with the place that the caller knows."""
    written.project, written.esms = risk.project, risk.esms
    return written


def _transmitted(risk: Risk, by: User) -> Risk:
    if risk.transmitted_at is not None or risk.esms_id is None:
        return risk
    return change(risk, version=risk.version, transmitted_by=by, transmitted_at=timezone.now())


def _alerted(risk: Risk, by: User) -> Placed:
    """Transmitted, and told to the COMOP, unless it was and nobody answered yet."""
    risk = _transmitted(risk, by)
    if Alert.objects.open().filter(project=risk.project, source=RISK_SOURCE, source_id=risk.pk).exists():
        return Placed(risk)
    alert = raise_alert(
        project=risk.project,
        subject=french.typography(f"Risque critique : {risk.title}"),
        text=_what_happens(risk),
        severity=Severity.CRITICAL,
        user=by,
        token=new_id(),
        source=RISK_SOURCE,
        source_id=risk.pk,
        esms=risk.esms,
    )
    return Placed(risk, alert)


def _what_happens(risk: Risk) -> str:
    where = f"de {risk.esms.name}" if risk.esms else "du projet"
    probable, hurts = PROBABILITY_WORDS[risk.probability].lower(), IMPACT_WORDS[risk.impact].lower()
    said = f"Le risque n°{french.NBSP}{risk.number} {where} est critique : {probable}, {hurts}."
    return french.typography("\n".join(filter(None, (said, risk.consequence))))
