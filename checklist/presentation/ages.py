"""For how long, in French: late, blocked, to be looked at again."""

from datetime import date

from django.utils import timezone

from checklist.models import Action
from common import french


def late_by(days: int) -> str:
    """« en retard de 12 jours »."""
    return f"en retard de {french.plural(days, 'jour', 'jours')}"


def blocked_since(action: Action) -> str:
    """« bloquée depuis 12 jours », « bloquée depuis aujourd’hui »; « bloquée » when the day isn't known."""
    if action.status_at is None:
        return "bloquée"
    days = action.days_blocked(timezone.now())
    return f"bloquée depuis {french.plural(days, 'jour', 'jours') if days else 'aujourd’hui'}"


def review_passed(day: date) -> str:
    """« à revoir depuis 3 jours », once the day to look at it again has passed; nothing before."""
    days = (timezone.localdate() - day).days
    return f"à revoir depuis {french.plural(days, 'jour', 'jours')}" if days > 0 else ""
