"""How far the structures of the demonstration world are on their pathway: what was ticked by hand, what was given to
referents, a reminder."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from common import french
from dui_deploy.demo.governed import Cast
from dui_deploy.demo.governed.cast import at, working_day
from organisations.enums import Role
from organisations.models import ESMS, Membership, Project, User, place_of
from structures.catalogue.local_actions import PathwayAction, pathway
from structures.enums.pathway import Doer, LineState
from structures.models import PathwayLine, Reminder
from structures.pathway import PERIODS

# What a referent submitted and the direction has not looked at yet.
SUBMITTED = {"ime_clairiere": ("act_prepare_communication_kit",)}
# What the direction gave to its referent, and when, in days before today.
GIVEN = {
    "ref_ime": ("ime_clairiere", ("act_relay_decisions", "act_secure_buy_in", "act_share_needs"), 40),
    "ref_eam": ("eam_tournesols", ("act_relay_decisions", "act_inform_users"), 25),
}
BLOCKED = {
    "act_run_change_plan": "La cheffe de service qui tenait le plan est absente depuis un mois.",
    "act_correct_training": "L’organisme de formation ne propose pas de session avant janvier.",
    "act_share_contacts": "Le prestataire informatique n’a pas encore autorisé la diffusion de ses coordonnées.",
}
KITS = "Affiche, message aux équipes et fiche FALC pour les usagers, rassemblés dans un dossier commun."


def load(world: dict[str, Any], project: Project, cast: Cast) -> None:
    lines(world, project, cast)
    reminder(project, cast)


def lines(world: dict[str, Any], project: Project, cast: Cast) -> None:
    for item in world["local_progress"]:
        esms = cast.esms[item["esms"]]
        if esms.project_id != project.pk:
            continue
        directs = _people(esms, Role.ESMS_DIRECTOR)[0]
        referents = _people(esms, Role.LOCAL_REFERENT)
        works = referents[0] if referents else directs
        submitted = SUBMITTED.get(item["esms"], ())
        days = _days(esms, [code for code in item["done"] if code not in submitted])
        for code in dict.fromkeys((*item["done"], *item["in_progress"], *item["blocked"], *submitted)):
            action = pathway().by_code[code]
            values = (
                _submitted(works)
                if code in submitted
                else _blocked(code)
                if code in item["blocked"]
                else {"state": LineState.IN_PROGRESS}
                if code in item["in_progress"]
                else _done(action, days[code], directs, works)
            )
            PathwayLine.objects.create(**place_of(esms), action=code, needs_validation=action.validated, **values)
    for code, (name, given, ago) in GIVEN.items():
        if cast.esms[name].project_id == project.pk:
            _given(cast.esms[name], given, cast.users[code], french.today() - timedelta(days=ago))


def _people(esms: ESMS, role: Role) -> list[User]:
    rows = Membership.objects.filter(esms=esms, role=role).select_related("user").order_by("user__last_name")
    return [row.user for row in rows]


def _days(esms: ESMS, done: Iterable[str]) -> dict[str, date]:
    """When each was done: in the order of the pathway, from the start of the project to last week. What is done again
    and again was done lately."""
    today, codes = french.today(), [action.code for action in pathway().actions if action.code in set(done)]
    span = (today - timedelta(days=7) - esms.project.started_on).days
    found = {}
    for rank, code in enumerate(codes, start=1):
        day = esms.project.started_on + timedelta(days=span * rank // (len(codes) + 1))
        period = PERIODS.get(pathway().by_code[code].recurrence)
        if period is not None:
            day = max(day, today - period + timedelta(days=3 + rank % 20))
        found[code] = working_day(day)
    return found


def _done(action: PathwayAction, day: date, directs: User, works: User) -> dict[str, Any]:
    values: dict[str, Any] = {
        "state": LineState.DONE,
        "done_on": day,
        "evidence": french.typography(f"{action.evidence} (dossier commun de la structure)."),
    }
    if action.validated:
        if action.doer == Doer.REFERENT:
            values |= {"submitted_by": works, "submitted_at": at(day, time(11, 20))}
        values |= {"validated_by": directs, "validated_at": at(day + timedelta(days=1), time(9, 10))}
    return values


def _submitted(works: User) -> dict[str, Any]:
    day = working_day(french.today() - timedelta(days=2))
    when: datetime = at(day, time(16, 40))
    return {
        "state": LineState.SUBMITTED,
        "done_on": day,
        "evidence": KITS,
        "submitted_by": works,
        "submitted_at": when,
    }


def _blocked(code: str) -> dict[str, Any]:
    return {"state": LineState.BLOCKED, "blocker": BLOCKED[code]}


def _given(esms: ESMS, codes: Iterable[str], referent: User, day: date) -> None:
    for code in codes:
        PathwayLine.objects.update_or_create(
            esms=esms,
            action=code,
            defaults={"delegated_to": referent, "delegated_on": working_day(day)},
            create_defaults={
                **place_of(esms),
                "needs_validation": pathway().by_code[code].validated,
                "delegated_to": referent,
                "delegated_on": working_day(day),
            },
        )


def reminder(project: Project, cast: Cast) -> None:
    """One that nobody has read yet, from a few days ago."""
    esms = cast.esms["eanm_tilleul"]
    if esms.project_id != project.pk:
        return
    day = working_day(french.today() - timedelta(days=4))
    Reminder.objects.create(
        **place_of(esms),
        about="Un état des lieux à finir avant la vague 2.",
        message="Dix minutes suffisent pour la section réseau : le reste est déjà là.",
        asked_by=cast.users["lead"],
        asked_at=timezone.make_aware(datetime.combine(day, time(9, 30))),
        asked_on=day,
        token=uuid.uuid4(),
    )
