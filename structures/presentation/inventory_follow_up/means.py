"""Connection, devices, teams: what the record will be used with, and by whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common import french
from common.charts import Bars
from common.ui import Link
from structures.catalogue.inventory import Field
from structures.forms.inventory_follow_up import Filters
from structures.inventory_figures import BANDS, DEVICES, NO_ANSWER, NO_MEASURE, Figures, devices, figures_of, per_user
from structures.presentation.inventory_follow_up import words
from structures.presentation.inventory_follow_up.places import crumbs, field_url, section_url
from structures.readiness import Evaluation, in_force
from structures.selectors.inventory_follow_up import Followed, FollowUp

SHOWN = 10  # structures, the tightest ones
SAID = {
    "downstream_mbps": "Débit insuffisant",
    "users_per_device": "Pas assez d’appareils",
    "unsupported_devices": "Des postes ne sont plus maintenus",
}


@dataclass(frozen=True)
class Tight:
    """A structure short of something. `mark`: what is signalled, in few words."""

    name: str
    url: str
    cells: list[str]
    mark: str


@dataclass(frozen=True)
class Asked:
    """A question with how it was answered, and where to compare."""

    chart: Bars
    id: str
    url: str


@dataclass(frozen=True)
class Means:
    title: str
    lede: str
    crumbs: list[Link]
    bands: Bars
    connection: list[Asked]
    tight_connection: list[Tight]
    devices_title: str
    devices_said: str
    tight_devices: list[Tight]
    teams_title: str
    teams: list[Asked]
    teams_said: str


def means(follow: FollowUp, filters: Filters) -> Means:
    figures = figures_of(follow.form, follow.evaluations, today=follow.today)
    return Means(
        title=_title(follow),
        lede=_lede(follow),
        crumbs=crumbs(follow.project, Link("Réseau, postes, équipes")),
        bands=bands(figures),
        connection=_asked(("internet_access_type", "backup_link", "wifi_coverage"), figures, follow, filters),
        tight_connection=_connections(follow),
        devices_title=devices_title(figures),
        devices_said=devices_said(figures),
        tight_devices=_devices(follow),
        teams_title=teams_title(figures),
        teams=_asked(("digital_ease_level", "past_projects_experience"), figures, follow, filters),
        teams_said=teams_said(figures),
    )


def _title(follow: FollowUp) -> str:
    if not follow.received:
        return "Les moyens des structures se liront ici"
    slow = _signalled(follow, "downstream_mbps")
    short = _signalled(follow, "users_per_device")
    if not slow and not short:
        return "Débit et appareils suffisent dans les structures qui ont transmis"
    parts = []
    if slow:
        lack = french.agree(slow, "manque", "manquent")
        parts.append(f"{words.structures(slow)} {lack} de débit")
    if short:
        lack = "" if slow else f" {french.agree(short, 'manque', 'manquent')}"
        who = french.in_words(short, feminine=True) if slow else words.structures(short)
        parts.append(f"{who}{lack} d’appareils")
    return words.begin(", ".join(parts))


def _lede(follow: FollowUp) -> str:
    count = len(follow.received)
    if not count:
        return "Ils viennent des états des lieux, une fois transmis par la direction de chaque structure."
    return words.begin(f"D’après {words.structures(count)} sur {french.in_words(len(follow.structures))}.")


def _signalled(follow: FollowUp, code: str) -> int:
    return sum(1 for one in follow.evaluations if one.signal(code))


def bands(figures: Figures) -> Bars:
    """The connection shared among those who use it at the busiest time."""
    labels = [label for _, label in reversed(BANDS)] + ([NO_MEASURE] if figures.bands.get(NO_MEASURE) else [])
    low = figures.bands.get(BANDS[-1][1], 0)
    title = "Chaque utilisateur a au moins 0,5 Mbit/s"
    if low:
        title = f"Dans {words.structures(low)}, chaque utilisateur a moins de 0,5 Mbit/s"
    return words.shares(
        [(french.capital(label), figures.bands.get(label, 0)) for label in labels],
        figures.structures,
        title=title if figures.structures else "Le débit par utilisateur",
        sentence="Le débit descendant, partagé entre les utilisateurs connectés en même temps aux heures de pointe.",
        row_label="Débit par utilisateur",
    )


def distribution(field: Field, figures: Figures) -> Bars:
    """How many structures gave each answer to a question; the most given makes the title."""
    counts = figures.answers[field.code]
    options: list[tuple[Any, str]] = [(choice.code, choice.label) for choice in field.choices]
    if not options:
        options = [(True, "Oui"), (False, "Non")]
    found = [(label, counts.get(value, 0)) for value, label in options if counts.get(value) or not field.choices]
    if counts.get(NO_ANSWER):
        found.append((words.UNSAID, counts[NO_ANSWER]))
    most = max(found, key=lambda item: item[1], default=("", 0))
    title = field.label
    if figures.structures and most[1]:
        title = f"{field.label} : « {most[0]} » pour {words.structures(most[1])}"
    return words.shares(found, figures.structures, title=title)


def _asked(codes: Sequence[str], figures: Figures, follow: FollowUp, filters: Filters) -> list[Asked]:
    return [
        Asked(distribution(follow.form.by_code[code], figures), code, field_url(follow.project, code, filters))
        for code in codes
    ]


def _connections(follow: FollowUp) -> list[Tight]:
    """The structures with least for each user."""

    def cells(values: Mapping[str, Any]) -> list[str]:
        share = per_user(values)
        return [
            words.quantity(share, "Mbit/s") if share is not None else words.UNSAID,
            words.quantity(values["downstream_mbps"], "Mbit/s"),
            french.number(values["peak_users"]),
        ]

    return _tightest(follow, "network", per_user, cells, ("downstream_mbps",), lowest=True)


def _devices(follow: FollowUp) -> list[Tight]:
    """The structures where most people share a device."""

    def cells(values: Mapping[str, Any]) -> list[str]:
        count = devices(values)
        return [
            words.quantity(values["users_per_device"]),
            french.number(values["peak_users"]),
            french.number(count) if count is not None else words.UNSAID,
            french.number(values["unsupported_devices"])
            if isinstance(values.get("unsupported_devices"), int)
            else words.UNSAID,
        ]

    def shared(values: Mapping[str, Any]) -> Decimal | None:
        found = values.get("users_per_device")
        return found if isinstance(found, Decimal) else None

    return _tightest(follow, "devices", shared, cells, ("users_per_device", "unsupported_devices"), lowest=False)


def _tightest(
    follow: FollowUp,
    section: str,
    measure: Callable[[Mapping[str, Any]], Decimal | None],
    cells: Callable[[Mapping[str, Any]], list[str]],
    codes: Sequence[str],
    *,
    lowest: bool,
) -> list[Tight]:
    measured: list[tuple[Decimal, Followed]] = []
    for one in follow.received:
        found = measure(one.evaluation.values) if one.evaluation else None
        if found is not None:
            measured.append((found, one))
    measured.sort(key=lambda item: (item[0] if lowest else -item[0], item[1].esms.name))
    return [
        Tight(
            name=words.name_of(one),
            url=section_url(follow.project, one.esms, section),
            cells=cells(one.evaluation.values),
            mark=_mark(one.evaluation, codes, follow),
        )
        for _, one in measured[:SHOWN]
        if one.evaluation
    ]


def _mark(evaluation: Evaluation, codes: Sequence[str], follow: FollowUp) -> str:
    """Why a structure is signalled; nothing when it isn't."""
    signal = next((found for code in codes if (found := evaluation.signal(code))), None)
    if signal is None:
        return ""
    flag = in_force(signal.field, follow.thresholds)
    if signal.field.code == "downstream_mbps" and flag.minimum is not None:
        share, least = per_user(evaluation.values), flag.threshold or Decimal(0)
        if share is not None and share >= least:
            return french.typography(f"Moins de {words.quantity(flag.minimum, signal.field.unit)} au total")
    return SAID[signal.field.code]


