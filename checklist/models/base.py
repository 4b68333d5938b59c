"""What every table of the checklist stands on."""

from django.db import models

from common.models import Row
from common.policies import SameTenant
from organisations.models import Project


class ProjectRow(Row):
    """A row of one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")

    class Meta:
        abstract = True


def same_project(name: str, column: str, table: str) -> SameTenant:
    return SameTenant(name=name, columns=("project_id", column), table=table, references=("project_id", "id"))
