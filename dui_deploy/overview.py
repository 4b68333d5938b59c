"""The overview of a project in words: where it stands for this reader, and what to open first."""

from dataclasses import dataclass

from django.urls import reverse

from checklist import presentation
from checklist.enums import Status
from checklist.selectors import Counts, Reading, step_progress
from common import french
from common.charts import Bar, Bars, Carpet, Part
from common.ui import Link
from indicators.presentation.campaigns import given_in_words
from indicators.selectors.campaigns import Counted as Collected
from organisations.models import Project


@dataclass(frozen=True)
class Overview:
    title: str
    context: str
    lede: str
    button: Link
    carpet: Carpet | None = None


def overview(project: Project, reading: Reading | None, *, reads_all: bool) -> Overview:
    """What the page says first. ``reading``: the actions that the person may read; None who reads no checklist."""
    name, phase = french.typography(project.name), project.get_phase_display()
    summary = french.typography(project.summary)
    if reading is None:
        return Overview(
            title=name,
            context=f"{project.get_kind_display()}, phase « {phase} »",
            lede="Vous lisez la fiche du projet et la liste des structures.",
            button=Link("Ouvrir les structures", reverse("structures", args=[project.slug])),
        )
    counts = sum((step.counts for step in step_progress(reading)), Counts())
    late = sum(line.late and line.action.status != Status.KO for line in reading.lines)
    checklist = reverse("checklist", args=[project.slug])
    return Overview(
        title=_progress(counts) if reads_all else _own_progress(counts, late),
        context=french.typography(f"{name}, {project.get_kind_display()}, phase « {phase} »"),
        lede=summary,
        button=Link("Ouvrir la checklist" if reads_all else "Ouvrir mes actions", checklist),
        carpet=presentation.carpet(reading, project, "Les actions de la checklist" if reads_all else "Vos actions"),
    )


def _progress(counts: Counts) -> str:
    """« 43 actions sur 100 sont faites, douze sont en retard »."""
    done = presentation.done_sentence(counts).rstrip(".")
    if not counts.late:
        return done
    late = french.agree(counts.late, "est en retard", "sont en retard")
    return f"{done}, {french.in_words(counts.late, feminine=True)} {late}"


def _own_progress(counts: Counts, late: int) -> str:
    """« Vos 5 actions : 3 sont faites, 1 est bloquée »; ``late``: late without being blocked."""
    if not counts.applicable:
        return "Aucune action n’est à votre charge"
    states = (
        (counts.ok, "est faite", "sont faites"),
        (counts.ko, "est bloquée", "sont bloquées"),
        (late, "est en retard", "sont en retard"),
    )
    if counts.applicable == 1:
        said = next((singular for number, singular, _ in reversed(states) if number), "est à faire")
        return f"Votre action {said}"
    parts = [french.plural(number, singular, plural) for number, singular, plural in states if number]
    if not counts.ok:
        parts.insert(0, "aucune n’est encore faite")
    return french.typography(f"Vos {french.number(counts.applicable)} actions : {', '.join(parts)}")


def given_figures(found: Collected, project: Project) -> Bars:
    """« Cinq relevés sur sept sont rendus »: what came of the last campaign of indicators."""
    campaign, counts = found.campaign, found.reporting
    day = french.long_date(campaign.due_on)
    return Bars(
        title=french.typography(french.capital(given_in_words(counts))),
        context=french.typography(f"Indicateurs {campaign.period.genitive}, à rendre le {day}"),
        sentence="Seules les structures interrogées sont comptées.",
        row_label="Période",
        total_label="Attendus",
        parts=[Part("Rendus à temps", "ok", "s-ok"), Part("Rendus en retard", "late", "s-watch")],
        bars=[
            Bar(
                label=french.capital(campaign.period.label),
                values=[counts.on_time, counts.late],
                total=counts.expected,
                note=f"{french.number(counts.received)} sur {french.number(counts.expected)}",
                url=reverse("indicators", args=[project.slug]),
            )
        ],
    )
