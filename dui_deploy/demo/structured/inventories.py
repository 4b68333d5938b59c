"""The inventories of the demonstration world. What is past is written as it stands in the end."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from dui_deploy.demo.governed.cast import Cast, at, lead_of, working_day
from organisations.enums import Role
from organisations.models import ESMS, Membership, Project, place_of
from structures.catalogue.inventory import Column, questionnaire
from structures.enums.inventory import FieldType, InventoryStatus
from structures.models import Inventory, InventoryAnswer, InventoryLine, InventoryRemark
from structures.readiness import months_after

WRITING = timedelta(days=12)  # from the first answer to the last


def load(world: dict[str, Any], project: Project, cast: Cast) -> None:
    more = {item["esms"]: item["answers"] for item in world["inventory_answers"]}
    first = {item["esms"]: item for item in world["first_inventories"]}
    for item in world["inventories"]:
        code, esms = item["esms"], cast.esms[item["esms"]]
        if esms.project_id != project.pk:
            continue
        answers = {**item["answers"], **more[code]}
        lines = [line for line in world["inventory_lines"] if line["esms"] == code]
        before = None
        if old := first.get(code):
            before = _write(esms, 1, None, old["transmitted_on"], {**answers, **old["answers"]}, lines)
            _settle(before, InventoryStatus.TRANSMITTED, old["transmitted_on"])
        number = 2 if before else 1
        inventory = _write(esms, number, before, item["updated_on"], answers, lines)
        _settle(inventory, InventoryStatus(item["status"]), item["updated_on"])
        for remark in world["inventory_remarks"]:
            if remark["esms"] == code:
                _remark(inventory, remark, project)


def _people(esms: ESMS, role: Role) -> list[Any]:
    rows = Membership.objects.filter(esms=esms, role=role).order_by("starts_on", "pk")
    return list(rows.values_list("user_id", flat=True))


def _write(
    esms: ESMS,
    number: int,
    before: Inventory | None,
    on: date,
    answers: Mapping[str, Any],
    lines: Iterable[Mapping[str, Any]],
) -> Inventory:
    """A draft with its answers: by the referent if the structure has one, section after section until `on`."""
    form, place = questionnaire(), place_of(esms)
    by = [*_people(esms, Role.LOCAL_REFERENT), *_people(esms, Role.ESMS_DIRECTOR)][0]
    started = at(working_day(on - WRITING), time(8, 50))
    inventory = Inventory.objects.create(**place, number=number, based_on=before, started_at=started, started_by_id=by)
    days = {
        section.code: at(working_day(on - WRITING + timedelta(days=rank)), time(9, 20))
        for rank, section in enumerate(form.sections, start=1)
    }
    InventoryAnswer.objects.bulk_create(
        InventoryAnswer(
            **place,
            inventory=inventory,
            field=field.code,
            value=_stored(field, answers[field.code]),
            answered_by_id=by,
            answered_at=days[field.section],
        )
        for field in form.asked
        if field.code in answers
    )
    InventoryLine.objects.bulk_create(
        InventoryLine(
            **place,
            inventory=inventory,
            field=line["field"],
            position=rank,
            values={
                code: _stored(form.by_code[line["field"]].column(code), value) for code, value in line["values"].items()
            },
            written_by_id=by,
            written_at=days[form.by_code[line["field"]].section],
        )
        for rank, line in enumerate(lines, start=1)
    )
    return inventory


def _stored(column: Column, value: Any) -> Any:
    if column.type == FieldType.TEXT:
        return str(value)
    return column.stored(Decimal(str(value)) if isinstance(value, float) else value)


def _settle(inventory: Inventory, status: InventoryStatus, on: date) -> None:
    """Bring a draft to its state, as of a day."""
    if status == InventoryStatus.DRAFT:
        return
    director = _people(inventory.esms, Role.ESMS_DIRECTOR)[0]
    # Sent back: what is written since is of that day.
    sent = working_day(on - WRITING if status == InventoryStatus.TO_COMPLETE else on)
    Inventory.objects.filter(pk=inventory.pk).update(
        status=status,
        submitted_at=at(sent - timedelta(days=1), time(17, 10)),
        submitted_by_id=inventory.started_by_id,
        validated_at=at(sent, time(9, 30)),
        validated_by_id=director,
        transmitted_at=at(sent, time(9, 32)),
        transmitted_by_id=director,
        review_on=months_after(sent, questionnaire().review_months),
    )
    inventory.refresh_from_db()


def _remark(inventory: Inventory, item: Mapping[str, Any], project: Project) -> None:
    made = at(item["made_on"], time(14, 40))
    resolved = at(item["made_on"] + timedelta(days=5), time(11, 5)) if item["resolved"] else None
    InventoryRemark.objects.create(
        **place_of(inventory.esms),
        inventory=inventory,
        section=item["section"],
        field=item["field"] or "",
        text=item["text"],
        made_by_id=lead_of(project),
        made_at=made,
        sent_at=made,
        resolved_at=resolved,
        resolved_by_id=inventory.started_by_id if resolved else None,
    )
