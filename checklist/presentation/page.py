"""The page of the checklist in French."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from checklist.enums import Actor, Letter, View
from checklist.models import SavedView
from checklist.presentation.actors import OF_ACTORS, names
from checklist.presentation.layouts import layouts
from checklist.presentation.links import crumbs, page_url
from checklist.presentation.progress import (
    CHOICES,
    done_sentence,
    formula,
    in_words,
    steps,
    trouble_in_words,
    trouble_sentence,
)
from checklist.presentation.since import WEEK, Landmark, shortcuts, summary
from checklist.selectors import ChecklistPage, Counts, Filters, RaciLine
from common import french
from common.ui import Link, Role, State, Step
from organisations.models import Project

VIEW_ICONS = {View.LATE: "clock", View.SOON: "calendar", View.KO: "s-ko", View.TO_NAME: "user"}
FOLLOW_A_TAP = (View.LATE, View.SOON, View.KO)  # their counts change with a tap on the page of a step
HIDDEN_WHEN_EMPTY = (View.TO_NAME,)
SUBJECTS = {
    View.ALL: ("action", "actions"),
    View.MINE: ("action où vous êtes Responsable ou Acteur", "actions où vous êtes Responsable ou Acteur"),
    View.LATE: ("action en retard", "actions en retard"),
    View.SOON: ("action bientôt due", "actions bientôt dues"),
    View.KO: ("action bloquée", "actions bloquées"),
    View.TO_NAME: ("action sans Responsable", "actions sans Responsable"),
}


@dataclass(frozen=True)
class SavedLink:
    """A view that the reader kept."""

    id: UUID
    link: Link


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
    layouts: list[Link]
    filters: list[Link]
    wide: Link | None
    saved: list[SavedLink]
    since: list[Link]
    actor_choices: list[tuple[str, str]]
    choices: tuple[State, ...]
    letters: list[Role]
    url: str
    query: str
    changed_since: str
    today: str
    choosing: str
    may_choose: bool
    back: str

    @property
    def saved_links(self) -> list[Link]:
        return [item.link for item in self.saved]


def page(
    found: ChecklistPage,
    project: Project,
    today: date,
    *,
    saved: Sequence[tuple[SavedView, Filters]] = (),
    landmark: Landmark | None = None,
) -> PageView:
    """What the page of the checklist says. `landmark`: what the COSTRAT last did, and when."""
    narrowed = found.filters.narrowed
    asked = shown_filters(found)
    query = urlencode(asked.parameters())
    return PageView(
        title=_title(found),
        done=_filtered(found) if narrowed else done_sentence(found.shown),
        trouble="" if narrowed else trouble_sentence(found.shown),
        missing=_missing(found),
        locked=_locked(found),
        formula=formula(found.total, of="Sur tout le projet" if found.rights.reads_all else "Sur vos actions"),
        crumbs=crumbs(project, checklist=""),
        steps=steps(found.steps, project, asked.step, asked),
        layouts=layouts(project, QueryDict(query), "checklist"),
        filters=_filters(found, today, project),
        wide=_wide(asked, project),
        saved=[_saved(view, filters, asked, project) for view, filters in saved],
        since=_since(asked, today, landmark, project),
        actor_choices=[(item.value, item.label) for item in Actor],
        choices=CHOICES,
        letters=[Role(letter.value, letter.label) for letter in Letter],
        url=page_url(project),
        query=query,
        changed_since=asked.since.isoformat() if asked.since else "",
        today=today.isoformat(),
        choosing=f"{page_url(project)}?{urlencode({**asked.parameters(), 'choisir': 'oui'})}",
        may_choose=any(line.may_change for group in found.groups for line in group.lines),
        back=page_url(project, asked),
    )


def shown_filters(found: ChecklistPage) -> Filters:
    """The filters as the page answers them: with the step that it opened by itself."""
    return replace(found.filters, step=found.step.number if found.step else None)


def _title(found: ChecklistPage) -> str:
    if found.step and not found.filters.narrowed:
        return f"Étape {found.step.number}. {french.typography(found.step.title)}"
    if not found.rights.reads_all and not found.filters.narrowed and found.shown.total:
        return "Votre action" if found.shown.total == 1 else f"Vos {found.shown.total} actions"
    singular, plural = SUBJECTS[found.filters.view]
    shown = sum(len(group.lines) for group in found.groups)
    subject = french.plural(shown, singular, plural) if shown else f"Aucune {singular}"
    actor = _of(found.filters.actor, apart=found.filters.view == View.MINE)
    step = f", étape {found.step.number}" if found.step else ""
    return subject + actor + _changed(found, shown) + step


def _changed(found: ChecklistPage, shown: int) -> str:
    """« … ont changé depuis le 12 septembre 2026 »."""
    if found.filters.since is None:
        return ""
    verb = french.agree(shown, "a changé", "ont changé") if shown else "n’a changé"
    return f" {verb} depuis le {french.long_date(found.filters.since)}"


def _of(actor: Actor | None, *, apart: bool = False) -> str:
    """« … du DPD », or « …, DPD » after a clause of its own."""
    if actor is None:
        return ""
    return f", {actor.label}" if apart else f" {OF_ACTORS[actor]}"


def _filtered(found: ChecklistPage) -> str:
    """The lines that a filter leaves: « Aucune des 3 actions du DPD n’est faite ; une est en retard. »"""
    lines = [line for group in found.groups for line in group.lines]
    if found.filters.since is not None:
        return summary(lines, found.groups)
    counts = sum((group.counts for group in found.groups), Counts())
    if not counts.total:
        return ""
    if found.filters.view == View.TO_NAME:
        choose = " : choisissez le Responsable de chacune" if found.rights.manages else ""
        return french.typography(f"Personne n’en répond encore{choose}.")
    if found.filters.view == View.SOON:
        first = min(line.action.due_on for line in lines if line.action.due_on)
        return f"La plus proche est due {french.relative(first)}."
    if found.filters.view == View.KO:
        return f"{_too(counts.ko_late)} en retard."
    if found.filters.view == View.LATE:
        return f"{_too(counts.ko_late)} {french.agree(counts.ko_late, 'bloquée', 'bloquées')}."
    trouble = trouble_in_words(counts)
    return _done_of(found, counts) + (f"{french.NBSP}; {trouble}." if trouble else ".")


def _too(count: int) -> str:
    """« Aucune n’est », « Une est aussi », « Six sont aussi »."""
    if not count:
        return "Aucune n’est"
    return f"{french.capital(in_words(count))} {french.agree(count, 'est', 'sont')} aussi"


def _done_of(found: ChecklistPage, counts: Counts) -> str:
    mine = found.filters.view == View.MINE
    of = "" if mine else _of(found.filters.actor)
    if not counts.applicable:
        return "Vos actions sont toutes sans objet" if mine else f"Les actions{of} sont toutes sans objet"
    if counts.applicable == 1:
        return ("Votre action " if mine else f"L’action{of} ") + ("est faite" if counts.ok else "n’est pas faite")
    whole = f"{'vos' if mine else 'les'} {counts.applicable} actions{of}"
    if counts.ok == counts.applicable:
        return f"{french.capital(whole)} sont faites"
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


def _filters(found: ChecklistPage, today: date, project: Project) -> list[Link]:
    asked = shown_filters(found)
    counts = dict(found.views)
    follows = not asked.narrowed
    offered = [view for view in View if view not in HIDDEN_WHEN_EMPTY or counts[view] or view == asked.view]
    links = [
        Link(
            label="Toute l’étape" if view == View.ALL and found.step else view.label,
            url=page_url(project, replace(asked, view=view)),
            current=view == asked.view,
            count=counts[view],
            icon=VIEW_ICONS.get(view, ""),
            count_id=f"compte-{view.value}" if view in FOLLOW_A_TAP and follows else "",
        )
        for view in offered
    ]
    return [*links, _changes(asked, today, project)]


def _wide(asked: Filters, project: Project) -> Link | None:
    """From one step to the same filter in all of them."""
    if asked.step is None:
        return None
    wide = asked if asked.narrowed else replace(asked, view=View.MINE)
    name = wide.view.label if wide.view else "Ce filtre"
    return Link(label=f"{name}, toutes étapes", url=page_url(project, replace(wide, step=None)))


def _changes(asked: Filters, today: date, project: Project) -> Link:
    """What changed this week, or the day asked for: leaving it."""
    if asked.since is None:
        return Link("Changées depuis 7 jours", page_url(project, replace(asked, since=today - WEEK)), icon="history")
    label = f"Changées depuis le {french.short_date(asked.since, now=today)}"
    return Link(label, page_url(project, replace(asked, since=None)), current=True, icon="history")


def _since(asked: Filters, today: date, landmark: Landmark | None, project: Project) -> list[Link]:
    """The days since which changes are offered."""
    return [
        Link(label, page_url(project, replace(asked, since=day)), current=day == asked.since)
        for label, day in shortcuts(today, landmark)
    ]


def _saved(view: SavedView, filters: Filters, asked: Filters, project: Project) -> SavedLink:
    return SavedLink(view.pk, Link(view.name, page_url(project, filters), current=filters == asked))


def roles(lines: list[RaciLine]) -> tuple[Role, ...]:
    """The chips of the raci component: who, and the people they stand for today."""
    return tuple(
        Role(
            letter=line.letter.value,
            bodies=", ".join(
                [actor.label for actor, _ in line.actors] + [person.user.get_full_name() for person in line.people]
            ),
            people=f"{french.NARROW}; ".join(
                f"{actor.label}{french.NBSP}: {names(members)}" for actor, members in line.actors
            ),
        )
        for line in lines
    )
