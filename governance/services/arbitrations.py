"""Arbitrations: opened, written, put to a meeting, withdrawn, said to be applied."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from common import french
from common.errors import DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change, change_fields
from governance.completeness import missing
from governance.enums import (
    ARBITRATION_SOURCE,
    ArbitrationKind,
    ArbitrationStatus,
    BodyKind,
    ItemKind,
    ItemState,
    MeetingStatus,
)
from governance.models import AgendaItem, Arbitration, ArbitrationStructure, ArbitrationVote, Meeting
from governance.models.arbitrations import FROZEN
from organisations.models import ESMS, Project, User

OPEN = (ArbitrationStatus.DRAFT, ArbitrationStatus.TO_DECIDE, ArbitrationStatus.POSTPONED)
ITEM_MINUTES = 15
VOTED = "Des votes sont enregistrés : ce sur quoi on vote ne change plus. Reportez l’arbitrage pour le reprendre."


@transaction.atomic
def open_arbitration(
    *,
    project: Project,
    kind: ArbitrationKind,
    question: str,
    requested_by: User,
    token: uuid.UUID,
    context: str = "",
    deadline: date | None = None,
    structures: Iterable[ESMS] = (),
    cites: Arbitration | None = None,
) -> Arbitration:
    """Number a question to be settled, in its year; the same form posted twice opens one.

    `structures`: those that it concerns; `cites`: the arbitration that it goes back on. Raises DomainError (field) for
    an empty question, a day past, or one cited that is still open.
    """
    question = question.strip()
    if not question:
        raise DomainError("Écrivez la question à trancher.", field="question")
    _check_deadline(deadline)
    if cites is not None and cites.status in OPEN:
        raise DomainError(
            "Cet arbitrage n’est pas encore décidé : complétez-le plutôt que d’en ouvrir un autre.", field="cites"
        )
    one_at_a_time(f"arbitration:{project.pk}")  # so that numbers follow one another
    of_project = Arbitration.objects.filter(project=project)
    if known := of_project.filter(token=token).first():
        return known
    year = timezone.localdate().year
    number = (of_project.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    arbitration = Arbitration.objects.create(
        project=project,
        year=year,
        number=number,
        kind=kind,
        question=question,
        context=context.strip(),
        deadline=deadline,
        requested_by=requested_by,
        cites=cites,
        token=token,
    )
    _concern(arbitration, structures)
    return arbitration


@transaction.atomic
def edit_arbitration(*, arbitration: Arbitration, version: int, field: str, value: object) -> Arbitration:
    """Write one field of the file. Raises Conflict when somebody else wrote it since `version`, DomainError
    once decided or withdrawn, for an empty question or a day past, or when votes say what they were about already."""
    current = locked(arbitration)
    check_open(current)
    if isinstance(value, str):
        value = value.strip()
    if field == "question" and not value:
        raise DomainError("Une question ne peut pas être vide.", field=field)
    if field == "deadline" and value != current.deadline:
        _check_deadline(value if isinstance(value, date) else None)
    if field in {"question", "kind"} and value != getattr(current, field):
        check_unvoted(current)
    return change_fields(arbitration, version=version, **{field: value})


@transaction.atomic
def set_structures(*, arbitration: Arbitration, version: int, structures: Iterable[ESMS]) -> Arbitration:
    """Say which structures an arbitration concerns: their directors read it once it is on an agenda.

    Raises Conflict when the file changed since `version`, DomainError once decided or withdrawn.
    """
    check_open(locked(arbitration))
    written = change(arbitration, version=version, question=arbitration.question)
    wanted = {esms.pk: esms for esms in structures}
    ArbitrationStructure.objects.filter(arbitration=arbitration).exclude(esms__in=wanted).delete()
    kept = set(ArbitrationStructure.objects.filter(arbitration=arbitration).values_list("esms_id", flat=True))
    _concern(arbitration, [esms for pk, esms in wanted.items() if pk not in kept])
    return written


def _concern(arbitration: Arbitration, structures: Iterable[ESMS]) -> None:
    ArbitrationStructure.objects.bulk_create(
        ArbitrationStructure(project_id=arbitration.project_id, arbitration=arbitration, og_id=esms.og_id, esms=esms)
        for esms in structures
    )


@transaction.atomic
def put_to_meeting(*, arbitration: Arbitration, meeting: Meeting, version: int) -> Arbitration:
    """Put a complete arbitration on the agenda of a meeting of the COSTRAT; one put elsewhere leaves its old agenda.

    Twice is once. Raises DomainError (field `meeting`) for a meeting that is over or of another body, or saying what
    the file lacks; Conflict when it changed since `version`.
    """
    held = _meeting(meeting)
    current = locked(arbitration)
    check_open(current)
    if lacks := missing(current, list(current.options.order_by("position"))):
        raise DomainError(french.typography(f"Le dossier n’est pas complet. Il manque {french.listed(lacks)}."))
    if current.status == ArbitrationStatus.TO_DECIDE and current.meeting_id == held.pk:
        _on_agenda(current, held)
        return current
    check_unvoted(current)
    _off_agenda(current)
    put = change(
        arbitration, version=version, status=ArbitrationStatus.TO_DECIDE, meeting=held, consultation_until=None
    )
    _on_agenda(put, held)
    return put


def _meeting(meeting: Meeting) -> Meeting:
    """The meeting as it stands, that nobody closes meanwhile."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("body")
    current = rows.get(pk=meeting.pk)
    if current.body.kind != BodyKind.COSTRAT:
        raise DomainError("Un arbitrage se tranche au COSTRAT : choisissez une de ses séances.", field="meeting")
    if current.status in {MeetingStatus.CLOSED, MeetingStatus.CANCELLED}:
        raise DomainError("Cette séance est passée ou annulée : choisissez-en une autre.", field="meeting")
    return current


