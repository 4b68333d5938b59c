"""What the collection of needs tells the pathway, and what it asks of structures."""

import uuid
from collections.abc import Sequence

from django.urls import reverse

from common import french
from organisations.models import ESMS
from structures.asks import Ask, asks
from structures.enums.pathway import LineState
from structures.facts import Fact, facts
from structures.models import NeedCall, NeedCollection
from structures.selectors.needs.own import Standing, standings
from structures.services.needs.entries import DEPLOYED


@facts("needs")
def needs_facts(structures: Sequence[ESMS]) -> dict[tuple[uuid.UUID, str], Fact]:
    """Two queries."""
    found = {}
    for one in standings(structures):
        esms_id = one.esms.pk
        found[esms_id, "act_scope_needs"] = _scoped(one.collection)
        found[esms_id, "act_choose_needs_method"] = _method(one.collection)
        found[esms_id, "act_express_needs"] = _expressed(one)
        found[esms_id, "act_share_needs"] = _shared(one.collection)
        found[esms_id, "act_collect_evolution_needs"] = _evolution(one)
    return found


def _scoped(row: NeedCollection | None) -> Fact:
    if row is None or not row.scope:
        return Fact(LineState.TODO, "qui est consulté n’est pas encore dit")
    who = row.get_scope_display()
    if row.approved_at:
        return Fact(LineState.DONE, f"périmètre validé : {who[:1].lower()}{who[1:]}", french.day(row.approved_at))
    if row.may_be_approved:
        return Fact(LineState.SUBMITTED, "le périmètre attend la validation de la direction")
    return Fact(LineState.IN_PROGRESS, "la parole des usagers reste à prévoir")


def _method(row: NeedCollection | None) -> Fact:
    if row is None or not (row.methods or row.starts_on):
        return Fact(LineState.TODO, "la méthode n’est pas encore choisie")
    if not row.has_method or row.starts_on is None:
        return Fact(LineState.IN_PROGRESS, "la méthode et ses dates restent à compléter")
    return Fact(LineState.DONE, f"recueil à partir du {french.long_date(row.starts_on)}", row.starts_on)


def _expressed(one: Standing) -> Fact:
    if one.last_transmitted:
        words = french.counted(one.transmitted, "besoin transmis", "besoins transmis")
        return Fact(LineState.DONE, words, french.day(one.last_transmitted))
    if one.proposed or one.validated:
        words = french.counted(one.proposed + one.validated, "besoin attend", "besoins attendent")
        return Fact(LineState.SUBMITTED, f"{words} la direction")
    if one.draft:
        return Fact(LineState.IN_PROGRESS, french.counted(one.draft, "besoin noté", "besoins notés"))
    return Fact(LineState.TODO, "aucun besoin n’est noté")


def _shared(row: NeedCollection | None) -> Fact:
    if row is None or not row.is_shared or row.shared_on is None:
        return Fact(LineState.TODO, "la synthèse n’est pas encore diffusée")
    return Fact(LineState.DONE, f"synthèse diffusée le {french.long_date(row.shared_on)}", row.shared_on)


def _evolution(one: Standing) -> Fact:
    if one.last_evolution:
        day = french.day(one.last_evolution)
        return Fact(LineState.DONE, f"demandes d’évolution transmises le {french.long_date(day)}", day)
    if one.evolutions:
        words = french.counted(
            one.evolutions, "demande d’évolution notée", "demandes d’évolution notées", feminine=True
        )
        return Fact(LineState.IN_PROGRESS, words)
    if one.esms.phase in DEPLOYED:
        return Fact(LineState.TODO, "aucune demande d’évolution n’est notée")
    return Fact(LineState.TODO, "à recueillir une fois le logiciel déployé")


@asks("needs")
def needs_asks(structures: Sequence[ESMS]) -> list[Ask]:
    """What the project lead awaits, what waits for the direction. Three queries."""
    calls = {
        row.project_id: row for row in NeedCall.objects.filter(project__in={esms.project_id for esms in structures})
    }
    found = []
    for one in standings(structures):
        call = calls.get(one.esms.project_id)
        due_on = call.due_on if call else None
        sent = [moment for moment in (one.last_transmitted, one.last_evolution) if moment]
        waiting = one.proposed + one.validated
        if one.collection and one.collection.may_be_approved:
            found.append(
                Ask(
                    esms=one.esms,
                    title="Valider qui est consulté sur les besoins",
                    url=_url("need_collection", one.esms),
                    detail="périmètre du recueil",
                    of_director=True,
                    icon="check",
                )
            )
        if waiting:
            what = french.counted(waiting, "besoin", "besoins")
            found.append(
                Ask(
                    esms=one.esms,
                    title=f"{'Valider et transmettre' if one.proposed else 'Transmettre'} {what}",
                    url=_url("need_submit", one.esms),
                    detail="proposés par la structure" if one.proposed else "déjà validés",
                    due_on=due_on,
                    of_director=True,
                    icon="chat",
                )
            )
        elif call and not any(moment >= call.called_at for moment in sent):
            found.append(
                Ask(
                    esms=one.esms,
                    title="Noter et transmettre les besoins de la structure",
                    url=_url("need_home", one.esms),
                    detail="demandé par le chef de projet",
                    due_on=due_on,
                    icon="chat",
                )
            )
    return found


def _url(name: str, esms: ESMS) -> str:
    return reverse(name, args=[esms.project.slug, esms.slug])
