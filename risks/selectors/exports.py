"""What spreadsheets say beside what their pages show."""

import uuid
from collections.abc import Mapping

from organisations.models import OG, Project


def og_names(project: Project) -> Mapping[uuid.UUID, str]:
    """One query."""
    return dict(OG.objects.filter(project=project).order_by("pk").values_list("pk", "name"))
