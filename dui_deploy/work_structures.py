"""What structures ask of one person on « Mon travail »: what their tools ask by a day, lines to validate, reminders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from common import french
from dui_deploy.work_tasks import Task, when, when_detail
from organisations.models import ESMS, Project
from structures.asks import Ask
from structures.models import Reminder
from structures.pathway import Standing
from structures.selectors.waiting import Waiting


@dataclass(frozen=True)
class Asked:
    """What a tool asks by a day, as « Mon travail » sorts it with actions."""

    ask: Ask

    @property
    def due_on(self) -> date | None:
        return self.ask.due_on

    @property
    def label(self) -> str:
        return french.typography(self.ask.title)

    @property
    def project(self) -> Project:
        return self.ask.esms.project

    def days_late(self, today: date) -> int:
        return max((today - self.ask.due_on).days, 0) if self.ask.due_on else 0


@dataclass(frozen=True)
class Structural:
    """What the structures of one person hold for them."""

    dated: Sequence[Asked] = field(default_factory=list)
    undated: Sequence[Ask] = field(default_factory=list)
    to_validate: Sequence[tuple[ESMS, Standing]] = field(default_factory=list)
    late: Sequence[tuple[ESMS, int]] = field(default_factory=list)
    reminders: Sequence[tuple[ESMS, Reminder]] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return bool(self.undated or self.to_validate or self.late or self.reminders)

    @property
    def project_ids(self) -> set[object]:
        found: set[object] = {item.ask.esms.project_id for item in self.dated}
        found |= {ask.esms.project_id for ask in self.undated}
        return found | {esms.project_id for esms, _ in (*self.to_validate, *self.late, *self.reminders)}


def structural(found: Waiting) -> Structural:
    return Structural(
        dated=[Asked(ask) for ask in found.asks if ask.due_on],
        undated=[ask for ask in found.asks if ask.due_on is None],
        to_validate=found.to_validate,
        late=found.late,
        reminders=found.reminders,
    )


def awaited(found: Structural) -> list[str]:
    """« deux étapes attendent votre validation », for the title."""
    if count := len(found.to_validate):
        return [
            french.counted(count, "étape attend votre validation", "étapes attendent votre validation", feminine=True)
        ]
    return []


# A section: its title, its note, its tone, its lines.
Given = tuple[str, str, str, list[Task]]


def first_sections(found: Structural, several: bool) -> list[Given]:
    """What comes before the week: somebody waits."""
    return [
        (
            french.agree(len(found.reminders), "Relance", "Relances"),
            "de la part du chef de projet",
            "late",
            [of_reminder(esms, row, several) for esms, row in found.reminders],
        ),
        (
            french.agree(len(found.to_validate), "Étape à valider", "Étapes à valider"),
            french.agree(len(found.to_validate), "soumise par un référent", "soumises par des référents"),
            "",
            [of_validation(esms, item, several) for esms, item in found.to_validate],
        ),
    ]


def last_sections(found: Structural, several: bool) -> list[Given]:
    """What has no day."""
    tasks = [
        *(of_late(esms, count, several) for esms, count in found.late),
        *(of_undated(ask, several) for ask in found.undated),
    ]
    return [("Dans vos structures", "sans date fixée", "", tasks)]


def of_asked(item: Asked, today: date, several: bool) -> Task:
    """What a tool asks by a day."""
    days = item.days_late(today)
    return Task(
        url=item.ask.url,
        icon=item.ask.icon,
        title=item.label,
        tone="late" if days else "progress",
        detail=_details(item.ask.esms, several, item.ask.detail),
        when=when(item.due_on, days),
        when_detail=when_detail(item.due_on, days, "due"),
    )


def of_undated(ask: Ask, several: bool) -> Task:
    return Task(
        url=ask.url,
        icon=ask.icon,
        title=french.typography(ask.title),
        tone="progress",
        detail=_details(ask.esms, several, ask.detail),
        when="",
        when_detail="",
    )


def of_reminder(esms: ESMS, row: Reminder, several: bool) -> Task:
    """The project lead reminds a structure."""
    said = f"« {row.message} »" if row.message else ""
    return Task(
        url=_url("structure", esms),
        icon="bell",
        title=french.typography(f"{row.asked_by.get_full_name()} relance {esms.name}"),
        tone="late",
        detail=_details(esms, several, row.about.rstrip("."), said, named=False),
        when=french.relative(row.asked_at).capitalize(),
        when_detail="",
    )


def of_validation(esms: ESMS, item: Standing, several: bool) -> Task:
    """A line that a referent submitted."""
    line = item.line
    by = f"soumise par {line.submitted_by.get_full_name()}" if line and line.submitted_by else ""
    return Task(
        url=_url("pathway_line", esms, item.action.slug),
        icon="check",
        title=item.action.title,
        tone="accent",
        detail=_details(esms, several, by),
        when=french.relative(line.submitted_at).capitalize() if line and line.submitted_at else "",
        when_detail="",
    )


def of_late(esms: ESMS, count: int, several: bool) -> Task:
    """The lines of a phase already passed, in one line."""
    words = french.counted(count, "étape", "étapes", feminine=True)
    return Task(
        url=f"{_url('pathway', esms)}?vue=en-retard",
        icon="list",
        title=f"Finir {words} d’une phase déjà passée",
        tone="late",
        detail=_details(esms, several),
        when="",
        when_detail="",
    )


def _url(name: str, esms: ESMS, *more: str) -> str:
    return reverse(name, args=[esms.project.slug, esms.slug, *more])


def _details(esms: ESMS, several: bool, *parts: str, named: bool = True) -> str:
    first = [esms.project.short_name] if several else []
    if named:
        first.append(esms.name)
    return french.typography(" · ".join([*first, *filter(None, parts)]))
