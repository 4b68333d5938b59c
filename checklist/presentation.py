"""The checklist in French: sentences, links and component parameters made of what the selectors found."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from checklist.enums import Actor, Letter, Status, View
from checklist.models import Action, ActionPerson
from checklist.selectors import (
    ActionDetail,
    ActionLine,
    ChecklistPage,
    Counts,
    Progress,
    RaciLine,
    Reading,
    StepProgress,
    step_progress,
)
from common import french
from common.charts import Bar, Bars, Carpet, CarpetRow, Part, Square
from common.history import Change
from common.history import Entry as HistoryEntry
from common.ui import Entry, Link, Role, State, Step
from organisations.models import Project, User

# The five positions of the status switch.
CHOICES = tuple(State(item.value, item.label, item.tone, item.icon) for item in Status)
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


# --- Progress -------------------------------------------------------------------------------------------------------


def done_sentence(counts: Counts) -> str:
    """« 14 actions sur 21 sont faites. »"""
    if not counts.applicable:
        return "Aucune action ne s’applique."
    if not counts.ok:
        return f"Aucune des {counts.applicable} actions n’est faite."
    verb = french.agree(counts.ok, "est faite", "sont faites")
    return f"{french.plural(counts.ok, 'action', 'actions')} sur {counts.applicable} {verb}."


def trouble_sentence(counts: Counts) -> str:
    """« Une est bloquée et deux sont en retard. », or nothing."""
    parts = []
    if counts.ko:
        blocked = french.agree(counts.ko, "est bloquée", "sont bloquées")
        parts.append(f"{french.in_words(counts.ko, feminine=True)} {blocked}")
    if counts.late:
        late = french.agree(counts.late, "est en retard", "sont en retard")
        parts.append(f"{french.in_words(counts.late, feminine=True)} {late}")
    sentence = " et ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def formula(counts: Counts) -> str:
    """The percentage with its formula: « 43 % = 43 OK ÷ (100 actions − 0 sans objet) »."""
    if counts.percent is None:
        return "Aucune action ne s’applique encore."
    return (
        f"Avancement : {french.percent(round(counts.percent))} = {counts.ok} OK ÷ "
        f"({french.plural(counts.total, 'action', 'actions')} − {counts.na} sans objet)."
    )


def steps(progress: list[StepProgress], project: Project, current: int | None) -> list[Step]:
    """The stepper."""
    page_url = reverse("checklist", args=[project.slug])
    return [
        Step(
            number=step.number,
            title=french.typography(step.title),
            url=f"{page_url}?etape={step.number}",
            total=step.counts.applicable,
            done=step.counts.ok,
            progress=step.counts.in_progress,
            blocked=step.counts.ko,
            current=step.number == current,
        )
        for step in progress
    ]


def steps_chart(progress: list[StepProgress]) -> Bars:
    """Progress by step, for a document."""
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
            )
            for step in progress
        ],
    )


def carpet(reading: Reading, project: Project, title: str) -> Carpet:
    """One square an action, a row a step: the whole project at a glance."""
    page_url = reverse("checklist", args=[project.slug])
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
                url=f"{page_url}?etape={step.number}",
            )
            for step in progress
        ],
    )


# --- The page -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PageView:
    title: str
    done: str
    trouble: str
    missing: str
    formula: str
    crumbs: list[Link]
    steps: list[Step]
    filters: list[Link]
    actor_choices: list[tuple[str, str]]
    choices: tuple[State, ...]
    url: str


def page(found: ChecklistPage, project: Project, query: QueryDict) -> PageView:
    """What the page of the checklist says."""
    return PageView(
        title=_title(found),
        done=done_sentence(found.shown),
        trouble=trouble_sentence(found.shown),
        missing=_missing(found),
        formula=formula(found.total),
        crumbs=[Link(project.short_name, reverse("project", args=[project.slug])), Link("Checklist")],
        steps=steps(found.steps, project, found.step.number if found.step else None),
        filters=_filters(found, project, query),
        actor_choices=[(item.value, item.label) for item in Actor],
        choices=CHOICES,
        url=reverse("checklist", args=[project.slug]),
    )


def _title(found: ChecklistPage) -> str:
    if found.step and not found.filters.narrowed:
        return f"Étape {found.step.number}. {french.typography(found.step.title)}"
    singular, plural = {
        View.ALL: ("action", "actions"),
        View.MINE: ("action où vous êtes Responsable ou Acteur", "actions où vous êtes Responsable ou Acteur"),
        View.LATE: ("action en retard", "actions en retard"),
        View.KO: ("action bloquée", "actions bloquées"),
    }[found.filters.view]
    shown = sum(len(group.lines) for group in found.groups)
    subject = french.plural(shown, singular, plural) if shown else f"Aucune {singular}"
    actor = f", {found.filters.actor.label}" if found.filters.actor else ""
    step = f", étape {found.step.number}" if found.step else ""
    return subject + actor + step


def _missing(found: ChecklistPage) -> str:
    """« Il manque deux Résultats : « … » et « … ». », for the step shown; beyond two, how many."""
    labels = [f"« {item.label} »" for item in found.missing_deliverables]
    if not labels or found.filters.narrowed:
        return ""
    named = f" : {' et '.join(labels)}" if len(labels) <= 2 else ""
    noun = french.agree(len(labels), "Résultat", "Résultats")
    return french.typography(f"Il manque {french.in_words(len(labels))} {noun}{named}.")


def _filters(found: ChecklistPage, project: Project, query: QueryDict) -> list[Link]:
    links = []
    for view, number in found.views:
        values = {"etape": found.step.number if found.step else None, "vue": view.value, "acteur": query.get("acteur")}
        parameters = urlencode({name: value for name, value in values.items() if value})
        links.append(
            Link(
                label=view.label,
                url=f"{reverse('checklist', args=[project.slug])}?{parameters}",
                current=view == found.filters.view,
                count=number,
                icon=VIEW_ICONS.get(view, ""),
            )
        )
    return links


def roles(lines: list[RaciLine]) -> list[Role]:
    """The chips of the raci component: who, and the people they stand for today."""
    return [
        Role(
            letter=line.letter.value,
            bodies=", ".join(
                [actor.label for actor, _ in line.actors] + [person.user.get_full_name() for person in line.people]
            ),
            people=french.typography(
                " ; ".join(f"{actor.label} : {_names(members)}" for actor, members in line.actors)
            ),
        )
        for line in lines
    ]


def _names(members: list[User]) -> str:
    return ", ".join(user.get_full_name() for user in members) or "personne aujourd’hui"


# --- One action -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PersonRow:
    """A line of « Personnes »: a body or a function with its members of the day, or a person named (`named`)."""

    name: str
    detail: str
    icon: str = ""
    named: ActionPerson | None = None


@dataclass(frozen=True)
class DetailView:
    title: str
    lede: str
    choices: tuple[State, ...]
    crumbs: list[Link]
    step_url: str
    people: list[PersonRow]
    comments: list[Entry]
    history: list[Entry]


def detail(found: ActionDetail, project: Project) -> DetailView:
    """What the panel, or the page, of one action says."""
    action = found.line.action
    step_url = f"{reverse('checklist', args=[project.slug])}?etape={action.group.step.number}#a{action.number}"
    history = [Entry(entry.at, entry.who, _what(entry)) for entry in found.history]
    return DetailView(
        title=french.typography(action.label),
        lede=_where_it_stands(found.line),
        choices=CHOICES,
        crumbs=[
            Link(project.short_name, reverse("project", args=[project.slug])),
            Link("Checklist", step_url),
            Link(f"Action {action.number}"),
        ],
        step_url=step_url,
        people=[row for line in found.line.raci for row in _people(line)],
        comments=[Entry(item.created_at, item.author.get_full_name(), item.text) for item in found.comments],
        history=[entry for entry in history if entry.what],
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


def _people(line: RaciLine) -> list[PersonRow]:
    named = [
        PersonRow(
            name=person.user.get_full_name(),
            detail=", ".join(filter(None, [line.letter.label, person.user.title])),
            named=person,
        )
        for person in line.people
    ]
    return named + [_actor_row(line.letter, actor, members) for actor, members in line.actors]


def _actor_row(letter: Letter, actor: Actor, members: list[User]) -> PersonRow:
    if len(members) == 1:
        return PersonRow(members[0].get_full_name(), f"{letter.label}, {actor.label}")
    return PersonRow(actor.label, french.typography(f"{letter.label} : {_names(members)}"), icon="people")


def _what(entry: HistoryEntry) -> str:
    return "" if entry.label == "insert" else " ; ".join(_change(change) for change in entry.changes)


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
    steps: list[Step]
    group: Counts
    choices: tuple[State, ...]


def tick(action: Action, progress: Progress, project: Project) -> TickView:
    """The parts of the page that a tap changes."""
    step = next(item for item in progress.steps if item.number == action.group.step.number)
    return TickView(
        done=done_sentence(step.counts),
        trouble=trouble_sentence(step.counts),
        formula=formula(progress.total),
        steps=steps(progress.steps, project, step.number),
        group=progress.groups[action.group.number],
        choices=CHOICES,
    )
