"""Writing the demonstration world, app by app."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from checklist import catalogue as checklist_catalogue
from checklist.enums import ACTION_SOURCE, Actor, DepositKind, Letter, Status
from checklist.models import Action, Deliverable, Deposit
from checklist.raci import letters_held
from checklist.services import instantiate, set_letters
from common import french
from common.catalogues import latest
from common.scope import Scope, elevated, open_scope
from dui_deploy.demo import exchanged, governed, indicated, risked, structured
from governance.enums import BodyKind, Severity
from governance.models import Alert, Body, Decision, Mandate
from governance.services import appoint, create_body, put_on_agenda, raise_alert
from organisations.enums import Role
from organisations.models import ESMS, OG, Membership, PhasePeriod, Project, User
from organisations.services import add_esms, add_og, create_project, sync_permissions

# What the invented COSTRAT decided, for the actions that only a decision makes OK.
DECIDED = {
    "2.1.3": "La note de cadrage est validée, budget compris.",
    "2.6.2": "Le cahier des charges commun est validé sans réserve.",
    "3.2.6": "L’offre de Nacre Logiciels est retenue.",
    "3.3.3": "Le contenu du contrat est validé ; l’annexe sur les sous-traitants ultérieurs suivra.",
    "3.3.4": "Les Brumes Claires signent le contrat pour les trois OG.",
    "4.4.4": "L’EHPAD, l’IME et l’EAM sont les trois sites pilotes.",
}
# The letters that the invented project gave or took, of functions that nobody in this world has.
CHANGED = {
    "3.2.3": {Actor.BUSINESS_REFERENTS: frozenset[Letter]()},
    "4.2.2": {Actor.BUSINESS_REFERENTS: frozenset({Letter.C})},
    "4.2.5": {Actor.USER_REFERENTS: frozenset({Letter.A})},
}
PASSWORD = "passerelle-demo-2026"  # noqa: S105  a demonstration account's, printed on the screen
SLUGS = {"dui_trois_rivages": "trois-rivages", "dui_cap_mirabelle": "cap-mirabelle"}
SHORT_NAMES = {"dui_trois_rivages": "Trois Rivages", "dui_cap_mirabelle": "Cap Mirabelle"}
ROLES = {"comop_member": Role.COMOP}  # the others bear our names


@transaction.atomic
def load(world: dict[str, Any]) -> None:
    """Write the whole world, in one transaction. The database holds none of it yet."""
    with elevated():
        projects = {item["code"]: _project(item) for item in world["projects"]}
        ogs = {item["code"]: _og(item, projects) for item in world["organisations"]}
        opened = _openings(world["deployment_units"])
        esms = {item["code"]: _esms(item, ogs, opened.get(item["code"])) for item in world["esms"]}
        users = _users(world["users"])
        _memberships(world["users"], users, projects, ogs, esms)
        _bodies(world, users, projects, ogs)
        sync_permissions([user.pk for user in users.values()])
        steps = latest(checklist_catalogue.CODE)
        for project in projects.values():
            instantiate(project=project, catalogue=steps)
        for item in world["projects"]:
            _periods(item, projects[item["code"]])
        checklists = {"dui_trois_rivages": ("checklist", "lead"), "dui_cap_mirabelle": ("mir_checklist", "mir_lead")}
        for code, (name, lead) in checklists.items():
            project, items = projects[code], world[name]
            with open_scope(Scope(user_id=users[lead].pk)):  # so that the history says who
                decided = [*governed.decided(world, code), *_decided(project, items)]
                decisions = governed.record_decisions(project, decided, users[lead])
                _checklist(project, items, users[lead], decisions)
                cast = governed.Cast(users, ogs, esms)
                cast = replace(cast, risks=risked.load(world, project, code, cast))
                governed.load(world, project, code, cast, decisions)
                structured.load(world, project, code, cast)
        exchanged.load(projects["dui_trois_rivages"], users)
        for item in sorted(world["alerts"], key=lambda alert: alert["opened_on"]):
            if item["origin"] == "checklist":
                _alert(item, projects[item["project"]], users["lead"])
        indicated.load(world, projects["dui_trois_rivages"], governed.Cast(users, ogs, esms))
        _question(projects["dui_trois_rivages"], users["lead"])
        _letters(projects["dui_trois_rivages"])


def _project(item: dict[str, Any]) -> Project:
    return create_project(
        name=item["name"],
        slug=SLUGS[item["code"]],
        short_name=SHORT_NAMES[item["code"]],
        kind=item["kind"],
        phase=item["phase"],
        summary=item["summary"],
        product=item["product"] or "",
        publisher=item["publisher"] or "",
        started_on=item["started_on"],
        planned_end_on=item["planned_end_on"],
        budget_voted=item["budget_voted"],
    )


def _periods(item: dict[str, Any], project: Project) -> None:
    for phase in item["phases"]:
        PhasePeriod.objects.filter(project=project, phase=phase["code"]).update(
            planned_start=phase["planned_start"],
            planned_end=phase["planned_end"],
            started_on=phase["start"],
            ended_on=phase["end"],
        )


def _og(item: dict[str, Any], projects: dict[str, Project]) -> OG:
    return add_og(
        project=projects[item["project"]],
        name=item["name"],
        short_name=item["short"],
        legal_form=item["legal_form"],
        city=item["city"],
        finess_ej=item["finess_ej"],
    )


def _openings(units: list[dict[str, Any]]) -> dict[str, date]:
    """The day on which the first unit of each structure opened the record, of those that did."""
    found: dict[str, date] = {}
    for item in units:
        if item["start"]:
            found[item["esms"]] = min(item["start"], found.get(item["esms"], item["start"]))
    return found


def _esms(item: dict[str, Any], ogs: dict[str, OG], opened_on: date | None) -> ESMS:
    return add_esms(
        og=ogs[item["og"]],
        name=item["name"],
        category=item["category"],
        comop_category=item["comop_category"],
        city=item["city"],
        phase=item["phase"],
        opened_on=opened_on,
        profile={
            "finess_et": item["finess_eg"],
            "capacity": item["capacity"],
            "staff": item["staff"],
            "users_to_equip": item["users_to_equip"],
        },
    )


def _users(items: list[dict[str, Any]]) -> dict[str, User]:
    users = {}
    for item in items:
        user = User(
            email=item["email"], first_name=item["first_name"], last_name=item["last_name"], title=item["title"]
        )
        # One hash for all: twenty of them would take most of the loading time.
        user.password = next(iter(users.values())).password if users else ""
        if not users:
            user.set_password(PASSWORD)
        user.save()
        users[item["code"]] = user
    return users


def _memberships(
    items: list[dict[str, Any]],
    users: dict[str, User],
    projects: dict[str, Project],
    ogs: dict[str, OG],
    esms: dict[str, ESMS],
) -> None:
    rows = []
    for item in items:
        role = ROLES.get(item["role"]) or Role(item["role"])
        if role == Role.COMOP:
            continue  # a seat on the COMOP gives it, below
        project = projects[item["project"]]
        base = {"user": users[item["code"]], "role": role, "project": project, "starts_on": project.started_on}
        if role in {Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT}:
            rows += [Membership(og=esms[code].og, esms=esms[code], **base) for code in item["esms"]]
        elif role == Role.OG_DIRECTOR:
            rows.append(Membership(og=ogs[item["og"]], **base))
        else:
            rows.append(Membership(**base))
    Membership.objects.bulk_create(rows)


def _bodies(world: dict[str, Any], users: dict[str, User], projects: dict[str, Project], ogs: dict[str, OG]) -> None:
    people = {item["code"]: item for item in world["users"]}
    for item in world["bodies"]:
        project, kind = projects[item["project"]], BodyKind(item["body"])
        body = create_body(
            project=project,
            kind=kind,
            frequency_months=item["frequency_months"],
            quorum_percent=item["quorum_percent"],
        )
        Body.objects.filter(pk=body.pk).update(
            chair=users[item["chair"]],
            secretary=users[item["secretary"]],
        )
        for seat in item["members"]:
            person = people[seat["user"]]
            votes, invited = seat.get("vote", False), seat.get("invited", False)
            appoint(
                body=body,
                user=users[seat["user"]],
                appointed_by=users[item["secretary"]],
                og=ogs.get(seat.get("og") or (person["og"] if votes else None)),
                representation="" if invited else person["representation"] or "",
                comop_category=seat.get("category") or "",
                votes=votes,
                invited=invited,
                starts_on=project.started_on,
            )
        began = timezone.make_aware(datetime.combine(project.started_on, time(12)))
        Mandate.objects.filter(body=body).update(accepted_at=began)


def _decided(project: Project, items: list[dict[str, Any]]) -> Iterator[governed.Decided]:
    """The decisions of the COSTRAT that made actions OK, on the day the world says."""
    done = {_number(item): item["done_on"] for item in items if item["status"] == Status.OK}
    for action in Action.objects.filter(project=project, number__in=done).exclude(decided_by=""):
        number, kind = action.number, BodyKind(action.decided_by)
        yield governed.Decided(number, kind, done[number], action.label, DECIDED[number])


def _number(item: dict[str, Any]) -> str:
    return f"{item['step']}.{item['block']}.{item['item']}"


def _checklist(project: Project, items: list[dict[str, Any]], lead: User, decisions: dict[str, Decision]) -> None:
    actions = {action.number: action for action in Action.objects.filter(project=project)}
    for item in items:
        action = actions[_number(item)]
        action.status = Status(item["status"])
        action.due_on = item.get("due_on")
        action.done_on = item.get("done_on") if action.status == Status.OK else None
        moved_on = action.done_on or _moved_on(action, project)
        action.status_at = _noon(moved_on) if moved_on else None
        action.status_by = lead if moved_on else None
        if action.status == Status.OK and action.decided_by:
            action.decision = decisions[action.number]
        told = french.typography(item.get("comment") or "")
        if action.status == Status.KO:
            action.ko_blocker = told
        else:
            action.note = told
    Action.objects.bulk_update(
        actions.values(), ["status", "due_on", "done_on", "status_at", "status_by", "note", "ko_blocker", "decision"]
    )
    _deliverables(project, lead)


def _moved_on(action: Action, project: Project) -> date | None:
    """When the invented lead gave its state to an action that isn't OK: blocked since it was due, at the latest."""
    if action.status == Status.TODO:
        return None
    if action.status == Status.KO and action.due_on:
        return min(action.due_on, timezone.localdate())
    return project.started_on


