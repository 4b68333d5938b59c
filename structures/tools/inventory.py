"""What the inventory tells the pathway, and what it asks of its structure."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse

from common import french
from organisations.models import ESMS
from structures.asks import Ask, asks
from structures.catalogue.inventory import questionnaire
from structures.enums.inventory import InventoryStatus
from structures.enums.pathway import LineState
from structures.facts import Fact, facts
from structures.inventory_answers import Progress, progress
from structures.models import Inventory, InventoryCollection, InventoryRemark
from structures.readiness import with_computed
from structures.selectors.inventory import current_and_transmitted, values_of
from structures.selectors.inventory_follow_up import answers

LINE = "act_fill_inventory"
SOON = timedelta(days=30)  # before a review is due


@dataclass(frozen=True)
class Standing:
    """Where the newest inventory of a structure stands. `known`: the last one transmitted; `progress`: of one that is
    open; `remarks`: how many are still to be answered."""

    esms: ESMS
    current: Inventory
    known: Inventory | None
    progress: Progress | None
    remarks: int


def _standings(structures: Sequence[ESMS]) -> dict[uuid.UUID, Standing]:
    """Four queries."""
    places = {esms.pk: esms for esms in structures}
    current, known = current_and_transmitted(structures)
    writing = [one for one in current.values() if one.state.open]
    values, form = values_of(writing), questionnaire()
    remarks: Counter[uuid.UUID] = Counter()
    waiting = InventoryRemark.objects.filter(inventory__in=[one.pk for one in writing], resolved_at=None)
    counted = waiting.exclude(sent_at=None).order_by().values_list("inventory_id").annotate(Count("id"))
    remarks.update(dict(counted))
    return {
        pk: Standing(
            esms=places[pk],
            current=one,
            known=known.get(pk),
            progress=progress(form.asked, with_computed(form, values[one.pk])) if one.state.open else None,
            remarks=remarks[one.pk],
        )
        for pk, one in current.items()
    }


@facts("inventory")
def inventory_facts(structures: Sequence[ESMS]) -> dict[tuple[uuid.UUID, str], Fact]:
    """Four queries."""
    standings = _standings(structures)
    return {
        (esms.pk, LINE): _fact(standings[esms.pk]) if esms.pk in standings else Fact(LineState.TODO)
        for esms in structures
    }


def _fact(standing: Standing) -> Fact:
    one = standing.current
    match one.state:
        case InventoryStatus.TRANSMITTED if one.transmitted_at:
            day = french.day(one.transmitted_at)
            return Fact(LineState.DONE, f"transmis le {french.long_date(day)}", day)
        case InventoryStatus.VALIDATED if one.validated_at:
            day = french.day(one.validated_at)
            return Fact(LineState.DONE, f"validé le {french.long_date(day)}, à transmettre", day)
        case InventoryStatus.TO_COMPLETE if standing.remarks:
            said = french.counted(standing.remarks, "remarque", "remarques", feminine=True)
            return Fact(LineState.IN_PROGRESS, f"à compléter, {said} du chef de projet")
    if standing.known and standing.known.transmitted_at:
        day = french.day(standing.known.transmitted_at)
        return Fact(LineState.DONE, f"transmis le {french.long_date(day)}, une mise à jour est en cours", day)
    if one.state == InventoryStatus.SUBMITTED and one.submitted_at:
        day = french.day(one.submitted_at)
        return Fact(LineState.SUBMITTED, f"soumis à la direction le {french.long_date(day)}", day)
    return Fact(LineState.IN_PROGRESS, _count(standing), french.day(one.started_at))


def _count(standing: Standing) -> str:
    """« 38 réponses sur 59 »."""
    done = standing.progress
    return f"{french.plural(done.answered, 'réponse', 'réponses')} sur {done.asked}" if done else ""


@asks("inventory")
def inventory_asks(structures: Sequence[ESMS]) -> list[Ask]:
    """What comes next for the inventory of each structure, by the day that its project expects it. Five queries."""
    calls = {
        call.project_id: call
        for call in InventoryCollection.objects.filter(project__in={esms.project_id for esms in structures})
        .order_by("project_id", "-opened_on", "-id")
        .distinct("project_id")
        .select_related("opened_by")
    }
    standings = _standings(structures)
    found = [_ask(esms, standings.get(esms.pk), calls.get(esms.project_id)) for esms in structures]
    return [ask for ask in found if ask]


def _ask(esms: ESMS, standing: Standing | None, call: InventoryCollection | None) -> Ask | None:
    url = reverse("inventory", args=[esms.project.slug, esms.slug])
    due_on = call.due_on if call else None
    by = call and (f"date changée : {call.reason}" if call.reason else f"demandé par {call.opened_by.get_full_name()}")
    if standing is None:
        return Ask(esms, "Remplir l’état des lieux", url, french.typography(by), due_on) if by else None
    one, done = standing.current, standing.progress
    match one.state:
        case InventoryStatus.TO_COMPLETE if standing.remarks:
            said = french.counted(standing.remarks, "remarque", "remarques", feminine=True)
            return Ask(esms, "Compléter l’état des lieux", url, f"{said} du chef de projet", due_on, icon="chat")
        case InventoryStatus.SUBMITTED:
            day = f"soumis le {french.long_date(one.submitted_at)}" if one.submitted_at else ""
            return Ask(esms, "Valider l’état des lieux", url, day, due_on, of_director=True, icon="check")
        case InventoryStatus.VALIDATED:
            title = "Transmettre l’état des lieux au chef de projet"
            return Ask(esms, title, url, "il est validé", due_on, of_director=True, icon="mail")
        case InventoryStatus.TRANSMITTED:
            if one.review_on and one.review_on <= french.today() + SOON:
                often = "une fois tous les six mois"
                return Ask(esms, "Mettre à jour l’état des lieux", url, often, one.review_on, icon="refresh")
            if by is None or answers(one, call):
                return None
            return Ask(esms, "Revoir l’état des lieux", url, french.typography(by), due_on, icon="refresh")
    if done and done.complete:
        return Ask(esms, "Soumettre l’état des lieux", url, "toutes les réponses exigées sont là", due_on, icon="check")
    if by is None:
        return Ask(esms, "Continuer l’état des lieux", url, _count(standing), icon="edit")
    title = "Revoir l’état des lieux" if one.number > 1 else "Remplir l’état des lieux"
    return Ask(esms, title, url, french.typography(f"{by} · {_count(standing)}"), due_on, icon="edit")
