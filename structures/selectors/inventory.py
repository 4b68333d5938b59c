"""The inventories of structures, read."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, IntegerField, Max, Value, When

from common import french
from organisations.models import ESMS, Project
from structures.catalogue.inventory import UNKNOWN, Questionnaire, questionnaire
from structures.enums.inventory import InventoryStatus, Readiness
from structures.inventory_answers import Progress, progress
from structures.models import Inventory, InventoryAnswer, InventoryLine, InventoryRemark, InventoryThreshold
from structures.readiness import Evaluation, Threshold, evaluate

Answers = dict[uuid.UUID, dict[str, Any]]  # inventory → code of field → value, tables as lists of values by column
_PEOPLE = ("started_by", "submitted_by", "validated_by", "transmitted_by", "based_on")


def inventories_of(esms: ESMS) -> list[Inventory]:
    """All the inventories of a structure, newest first, with who did what. One query."""
    found = Inventory.objects.filter(esms=esms).select_related(*_PEOPLE).order_by("-number")
    return [_placed(inventory, esms) for inventory in found]


def latest(esms: ESMS) -> Inventory | None:
    """The inventory that a structure works on, or worked on last."""
    found = Inventory.objects.filter(esms=esms).select_related(*_PEOPLE).order_by("-number").first()
    return _placed(found, esms) if found else None


def _placed(inventory: Inventory, esms: ESMS) -> Inventory:
    inventory.esms, inventory.og, inventory.project = esms, esms.og, esms.project
    return inventory


def values_of(inventories: Iterable[Inventory]) -> Answers:
    """What is answered in each, typed (`catalogue.inventory`). Two queries."""
    form = questionnaire()
    ids = [inventory.pk for inventory in inventories]
    found: Answers = {pk: {} for pk in ids}
    answers = InventoryAnswer.objects.filter(inventory__in=ids, answered=True)
    for inventory, code, value, unknown in answers.values_list("inventory_id", "field", "value", "unknown"):
        if field := form.by_code.get(code):
            none: Any = [] if field.is_table else None
            found[inventory][code] = UNKNOWN if unknown else none if value is None else field.value(value)
    lines = InventoryLine.objects.filter(inventory__in=ids, removed=False).order_by("position", "id")
    tables: dict[tuple[uuid.UUID, str], list[dict[str, Any]]] = defaultdict(list)
    for inventory, code, values in lines.values_list("inventory_id", "field", "values"):
        if field := form.by_code.get(code):
            tables[inventory, code].append(
                {column.code: column.value(values[column.code]) for column in field.columns if column.code in values}
            )
    for (inventory, code), rows in tables.items():
        found[inventory][code] = rows
    return found


def answers_of(inventory: Inventory) -> dict[str, InventoryAnswer]:
    """The rows of the answers by field, those taken away too: they carry the versions. One query."""
    found = InventoryAnswer.objects.filter(inventory=inventory).select_related("answered_by")
    return {answer.field: answer for answer in found.order_by("field")}


def lines_of(inventory: Inventory) -> dict[str, list[InventoryLine]]:
    """The lines of the tables by field. One query."""
    found: dict[str, list[InventoryLine]] = defaultdict(list)
    for line in InventoryLine.objects.filter(inventory=inventory, removed=False).order_by("position", "id"):
        found[line.field].append(line)
    return found


def remarks_of(inventory: Inventory) -> list[InventoryRemark]:
    """What the project lead remarked on an inventory, sent or not, oldest first. One query."""
    found = InventoryRemark.objects.filter(inventory=inventory).select_related("made_by", "resolved_by")
    return list(found.order_by("made_at", "id"))


def thresholds_of(projects: Iterable[Project | uuid.UUID]) -> dict[uuid.UUID, dict[str, Threshold]]:
    """What replaces the proposed thresholds, by project and field. One query."""
    found: dict[uuid.UUID, dict[str, Threshold]] = defaultdict(dict)
    for row in InventoryThreshold.objects.filter(project__in=list(projects)).order_by("field"):
        found[row.project_id][row.field] = Threshold(row.threshold, row.minimum, row.source)
    return found


@dataclass(frozen=True)
class ReadinessOf:
    """What is known of a structure: from its last inventory that its director validated, or from the one under way.

    `current`: the newest inventory, which may be another. `updated_on`: the day of the last answer.
    """

    inventory: Inventory
    current: Inventory
    evaluation: Evaluation
    progress: Progress
    updated_on: date | None

    @property
    def readiness(self) -> Readiness:
        return self.evaluation.readiness

    @property
    def values(self) -> Mapping[str, Any]:
        return self.evaluation.values

    @property
    def settled(self) -> bool:
        """Whether a director stands by it."""
        return self.inventory.state in {InventoryStatus.VALIDATED, InventoryStatus.TRANSMITTED}


def readiness_of(structures: Sequence[ESMS], *, today: date | None = None) -> dict[uuid.UUID, ReadinessOf]:
    """Structure → what its inventory says. A structure without one is not in it. Five queries whatever their number."""
    form, by_id = questionnaire(), {esms.pk: esms for esms in structures}
    used, current = _inventories(by_id)
    values = values_of(used.values())
    updated = dict(
        InventoryAnswer.objects.filter(inventory__in=[one.pk for one in used.values()])
        .order_by()
        .values_list("inventory_id")
        .annotate(Max("answered_at"))
    )
    thresholds = thresholds_of({esms.project_id for esms in structures})
    return {
        esms_id: _readiness(
            form,
            inventory,
            current[esms_id],
            values[inventory.pk],
            thresholds.get(inventory.project_id, {}),
            updated.get(inventory.pk),
            today or french.today(),
        )
        for esms_id, inventory in used.items()
    }


def _readiness(
    form: Questionnaire,
    inventory: Inventory,
    current: Inventory,
    values: Mapping[str, Any],
    thresholds: Mapping[str, Threshold],
    updated_at: datetime | None,
    today: date,
) -> ReadinessOf:
    evaluation = evaluate(form, values, today=today, thresholds=thresholds)
    return ReadinessOf(
        inventory=inventory,
        current=current,
        evaluation=evaluation,
        progress=progress(form.asked, evaluation.values),
        updated_on=french.day(updated_at) if updated_at else None,
    )


def _inventories(by_id: Mapping[uuid.UUID, ESMS]) -> tuple[dict[uuid.UUID, Inventory], dict[uuid.UUID, Inventory]]:
    """For each structure the inventory that counts (the last validated, or the newest), and the newest. One query."""
    settled = Case(
        When(status__in=[InventoryStatus.VALIDATED, InventoryStatus.TRANSMITTED], then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    used: dict[uuid.UUID, Inventory] = {}
    current: dict[uuid.UUID, Inventory] = {}
    found = Inventory.objects.filter(esms__in=list(by_id)).annotate(rank=settled)
    for inventory in found.order_by("esms_id", "rank", "-number"):
        _placed(inventory, by_id[inventory.esms_id])
        used.setdefault(inventory.esms_id, inventory)
        known = current.get(inventory.esms_id)
        if known is None or known.number < inventory.number:
            current[inventory.esms_id] = inventory
    return used, current


def current_and_transmitted(
    structures: Sequence[ESMS],
) -> tuple[dict[uuid.UUID, Inventory], dict[uuid.UUID, Inventory]]:
    """For each structure its newest inventory, and the last that it transmitted. One query."""
    current: dict[uuid.UUID, Inventory] = {}
    transmitted: dict[uuid.UUID, Inventory] = {}
    for inventory in Inventory.objects.filter(esms__in=[esms.pk for esms in structures]).order_by("esms_id", "-number"):
        current.setdefault(inventory.esms_id, inventory)
        if inventory.status == InventoryStatus.TRANSMITTED:
            transmitted.setdefault(inventory.esms_id, inventory)
    return current, transmitted


def users_to_equip(esms: ESMS) -> int | None:
    """How many professionals will use the DUI, as the inventory that counts says. Two queries."""
    used, _ = _inventories({esms.pk: esms})
    if esms.pk not in used:
        return None
    answer = InventoryAnswer.objects.filter(inventory=used[esms.pk], field="users_to_equip", answered=True).first()
    return answer.value if answer else None