def _on_agenda(arbitration: Arbitration, meeting: Meeting) -> None:
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    AgendaItem.objects.get_or_create(
        project_id=arbitration.project_id,
        meeting=meeting,
        source=ARBITRATION_SOURCE,
        source_id=arbitration.pk,
        defaults={
            "position": last + 1,
            "label": arbitration.question,
            "detail": french.typography(arbitration.consequence and f"Sans décision : {arbitration.consequence}"),
            "minutes": ITEM_MINUTES,
            "kind": ItemKind.DECISION,
            "owner_id": arbitration.requested_by_id,
        },
    )


def _off_agenda(arbitration: Arbitration) -> None:
    """Its point leaves the agenda of a meeting that is not held yet; a point already treated or left stays as it is."""
    agenda_items(arbitration).filter(
        state=ItemState.TO_TREAT, meeting__status__in=[MeetingStatus.DRAFT, MeetingStatus.CONVENED]
    ).delete()


def agenda_items(arbitration: Arbitration) -> QuerySet[AgendaItem]:
    """Its point on the agenda of its meeting."""
    return AgendaItem.objects.filter(
        meeting=arbitration.meeting_id, source=ARBITRATION_SOURCE, source_id=arbitration.pk
    )


def settle_item(arbitration: Arbitration, state: ItemState) -> None:
    """Say what became of its point, unless the meeting is closed: its agenda says so already."""
    items = agenda_items(arbitration).exclude(meeting__status=MeetingStatus.CLOSED)
    items.update(state=state, version=F("version") + 1)


@transaction.atomic
def take_off_agenda(*, arbitration: Arbitration, version: int) -> Arbitration:
    """Back to the preparation of the file. Raises DomainError when it isn't on an agenda, or votes are recorded;
    Conflict when it changed since `version`."""
    current = locked(arbitration)
    check_open(current)
    if current.status != ArbitrationStatus.TO_DECIDE:
        raise DomainError("Cet arbitrage n’est à l’ordre du jour d’aucune séance.")
    check_unvoted(current)
    _off_agenda(current)
    return change(arbitration, version=version, status=ArbitrationStatus.DRAFT, meeting=None, consultation_until=None)


