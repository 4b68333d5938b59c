"""The whole project in figures, for who reads no structure one by one: no name, no written text."""

from dataclasses import dataclass

from common import french
from common.charts import Bars, Radar
from common.ui import Link
from organisations.models import Project
from risks.aggregates import ProjectFigures
from risks.comparison import FEWEST
from risks.places import Place
from risks.presentation import overview_charts as charts
from risks.presentation import words
from risks.presentation.campaigns import Stat, said_of
from risks.presentation.crumbs import crumbs
from risks.presentation.overview import FIRST, CommonRisk, common_risks, common_title, conclusion, level_stats, method
from risks.scoring import Thresholds


@dataclass(frozen=True)
class FiguresPage:
    """`too_few`: why there are no figures, when there are none."""

    title: str
    lede: str
    crumbs: list[Link]
    stats: list[Stat]
    too_few: str
    levels: Bars | None
    sections: Radar | None
    common_title: str
    common: list[CommonRisk]
    more_common: list[CommonRisk]
    method: str


def figures_page(found: ProjectFigures, project: Project, thresholds: Thresholds) -> FiguresPage:
    summary = found.summary
    common = common_risks(summary.common, summary.structures, None) if summary else []
    return FiguresPage(
        title=_title(found),
        lede=_lede(found),
        crumbs=crumbs(Place(project)),
        stats=[
            Stat(
                french.number(found.asked), french.agree(found.asked, "structure sollicitée", "structures sollicitées")
            ),
            Stat(french.number(found.transmitted), french.agree(found.transmitted, "a transmis", "ont transmis")),
            *(level_stats(summary) if summary else []),
        ],
        too_few="" if summary else _too_few(),
        levels=charts.levels(summary) if summary else None,
        sections=charts.sections(summary, None) if summary else None,
        common_title=common_title(summary.common) if summary else "",
        common=common[:FIRST],
        more_common=common[FIRST:],
        method=method(thresholds.moderate_from, thresholds.certain_from),
    )


def _title(found: ProjectFigures) -> str:
    campaign = found.campaign
    if campaign is None:
        return "Les risques n’ont pas encore été analysés"
    missing = found.asked - found.transmitted
    if found.summary is None:
        verb = french.agree(found.transmitted, "a transmis", "ont transmis")
        if not found.transmitted:
            return "Aucune structure n’a encore transmis son analyse"
        said = f"{charts.counted(found.transmitted)} sur {french.in_words(found.asked)} {verb} leur analyse"
        return french.capital(said if found.transmitted > 1 else said.replace("leur", "son"))
    return conclusion(
        found.summary.levels,
        total=found.concerned,
        read=found.summary.structures,
        awaited=missing,
        over=campaign.closed_at is not None,
    )


def _lede(found: ProjectFigures) -> str:
    together = "Les chiffres de toutes les structures ensemble ; ce que chacune répond reste à elle."
    said = said_of(found.campaign, french.today()) if found.campaign else ""
    change = ""
    if found.before is not None and found.since is not None and found.before != found.since:
        was, now = french.number(found.before), words.counted_points(found.since)
        change = f"Dans celles qui ont répondu deux fois, le score médian passe de {was} à {now}."
    return french.typography(" ".join(part for part in (said, together, change) if part))


def _too_few() -> str:
    return french.typography(
        f"Les chiffres paraîtront quand {french.in_words(FEWEST)} structures au moins auront transmis : à moins, "
        "ils diraient ce qu’une seule a répondu."
    )
