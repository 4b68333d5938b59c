"""What governance tells the pathway: seats that the direction accepted, its votes, the alerts about the structure."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, Max

from common import french
from governance.models import Alert, Mandate
from organisations.enums import Role
from organisations.models import ESMS, Membership
from structures.aggregates import last_votes
from structures.enums.pathway import LineState
from structures.facts import Fact, facts

Found = dict[tuple[uuid.UUID, str], Fact]


@facts("governance")
def governance_facts(structures: Sequence[ESMS]) -> Found:
    """Four queries. A line about which governance knows nothing is said by hand: no seat was proposed, for example."""
    directors: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    held = Membership.objects.active().filter(esms__in=structures, role=Role.ESMS_DIRECTOR).order_by("pk")
    for esms_id, user_id in held.values_list("esms_id", "user_id"):
        directors[esms_id].add(user_id)
    people = {user_id for found in directors.values() for user_id in found}
    projects = {esms.project_id for esms in structures}
    seats: dict[tuple[uuid.UUID, uuid.UUID], list[Mandate]] = defaultdict(list)
    rows = Mandate.objects.active().filter(project__in=projects, user__in=people, invited=False, body__closed_on=None)
    for seat in rows.select_related("body").order_by("body__kind", "starts_on", "pk"):
        seats[seat.project_id, seat.user_id].append(seat)
    votes = last_votes(projects, people)
    found: Found = _alerts(structures)
    for esms in structures:
        mine = sorted(directors[esms.pk])
        if fact := _seated([seat for user in mine for seat in seats[esms.project_id, user]]):
            found[esms.pk, "act_join_bodies"] = fact
        if days := [votes[esms.project_id, user] for user in mine if (esms.project_id, user) in votes]:
            words = f"dernier vote de la direction le {french.long_date(max(days))}"
            found[esms.pk, "act_seek_consensus"] = Fact(LineState.DONE, words, max(days))
    return found


def _seated(seats: list[Mandate]) -> Fact | None:
    """None when nobody offered a seat to the direction."""
    accepted = [seat for seat in seats if seat.accepted_at]
    waiting = [seat for seat in seats if seat.accepted_at is None]
    if waiting:
        return Fact(LineState.IN_PROGRESS, f"siège proposé au {_bodies(waiting)}, à accepter ou décliner")
    days = [french.day(seat.accepted_at) for seat in accepted if seat.accepted_at]
    return Fact(LineState.DONE, f"siège accepté au {_bodies(accepted)}", max(days)) if days else None


def _bodies(seats: list[Mandate]) -> str:
    return french.listed(list(dict.fromkeys(str(seat.body) for seat in seats)))


def _alerts(structures: Sequence[ESMS]) -> Found:
    rows = Alert.objects.filter(esms__in=structures).order_by().values_list("esms_id")
    return {
        (esms_id, "act_raise_alerts"): Fact(
            LineState.DONE,
            french.counted(count, "alerte transmise", "alertes transmises", feminine=True),
            french.day(last),
        )
        for esms_id, count, last in rows.annotate(count=Count("pk"), last=Max("raised_at"))
        if esms_id is not None
    }
