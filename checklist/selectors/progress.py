"""Progress: how many actions stand where, by step and by group."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils import timezone

from checklist.enums import Status
from checklist.models import Action, Deliverable, Group
from checklist.models.actions import is_due_soon, is_late
from organisations.models import Project


@dataclass(frozen=True)
class Counts:
    """How many actions stand where. `late` and `soon` count among the open ones, `ko_late` those both KO and late."""

    todo: int = 0
    in_progress: int = 0
    ok: int = 0
    ko: int = 0
    na: int = 0
    late: int = 0
    soon: int = 0
    ko_late: int = 0

    @property
    def total(self) -> int:
        return self.todo + self.in_progress + self.ok + self.ko + self.na

    @property
    def applicable(self) -> int:
        """All but those « sans objet »: what the percentage is of."""
        return self.total - self.na

    @property
    def all_done(self) -> bool:
        """All OK or « sans objet »."""
        return self.ok + self.na == self.total

    @property
    def percent(self) -> float | None:
        """100 × OK ÷ (all − sans objet); None when nothing applies."""
        return 100 * self.ok / self.applicable if self.applicable else None

    def __add__(self, other: "Counts") -> "Counts":
        names = ("todo", "in_progress", "ok", "ko", "na", "late", "soon", "ko_late")
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class StepProgress:
    number: int
    title: str
    counts: Counts


@dataclass(frozen=True)
class Progress:
    """The progress of a checklist: by step, by group number, and in all."""

    steps: list[StepProgress]
    groups: dict[str, Counts]

    @property
    def total(self) -> Counts:
        return sum((step.counts for step in self.steps), Counts())


def progress(project: Project) -> Progress:
    """Progress by step and by group, for who may read the whole checklist. One query."""
    today = timezone.localdate()
    late = Count("pk", filter=is_late(today))
    soon = Count("pk", filter=is_due_soon(today))
    rows = (
        Action.objects.current()
        .filter(project=project)
        .values_list("group__step__number", "group__step__title", "group__number", "status")
        .annotate(count=Count("pk"), late=late, soon=soon)
        .order_by("group__step__number", "group__position")
    )
    steps: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for number, title, group, status, count, late_count, soon_count in rows:
        ko_late = late_count if status == Status.KO else 0
        part = {status: count, "late": late_count, "soon": soon_count, "ko_late": ko_late}
        steps[number, title].update(part)
        groups[group].update(part)
    return Progress(
        [StepProgress(number, title, Counts(**figures)) for (number, title), figures in steps.items()],
        {group: Counts(**figures) for group, figures in groups.items()},
    )


def is_complete(group: Group, counts: Counts) -> bool:
    """Whether nothing is left to do or to deposit in a group; `counts`: of its actions. At most one query."""
    return counts.all_done and not Deliverable.objects.filter(group=group, deposits=None).exists()


def count(actions: Iterable[Action], today: date) -> Counts:
    numbers: dict[str, int] = defaultdict(int)
    for action in actions:
        numbers[action.status] += 1
        late = action.days_late(today) > 0
        numbers["late"] += late
        numbers["soon"] += action.due_soon(today)
        numbers["ko_late"] += late and action.status == Status.KO
    return Counts(**numbers)
