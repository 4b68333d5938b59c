"""Reads of the governance app."""

from collections import defaultdict
from datetime import date

from governance.enums import BodyKind
from governance.models import Mandate
from organisations.models import Project, User


def members(project: Project, on: date | None = None) -> dict[BodyKind, list[User]]:
    """Who sits on each body on a day (today unless said), guests left out, each person once. One query."""
    found: dict[BodyKind, dict[object, User]] = defaultdict(dict)
    mandates = Mandate.objects.active(on).filter(project=project, invited=False).select_related("body", "user")
    for mandate in mandates.order_by("user__last_name", "user__first_name"):
        found[BodyKind(mandate.body.kind)][mandate.user_id] = mandate.user
    return {kind: list(people.values()) for kind, people in found.items()}
