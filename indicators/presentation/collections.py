"""How each frequency is collected, in words above its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from common import french
from common.ui import Link
from indicators.enums import Frequency
from indicators.models import Collection
from indicators.periods import Period
from indicators.presentation import crumbs
from indicators.selectors.definitions import Followed
from organisations.models import Project

SAVED = "C’est enregistré. Les prochaines campagnes en tiendront compte."
TITLES = {
    Frequency.WEEKLY: "Chaque semaine",
    Frequency.MONTHLY: "Chaque mois",
    Frequency.QUARTERLY: "Chaque trimestre",
}


@dataclass(frozen=True)
class Block:
    """One frequency. `said`: what these days make of the period that is going on; `open`: its form was sent back."""

    id: str
    errors_id: str
    title: str
    count: str
    said: str
    url: str
    form: object
    open: bool


@dataclass(frozen=True)
class Page:
    title: str
    lede: str
    crumbs: Sequence[Link]
    moved: str


def page(project: Project, moved: Collection | None) -> Page:
    said = ""
    if moved is not None:
        said = (
            f"Quelqu’un a changé ce réglage entre-temps : {days(moved)}. Rien n’a été écrasé ; le vôtre est gardé "
            "ci-dessous."
        )
    return Page(
        title="Quand et à qui demander les chiffres",
        lede="Une campagne s’ouvre pour chaque période. Ce qui change ici vaut pour la prochaine ; celles qui sont "
        "ouvertes gardent leurs dates.",
        crumbs=crumbs.of_project(
            project, Link("Définitions", reverse("indicator_definitions", args=[project.slug])), Link("Collecte")
        ),
        moved=french.typography(said),
    )


def block(
    row: Collection, form: object, found: Sequence[Followed], project: Project, today: date, *, sent_back: bool
) -> Block:
    frequency = Frequency(row.frequency)
    entered = sum(one.entered and one.definition.frequency == frequency for one in found)
    count = (
        french.counted(entered, "indicateur saisi", "indicateurs saisis") if entered else "aucun indicateur n’est saisi"
    )
    return Block(
        id=frequency.value,
        errors_id=f"erreurs-{frequency.value}",
        title=TITLES[frequency],
        count=f"{french.capital(count)} à cette fréquence.",
        said=_said(row, today),
        url=reverse("indicator_collection", args=[project.slug, frequency.value]),
        form=form,
        open=sent_back,
    )


def _said(row: Collection, today: date) -> str:
    period = Period.of(Frequency(row.frequency), today)
    opens, due, closes = (
        french.long_date(period.end + timedelta(days=days), year=False)
        for days in (row.opens_after, row.due_after, row.closes_after)
    )
    how = "s’ouvre" if row.automatic else "peut s’ouvrir, à la main,"
    return french.typography(
        f"Période en cours, {period.label} : la campagne {how} le {opens}, les relevés sont à rendre le {due}, "
        f"et tout se clôt le {closes}."
    )


def days(row: Collection) -> str:
    return (
        f"ouverture {french.plural(row.opens_after, 'jour', 'jours')} après la fin de la période, échéance "
        f"{french.plural(row.due_after, 'jour', 'jours')} après, clôture "
        f"{french.plural(row.closes_after, 'jour', 'jours')} après"
    )
