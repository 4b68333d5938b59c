"""Projects, their OG and their ESMS."""

import uuid

from django.db import transaction
from django.utils.text import slugify

from common.refusals import refused_in_words
from common.scope import elevated
from common.versions import change_fields
from organisations.enums import Phase
from organisations.models import ESMS, OG, ESMSProfile, PhasePeriod, Project


def create_project(*, name: str, slug: str, **fields: object) -> Project:
    """A new project with its phases, without anybody in it yet. For operators and set-up."""
    with elevated():
        project = Project.objects.create(name=name, slug=slug, **fields)
        PhasePeriod.objects.bulk_create(PhasePeriod(project=project, phase=phase) for phase in Phase)
        return project


@transaction.atomic
def update_project(project: Project, *, version: int, **values: object) -> Project:
    """Raises Conflict when somebody else changed the same field meanwhile, DomainError for what the rules refuse."""
    return change_fields(project, version=version, **values)


@transaction.atomic
def update_period(period: PhasePeriod, *, version: int, **values: object) -> PhasePeriod:
    """The dates of a phase. As `update_project`."""
    return change_fields(period, version=version, **values)


@transaction.atomic
def add_og(*, project: Project, name: str, short_name: str, **fields: object) -> OG:
    """Raises DomainError when the project already has an OG of that name."""
    with refused_in_words(OG, field="name"):
        return OG.objects.create(project=project, name=name, short_name=short_name, **fields)


@transaction.atomic
def update_og(og: OG, *, version: int, **values: object) -> OG:
    """As `update_project`."""
    return change_fields(og, version=version, **values)


@transaction.atomic
def add_esms(
    *, og: OG, name: str, category: str, comop_category: str, profile: dict[str, object] | None = None, **fields: object
) -> ESMS:
    """A structure and its profile. Raises DomainError when the OG already has one of that name."""
    with refused_in_words(ESMS, field="name"):
        esms = ESMS.objects.create(
            project_id=og.project_id,
            og=og,
            name=name,
            slug=_free_slug(og.project_id, name),
            category=category,
            comop_category=comop_category,
            **fields,
        )
    ESMSProfile.objects.create(project_id=og.project_id, og=og, esms=esms, **(profile or {}))
    return esms


@transaction.atomic
def update_esms(esms: ESMS, *, version: int, **values: object) -> ESMS:
    """As `update_project`. The structure keeps its address (slug)."""
    return change_fields(esms, version=version, **values)


@transaction.atomic
def update_profile(profile: ESMSProfile, *, version: int, **values: object) -> ESMSProfile:
    """As `update_project`."""
    return change_fields(profile, version=version, **values)


def _free_slug(project_id: uuid.UUID, name: str) -> str:
    base = slugify(name)[:70] or "structure"
    taken = set(ESMS.objects.filter(project_id=project_id, slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
