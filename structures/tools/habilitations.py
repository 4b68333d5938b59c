"""What the habilitation matrix tells the pathway, and what it asks of structures."""

import datetime
import uuid
from collections.abc import Sequence

from django.urls import reverse

from common import french
from organisations.enums import Phase
from organisations.models import ESMS
from structures.asks import Ask, asks
from structures.enums.habilitations import MatrixStatus
from structures.enums.pathway import LineState
from structures.facts import Fact, facts
from structures.selectors.habilitations import Reading, Standing, readings, standings

FILL, APPROVE = "act_fill_matrix", "act_approve_matrix"
SOON = datetime.timedelta(days=30)  # how long before its review is due it is asked
# Before that, nobody prepares accounts; after, a structure without a matrix is late.
NEEDED = tuple(phase for phase in Phase if phase not in {Phase.FRAMING, Phase.PURCHASE})


def _open(where: dict[uuid.UUID, Standing]) -> dict[uuid.UUID, Reading]:
    """What is being prepared, read, by structure."""
    found = readings(item.open for item in where.values() if item.open)
    return {reading.matrix.esms_id: reading for reading in found.values()}


@facts("habilitations")
def habilitation_facts(structures: Sequence[ESMS]) -> dict[tuple[uuid.UUID, str], Fact]:
    """Five queries."""
    where = standings(structures)
    opened = _open(where)
    found = {}
    for esms in structures:
        found[esms.pk, FILL] = _filled(where[esms.pk], opened.get(esms.pk))
        found[esms.pk, APPROVE] = _approved(where[esms.pk], opened.get(esms.pk))
    return found


def _filled(where: Standing, opened: Reading | None) -> Fact:
    if where.in_force and where.in_force.approved_at:
        day = french.day(where.in_force.approved_at)
        return Fact(LineState.DONE, f"matrice validée le {french.long_date(day)}", day)
    if opened is None:
        return Fact(LineState.TODO, "la matrice n’est pas commencée")
    if blocking := len(opened.blocking):
        points = french.counted(blocking, "point bloque", "points bloquent")
        return Fact(LineState.IN_PROGRESS, f"{points} la matrice")
    return Fact(LineState.DONE, "matrice complète, règles satisfaites")


def _approved(where: Standing, opened: Reading | None) -> Fact:
    if where.in_force and where.in_force.approved_at:
        day = french.day(where.in_force.approved_at)
        word = "consolidée" if where.in_force.status == MatrixStatus.CONSOLIDATED else "transmise au chef de projet"
        return Fact(LineState.DONE, f"validée le {french.long_date(day)}, {word}", day)
    if opened is None:
        return Fact(LineState.TODO, "la matrice n’est pas commencée")
    if opened.matrix.sent_back_note:
        return Fact(LineState.IN_PROGRESS, "renvoyée par le chef de projet")
    if opened.matrix.status != MatrixStatus.SHARED:
        return Fact(LineState.TODO, "à partager avec l’encadrement")
    if opened.blocking:
        return Fact(LineState.IN_PROGRESS, "partagée avec l’encadrement")
    return Fact(LineState.SUBMITTED, "partagée, prête à être validée")


@asks("habilitations")
def habilitation_asks(structures: Sequence[ESMS]) -> list[Ask]:
    """Five queries."""
    where, today = standings(structures), french.today()
    opened = _open(where)
    found = [_ask(esms, where[esms.pk], opened.get(esms.pk), today) for esms in structures]
    return [ask for ask in found if ask is not None]


def _ask(esms: ESMS, where: Standing, opened: Reading | None, today: datetime.date) -> Ask | None:
    url = reverse("habilitation_matrix", args=[esms.project.slug, esms.slug])
    if opened is not None:
        return _about(esms, opened, url)
    if where.in_force is None:
        if esms.phase not in NEEDED:
            return None
        return Ask(esms, "Préparer la matrice des habilitations", url, "partir de la proposition", icon="lock")
    due = where.review_due()
    if due is None or due > today + SOON:
        return None
    return Ask(esms, "Revoir la matrice des habilitations", url, "elle se revoit chaque année", due, icon="lock")


def _about(esms: ESMS, opened: Reading, url: str) -> Ask:
    """What the version being prepared waits for."""
    blocking = len(opened.blocking)
    if opened.matrix.sent_back_note:
        return Ask(esms, "Reprendre la matrice des habilitations", url, "renvoyée par le chef de projet", icon="undo")
    if blocking:
        verb = french.agree(blocking, "empêche", "empêchent")
        detail = f"{french.counted(blocking, 'point', 'points')} {verb} de la valider"
        return Ask(esms, "Compléter la matrice des habilitations", url, detail, icon="lock")
    if opened.matrix.status == MatrixStatus.SHARED:
        return Ask(
            esms,
            "Valider la matrice des habilitations",
            url,
            "ses règles sont satisfaites",
            of_director=True,
            icon="check",
        )
    if left := len(opened.unexplained):
        verb = french.agree(left, "reste", "restent")
        detail = f"{french.counted(left, 'accès', 'accès')} {verb} à justifier"
        return Ask(esms, "Compléter la matrice des habilitations", url, detail, icon="lock")
    return Ask(esms, "Partager la matrice des habilitations", url, "avec l’encadrement", of_director=True, icon="chat")