def _alert(item: dict[str, Any], project: Project, lead: User) -> None:
    """An alert that the lead raised about an action, on the day the world says."""
    action = Action.objects.get(project=project, number=item["ref"])
    alert = raise_alert(
        project=project,
        subject=f"Action {action.number} : {action.label}",
        text=item["message"],
        severity=Severity(item["level"]),
        user=lead,
        token=uuid.uuid4(),
        source=ACTION_SOURCE,
        source_id=action.pk,
    )
    Alert.objects.filter(pk=alert.pk).update(raised_at=_noon(item["opened_on"]))


def _question(project: Project, lead: User) -> None:
    """What the lead puts to the next COSTRAT."""
    put_on_agenda(
        body=Body.objects.get(project=project, kind=BodyKind.COSTRAT),
        question="À quelle date engager la généralisation ?",
        context="Le bilan du pilote de l’EAM n’est pas rendu ; la généralisation prévue début novembre est suspendue.",
        user=lead,
    )


def _letters(project: Project) -> None:
    for action in Action.objects.filter(project=project, number__in=CHANGED).order_by("number"):
        held = letters_held(action)
        set_letters(action=action, wanted={**held, **CHANGED[action.number]}, expected=held)


def _deliverables(project: Project, lead: User) -> None:
    """The deliverables of finished groups are there, as links to an invented library."""
    for deliverable in Deliverable.objects.filter(project=project).select_related("group"):
        actions = list(deliverable.group.actions.all())
        if all(action.status == Status.OK for action in actions):
            last = max(action.done_on for action in actions)
            Deposit.objects.create(
                project=project,
                deliverable=deliverable,
                kind=DepositKind.LINK,
                link=f"https://documents.demo.example/{project.slug}/{deliverable.group.number}",
                deposited_by=lead,
                deposited_at=_noon(last),
                token=uuid.uuid4(),
            )


def _noon(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
