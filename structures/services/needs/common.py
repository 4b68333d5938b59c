"""What the project makes of the needs that structures transmit: merged into common needs, kept local, dismissed."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from common.errors import Conflict, DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change, change_fields
from organisations.models import Project, User
from structures.enums.needs import CommonStatus, NeedDomain, Outcome, Priority
from structures.models import CommonNeed, Need, NeedCall

EDITABLE = ("title", "priority", "domain", "description")
Versions = Mapping[uuid.UUID, int]  # of each chosen need, as it was read


class AlreadyDecided(Conflict):
    """Somebody else decided of some of the chosen needs meanwhile. `needs`: those."""

    def __init__(self, needs: Sequence[Need]) -> None:
        super().__init__(current=needs[0], attempted={})
        self.needs = list(needs)


@transaction.atomic
def merge_needs(
    *,
    project: Project,
    chosen: Versions,
    title: str,
    domain: NeedDomain,
    priority: Priority,
    description: str,
    user: User,
    token: uuid.UUID,
) -> CommonNeed:
    """Open a common need that carries these. The same form posted twice opens one.

    Raises DomainError when none is chosen, AlreadyDecided when somebody decided of one meanwhile.
    """
    if not title.strip():
        raise DomainError("Écrivez le besoin commun en quelques mots.", field="title")
    one_at_a_time(f"common need:{project.pk}")  # so that numbers follow one another
    if known := CommonNeed.objects.filter(project=project, token=token).first():
        return known
    needs = _undecided(project, chosen)
    last = CommonNeed.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    common = CommonNeed.objects.create(
        project=project,
        number=last + 1,
        title=title.strip(),
        domain=domain,
        priority=priority,
        description=description.strip(),
        created_by=user,
        token=token,
    )
    _decide(needs, Outcome.COMMON, user, common=common)
    return common


@transaction.atomic
def attach_needs(*, common: CommonNeed, chosen: Versions, user: User) -> list[Need]:
    """A common need carries these too. Raises DomainError when none is chosen, AlreadyDecided."""
    needs = _undecided(common.project, chosen)
    _decide(needs, Outcome.COMMON, user, common=common)
    return needs


@transaction.atomic
def decide_alone(*, need: Need, version: int, outcome: Outcome, reason: str, user: User) -> None:
    """A need stays local or is dismissed, by itself, with a reason that its structure reads.

    Raises DomainError without a reason, AlreadyDecided when somebody decided meanwhile.
    """
    if outcome not in {Outcome.LOCAL, Outcome.DISMISSED}:
        raise ValueError(f"{outcome} isn't decided alone.")
    if not reason.strip():
        raise DomainError("Dites pourquoi : la structure lira ce motif.", field="reason")
    needs = _undecided(need.project, {need.pk: version})
    _decide(needs, outcome, user, reason=reason.strip())


@transaction.atomic
def take_back(*, need: Need, version: int) -> Need:
    """A need is to be decided again: detached from its common need, or no longer local or dismissed.

    Raises Conflict when somebody changed that since `version`.
    """
    row = Need.objects.transmitted().select_for_update(of=("self",)).get(pk=need.pk)
    if row.outcome == Outcome.UNDECIDED:
        return row
    nothing = {"outcome": Outcome.UNDECIDED, "common": None, "outcome_reason": "", "outcome_by": None}
    return change(row, version=version, outcome_at=None, **nothing)


@transaction.atomic
def edit_common(*, common: CommonNeed, version: int, values: dict[str, Any]) -> CommonNeed:
    """Write one field of a common need. Raises Conflict when somebody changed that field since `version`."""
    if not set(values) <= set(EDITABLE):
        raise ValueError(f"{', '.join(values)}: not edited one by one.")
    return change_fields(common, version=version, **values)


@transaction.atomic
def set_common_status(*, common: CommonNeed, version: int, status: CommonStatus, reason: str) -> CommonNeed:
    """What becomes of a common need, and why. Raises DomainError when dismissed without a reason, Conflict when
    somebody changed it since `version`."""
    with refused_in_words(CommonNeed, field="reason"):
        return change(common, version=version, status=status, reason=reason.strip())


@transaction.atomic
def remove_common(*, common: CommonNeed) -> None:
    """Take away a common need that carries none. Raises DomainError while it carries one."""
    row = CommonNeed.objects.select_for_update().filter(pk=common.pk).first()
    if row is None:
        return
    if row.needs.exists():
        raise DomainError("Ce besoin commun porte des besoins de structures : détachez-les d’abord.")
    row.delete()


@transaction.atomic
def call_structures(
    *, project: Project, due_on: date, message: str, anew: bool, user: User, version: int | None
) -> NeedCall:
    """Ask the needs of all structures by a date, or change what was asked. `anew`: also of those that transmitted
    since it was first asked. `version`: None before the first time.

    Raises Conflict when somebody changed it since, or asked meanwhile.
    """
    values: dict[str, Any] = {"due_on": due_on, "message": message.strip()}
    one_at_a_time(f"need call:{project.pk}")
    asked = NeedCall.objects.filter(project=project).first()
    if asked is None:
        return NeedCall.objects.create(project=project, called_by=user, **values)
    if version is None and (asked.due_on, asked.message) == (due_on, values["message"]):
        return asked
    if anew:
        values |= {"called_by": user, "called_at": timezone.now()}
    return change(asked, version=version or 0, **values)


def _undecided(project: Project, chosen: Versions) -> list[Need]:
    """The chosen needs, of which nobody decides meanwhile."""
    if not chosen:
        raise DomainError("Choisissez au moins un besoin.")
    rows = Need.objects.transmitted().filter(project=project, pk__in=list(chosen)).select_for_update(of=("self",))
    needs = list(rows.select_related("esms", "common").order_by("pk"))
    if len(needs) != len(chosen):
        raise DomainError("Un des besoins choisis n’est plus là : recommencez le choix.")
    if taken := [need for need in needs if need.outcome != Outcome.UNDECIDED or need.version != chosen[need.pk]]:
        raise AlreadyDecided(taken)
    return needs


def _decide(
    needs: Sequence[Need], outcome: Outcome, user: User, *, common: CommonNeed | None = None, reason: str = ""
) -> None:
    now = timezone.now()
    Need.objects.filter(pk__in=[need.pk for need in needs]).update(
        outcome=outcome,
        common=common,
        outcome_reason=reason,
        outcome_by=user,
        outcome_at=now,
        version=F("version") + 1,
    )
