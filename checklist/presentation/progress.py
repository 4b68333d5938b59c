"""Progress in French: sentences, the stepper, the drawings."""

from dataclasses import replace

from checklist.enums import Status
from checklist.presentation.links import NO_FILTER, page_url
from checklist.selectors import Counts, Filters, Reading, StepProgress, step_progress
from common import french
from common.charts import Carpet, CarpetRow, Square
from common.ui import State, Step
from organisations.models import Project

# The five positions of the status switch.
CHOICES = tuple(State(item.value, item.label, item.tone, item.icon) for item in Status)


def done_sentence(counts: Counts) -> str:
    """« 14 actions sur 21 sont faites. »"""
    if not counts.applicable:
        return "Aucune action ne s’applique."
    if counts.applicable == 1:
        return "La seule action est faite." if counts.ok else "La seule action n’est pas faite."
    if not counts.ok:
        return f"Aucune des {counts.applicable} actions n’est faite."
    verb = french.agree(counts.ok, "est faite", "sont faites")
    return f"{french.plural(counts.ok, 'action', 'actions')} sur {counts.applicable} {verb}."


def trouble_sentence(counts: Counts) -> str:
    """« Douze sont en retard, dont six bloquées. », or nothing: an action that is both is told once."""
    sentence = trouble_in_words(counts)
    return f"{french.capital(sentence)}." if sentence else ""


def trouble_in_words(counts: Counts) -> str:
    ko, late, both = counts.ko, counts.late, counts.ko_late
    if ko and ko == late == both:
        return f"{_blocked(ko)} et en retard"
    if both and both == late:
        return f"{_blocked(ko)}, dont {in_words(both)} en retard"
    if both:
        rest = ko - both
        sentence = f"{_late(late)}, dont {in_words(both)} {french.agree(both, 'bloquée', 'bloquées')}"
        others = french.agree(rest, "autre est bloquée", "autres sont bloquées")
        return f"{sentence}{french.NBSP}; {in_words(rest)} {others}" if rest else sentence
    return " et ".join([*([_blocked(ko)] if ko else []), *([_late(late)] if late else [])])


def in_words(count: int) -> str:
    return french.in_words(count, feminine=True)


def some_actions(count: int) -> str:
    """« douze actions »."""
    return french.counted(count, "action", "actions", feminine=True)


def _blocked(count: int) -> str:
    return french.counted(count, "est bloquée", "sont bloquées", feminine=True)


def _late(count: int) -> str:
    return french.counted(count, "est en retard", "sont en retard", feminine=True)


def formula(counts: Counts, *, of: str = "Sur tout le projet") -> str:
    """The percentage and what it is of: « Sur tout le projet : 43 %, soit 43 actions faites sur 100 (…). »"""
    if counts.percent is None:
        return "Aucune action ne s’applique encore."
    done = french.plural(counts.ok, "action faite", "actions faites")
    return french.typography(
        f"{of} : {french.percent(round(counts.percent))}, soit {done} sur {counts.applicable} "
        f"({counts.na or 'aucune'} sans objet)."
    )


def steps(
    progress: list[StepProgress], project: Project, current: int | None, filters: Filters = NO_FILTER
) -> list[Step]:
    """The stepper; its links keep the other filters."""
    return [
        Step(
            number=step.number,
            title=french.typography(step.title),
            url=page_url(project, replace(filters, step=step.number)),
            total=step.counts.applicable,
            done=step.counts.ok,
            progress=step.counts.in_progress,
            blocked=step.counts.ko,
            current=step.number == current,
        )
        for step in progress
    ]


def carpet(reading: Reading, project: Project, title: str) -> Carpet:
    """One square an action, a row a step: the whole project at a glance."""
    progress = step_progress(reading)
    total = sum((step.counts for step in progress), Counts())
    return Carpet(
        title=title,
        sentence=f"{done_sentence(total)} {trouble_sentence(total)}".strip(),
        caption="Les actions par étape et par état",
        rows=[
            CarpetRow(
                label=f"{step.number}. {french.typography(step.title)}",
                squares=[
                    Square(line.action.state.tone, late=line.late)
                    for line in reading.lines
                    if line.action.group.step.number == step.number
                ],
                note=f"{step.counts.ok} sur {step.counts.applicable}",
                url=page_url(project, Filters(step=step.number)),
            )
            for step in progress
        ],
    )
