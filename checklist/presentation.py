"""The checklist in French: sentences, links and component parameters made of what the selectors found."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from checklist.enums import Actor, Letter, Status, View
from checklist.models import Action
from checklist.selectors import ActionDetail, ActionLine, ChecklistPage, Counts, Progress, Reading, RaciLine, StepProgress, step_progress
from common import french
from common.charts import Bar, Bars, Carpet, CarpetRow, Part, Square, segments
from common.history import Change, Entry
from organisations.models import Project, User

VIEW_ICONS = {View.LATE: "clock", View.KO: "s-ko"}
FIELD_NAMES = {
    "due_on": "échéance",
    "note": "note",
    "not_applicable_reason": "motif du « sans objet »",
    "ko_blocker": "ce qui bloque",
    "ko_unblock": "ce qui la débloquerait",
    "ko_owner_id": "qui le peut",
    "ko_review_on": "nouvelle date d’examen",
}


def choices() -> list[dict[str, str]]:
    """The five positions of the status switch."""
    return [{"value": item.value, "label": item.label, "icon": item.icon, "tone": item.tone} for item in Status]


def done_sentence(counts: Counts) -> str:
    """« 14 actions sur 21 sont faites. »"""
    if not counts.ok:
        return f"Aucune des {counts.applicable} actions n’est faite." if counts.applicable else "Aucune action ne s’applique."
    verb = french.agree(counts.ok, "est faite", "sont faites")
    return f"{french.plural(counts.ok, 'action', 'actions')} sur {counts.applicable} {verb}."


def trouble_sentence(counts: Counts) -> str:
    """« Une est bloquée et deux sont en retard. », or nothing."""
    parts = []
    if counts.ko:
        parts.append(f"{french.in_words(counts.ko, feminine=True)} {french.agree(counts.ko, 'est bloquée', 'sont bloquées')}")
    if counts.late:
        parts.append(f"{french.in_words(counts.late, feminine=True)} {french.agree(counts.late, 'est', 'sont')} en retard")
    sentence = " et ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def bar(counts: Counts) -> list[Any]:
    """The segments of a progress bar."""
    return segments(*counts.segments, total=counts.applicable)


def steps_chart(progress: list[StepProgress], url: str = "") -> Bars:
    """Progress by step, for a page or a document. `url`: the page whose steps the labels open."""
    total = sum((step.counts for step in progress), Counts())
    return Bars(
        title="Avancement par étape",
        description=f"{done_sentence(total)} {trouble_sentence(total)}".strip(),
        caption="Actions par étape et par état ; le reste est à faire, « sans objet » exclues",
        parts=[Part(item.label, item.tone, item.icon) for item in (Status.OK, Status.IN_PROGRESS, Status.KO)],
        bars=[
            Bar(
                label=f"{step.number}. {french.typography(step.title)}",
                values=[step.counts.ok, step.counts.in_progress, step.counts.ko],
                total=step.counts.applicable,
                note=f"{step.counts.ok} sur {step.counts.applicable}",
                url=f"{url}?etape={step.number}" if url else "",
            )
            for step in progress
        ],
    )


def carpet(reading: Reading, project: Project, title: str) -> Carpet:
    """One square an action, a row a step: the whole project at a glance."""
    page = reverse("checklist", args=[project.slug])
    rows = []
    for step in step_progress(reading):
        lines = [line for line in reading.lines if line.action.group.step.number == step.number]
        rows.append(
            CarpetRow(
                label=f"{step.number}. {french.typography(step.title)}",
                squares=[Square(line.action.state.tone, late=line.late) for line in lines],
                note=f"{step.counts.ok} sur {step.counts.applicable}",
                url=f"{page}?etape={step.number}",
            )
        )
    counts = sum((step.counts for step in step_progress(reading)), Counts())
    return Carpet(
        title=title,
        sentence=f"{done_sentence(counts)} {trouble_sentence(counts)}".strip(),
        caption="Les actions par étape et par état",
        rows=rows,
    )


def steps(progress: list[StepProgress], project: Project, current: int | None) -> list[dict[str, Any]]:
    """The stepper's parameters."""
    page = reverse("checklist", args=[project.slug])
    return [
        {
            "number": step.number,
            "title": french.typography(step.title),
            "url": f"{page}?etape={step.number}",
            "done": step.counts.ok,
            "total": step.counts.applicable,
            "segments": bar(step.counts),
            "current": step.number == current,
        }
        for step in progress
    ]


