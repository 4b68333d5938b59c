"""Needs of structures, in the elevated role."""

import uuid
from typing import Any

from django.db.models import Max
from django.utils import timezone

from common.scope import elevated
from organisations.models import ESMS, User, place_of
from structures.enums.needs import NeedDomain, NeedStatus, Outcome, Priority
from structures.models import CommonNeed, Need


def make_need(esms: ESMS, user: User, status: NeedStatus = NeedStatus.TRANSMITTED, **values: Any) -> Need:
    now = timezone.now()
    kept, sent = status in {NeedStatus.VALIDATED, NeedStatus.TRANSMITTED}, status == NeedStatus.TRANSMITTED
    common = values.get("common")
    with elevated():
        last = Need.objects.filter(esms=esms).aggregate(last=Max("number"))["last"] or 0
        return Need.objects.create(
            **{
                **place_of(esms),
                "number": last + 1,
                "title": f"Un besoin {uuid.uuid4().hex[:8]}",
                "domain": NeedDomain.MEDICATION,
                "priority": Priority.SHOULD,
                "status": status,
                "written_by": user,
                "validated_by": user if kept else None,
                "validated_at": now if kept else None,
                "transmitted_at": now if sent else None,
                "outcome": Outcome.COMMON if common else Outcome.UNDECIDED,
                **values,
            }
        )


def make_common(esms: ESMS, user: User, **values: Any) -> CommonNeed:
    with elevated():
        last = CommonNeed.objects.filter(project=esms.project_id).aggregate(last=Max("number"))["last"] or 0
        return CommonNeed.objects.create(
            **{
                "project_id": esms.project_id,
                "number": last + 1,
                "title": "Un besoin commun",
                "domain": NeedDomain.MEDICATION,
                "priority": Priority.MUST,
                "created_by": user,
                **values,
            }
        )