@transaction.atomic
def follow_agenda(*, meeting: Meeting) -> int:
    """The arbitrations that an agenda took over from an earlier one are to be decided at this meeting, where all vote
    again; a consultation that is under way goes on.

    Returns how many moved. For whoever carries the points of a meeting over to the next.
    """
    points = AgendaItem.objects.filter(meeting=meeting, source=ARBITRATION_SOURCE).values("source_id")
    waiting = Arbitration.objects.filter(
        Q(consultation_until=None) | Q(consultation_until__lt=timezone.localdate()),
        pk__in=points,
        status__in=[ArbitrationStatus.TO_DECIDE, ArbitrationStatus.POSTPONED],
    )
    return _vote_again(
        waiting.exclude(status=ArbitrationStatus.TO_DECIDE, meeting=meeting),
        status=ArbitrationStatus.TO_DECIDE,
        meeting=meeting,
    )


@transaction.atomic
def release_arbitrations(*, meeting: Meeting) -> int:
    """What was to be decided at a meeting that is dropped goes back to its preparation; the votes already cast by
    writing are dropped with it. Returns how many."""
    waiting = Arbitration.objects.filter(meeting=meeting, status=ArbitrationStatus.TO_DECIDE)
    return _vote_again(waiting, status=ArbitrationStatus.DRAFT, meeting=None)


def _vote_again(arbitrations: QuerySet[Arbitration], **values: object) -> int:
    """Write these values, and drop the votes cast so far: history keeps them. Returns how many moved."""
    ids = list(arbitrations.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    ArbitrationVote.objects.filter(arbitration__in=ids).delete()
    return Arbitration.objects.filter(pk__in=ids).update(consultation_until=None, version=F("version") + 1, **values)


@transaction.atomic
def withdraw(*, arbitration: Arbitration, version: int, reason: str) -> Arbitration:
    """Give up asking. Raises DomainError (field) without a reason, once decided or voted on; Conflict."""
    reason = reason.strip()
    if not reason:
        raise DomainError("Dites pourquoi la question n’est plus posée.", field="reason")
    current = locked(arbitration)
    check_open(current)
    check_unvoted(current)
    _off_agenda(current)
    settle_item(current, ItemState.TREATED)
    return change(
        arbitration,
        version=version,
        status=ArbitrationStatus.WITHDRAWN,
        withdrawal_reason=reason,
        meeting=None,
        consultation_until=None,
    )


@transaction.atomic
def mark_applied(*, arbitration: Arbitration, version: int, applied_on: date) -> Arbitration:
    """Note that what was decided is done: the last thing that moves. Twice is once.

    Raises DomainError (field) before it is decided, for a day before the decision or to come; Conflict.
    """
    current = locked(arbitration)
    if current.status == ArbitrationStatus.APPLIED:
        return current
    if current.status != ArbitrationStatus.DECIDED or current.decided_on is None:
        raise DomainError("Une décision s’applique une fois prise.")
    if not current.decided_on <= applied_on <= timezone.localdate():
        day = french.long_date(current.decided_on)
        raise DomainError(
            french.typography(f"Choisissez un jour entre la décision, le {day}, et aujourd’hui."), field="applied_on"
        )
    with refused_in_words(Arbitration):
        return change(arbitration, version=version, status=ArbitrationStatus.APPLIED, applied_on=applied_on)


def locked(arbitration: Arbitration) -> Arbitration:
    """The arbitration as it stands, on which nobody votes or decides before this transaction ends. One query."""
    rows = Arbitration.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("project", "meeting__body", "decision").get(pk=arbitration.pk)


def why_closed(arbitration: Arbitration) -> str:
    """Why its file no longer changes, in a sentence; nothing when it does."""
    if ArbitrationStatus(arbitration.status).frozen:
        return french.typography(FROZEN)
    if arbitration.status == ArbitrationStatus.WITHDRAWN:
        return french.typography(
            "Cet arbitrage est retiré : pour poser de nouveau la question, ouvrez-en un qui le cite."
        )
    return ""


def check_open(arbitration: Arbitration) -> None:
    """Raises DomainError once decided or withdrawn."""
    if why := why_closed(arbitration):
        raise DomainError(why)


def check_unvoted(arbitration: Arbitration) -> None:
    """Raises DomainError once somebody voted."""
    if arbitration.votes.exists():
        raise DomainError(french.typography(VOTED))


def _check_deadline(deadline: date | None) -> None:
    if deadline is not None and deadline < timezone.localdate():
        raise DomainError("Cette date est passée : choisissez aujourd’hui ou un jour à venir.", field="deadline")
