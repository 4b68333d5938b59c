"""Inventories that are being written: all answered, or but for what a test leaves out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.ids import new_id
from common.scope import elevated
from organisations.models import ESMS, User, place_of
from structures.catalogue.inventory import questionnaire
from structures.enums.inventory import InventoryStatus
from structures.models import Inventory, InventoryAnswer, InventoryLine, InventoryRemark
from tests.factories import Factory

# A structure that is ready, as JSON keeps its answers.
READY: dict[str, Any] = {
    "internet_access_type": "dedicated_fibre",
    "downstream_mbps": "73.6",
    "upstream_mbps": "60",
    "backup_link": True,
    "wifi_coverage": "everywhere",
    "wifi_separated": True,
    "mobile_coverage": "not_concerned",
    "users_to_equip": 58,
    "peak_users": 23,
    "fixed_workstations": 20,
    "laptops": 12,
    "tablets_smartphones": 5,
    "unsupported_devices": 0,
    "recent_browser": "fully",
    "mobile_device_management": True,
    "directory_type": "og_directory",
    "named_accounts_rate": "100",
    "shared_accounts_count": 0,
    "professional_email_rate": "92",
    "account_creation_process": "written_applied",
    "leaver_delay_days": 3,
    "authentication_mode": "two_factors",
    "existing_dui": False,
    "secure_messaging": "organisational_used",
    "active_records_count": 62,
    "paper_share": "40",
    "data_quality": "level_3",
    "export_possible": "documented",
    "retention_rules": "partly",
    "backup_frequency": "daily",
    "last_restore_test": (timezone.localdate() - timedelta(days=60)).isoformat(),
    "endpoint_protection_rate": "100",
    "degraded_mode": "up_to_date",
    "continuity_plan": "outdated",
    "it_charter": "fully",
    "dpo_designated": True,
    "processing_register": "up_to_date",
    "it_referent_identified": True,
    "support_organisation": "og_team",
    "support_delay_hours": 6,
    "staff_count": 74,
    "digital_ease_level": "level_3",
    "internal_trainers_count": 3,
    "past_projects_experience": "mixed",
    "it_roadmap": "outdated",
    "functional_map": "none",
    "network_diagram": "up_to_date",
    "record_procedures": "outdated",
    "projects": None,
    "management_change_planned": False,
}
SOFTWARE = {
    "functional_area": "user_record",
    "product": "Ogirys",
    "publisher": "Socianova",
    "hosting": "local_server",
    "contract_end": "2027-12-31",
    "future": "replaced",
}
SOURCE = {"source_label": "Classeurs des unités", "format": "paper", "quality": "level_2", "treatment": "scan"}
LINES: dict[str, list[dict[str, Any]]] = {"software_in_place": [SOFTWARE], "data_sources": [SOURCE]}


class InventoryFactory(Factory):
    """One with no answer. Written as it ends up, its answers before it is closed."""

    class Meta:
        model = Inventory

    number = 1

    @classmethod
    def _create(
        cls,
        model_class: type[Inventory],
        *args: Any,
        esms: ESMS,
        by: User,
        answers: Mapping[str, Any] | None = None,
        lines: Mapping[str, list[dict[str, Any]]] | None = None,
        status: InventoryStatus = InventoryStatus.DRAFT,
        **kwargs: Any,
    ) -> Inventory:
        place = place_of(esms)
        inventory = super()._create(model_class, **place, started_by=by, **kwargs)
        with elevated():
            InventoryAnswer.objects.bulk_create(
                InventoryAnswer(**place, inventory=inventory, field=code, value=value, answered_by=by)
                for code, value in (answers or {}).items()
            )
            InventoryLine.objects.bulk_create(
                InventoryLine(**place, inventory=inventory, field=code, position=rank, values=values, written_by=by)
                for code, rows in (lines or {}).items()
                for rank, values in enumerate(rows, start=1)
            )
            settle(inventory, status, by)
        return inventory


def settle(inventory: Inventory, status: InventoryStatus, by: User) -> None:
    """Put an inventory in a state, as if `by` had done all that comes before. In the elevated role."""
    now = timezone.now()
    values: dict[str, Any] = {"status": status}
    if status != InventoryStatus.DRAFT:
        values |= {"submitted_at": now, "submitted_by": by, "validated_at": now, "validated_by": by}
    if status in {InventoryStatus.TRANSMITTED, InventoryStatus.TO_COMPLETE}:
        review = timezone.localdate() + timedelta(days=182)
        values |= {"transmitted_at": now, "transmitted_by": by, "review_on": review}
    Inventory.objects.filter(pk=inventory.pk).update(**values)
    inventory.refresh_from_db()


def filled(esms: ESMS, by: User, *, status: InventoryStatus = InventoryStatus.DRAFT, **answers: Any) -> Inventory:
    """All the required answers are there, but for `answers`; one that is Ellipsis is left out."""
    given = {code: value for code, value in {**READY, **answers}.items() if value is not ...}
    return InventoryFactory(esms=esms, by=by, answers=given, lines=LINES, status=status)


def remark(inventory: Inventory, by: User, *, sent: bool = True, **values: Any) -> InventoryRemark:
    """What the lead asks to complete."""
    with elevated():
        return InventoryRemark.objects.create(
            project_id=inventory.project_id,
            og_id=inventory.og_id,
            esms_id=inventory.esms_id,
            inventory=inventory,
            made_by=by,
            token=new_id(),
            sent_at=timezone.now() if sent else None,
            **{"section": "network", "text": "Précisez le débit.", **values},
        )


def typed(code: str) -> Any:
    """The question of this code."""
    return questionnaire().by_code[code]
