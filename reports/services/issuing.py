"""Issuing a document: what it says is read, and from then on it is known by its fingerprint."""

from datetime import datetime

from django.db import transaction

from common.models import JobState
from reports.fingerprint import fingerprint
from reports.models import Report


@transaction.atomic
def issue(*, report: Report, attempt: int, facts: object, issued_at: datetime, consolidated: bool = False) -> bool:
    """Note the fingerprint of these facts, for this attempt at the making. False: another worker took it over.

    The report itself is in the fingerprint: two that say the same have not the same one. `consolidated`: whether what
    it shows of a structure was, by then, consolidated for the vendor.
    """
    said = {
        "project": report.project.name,
        "number": report.number,
        "kind": report.kind,
        "sections": report.sections,
        "issued_at": issued_at,
        "asked_by": report.asked_by.get_full_name(),
        "facts": facts,
    }
    if report.esms:
        said |= {"structure": report.esms.name, "named": report.named}
    sha256 = fingerprint(said)
    mine = Report.objects.filter(pk=report.pk, job__attempt=attempt, job__state=JobState.RUNNING)
    issued = mine.update(content_sha256=sha256, issued_at=issued_at, consolidated=consolidated)
    report.content_sha256, report.issued_at, report.consolidated = sha256, issued_at, consolidated
    return bool(issued)
