"""The risks of the structures that one person follows: what they transmitted, who did not, what is common to many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common import french
from common.charts import Bars, HeatMap, Radar
from common.ui import Link
from organisations.models import Wave
from risks.catalogue import questionnaire
from risks.enums import Level
from risks.places import Place
from risks.presentation import overview_charts as charts
from risks.presentation import words
from risks.presentation.campaigns import Line, Stat, said_of
from risks.presentation.crumbs import crumbs
from risks.selectors.overview import Common, Followed, Overview, RegisterSummary, Summary

FIRST = 8  # of those awaited or common, before the others


@dataclass(frozen=True)
class CommonRisk:
    """`url`: where it becomes a risk of the project; empty for who doesn't keep its register."""

    text: str
    section: str
    count: str
    mitigation: str
    url: str


@dataclass(frozen=True)
class Register:
    title: str
    stats: list[Stat]
    url: str
    plan_url: str


@dataclass(frozen=True)
class OverviewPage:
    """`several`: whether there is more than one analysis to put together."""

    title: str
    lede: str
    crumbs: list[Link]
    stats: list[Stat]
    awaited_title: str
    awaited: list[Line]
    more_awaited: str
    unasked: str
    several: bool
    heat: HeatMap
    levels: Bars
    sections: Radar
    common_title: str
    common: list[CommonRisk]
    more_common: list[CommonRisk]
    method: str


def page(
    found: Overview, shown: Sequence[Followed], waves: Sequence[Wave], *, filtered: bool, leads: bool
) -> OverviewPage:
    """`shown`: the structures of this page of the heat-map; everything else is of all."""
    common = common_risks(found.summary.common, found.summary.structures, Place(found.project) if leads else None)
    return OverviewPage(
        title=title(found, filtered=filtered),
        lede=lede(found),
        crumbs=crumbs(Place(found.project)),
        stats=_stats(found),
        awaited_title=_awaited_title(found),
        awaited=[_awaited(found, one) for one in found.awaited[:FIRST]],
        more_awaited=_others(found.awaited[FIRST:]),
        unasked=_unasked(found) if leads and not filtered else "",
        several=len(found.read) > 1,
        heat=charts.heat(found, shown, waves),
        levels=charts.levels(found.summary),
        sections=charts.sections(found.summary, found.own),
        common_title=common_title(found.summary.common),
        common=common[:FIRST],
        more_common=common[FIRST:],
        method=method(found.thresholds.moderate_from, found.thresholds.certain_from),
    )


def title(found: Overview, *, filtered: bool = False) -> str:
    """« Trois structures sur douze sont en risque certain ; deux n’ont pas répondu »."""
    if found.campaign is None:
        return "Les risques n’ont pas encore été analysés"
    if not found.structures:
        return "Aucune structure ne répond à ces filtres" if filtered else "Aucune structure n’a encore été sollicitée"
    return conclusion(
        found.summary.levels,
        total=len(found.structures),
        read=len(found.read),
        awaited=len(found.awaited),
        over=found.campaign.closed_at is not None,
    )


def conclusion(levels: Mapping[Level, int], *, total: int, read: int, awaited: int, over: bool) -> str:
    """The title, from figures alone. `over`: the campaign is closed."""
    still = "" if over else "encore "
    if not read:
        return f"{'La structure n’a pas' if total == 1 else 'Aucune structure n’a'} {still}transmis son analyse"
    certain, moderate = levels.get(Level.CERTAIN, 0), levels.get(Level.MODERATE, 0)
    if certain:
        said = f"{_share(certain, total)} en risque certain"
    elif moderate:
        said = f"{_share(moderate, total)} en risque modéré, aucune en risque certain"
    else:
        said = f"{'la' if total == 1 else 'aucune'} structure n’est en risque modéré ni certain"
    if awaited:
        verb = french.agree(awaited, "n’a", "n’ont")
        said += f" ; {french.in_words(awaited, feminine=True)} {verb} pas {still}transmis"
    return french.typography(french.capital(said))


def _share(count: int, total: int) -> str:
    """« trois structures sur douze sont », « la structure est »."""
    if count == total:
        return french.agree(total, "la structure est", f"les {french.in_words(total)} structures sont")
    return f"{charts.counted(count)} sur {french.in_words(total)} {french.agree(count, 'est', 'sont')}"


def lede(found: Overview) -> str:
    """Which campaign is read, by when it is expected, and what moved since the one before."""
    if found.campaign is None:
        return "Une campagne demande à chaque structure où est le risque. Ce qu’elles transmettent se lit ici."
    said = [said_of(found.campaign, found.today), moved(found.changes), _older(found)]
    return french.typography(" ".join(part for part in said if part))


def _older(found: Overview) -> str:
    """What is read of an earlier campaign, until the new one is answered."""
    campaigns = [one.reading.assessment.campaign for one in found.read if one.reading]
    count = sum(1 for campaign in campaigns if campaign != found.campaign)
    if not count:
        return ""
    analyses = french.counted(count, "analyse lue date", "analyses lues datent", feminine=True)
    return f"{french.capital(analyses)} d’une campagne précédente."


