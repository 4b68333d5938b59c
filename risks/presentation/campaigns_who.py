"""Whom a campaign may ask, and who still answers another one."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common import french
from common.ui import Link
from organisations.models import ESMS, Project, Wave
from organisations.presentation import asking
from organisations.presentation.asking import Who
from risks.models import RiskCampaign
from risks.places import Place
from risks.presentation.crumbs import crumbs

NAMED = 4  # structures in a sentence; the others are counted


@dataclass(frozen=True)
class OpenPage:
    title: str
    lede: str
    crumbs: list[Link]
    who: Who


def open_page(project: Project, who: Who) -> OpenPage:
    place = Place(project)
    return OpenPage(
        title="Ouvrir une campagne",
        lede="Chaque structure choisie trouvera le questionnaire parmi ce qui lui est demandé, avec sa date.",
        crumbs=crumbs(place, Link("Campagnes", place.url("risk_campaigns")), Link("Ouvrir")),
        who=who,
    )


def who_may_be(
    structures: Sequence[ESMS],
    busy: Mapping[uuid.UUID, RiskCampaign],
    checked: set[str],
    waves: Sequence[Wave],
    *,
    with_project: bool,
    project_busy: bool,
) -> Who:
    """`structures`: in the order of their waves; `busy`: places that still work on another campaign. `with_project`:
    whether the project itself may be asked, or is `project_busy` with another one."""
    free = [esms for esms in structures if esms.pk not in busy]
    held = [esms for esms in structures if esms.pk in busy]
    return asking.who_may_be(free, checked, waves, busy=_busy(held, project_busy), project=with_project)


def _busy(held: Sequence[ESMS], project_busy: bool) -> str:
    names = [french.typography(esms.name) for esms in held]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], f"{len(names) - NAMED} autres"]
    names = ["le projet lui-même", *names] if project_busy else names
    if not names:
        return ""
    verb = french.agree(len(names), "répond", "répondent")
    return french.typography(
        f"{french.capital(french.listed(names))} {verb} encore à une campagne ouverte : il faut la clore, ou attendre "
        "la transmission."
    )