@dataclass(frozen=True)
class PageView:
    title: str
    done: str
    trouble: str
    missing: str
    formula: str
    crumbs: list[dict[str, str]]
    steps: list[dict[str, Any]]
    filters: list[dict[str, Any]]
    actor_choices: list[tuple[str, str]]
    choices: list[dict[str, str]]
    action_base: str


def page(found: ChecklistPage, project: Project, query: QueryDict) -> PageView:
    filters = found.filters
    return PageView(
        title=_title(found),
        done=done_sentence(found.shown),
        trouble=trouble_sentence(found.shown),
        missing=_missing(found),
        formula=formula(found.total),
        crumbs=[{"label": project.short_name, "url": reverse("project", args=[project.slug])}, {"label": "Checklist", "url": ""}],
        steps=steps(found.steps, project, found.step.number if found.step else None),
        filters=_filters(found, project, query),
        actor_choices=[(item.value, item.label) for item in Actor],
        choices=choices(),
        action_base=reverse("checklist", args=[project.slug]),
    )


def formula(counts: Counts) -> str:
    """The percentage with its formula: « 43 % = 43 OK ÷ (100 actions − 0 sans objet) »."""
    if counts.percent is None:
        return "Aucune action ne s’applique encore."
    return (
        f"Avancement : {french.percent(round(counts.percent))} = {counts.ok} OK ÷ "
        f"({french.plural(counts.total, 'action', 'actions')} − {counts.na} sans objet)."
    )


def _title(found: ChecklistPage) -> str:
    if found.step and not found.filters.narrowed:
        return f"Étape {found.step.number}. {french.typography(found.step.title)}"
    shown = sum(len(group.lines) for group in found.groups)
    subject = {
        View.ALL: french.plural(shown, "action", "actions"),
        View.MINE: french.plural(shown, "action où vous êtes Responsable ou Acteur", "actions où vous êtes Responsable ou Acteur"),
        View.LATE: french.plural(shown, "action en retard", "actions en retard"),
        View.KO: french.plural(shown, "action bloquée", "actions bloquées"),
    }[found.filters.view]
    actor = f" de {found.filters.actor.label}" if found.filters.actor else ""
    step = f", étape {found.step.number}" if found.step else ""
    return (subject + actor + step).replace("0 action", "Aucune action")


def _missing(found: ChecklistPage) -> str:
    """« Il manque deux Résultats : « … » et « … ». », for the step shown; beyond two, how many."""
    labels = [f"« {item.label} »" for item in found.missing_deliverables]
    if not labels or found.filters.narrowed:
        return ""
    named = f" : {' et '.join(labels)}" if len(labels) <= 2 else ""
    noun = french.agree(len(labels), "Résultat", "Résultats")
    return french.typography(f"Il manque {french.in_words(len(labels))} {noun}{named}.")


def _filters(found: ChecklistPage, project: Project, query: QueryDict) -> list[dict[str, Any]]:
    items = []
    for view, count in found.views:
        values = {"etape": found.step.number if found.step else None, "vue": view.value, "acteur": query.get("acteur")}
        parameters = {name: value for name, value in values.items() if value}
        items.append(
            {
                "label": view.label,
                "icon": VIEW_ICONS.get(view),
                "count": count,
                "url": f"{reverse('checklist', args=[project.slug])}?{urlencode(parameters)}",
                "current": view == found.filters.view,
            }
        )
    return items


def raci(lines: list[RaciLine]) -> list[dict[str, str]]:
    """The chips of the raci component: who, and in the tooltip the people they stand for today."""
    return [
        {
            "letter": line.letter.value,
            "word": line.letter.label,
            "bodies": ", ".join(
                [actor.label for actor, _ in line.actors] + [person.user.get_full_name() for person in line.people]
            ),
            "people": _people_today(line),
        }
        for line in lines
    ]