def moved(changes: Sequence[int]) -> str:
    """« Depuis l’analyse précédente, le risque a baissé dans quatre structures et monté dans une autre. »"""
    if not changes:
        return ""
    down, up = sum(1 for change in changes if change < 0), sum(1 for change in changes if change > 0)
    if not down and not up:
        return "Depuis l’analyse précédente, aucun score n’a bougé."
    first, count = ("baissé", down) if down else ("monté", up)
    said = f"{first} dans {charts.counted(count)}"
    if down and up:
        said += f" et monté dans {french.counted(up, 'autre', 'autres', feminine=True)}"
    return f"Depuis l’analyse précédente, le risque a {said}."


def _stats(found: Overview) -> list[Stat]:
    summary, awaited = found.summary, len(found.awaited)
    return [
        Stat(french.number(summary.structures), french.agree(summary.structures, "analyse lue", "analyses lues")),
        Stat(
            french.number(awaited),
            "en retard" if found.late else "à recevoir",
            "late" if found.late and awaited else None,
        ),
        *level_stats(summary),
    ]


def level_stats(summary: Summary) -> list[Stat]:
    """How many structures at each level, and the middle of their totals."""
    said = {
        Level.CERTAIN: "en risque certain",
        Level.MODERATE: "en risque modéré",
        Level.LOW: "en risque nul ou faible",
    }
    found = [
        Stat(french.number(summary.levels[level]), label, words.level_mark(level).tone) for level, label in said.items()
    ]
    if summary.total_median is not None:
        found.append(Stat(french.number(summary.total_median), "score médian, sur 1 000".replace(" 000", "\u202f000")))
    return found


def _awaited_title(found: Overview) -> str:
    count = len(found.awaited)
    if not count:
        return "Toutes les structures sollicitées ont transmis leur analyse"
    if found.campaign and found.campaign.closed_at:
        return french.capital(f"{charts.counted(count)} {french.agree(count, 'n’a', 'n’ont')} pas transmis à temps")
    return french.capital(f"{charts.counted(count)} {french.agree(count, 'doit', 'doivent')} encore transmettre")


def _awaited(found: Overview, one: Followed) -> Line:
    assert one.asked is not None  # noqa: S101  of those that the campaign asked
    mark = words.ASSESSMENT_STATUSES[one.asked.state]
    detail = f"{one.esms.og.short_name} : {charts.standing(one)}"
    if one.asked.sent_back_at:
        detail += ", renvoyée pour être reprise"
    return Line(
        url=Place(found.project, one.esms).url("risk_questionnaire"),
        icon=mark.icon,
        title=french.typography(one.esms.name),
        tone="late" if found.late else mark.tone,
        detail=french.typography(detail),
        when="en retard" if found.late else "",
    )


def _others(awaited: Sequence[Followed]) -> str:
    """The names of those that are not detailed."""
    return french.typography(f"{french.listed([one.esms.name for one in awaited])}.") if awaited else ""


def _unasked(found: Overview) -> str:
    if not found.unasked or found.campaign is None:
        return ""
    verb = french.agree(found.unasked, "n’a jamais été sollicitée", "n’ont jamais été sollicitées")
    return french.capital(f"{charts.counted(found.unasked)} {verb}.")


def common_title(common: Sequence[Common]) -> str:
    """« Quatre risques sont communs à plusieurs structures »."""
    count = len(common)
    if not count:
        return "Aucun risque n’est commun à trois structures"
    verb = french.agree(count, "est commun", "sont communs")
    return french.capital(f"{french.counted(count, 'risque', 'risques')} {verb} à trois structures au moins")


def common_risks(common: Sequence[Common], structures: int, place: Place | None) -> list[CommonRisk]:
    """`structures`: how many transmitted; `place`: the project, for who keeps its register."""
    form = questionnaire()
    return [
        CommonRisk(
            text=item.question.text,
            section=form.section(item.question.section).title,
            count=f"{french.number(item.count)} sur {french.number(structures)}",
            mitigation=item.question.mitigation,
            url=place.url("risk_propose", item.question.slug) if place else "",
        )
        for item in common
    ]


def register(found: RegisterSummary, place: Place) -> Register:
    """The register of the project, in figures."""
    if not found.open:
        title = "Aucun risque n’est ouvert au registre du projet"
    else:
        opened = french.counted(found.open, "risque est ouvert", "risques sont ouverts")
        title = french.capital(f"{opened} au registre du projet")
        if found.critical:
            title += f", dont {french.counted(found.critical, 'critique', 'critiques')}"
    raised = french.agree(found.raised, "porté par une structure", "portés par des structures")
    late = french.agree(found.late, "action en retard", "actions en retard")
    return Register(
        title=title,
        stats=[
            Stat(french.number(found.open), french.agree(found.open, "risque ouvert", "risques ouverts")),
            Stat(
                french.number(found.critical),
                french.agree(found.critical, "critique", "critiques"),
                "ko" if found.critical else None,
            ),
            Stat(french.number(found.raised), raised),
            Stat(french.number(found.late), late, "late" if found.late else None),
        ],
        url=place.url("risk_register"),
        plan_url=place.url("risk_plan"),
    )


def method(moderate_from: int, certain_from: int) -> str:
    """How to read the figures, and whose the method and the thresholds are."""
    return french.typography(
        f"{words.ORIENTATION} Une section est en risque modéré à partir de {moderate_from} points sur 100, certain à "
        f"partir de {certain_from} ; l’ensemble, dix fois plus. {words.METHOD}"
    )
