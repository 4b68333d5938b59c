"""What the tables of the apps above stand on."""

from django.db import models

from common.models import Row
from common.policies import SameTenant
from organisations.models.tree import ESMS, IN_ONE_STRUCTURE, OG, Project


class ProjectRow(Row):
    """A row of one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")

    class Meta:
        abstract = True


class StructureRow(ProjectRow):
    """A row of one structure. Its table declares `in_structure` and a policy over `STRUCTURE_ROWS`."""

    og = models.ForeignKey(OG, on_delete=models.CASCADE, related_name="+", verbose_name="OG")
    esms = models.ForeignKey(ESMS, on_delete=models.CASCADE, related_name="+", verbose_name="structure")

    class Meta:
        abstract = True


def in_structure(name: str) -> SameTenant:
    """The structure, the OG and the project of a row belong together."""
    return SameTenant(name=name, **IN_ONE_STRUCTURE)


def same_structure(name: str, column: str, table: str) -> SameTenant:
    """The row that `column` names is of the same structure. `table` needs a unique constraint over (esms, id)."""
    return SameTenant(name=name, columns=("esms_id", column), table=table, references=("esms_id", "id"))


def place_of(esms: ESMS) -> dict[str, object]:
    """The three columns of a `StructureRow` of this structure."""
    return {"project_id": esms.project_id, "og_id": esms.og_id, "esms": esms}


class PlacedRow(ProjectRow):
    """A row of one structure, or of the project itself when it names none. `place`: the id of that structure, of the
    project otherwise. Its table declares `in_place` and a policy."""

    og = models.ForeignKey(OG, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="OG")
    esms = models.ForeignKey(
        ESMS, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="structure"
    )
    place = models.UUIDField("lieu")

    class Meta:
        abstract = True


def in_place(name: str) -> list[models.BaseConstraint]:
    """The place of a row is its structure, within its OG and its project, or its project."""
    return [
        SameTenant(name=f"{name}_in_structure", **IN_ONE_STRUCTURE),
        models.CheckConstraint(
            condition=models.Q(esms=None, og=None, place=models.F("project"))
            | models.Q(esms__isnull=False, og__isnull=False, place=models.F("esms")),
            name=f"{name}_in_place",
        ),
    ]


def same_place(name: str, column: str, table: str) -> SameTenant:
    """The row that `column` names is of the same place. `table` needs a unique constraint over (place, id)."""
    return SameTenant(name=name, columns=("place", column), table=table, references=("place", "id"))
