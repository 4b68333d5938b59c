"""Where risks are weighed, in a structure or in the project as a whole: what pages and writes of both share."""

import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from organisations.models import ESMS, Project


@dataclass(frozen=True)
class Place:
    """`esms` None: the project itself."""

    project: Project
    esms: ESMS | None = None

    @property
    def id(self) -> uuid.UUID:
        """What the column `place` of its rows holds."""
        return self.esms.pk if self.esms else self.project.pk

    @property
    def columns(self) -> dict[str, object]:
        """The columns of a `PlacedRow` of this place."""
        esms = self.esms
        return {"project": self.project, "og_id": esms.og_id if esms else None, "esms": esms, "place": self.id}

    @property
    def rows(self) -> Q:
        """The rows of this place."""
        return Q(project=self.project, place=self.id)

    @property
    def name(self) -> str:
        return self.esms.name if self.esms else self.project.name

    def url(self, name: str, *more: object) -> str:
        """The address that `urls` names `esms_<name>` in a structure, `project_<name>` in the project."""
        if self.esms:
            return reverse(f"esms_{name}", args=[self.project.slug, self.esms.slug, *more])
        return reverse(f"project_{name}", args=[self.project.slug, *more])
