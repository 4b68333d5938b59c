"""The structures of the demonstration world say what they need, and the project merges it."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from common.scope import Scope, open_scope
from common.yaml_files import read_yaml
from dui_deploy.demo.governed import Cast
from dui_deploy.demo.governed.cast import working_day
from organisations.enums import Role
from organisations.models import ESMS, Membership, Project, User, place_of
from structures.enums.needs import CollectionScope, Method, NeedStatus, Outcome
from structures.models import CommonNeed, Need, NeedCall, NeedCollection, NeedMessage

PATH = Path(__file__).parent / "needs.yaml"
COLLECTED = timedelta(days=45)  # from the start of the project to the first collection
DECIDED = timedelta(days=40)  # from what was transmitted to what became of it


def load(world: dict[str, Any], project: Project, code: str, cast: Cast) -> None:
    """Write them for the project of three OG; the other one hasn't asked yet."""
    if code != "dui_trois_rivages":
        return
    lead, content = cast.users["lead"], read_yaml(PATH)
    begun = project.started_on or timezone.localdate()
    NeedCall.objects.create(
        project=project,
        due_on=working_day(timezone.localdate() + timedelta(days=18)),
        message="Il manque les besoins de deux structures. Dix lignes suffisent ; la parole des usagers compte.",
        called_by=lead,
        called_at=_at(begun + COLLECTED - timedelta(days=10)),
    )
    commons = {
        item["code"]: CommonNeed.objects.create(
            project=project,
            number=number,
            title=item["title"],
            domain=item["domain"],
            priority=item["priority"],
            description=item["description"],
            status=item["status"],
            reason=item.get("reason", ""),
            created_by=lead,
            created_at=_at(begun + COLLECTED + DECIDED),
        )
        for number, item in enumerate(content["common"], start=1)
    }
    directors = {
        row.esms_id: row.user
        for row in Membership.objects.filter(project=project, role=Role.ESMS_DIRECTOR).select_related("user")
    }
    for place, (name, told) in enumerate(content["needs"].items()):
        esms = cast.esms[name]
        first = begun + COLLECTED + timedelta(days=4 * place)
        if name in content["still"]:
            first = timezone.localdate() - timedelta(days=9)
        director, shared = directors[esms.pk], content["shared"].get(name, "")
        with open_scope(Scope(user_id=director.pk)):  # so that the history says who
            _collection(esms, director, first, shared, sent=name not in content["still"])
            _needs(esms, director, lead, told, commons, first, content["still"].get(name))


def _collection(esms: ESMS, director: User, first: date, shared: str, *, sent: bool) -> None:
    staff = esms.profile.staff or 20
    NeedCollection.objects.create(
        **place_of(esms),
        scope=CollectionScope.ALL if staff < 30 else CollectionScope.GROUP,
        users_voice="Le CVS en débat, puis un questionnaire en facile à lire.",
        approved_at=_at(first) if sent else None,
        approved_by=director if sent else None,
        methods=[Method.WORKSHOP, Method.SURVEY] if staff >= 30 else [Method.COMMITTEE],
        starts_on=first,
        ends_on=first + timedelta(days=21),
        professionals=staff * 2 // 3 if sent else None,
        managers=max(2, staff // 12) if sent else None,
        users=8 + staff // 10 if sent else None,
        relatives=5 if sent else None,
        shared_on=first + DECIDED + timedelta(days=30) if shared else None,
        shared_how=shared,
    )


def _needs(
    esms: ESMS,
    director: User,
    lead: User,
    told: list[dict[str, Any]],
    commons: dict[str, CommonNeed],
    first: date,
    still: list[int] | None,
) -> None:
    """`still`: how many are proposed and validated in a structure that has not transmitted."""
    for number, one in enumerate(told, start=1):
        status = NeedStatus.TRANSMITTED
        if still is not None:
            proposed, validated = still
            status = NeedStatus.PROPOSED if number <= proposed else NeedStatus.DRAFT
            status = NeedStatus.VALIDATED if proposed < number <= proposed + validated else status
        kept = status in {NeedStatus.VALIDATED, NeedStatus.TRANSMITTED}
        sent = status == NeedStatus.TRANSMITTED
        outcome, common, reason = _fate(one.get("fate", ""), commons) if sent else (Outcome.UNDECIDED, None, "")
        decided = outcome != Outcome.UNDECIDED
        need = Need.objects.create(
            **place_of(esms),
            number=number,
            title=one["title"],
            domain=one.get("domain", ""),
            priority=one.get("priority", ""),
            serves=one["serves"],
            source=one["source"],
            status=status,
            written_by=director,
            written_at=_at(first + timedelta(days=number)),
            validated_by=director if kept else None,
            validated_at=_at(first + timedelta(days=24)) if sent else _at(timezone.localdate()) if kept else None,
            transmitted_at=_at(first + timedelta(days=24)) if sent else None,
            outcome=outcome,
            common=common,
            outcome_reason=reason,
            outcome_by=lead if decided else None,
            outcome_at=_at(first + DECIDED) if decided else None,
        )
        if sent and not decided and number == 3:
            NeedMessage.objects.create(
                **place_of(esms),
                need=need,
                author=lead,
                text="Est-ce aussi attendu de nuit, avec un seul professionnel sur place ?",
                written_at=_at(timezone.localdate() - timedelta(days=6)),
            )


def _fate(fate: str, commons: dict[str, CommonNeed]) -> tuple[Outcome, CommonNeed | None, str]:
    word, _, reason = fate.partition(": ")
    if reason:
        return (Outcome.LOCAL if word == "local" else Outcome.DISMISSED), None, reason
    return (Outcome.COMMON, commons[word], "") if word else (Outcome.UNDECIDED, None, "")


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(11)))
