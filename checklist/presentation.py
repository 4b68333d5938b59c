"""The checklist in French: sentences, links and component parameters made of what the selectors found."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from checklist.enums import Actor, Letter, Status, View
from checklist.models import Action, ActionPerson
from checklist.selectors import (
    ActionDetail,
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
OF_ACTORS = {
    Actor.COSTRAT: "du COSTRAT",
    Actor.COMOP: "du COMOP",
    Actor.PROJECT_LEAD: "du chef de projet",
    Actor.OG_DIRECTORS: "des OG / Directeurs",
    Actor.BUSINESS_REFERENTS: "des référents métiers",
    Actor.USER_REFERENTS: "des référents utilisateurs",
    Actor.PURCHASING: "de la cellule achat",
    Actor.VENDOR: "de l’éditeur",
    Actor.DPO: "du DPD",
}
VIEW_ICONS = {View.LATE: "clock", View.KO: "s-ko"}
FIELD_NAMES = {
    "due_on": "échéance",
    "note": "note",
    "not_applicable_reason": "motif du « sans objet »",
    "ko_blocker": "ce qui bloque",
    "ko_unblock": "ce qui la débloquerait",
    "ko_owner_id": "qui peut la débloquer",
    "ko_review_on": "nouvelle date d’examen",
}


# --- Progress -------------------------------------------------------------------------------------------------------


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
    sentence = _trouble(counts)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _trouble(counts: Counts) -> str:
    ko, late, both = counts.ko, counts.late, counts.ko_late
    if ko and ko == late == both:
        return f"{_blocked(ko)} et en retard"
    if both and both == late:
        return f"{_blocked(ko)}, dont {_in_words(both)} en retard"
    if both:
        rest = ko - both
        sentence = f"{_late(late)}, dont {_in_words(both)} {french.agree(both, 'bloquée', 'bloquées')}"
        others = french.agree(rest, "autre est bloquée", "autres sont bloquées")
        return f"{sentence}{french.NBSP}; {_in_words(rest)} {others}" if rest else sentence
    return " et ".join([*([_blocked(ko)] if ko else []), *([_late(late)] if late else [])])


def _in_words(count: int) -> str:
    return french.in_words(count, feminine=True)


def _blocked(count: int) -> str:
    return f"{_in_words(count)} {french.agree(count, 'est bloquée', 'sont bloquées')}"


def _late(count: int) -> str:
    return f"{_in_words(count)} {french.agree(count, 'est', 'sont')} en retard"


def formula(counts: Counts, *, of: str = "Sur tout le projet") -> str:
    """The percentage and what it is of: « Sur tout le projet : 43 %, soit 43 actions faites sur 100 (…). »"""
    if counts.percent is None:
        return "Aucune action ne s’applique encore."
    done = french.plural(counts.ok, "action faite", "actions faites")
    return french.typography(
        f"{of} : {french.percent(round(counts.percent))}, soit {done} sur {counts.applicable} "
        f"({counts.na or 'aucune'} sans objet)."
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
    locked: str
    formula: str
    crumbs: list[Link]
    steps: list[Step]
    filters: list[Link]
    actor_choices: list[tuple[str, str]]
    choices: tuple[State, ...]
    letters: list[Role]
    url: str


def page(found: ChecklistPage, project: Project, query: QueryDict) -> PageView:
    """What the page of the checklist says."""
    narrowed = found.filters.narrowed
    return PageView(
        title=_title(found),
        done=_filtered(found) if narrowed else done_sentence(found.shown),
        trouble="" if narrowed else trouble_sentence(found.shown),
        missing=_missing(found),
        locked=_locked(found),
        formula=formula(found.total, of="Sur tout le projet" if found.rights.reads_all else "Sur vos actions"),
        crumbs=[Link(project.short_name, reverse("project", args=[project.slug])), Link("Checklist")],
        steps=steps(found.steps, project, found.step.number if found.step else None),
        filters=_filters(found, project, query),
        actor_choices=[(item.value, item.label) for item in Actor],
        choices=CHOICES,
        letters=[Role(letter.value, letter.label) for letter in Letter],
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
    actor = _of(found.filters.actor, apart=found.filters.view == View.MINE)
    step = f", étape {found.step.number}" if found.step else ""
    return subject + actor + step


def _of(actor: Actor | None, *, apart: bool = False) -> str:
    """« … du DPD », or « …, DPD » after a clause of its own."""
    if actor is None:
        return ""
    return f", {actor.label}" if apart else f" {OF_ACTORS[actor]}"


def _filtered(found: ChecklistPage) -> str:
    """The lines that a filter leaves: « Aucune des 3 actions du DPD n’est faite ; une est en retard. »"""
    counts = sum((group.counts for group in found.groups), Counts())
    if not counts.total:
        return ""
    if found.filters.view == View.KO:
        return f"{_too(counts.ko_late)} en retard."
    if found.filters.view == View.LATE:
        return f"{_too(counts.ko_late)} {french.agree(counts.ko_late, 'bloquée', 'bloquées')}."
    trouble = _trouble(counts)
    return _done_of(found, counts) + (f"{french.NBSP}; {trouble}." if trouble else ".")


def _too(count: int) -> str:
    """« Aucune n’est », « Une est aussi », « Six sont aussi »."""
    if not count:
        return "Aucune n’est"
    return f"{_in_words(count).capitalize()} {french.agree(count, 'est', 'sont')} aussi"


def _done_of(found: ChecklistPage, counts: Counts) -> str:
    mine = found.filters.view == View.MINE
    of = "" if mine else _of(found.filters.actor)
    if not counts.applicable:
        return "Vos actions sont toutes sans objet" if mine else f"Les actions{of} sont toutes sans objet"
    if counts.applicable == 1:
        return ("Votre action " if mine else f"L’action{of} ") + ("est faite" if counts.ok else "n’est pas faite")
    whole = f"{'vos' if mine else 'les'} {counts.applicable} actions{of}"
    if counts.ok == counts.applicable:
        return f"{whole[0].upper() + whole[1:]} sont faites"
    part = f"de {whole}" if mine else f"des {whole.removeprefix('les ')}"
    if not counts.ok:
        return f"Aucune {part} n’est faite"
    return f"{counts.ok} {part} {french.agree(counts.ok, 'est faite', 'sont faites')}"


def _locked(found: ChecklistPage) -> str:
    """Why switches are shown without being offered; nothing when all of them are offered."""
    if all(line.may_change for group in found.groups for line in group.lines):
        return ""
    if found.rights.changes_own:
        return french.typography(
            "Vous changez l’état des actions où vous êtes Responsable ou Acteur ; les autres se lisent."
        )
    return "Vous lisez cette checklist sans la modifier."


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
    page_url = reverse("checklist", args=[project.slug])
    for view, number in found.views:
        values = {"etape": found.step.number if found.step else None, "vue": view.value, "acteur": query.get("acteur")}
        parameters = urlencode({name: value for name, value in values.items() if value})
        links.append(
            Link(
                label="Toute l’étape" if view == View.ALL and found.step else view.label,
                url=f"{page_url}?{parameters}",
                current=view == found.filters.view,
                count=number,
                icon=VIEW_ICONS.get(view, ""),
                count_id=f"compte-{view.value}" if view in VIEW_ICONS and not found.filters.narrowed else "",
            )
        )
    if found.step:
        everywhere = {"vue": View.MINE.value, **({"acteur": query["acteur"]} if query.get("acteur") else {})}
        links.append(Link(label="Mes actions, toutes étapes", url=f"{page_url}?{urlencode(everywhere)}"))
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
    locked: str


def detail(found: ActionDetail, project: Project, *, comments: bool) -> DetailView:
    """What the panel, or the page, of one action says."""
    action = found.line.action
    step_url = f"{reverse('checklist', args=[project.slug])}?etape={action.group.step.number}#a{action.number}"
    return DetailView(
        title=french.typography(action.label),
        lede=_where_it_stands(action, found.line.days_late),
        choices=CHOICES,
        crumbs=[
            Link(project.short_name, reverse("project", args=[project.slug])),
            Link("Checklist", step_url),
            Link(f"Action {action.number}"),
        ],
        step_url=step_url,
        people=[row for line in found.line.raci for row in _people(line)],
        comments=[Entry(item.created_at, item.author.get_full_name(), item.text) for item in found.comments],
        history=history(found.history),
        locked=_locked_one(comments=comments) if found.line.locked else "",
    )


def _locked_one(*, comments: bool) -> str:
    return "L’état est tenu par le chef de projet." + (" Écrivez-lui dans les échanges." if comments else "")


def history(entries: list[HistoryEntry]) -> list[Entry]:
    """The changes of an action, in words."""
    lines = [Entry(entry.at, entry.who, _what(entry)) for entry in entries]
    return [line for line in lines if line.what]


def _where_it_stands(action: Action, days_late: int) -> str:
    """« KO, en retard de 143 jours. », « OK, faite le 22 avril 2025. », « En cours, pour le 18 décembre 2026. »"""
    parts = [action.get_status_display()]
    if days_late > 0:
        parts.append(f"en retard de {french.plural(days_late, 'jour', 'jours')}")
    elif action.done_on:
        parts.append(f"faite le {french.long_date(action.done_on)}")
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
    lede: str
    history: list[Entry]
    done: str
    trouble: str
    formula: str
    steps: list[Step]
    step: Counts
    group: Counts
    choices: tuple[State, ...]


def tick(action: Action, days_late: int, changes: list[HistoryEntry], progress: Progress, project: Project) -> TickView:
    """The parts of the page that a tap changes."""
    step = next(item for item in progress.steps if item.number == action.group.step.number)
    return TickView(
        lede=_where_it_stands(action, days_late),
        history=history(changes),
        done=done_sentence(step.counts),
        trouble=trouble_sentence(step.counts),
        formula=formula(progress.total),
        steps=steps(progress.steps, project, step.number),
        step=step.counts,
        group=progress.groups[action.group.number],
        choices=CHOICES,
    )
