"""What the tables of the apps above stand on."""

from django.db import models

from common.models import Row
from organisations.models.tree import Project


class ProjectRow(Row):
    """A row of one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")

    class Meta:
        abstract = True
