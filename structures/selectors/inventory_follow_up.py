"""The inventories of all the structures that one person follows, side by side."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from common import french
from organisations.access import Access
from organisations.models import ESMS, Project
from organisations.selectors import structures_followed
from structures.catalogue.inventory import Questionnaire, questionnaire
from structures.enums.inventory import InventoryStatus
from structures.inventory_answers import Progress, progress
from structures.models import Inventory, InventoryAnswer, InventoryCollection, InventoryThreshold
from structures.readiness import Evaluation, Threshold, evaluate
from structures.selectors.inventory import thresholds_of, values_of


@dataclass(frozen=True)
class Followed:
    """One structure. `current`: its newest inventory; `received`: the last one transmitted, which `evaluation` is of
    when there is one; otherwise it is of the current one. `answered`: whether it answers what the project asks."""

    esms: ESMS
    current: Inventory | None = None
    received: Inventory | None = None
    answered: bool = False
    evaluation: Evaluation | None = None
    progress: Progress | None = None
    updated_on: date | None = None

    @property
    def status(self) -> InventoryStatus | None:
        """Where the newest stands; None when nothing is begun."""
        return InventoryStatus(self.current.status) if self.current else None


@dataclass(frozen=True)
class FollowUp:
    """`structures` by OG and name."""

    project: Project
    form: Questionnaire
    collection: InventoryCollection | None
    structures: Sequence[Followed]
    thresholds: dict[str, Threshold]
    today: date

    @property
    def received(self) -> list[Followed]:
        """Those that transmitted an inventory, which the figures are of."""
        return [one for one in self.structures if one.received]

    @property
    def evaluations(self) -> list[Evaluation]:
        """What the transmitted inventories say."""
        return [one.evaluation for one in self.structures if one.received and one.evaluation]

    @property
    def answered(self) -> list[Followed]:
        return [one for one in self.structures if one.answered]

    @property
    def awaited(self) -> list[Followed]:
        return [one for one in self.structures if not one.answered]


def follow_up(project: Project, structures: Sequence[ESMS], *, today: date | None = None) -> FollowUp:
    """The inventories of these structures of a project. Six queries whatever their number."""
    today = today or french.today()
    form, collection = questionnaire(), current_collection(project)
    thresholds = thresholds_of([project]).get(project.pk, {})
    current, received = _inventories(structures)
    used = {**current, **received}
    values = values_of(used.values())
    updated = dict(
        InventoryAnswer.objects.filter(inventory__in=[one.pk for one in current.values()])
        .order_by()
        .values_list("inventory_id")
        .annotate(Max("answered_at"))
    )
    found = []
    for esms in structures:
        newest = current.get(esms.pk)
        if newest is None:
            found.append(Followed(esms))
            continue
        evaluation = evaluate(form, values[used[esms.pk].pk], today=today, thresholds=thresholds)
        at = updated.get(newest.pk)
        found.append(
            Followed(
                esms=esms,
                current=newest,
                received=received.get(esms.pk),
                answered=answers(received.get(esms.pk), collection),
                evaluation=evaluation,
                progress=progress(form.asked, evaluation.values),
                updated_on=french.day(at) if at else None,
            )
        )
    return FollowUp(project, form, collection, found, thresholds, today)


def read_follow_up(project: Project, access: Access) -> FollowUp:
    """Those that this person follows: all of them for the project lead, their own OG's for its direction."""
    return follow_up(project, structures_followed(project, access))


def _inventories(structures: Sequence[ESMS]) -> tuple[dict[uuid.UUID, Inventory], dict[uuid.UUID, Inventory]]:
    """For each structure its newest inventory, and the last that it transmitted. One query."""
    current: dict[uuid.UUID, Inventory] = {}
    received: dict[uuid.UUID, Inventory] = {}
    for inventory in Inventory.objects.filter(esms__in=[esms.pk for esms in structures]).order_by("esms_id", "-number"):
        current.setdefault(inventory.esms_id, inventory)
        if inventory.status == InventoryStatus.TRANSMITTED:
            received.setdefault(inventory.esms_id, inventory)
    return current, received


def answers(received: Inventory | None, collection: InventoryCollection | None) -> bool:
    """Whether an inventory that was transmitted is what the project asks for; any is, while it asks nothing."""
    if received is None or received.transmitted_at is None:
        return False
    return collection is None or french.day(received.transmitted_at) >= collection.counts_from


def current_collection(project: Project) -> InventoryCollection | None:
    """What the project asks of its structures; None before the first time. One query."""
    found = InventoryCollection.objects.filter(project=project).select_related("opened_by")
    return found.order_by("-opened_on", "-id").first()


def own_threshold(project: Project, code: str) -> InventoryThreshold:
    """What the project has in place of a proposed threshold, or the row that it would be written in. One query."""
    known = InventoryThreshold.objects.filter(project=project, field=code).first()
    row = known or InventoryThreshold(project=project, field=code)
    row.project = project
    return row