def _people_today(line: RaciLine) -> str:
    """« COMOP : Fanny Delorgerie, Thierry Cazalbou », a body a part."""
    parts = []
    for actor, members in line.actors:
        names = ", ".join(user.get_full_name() for user in members) or "personne aujourd’hui"
        parts.append(french.typography(f"{actor.label} : {names}"))
    return " ; ".join(parts)


# --- One action -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DetailView:
    title: str
    lede: str
    choices: list[dict[str, str]]
    crumbs: list[dict[str, str]]
    page_url: str
    step_url: str
    raci: list[dict[str, str]]
    people: list[dict[str, Any]]
    comments: list[dict[str, Any]]
    history: list[dict[str, Any]]


def detail(found: ActionDetail, project: Project) -> DetailView:
    action = found.line.action
    page_url = reverse("checklist", args=[project.slug])
    step_url = f"{page_url}?etape={action.group.step.number}#a{action.number}"
    return DetailView(
        title=french.typography(action.label),
        lede=_where_it_stands(found.line),
        choices=choices(),
        crumbs=[
            {"label": project.short_name, "url": reverse("project", args=[project.slug])},
            {"label": "Checklist", "url": step_url},
            {"label": f"Action {action.number}", "url": ""},
        ],
        page_url=page_url,
        step_url=step_url,
        raci=raci(found.line.raci),
        people=_people(found.line),
        comments=[{"who": item.author.get_full_name(), "at": item.created_at, "what": item.text} for item in found.comments],
        history=[{"at": entry.at, "who": entry.who, "what": _what(entry)} for entry in found.history if _what(entry)],
    )


def _where_it_stands(line: ActionLine) -> str:
    """« KO, en retard de 143 jours. », « OK, fait le 22 avril 2025. », « En cours, pour le 18 décembre 2026. »"""
    action = line.action
    parts = [action.get_status_display()]
    if line.late:
        parts.append(f"en retard de {french.plural(line.days_late, 'jour', 'jours')}")
    elif action.done_on:
        parts.append(f"fait le {french.long_date(action.done_on)}")
    elif action.due_on and action.status != Status.NOT_APPLICABLE:
        parts.append(f"pour le {french.long_date(action.due_on)}")
    return ", ".join(parts) + "."


def _people(line: ActionLine) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for letter_line in line.raci:
        for person in letter_line.people:
            rows.append(
                {
                    "name": person.user.get_full_name(),
                    "detail": f"{letter_line.letter.label}, {person.user.title}".rstrip(", "),
                    "icon": "",
                    "person": person,
                }
            )
        for actor, members in letter_line.actors:
            rows.append(_actor_row(letter_line.letter, actor, members))
    return rows


def _actor_row(letter: Letter, actor: Actor, members: list[User]) -> dict[str, Any]:
    names = ", ".join(user.get_full_name() for user in members) or "personne aujourd’hui"
    if len(members) == 1:
        return {"name": names, "detail": f"{letter.label}, {actor.label}", "icon": "", "person": None}
    return {"name": actor.label, "detail": french.typography(f"{letter.label} : {names}"), "icon": "people", "person": None}


def _what(entry: Entry) -> str:
    if entry.label == "insert":
        return ""
    return " ; ".join(_change(change) for change in entry.changes)


def _change(change: Change) -> str:
    if change.field == "status":
        return f"{Status(change.new).label} (était {Status(change.old).label})"
    name = FIELD_NAMES[change.field]
    if change.field.endswith("_on"):
        return french.typography(f"{name} : {french.long_date(change.new)}") if change.new else f"{name} retirée"
    if change.field == "ko_owner_id":
        return f"{name} modifié"
    return french.typography(f"{name} : « {change.new} »") if change.new else f"{name} effacé"


# --- One tap --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TickView:
    done: str
    trouble: str
    formula: str
    steps: list[dict[str, Any]]
    group: Counts
    choices: list[dict[str, str]]


def tick(action: Action, progress: Progress, project: Project) -> TickView:
    """The parts of the page that a tap changes."""
    step = next(item for item in progress.steps if item.number == action.group.step.number)
    return TickView(
        done=done_sentence(step.counts),
        trouble=trouble_sentence(step.counts),
        formula=formula(progress.total),
        steps=steps(progress.steps, project, step.number),
        group=progress.groups[action.group.number],
        choices=choices(),
    )
