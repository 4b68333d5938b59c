"""Days as people count them: by the local calendar, whatever the hour and whichever clocks changed since."""

from datetime import datetime, time, timedelta

from django.utils import timezone


def days_ago(days: int) -> datetime:
    """Noon, so many days ago."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days), time(12)))