def devices_title(figures: Figures) -> str:
    """« 61 appareils pour 57 utilisateurs connectés en même temps ; cinq ne sont plus maintenus »."""
    sums = figures.sums
    count = sum(sums[code] for code in DEVICES)
    users = french.plural(sums["peak_users"], "utilisateur connecté", "utilisateurs connectés")
    old = sums["unsupported_devices"]
    said = f"{french.plural(count, 'appareil', 'appareils')} pour {users} en même temps"
    if old:
        said += f" ; {french.in_words(old)} {french.agree(old, 'n’est plus maintenu', 'ne sont plus maintenus')}"
    return words.begin(said)


def devices_said(figures: Figures) -> str:
    sums = figures.sums
    parts = [
        french.plural(sums["fixed_workstations"], "poste fixe", "postes fixes"),
        french.plural(sums["laptops"], "portable", "portables"),
        french.plural(sums["tablets_smartphones"], "tablette ou téléphone", "tablettes et téléphones"),
    ]
    people = french.plural(sums["users_to_equip"], "professionnel utilisera", "professionnels utiliseront")
    return french.typography(f"{french.capital(french.listed(parts))} ; {people} le DUI.")


def teams_title(figures: Figures) -> str:
    trainers = figures.sums["internal_trainers_count"]
    people = french.plural(figures.sums["users_to_equip"], "professionnel", "professionnels")
    if not trainers:
        return "Aucun formateur interne n’est encore annoncé"
    said = french.counted(trainers, "formateur interne", "formateurs internes")
    return words.begin(f"{said} pour {people} à former")


def teams_said(figures: Figures) -> str:
    trainers, people = figures.sums["internal_trainers_count"], figures.sums["users_to_equip"]
    if not trainers or not people:
        return ""
    ratio = french.number(Decimal(people) / trainers, 0)
    return french.typography(f"Soit un formateur pour {ratio} personnes.")
