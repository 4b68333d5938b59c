"""The register of the demonstration world: risks of structures and of the project, and what is done about each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from checklist.enums import ACTION_SOURCE
from checklist.models import Action
from common import french
from common.scope import Scope, open_scope
from dui_deploy.demo.governed.cast import Cast, at, lead_of
from organisations.enums import Role
from organisations.models import Membership, Project, User
from risks.criticality import criticality
from risks.enums import ActionKind, Criticality, RiskStatus, Treatment
from risks.models import Assessment, Risk, RiskAction, RiskLink
from risks.places import Place


def load(world: dict[str, Any], project: Project, code: str, cast: Cast) -> dict[str, Risk]:
    details = {item["code"]: item for item in world["risk_details"]}
    numbers: Counter[object] = Counter()
    found = {}
    for item in sorted(world["risks"], key=lambda item: item["opened_on"]):
        if item["project"] != code:
            continue
        place = Place(project, cast.esms[item["esms"]] if item["esms"] else None)
        numbers[place.id] += 1
        by = _holder(place)
        with open_scope(Scope(user_id=by.pk)):  # so that the history says who
            risk = _risk(place, numbers[place.id], item, details[item["code"]], by)
            _actions(risk, item["actions"], details[item["code"]]["progress"], by, cast)
            if number := details[item["code"]].get("action"):
                _link(risk, project, number, by)
        found[item["code"]] = risk
    return found


def _holder(place: Place) -> User:
    """Who keeps the register: the direction; of the project, its lead."""
    if place.esms is None:
        return User.objects.get(pk=lead_of(place.project))
    return Membership.objects.get(esms=place.esms, role=Role.ESMS_DIRECTOR).user


def _risk(place: Place, number: int, item: Mapping[str, Any], more: Mapping[str, Any], by: User) -> Risk:
    opened, closed = item["opened_on"], item["closed_on"]
    accepted, raised = more["treatment"] == Treatment.ACCEPT, more.get("raised_on")
    residual = more.get("residual", [None, None])
    sent = _sent_on(place, item, more)
    return Risk.objects.create(
        **place.columns,
        number=number,
        title=french.typography(item["title"]),
        cause=french.typography(more["cause"]),
        consequence=french.typography(more["consequence"]),
        category=item["category"],
        question=more["question"],
        probability=more["probability"],
        impact=more["impact"],
        residual_probability=residual[0],
        residual_impact=residual[1],
        status=_status(item, accepted=accepted),
        treatment=more["treatment"],
        accepted_by=by if accepted else None,
        accepted_on=more["accepted_on"] if accepted else None,
        accepted_why=french.typography(more["accepted_why"]) if accepted else "",
        owner=by,
        opened_by=by,
        opened_on=opened,
        review_on=more["review_on"],
        closed_on=closed,
        closing_note=french.typography(more["closing_note"]) if closed else "",
        transmitted_by=by if sent else None,
        transmitted_at=at(sent, time(10, 45)) if sent else None,
        raised_by=by if raised else None,
        raised_at=at(raised, time(11, 30)) if raised else None,
        raised_why=french.typography(more["raised_why"]) if raised else "",
    )


def _status(item: Mapping[str, Any], *, accepted: bool) -> RiskStatus:
    if item["closed_on"]:
        return RiskStatus.CLOSED
    if accepted:
        return RiskStatus.WATCHED
    begun = any(action["started_on"] for action in item["actions"])
    return RiskStatus.TREATED if begun else RiskStatus.OPEN


def _sent_on(place: Place, item: Mapping[str, Any], more: Mapping[str, Any]) -> date | None:
    """A critical risk at once; others with the first analysis transmitted while they were open."""
    if place.esms is None:
        return None
    if criticality(more["probability"], more["impact"]) == Criticality.CRITICAL:
        opened: date = item["opened_on"]
        return opened
    rows = Assessment.objects.filter(place.rows, transmitted_at__isnull=False).order_by("transmitted_at")
    days = [french.day(moment) for moment in rows.values_list("transmitted_at", flat=True) if moment]
    over = item["closed_on"] or date.max
    return next((day for day in days if item["opened_on"] <= day < over), None)


def _actions(risk: Risk, actions: Iterable[Mapping[str, Any]], progress: Iterable[int], by: User, cast: Cast) -> None:
    RiskAction.objects.bulk_create(
        RiskAction(
            project_id=risk.project_id,
            og_id=risk.og_id,
            esms_id=risk.esms_id,
            place=risk.place,
            risk=risk,
            label=french.typography(action["label"]),
            kind=ActionKind.CORRECTIVE if risk.closed_on else ActionKind.PREVENTIVE,
            owner=cast.users[action["owner"]],
            due_on=action["due_on"],
            started_on=action["started_on"],
            done_on=action["done_on"],
            progress=percent,
            written_by=by,
            written_at=at(risk.opened_on, time(11, 10)),
        )
        for action, percent in zip(actions, progress, strict=True)
    )


def _link(risk: Risk, project: Project, number: str, by: User) -> None:
    action = Action.objects.get(project=project, number=number)
    RiskLink.objects.create(
        project_id=risk.project_id,
        og_id=risk.og_id,
        esms_id=risk.esms_id,
        place=risk.place,
        risk=risk,
        source=ACTION_SOURCE,
        source_id=action.pk,
        linked_by=by,
    )
