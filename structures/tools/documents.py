"""What the documentary base tells the pathway, and what it asks of structures."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from common import french
from organisations.models import ESMS
from structures.asks import Ask, asks
from structures.enums.documents import OF_THE_INVENTORY, DocumentKind
from structures.enums.pathway import LineState
from structures.facts import Fact, facts
from structures.models import DocumentAbsence, DocumentRequest
from structures.selectors.documents import Freshness, Held, documents_in, freshness, requested_in


@facts("documents")
def documents_facts(structures: Sequence[ESMS]) -> dict[tuple[uuid.UUID, str], Fact]:
    """Three queries."""
    held: dict[uuid.UUID, list[Held]] = defaultdict(list)
    for item in documents_in(structures):
        held[item.document.esms_id].append(item)
    absent: dict[uuid.UUID, set[str]] = defaultdict(set)
    for absence in DocumentAbsence.objects.filter(esms__in=structures):
        absent[absence.esms_id].add(absence.kind)
    today, found = french.today(), {}
    for esms in structures:
        there, lacking = held[esms.pk], absent[esms.pk]
        found[esms.pk, "act_collect_documents"] = _collected(there, lacking)
        found[esms.pk, "act_store_training_materials"] = _stored(_of(there, DocumentKind.TRAINING_MATERIAL))
        # Procedures are brought up to date once the direction says so: that line is ticked by hand.
        found[esms.pk, "act_integrate_project_documents"] = _dated(_of(there, DocumentKind.PROJECT_DOCUMENT), today)
    return found


def _of(there: list[Held], kind: DocumentKind) -> list[Held]:
    return [item for item in there if item.document.kind == kind]


def _collected(there: list[Held], lacking: set[str]) -> Fact:
    """Each of the kinds that the inventory asks for is there, or told absent."""
    kinds = {item.document.kind for item in there}
    answered = [kind for kind in OF_THE_INVENTORY if kind in kinds or kind in lacking]
    if not answered:
        return Fact(LineState.TODO, "aucun des quatre documents attendus n’est déposé")
    if len(answered) < len(OF_THE_INVENTORY):
        return Fact(
            LineState.IN_PROGRESS,
            f"{french.in_words(len(answered))} des quatre documents attendus sur place ou signalés absents",
        )
    days = [french.day(item.document.added_at) for item in there if item.document.kind in answered]
    return Fact(
        LineState.DONE, "les quatre documents attendus sont déposés ou signalés absents", max(days, default=None)
    )


def _stored(materials: list[Held]) -> Fact:
    """Each training material says where the teams find it."""
    if not materials:
        return Fact(LineState.TODO, "aucun support de formation n’est dans la base")
    placed = [item for item in materials if item.document.place]
    words = french.counted(len(materials), "support rangé", "supports rangés")
    if len(placed) < len(materials):
        missing = len(materials) - len(placed)
        return Fact(
            LineState.IN_PROGRESS,
            f"l’emplacement de {french.counted(missing, 'support', 'supports')} reste à indiquer",
        )
    return Fact(LineState.DONE, words, max(french.day(item.document.added_at) for item in materials))


def _dated(documents: list[Held], today: date) -> Fact:
    """Each document of the project has its date, and a day on which it is looked at again that is not over."""
    if not documents:
        return Fact(LineState.TODO, "aucun document du projet classé")
    kept = [item for item in documents if item.latest.dated_on and item.latest.valid_until]
    kept = [item for item in kept if freshness(item.latest.valid_until, today) is not Freshness.OVER]
    count = french.counted(len(documents), "document du projet classé", "documents du projet classés")
    if len(kept) < len(documents):
        return Fact(LineState.IN_PROGRESS, f"{count}, dont {len(documents) - len(kept)} à dater ou à revoir")
    day = max(french.day(item.latest.deposited_at) for item in documents)
    return Fact(LineState.DONE, f"{count}, avec leur date de révision", day)


@asks("documents")
def documents_asks(structures: Sequence[ESMS]) -> list[Ask]:
    """What requests wait for, one line a request; what lapses. Four queries."""
    today = french.today()
    held = documents_in(structures)
    answered = {(item.document.esms_id, item.document.kind) for item in held}
    answered |= set(DocumentAbsence.objects.filter(esms__in=structures).values_list("esms_id", "kind"))
    requests: dict[uuid.UUID, DocumentRequest] = {}
    waited: dict[tuple[uuid.UUID, uuid.UUID], list[DocumentKind]] = defaultdict(list)
    for row in requested_in(structures):
        requests[row.request_id] = row.request
        if (row.esms_id, row.kind) not in answered:
            waited[row.esms_id, row.request_id].append(DocumentKind(row.kind))
    places = {esms.pk: esms for esms in structures}
    found = [
        Ask(
            esms=places[esms_id],
            title=_title(kinds),
            url=f"{reverse('document_base', args=[places[esms_id].project.slug, places[esms_id].slug])}#attendus",
            detail=f"demandé par {requests[request_id].asked_by.get_full_name()}",
            due_on=requests[request_id].due_on,
            icon="doc",
        )
        for (esms_id, request_id), kinds in waited.items()
    ]
    for item in held:
        state = freshness(item.latest.valid_until, today)
        if state is not Freshness.FRESH:
            esms = places[item.document.esms_id]
            found.append(
                Ask(
                    esms=esms,
                    title=french.typography(f"Mettre à jour « {item.document.title} »"),
                    url=reverse("document", args=[esms.project.slug, esms.slug, item.document.pk]),
                    detail="sa date de révision est passée"
                    if state is Freshness.OVER
                    else "ce document arrive à sa date de révision",
                    due_on=item.latest.valid_until,
                    icon="refresh",
                )
            )
    return found


def _title(kinds: list[DocumentKind]) -> str:
    if len(kinds) == 1:
        return french.typography(f"Déposer un document : {kinds[0].label}")
    return f"Déposer {french.in_words(len(kinds))} documents"
