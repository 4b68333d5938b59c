"""The waves of a project, in words and in fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from common import french, history
from common.ui import Entry, Link
from organisations.forms import WaveForm
from organisations.models import Project, Wave
from organisations.presentation.sheets import SavedField, saved_fields, wave_sheet, what
from organisations.presentation.words import crumbs


@dataclass(frozen=True)
class WaveBox:
    """`remove_url` is empty for a wave that structures are in; `held` then says which hold it."""

    id: UUID
    name: str
    held: str
    fields: list[SavedField]
    remove_url: str


@dataclass(frozen=True)
class WavesView:
    title: str
    crumbs: list[Link]
    boxes: list[WaveBox]
    settings_url: str
    history: list[Entry]


def waves(project: Project, found: Sequence[Wave]) -> WavesView:
    """`found`: from `selectors.waves_of`, which counts their structures."""
    settings_url = reverse("project_settings", args=[project.slug])
    return WavesView(
        title=waves_title(found),
        crumbs=crumbs(project, ("Réglages", settings_url), ("Vagues", "")),
        boxes=[_box(wave, project) for wave in found],
        settings_url=settings_url,
        history=_history(found),
    )


def waves_title(found: Sequence[Wave]) -> str:
    """« Trois vagues ; une n’a pas encore ses dates »."""
    if not found:
        return "Aucune vague n’est encore définie"
    count = french.capital(french.counted(len(found), "vague", "vagues", feminine=True))
    missing = sum(1 for wave in found if not (wave.planned_start and wave.planned_end))
    if not missing:
        return f"{count}, avec leurs dates" if len(found) > 1 else f"{count}, avec ses dates"
    lacks = french.agree(missing, "n’a pas encore ses dates", "n’ont pas encore leurs dates")
    return french.typography(f"{count} ; {french.in_words(missing, feminine=True)} {lacks}")


def _box(wave: Wave, project: Project) -> WaveBox:
    count: int = wave.count  # type: ignore[attr-defined]
    held = french.counted(count, "structure en fait partie", "structures en font partie", feminine=True)
    return WaveBox(
        id=wave.pk,
        name=french.typography(wave.name),
        held=french.capital(held) if count else "Aucune structure n’en fait encore partie",
        fields=saved_fields(wave_sheet(wave.pk), wave, project),
        remove_url="" if count else reverse("wave_remove", args=[project.slug, wave.pk]),
    )


def _history(found: Sequence[Wave]) -> list[Entry]:
    entries = history.entries_by_row(list(found), WaveForm.names())
    lines = [
        Entry(entry.at, entry.who, f"{french.typography(wave.name)}. {french.capital(_what(entry))}")
        for wave in found
        for entry in entries[wave.pk]
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _what(entry: history.Entry) -> str:
    return "vague ajoutée" if entry.label == "insert" else what(Wave, entry)


def dates_of(wave: Wave) -> str:
    """« Du 2 novembre 2026 au 26 février 2027 », « Dates à fixer »."""
    start, end = wave.planned_start, wave.planned_end
    if start and end:
        return f"Du {french.long_date(start)} au {french.long_date(end)}"
    if start:
        return f"À partir du {french.long_date(start)}, fin à fixer"
    return f"Fin prévue le {french.long_date(end)}, ouverture à fixer" if end else "Dates à fixer"
