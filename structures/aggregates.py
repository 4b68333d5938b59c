"""Figures over rows that the reader may not see, read elevated: figures and days, never rows."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max
from django.utils import timezone

from common.scope import elevated
from governance.models import ArbitrationVote
from organisations.models import ESMS, Project
from structures.catalogue.local_actions import PathwaySection, pathway
from structures.enums.habilitations import VALIDATED
from structures.inventory_figures import Figures, figures_of
from structures.models import HabilitationMatrix, MatrixProfile, Need
from structures.selectors.inventory_follow_up import follow_up
from structures.selectors.pathway import Tally, boards_of, tally

FEWEST = 3  # structures: the total of fewer would tell of one of them


@dataclass(frozen=True)
class SectionTotal:
    """A section of the pathway over all the structures of a project."""

    section: PathwaySection
    tally: Tally


@dataclass(frozen=True)
class ProjectTotals:
    """`structures`: how many; without sections when they are too few to say nothing of one."""

    structures: int
    sections: list[SectionTotal]


def pathway_totals(project: Project) -> ProjectTotals:
    """How far the structures of a project are, section by section, for who reads the whole and no structure."""
    with elevated():
        boards = boards_of(list(ESMS.objects.filter(project=project).select_related("project").order_by("pk")))
    if len(boards) < FEWEST:
        return ProjectTotals(len(boards), [])
    return ProjectTotals(
        len(boards),
        [
            SectionTotal(
                section,
                sum((tally(board.sections[place][1]) for board in boards), Tally()),
            )
            for place, section in enumerate(pathway().sections)
        ],
    )


def last_votes(
    project_ids: Collection[uuid.UUID], user_ids: Collection[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], date]:
    """The last day on which each of these people voted in each of these projects. A line of the pathway must not depend
    on who reads it, and votes are read by few. One query."""
    with elevated():
        rows = ArbitrationVote.objects.filter(project__in=project_ids, voter__in=user_ids)
        found = rows.order_by().values_list("project_id", "voter_id").annotate(last=Max("voted_at"))
        return {(project_id, user_id): timezone.localdate(last) for project_id, user_id, last in found}


@dataclass(frozen=True)
class Carried:
    """How many structures and OG have a need that a common need carries; `by_og`: structures of each OG."""

    structures: int = 0
    by_og: Mapping[uuid.UUID, int] = field(default_factory=dict)

    @property
    def ogs(self) -> int:
        return len(self.by_og)


def carriers(project_id: uuid.UUID) -> dict[uuid.UUID, Carried]:
    """By common need of a project: by how many it is carried, whoever may read their words. One query."""
    counted: dict[uuid.UUID, dict[uuid.UUID, int]] = {}
    with elevated():
        rows = Need.objects.transmitted().filter(project=project_id, common__isnull=False).order_by()
        found = rows.values_list("common_id", "og_id").annotate(count=Count("esms_id", distinct=True))
        for common_id, og_id, count in found:
            if common_id is not None:
                counted.setdefault(common_id, {})[og_id] = count
    return {common_id: Carried(sum(by_og.values()), by_og) for common_id, by_og in counted.items()}


@dataclass(frozen=True)
class InventoryFigures:
    """The inventories of a project: how many structures, how many `answered` what is asked, how many have `begun`
    without; `figures` of what is transmitted, None when too few did to say nothing of one."""

    structures: int
    answered: int
    begun: int
    due_on: date | None
    figures: Figures | None


def inventory_figures(project: Project) -> InventoryFigures:
    """What the inventories of a project say together, for who reads the whole and no structure."""
    with elevated():
        structures = list(ESMS.objects.filter(project=project).select_related("og").order_by("pk"))
        follow = follow_up(project, structures)
    said = follow.evaluations
    return InventoryFigures(
        structures=len(follow.structures),
        answered=len(follow.answered),
        begun=sum(1 for one in follow.awaited if one.current),
        due_on=follow.collection.due_on if follow.collection else None,
        figures=figures_of(follow.form, said, today=follow.today) if len(said) >= FEWEST else None,
    )


def positioned_users(structures: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[str, int]]:
    """By structure, how many users its matrix counts, by profile: the last version that its direction validated.
    Nothing of structures without one: what is being prepared is theirs alone. Two queries."""
    with elevated():
        rows = HabilitationMatrix.objects.filter(esms__in=structures, status__in=VALIDATED).order_by("number")
        kept: dict[uuid.UUID, uuid.UUID] = dict(rows.values_list("esms_id", "pk"))
        counted: dict[uuid.UUID, dict[str, int]] = {esms_id: {} for esms_id in kept}
        profiles = MatrixProfile.objects.filter(matrix__in=list(kept.values()), users_count__gt=0)
        for esms_id, profile, users in profiles.order_by().values_list("esms_id", "profile", "users_count"):
            counted[esms_id][profile] = users or 0
    return counted
