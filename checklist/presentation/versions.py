"""The versions of the ANAP's checklist in French: what a merge changes, and the way back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from checklist.differences import Differences
from checklist.models import Snapshot
from checklist.presentation.links import crumbs, page_url
from checklist.selectors import Plan
from checklist.structure import ActionNode, Letters
from common import french
from common.models import Catalogue
from common.ui import Link
from organisations.models import Project


@dataclass(frozen=True)
class ChangeList:
    """One kind of change, and each of its lines."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class SnapshotLine:
    """A merge that took place; `url` leads back to before it, for the last one that was not undone."""

    sentence: str
    url: str
    button: str


@dataclass(frozen=True)
class PlanView:
    changes: list[ChangeList]
    fingerprint: str
    button: str


@dataclass(frozen=True)
class VersionsView:
    title: str
    lede: str
    crumbs: list[Link]
    plan: PlanView | None
    snapshots: list[SnapshotLine]
    back_url: str


KEPT = "Les états, les dates, les personnes, les échanges et les Résultats déposés restent."


def versions(
    project: Project, followed: Catalogue, newer: Catalogue | None, plan: Plan | None, snapshots: list[Snapshot]
) -> VersionsView:
    """The page: what the newer version changes when there is one, and the merges that took place."""
    if newer is None or plan is None:
        title = "La checklist suit la dernière version de l’ANAP"
        lede = f"C’est la version {followed.version}."
    else:
        title = "Une nouvelle version de la checklist ANAP est parue"
        lede = (
            f"Le projet suit la version {followed.version}. Voici ce que changerait la version {newer.version} : rien "
            f"n’est fait avant votre accord. {KEPT}"
        )
    return VersionsView(
        title=title,
        lede=french.typography(lede),
        crumbs=crumbs(project, Link("Version")),
        plan=_plan(plan, f"Prendre la version {newer.version}") if newer and plan else None,
        snapshots=[_snapshot(item, project, followed) for item in snapshots],
        back_url=page_url(project),
    )


def restoring(project: Project, snapshot: Snapshot, plan: Plan) -> VersionsView:
    """The page that goes back to before a merge."""
    page = reverse("checklist_versions", args=[project.slug])
    lede = (
        f"Les blocs, les actions et leurs lettres reprennent la forme qu’ils avaient le "
        f"{french.long_date(snapshot.taken_at)}. {KEPT}"
    )
    return VersionsView(
        title=f"Revenir à la version {snapshot.before.version}",
        lede=french.typography(lede),
        crumbs=crumbs(project, Link("Version", page), Link("Revenir")),
        plan=_plan(plan, f"Revenir à la version {snapshot.before.version}"),
        snapshots=[],
        back_url=page,
    )


def _plan(plan: Plan, button: str) -> PlanView:
    return PlanView(changes=_changes(plan.differences), fingerprint=plan.fingerprint, button=button)


def _changes(found: Differences) -> list[ChangeList]:
    lists = [
        _list(
            len(found.added),
            "action ajoutée",
            "actions ajoutées",
            (f"{item.number} {item.label}" for item in found.added),
        ),
        _list(
            len(found.reworded), "action réécrite", "actions réécrites", (_rewording(*pair) for pair in found.reworded)
        ),
        _list(
            len(found.renumbered),
            "action change de numéro",
            "actions changent de numéro",
            (f"{one.number} devient {other.number} : {other.label}" for one, other in found.renumbered),
        ),
        _list(
            len(found.moved),
            "action change de bloc",
            "actions changent de bloc",
            (f"{item.number} {item.label} : du bloc {old} au bloc {new}" for item, old, new in found.moved),
        ),
        _list(
            len(found.became_own),
            "action quitte la checklist de l’ANAP et devient propre au projet, avec ce qui y a été fait",
            "actions quittent la checklist de l’ANAP et deviennent propres au projet, avec ce qui y a été fait",
            (f"{item.number} {item.label}" for item in found.became_own),
        ),
        _list(
            len(found.became_anap),
            "action propre au projet redevient une action de l’ANAP",
            "actions propres au projet redeviennent des actions de l’ANAP",
            (f"{item.number} {item.label}" for item in found.became_anap),
        ),
        _list(
            len(found.removed),
            "action disparaît : rien n’y avait été fait",
            "actions disparaissent : rien n’y avait été fait",
            (f"{item.number} {item.label}" for item in found.removed),
        ),
        _list(
            len(found.letters),
            "action change de rôles",
            "actions changent de rôles",
            (
                f"{other.number} {other.label} : {_letters(one.letters)} ; désormais {_letters(other.letters)}"
                for one, other in found.letters
            ),
        ),
        _list(
            len(found.kept_letters),
            "action garde les rôles que le projet lui a donnés",
            "actions gardent les rôles que le projet leur a donnés",
            (f"{item.number} {item.label} : {_letters(item.letters)}" for item in found.kept_letters),
        ),
        _list(
            len(found.deliverables_added),
            "Résultat attendu en plus",
            "Résultats attendus en plus",
            (f"Bloc {group} : {label}" for group, label in found.deliverables_added),
        ),
        _list(
            len(found.deliverables_removed),
            "Résultat qui n’est plus attendu, et où rien n’est déposé",
            "Résultats qui ne sont plus attendus, et où rien n’est déposé",
            (f"Bloc {group} : {label}" for group, label in found.deliverables_removed),
        ),
        _list(
            len(found.titles),
            "étape ou bloc change",
            "étapes ou blocs changent",
            (_title(*item) for item in found.titles),
        ),
    ]
    return [item for item in lists if item.lines]


def _list(count: int, singular: str, plural: str, lines: Iterable[str]) -> ChangeList:
    return ChangeList(
        french.typography(french.plural(count, singular, plural)), [french.typography(line) for line in lines]
    )


def _rewording(one: ActionNode, other: ActionNode) -> str:
    parts = []
    if one.label != other.label:
        parts.append(f"« {one.label} » devient « {other.label} »")
    if one.objective != other.objective:
        objective = f"« {other.objective} »" if other.objective else "aucun"
        parts.append(f"objectif : {objective}")
    return f"{other.number} : {' ; '.join(parts)}"


def _letters(letters: Letters) -> str:
    order = "RACI"
    pairs = sorted(letters, key=lambda pair: (order.index(pair[0]), pair[1].label))
    return ", ".join(f"{letter.label} {actor.label}" for letter, actor in pairs) or "personne"


def _title(name: str, before: str, after: str) -> str:
    if not before:
        return f"{name}, en plus : « {after} »"
    if not after:
        return f"{name}, en moins : « {before} »"
    return f"{name} : « {before} » devient « {after} »"


def _snapshot(item: Snapshot, project: Project, followed: Catalogue) -> SnapshotLine:
    who, day = item.taken_by.get_full_name(), french.long_date(item.taken_at)
    sentence = f"Version {item.after.version} prise le {day} par {who}"
    if item.restored_at and item.restored_by:
        undone = french.long_date(item.restored_at)
        return SnapshotLine(f"{sentence}, défaite le {undone} par {item.restored_by.get_full_name()}.", "", "")
    url = reverse("checklist_restore", args=[project.slug, item.pk]) if item.after_id == followed.pk else ""
    return SnapshotLine(f"{sentence}.", url, f"Revenir à la version {item.before.version}")
