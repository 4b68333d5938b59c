"""The waves of a project."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from common.errors import DomainError
from common.locks import one_at_a_time
from common.refusals import refused_in_words
from common.versions import change_fields
from organisations.models import ESMS, Project, Wave


@transaction.atomic
def add_wave(
    *, project: Project, name: str, planned_start: date | None = None, planned_end: date | None = None
) -> Wave:
    """A wave after those that are there. Raises DomainError for a name that is taken, or an end before its start."""
    one_at_a_time(f"waves:{project.pk}")  # so that positions follow one another
    last = Wave.objects.filter(project=project).aggregate(last=Max("position"))["last"] or 0
    with refused_in_words(Wave, field="name" if _in_order(planned_start, planned_end) else "planned_end"):
        return Wave.objects.create(
            project=project, position=last + 1, name=name.strip(), planned_start=planned_start, planned_end=planned_end
        )


def _in_order(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


@transaction.atomic
def update_wave(wave: Wave, *, version: int, **values: object) -> Wave:
    """Raises Conflict when somebody else changed the same field meanwhile, DomainError for what the rules refuse."""
    return change_fields(wave, version=version, **values)


@transaction.atomic
def remove_wave(*, wave: Wave) -> None:
    """Remove a wave that no structure is in. Raises DomainError for another; one already gone is gone."""
    # Locked: a structure that joins it meanwhile waits, and then finds it gone.
    held = Wave.objects.select_for_update().filter(pk=wave.pk).first()
    if held is None:
        return
    if ESMS.objects.filter(wave=held).exists():
        raise DomainError("Des structures sont dans cette vague : changez-les de vague avant de la retirer.")
    held.delete()
