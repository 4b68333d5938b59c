"""What beat asks for: the reports of committees before their meetings."""

from celery import shared_task
from django.utils import timezone

from reports.services import prepare_reports


@shared_task(name="reports.prepare_committee_reports", expires=3600)
def prepare_committee_reports() -> None:
    """Ask for the report of each convened meeting that is near enough, once."""
    prepare_reports(timezone.localdate())
