"""The page of the checklist in French."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from checklist.enums import Actor, Letter, View
from checklist.presentation.progress import (
    CHOICES,
    done_sentence,
    formula,
    in_words,
    steps,
    trouble_in_words,
    trouble_sentence,
)
from checklist.selectors import ChecklistPage, Counts, RaciLine
from common import french
from common.ui import Link, Role, State, Step
from organisations.models import Project, User

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
    trouble = trouble_in_words(counts)
    return _done_of(found, counts) + (f"{french.NBSP}; {trouble}." if trouble else ".")


def _too(count: int) -> str:
    """« Aucune n’est », « Une est aussi », « Six sont aussi »."""
    if not count:
        return "Aucune n’est"
    return f"{in_words(count).capitalize()} {french.agree(count, 'est', 'sont')} aussi"


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
            people=french.typography(" ; ".join(f"{actor.label} : {names(members)}" for actor, members in line.actors)),
        )
        for line in lines
    ]


def names(members: list[User]) -> str:
    return ", ".join(user.get_full_name() for user in members) or "personne aujourd’hui"
