"""The page that reads the risks of one place: what its analysis comes to, or why that can't be read yet."""

from dataclasses import dataclass, replace

from django.urls import reverse

from common import french
from common.charts import Lines, Radar
from common.ui import Link
from organisations.models import ESMS
from risks.places import Place
from risks.presentation import reading_changes, reading_head, reading_marks, reading_scores, words
from risks.presentation.crumbs import crumbs
from risks.presentation.reading_changes import Compared
from risks.presentation.reading_head import Notice
from risks.presentation.reading_marks import SectionMarks, Strongest
from risks.presentation.reading_scores import SectionLine, Step
from risks.presentation.tabs import tabs
from risks.rights import Rights
from risks.scoring import Thresholds
from risks.selectors.reading import PlaceReading


@dataclass(frozen=True)
class Result:
    """What the marks come to."""

    counts: str
    strongest: Strongest
    radar: Radar
    references: list[Link]
    sections: list[SectionLine]
    whole: SectionLine
    before_label: str
    median_label: str
    since: Compared | None
    others: Compared
    trend: Lines | None
    scale: list[Step]
    thresholds: str
    thresholds_url: str
    marks: list[SectionMarks]


@dataclass(frozen=True)
class ReadingPage:
    """`result` None: `title` and `lede` say why there is nothing to read yet."""

    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    campaigns: list[Link]
    notices: list[Notice]
    way_out: Link | None = None
    export_url: str = ""
    pdf_url: str = ""
    result: Result | None = None
    method: str = french.typography(words.METHOD)
    orientation: str = words.ORIENTATION


def page(place: Place, found: PlaceReading | None, rights: Rights, reference: str) -> ReadingPage:
    """`reference`: what the radar was asked to be drawn over, if anything."""
    title, lede = reading_head.opening(found, rights)
    shown = ReadingPage(
        title=french.typography(title),
        lede=french.typography(lede),
        crumbs=crumbs(place, Link("Lecture des risques")),
        tabs=tabs(place, rights, "risk_scores"),
        campaigns=reading_head.campaigns(place, found) if found else [],
        notices=reading_head.notices(place, found, rights) if found else [],
    )
    if found is None or not found.reading.marks:
        return replace(shown, way_out=reading_head.way_out(place, found, rights))
    return replace(
        shown,
        export_url=_of_the_campaign(place.url("risk_export_answers"), found),
        pdf_url=_pdf(place.esms, found) if place.esms and found.assessment.settled else "",
        result=_result(place, found, rights, reference),
    )


def _of_the_campaign(url: str, found: PlaceReading) -> str:
    return f"{url}?campagne={found.assessment.campaign.number}"


def _pdf(esms: ESMS, found: PlaceReading) -> str:
    return _of_the_campaign(reverse("risk_analysis_pdf", args=[esms.project.slug, esms.slug]), found)


def _result(place: Place, found: PlaceReading, rights: Rights, asked: str) -> Result:
    reading, before = found.reading, found.before
    offered = reading_scores.references(found)
    reference = next((name for name, _ in offered if name == asked), offered[0][0] if offered else "")
    middle = found.median.total
    number = found.assessment.campaign.number
    return Result(
        counts=_counts(found),
        strongest=reading_marks.strongest_marks(place, found, rights),
        radar=reading_scores.radar(place, found, reference),
        references=[
            Link(
                french.typography(label),
                f"{reading_head.address(place, campagne=number, repere=name)}#radar",
                current=name == reference,
            )
            for name, label in offered
        ],
        sections=reading_scores.sections(found),
        whole=reading_scores.whole(found),
        before_label=french.typography(f"Campagne n° {before.assessment.campaign.number}") if before else "",
        median_label="Médiane des autres" if place.esms and middle is not None else "Médiane" if middle else "",
        since=reading_changes.since(found),
        others=reading_changes.among_others(place, found),
        trend=reading_scores.trend(found),
        scale=reading_scores.scale(reading.thresholds),
        thresholds=french.typography(_thresholds(reading.thresholds)),
        thresholds_url=Place(place.project).url("risk_thresholds") if rights.leads else "",
        marks=reading_marks.all_marks(place, found),
    )


def _counts(found: PlaceReading) -> str:
    """« 96 questions notées, 3 « non concerné », 1 sans réponse. »"""
    total = found.reading.scores.total
    parts = [french.plural(total.marked, "question notée", "questions notées")]
    if total.answered > total.marked:
        parts.append(f"{french.number(total.answered - total.marked)} « non concerné »")
    if not total.complete:
        parts.append(f"{french.number(total.asked - total.answered)} sans réponse")
    said = f"{french.listed(parts)}."
    if total.marked < total.asked:
        said += " Les scores sont ramenés à ce qui est noté : ce qui manque ne compte ni pour ni contre."
    return french.typography(said)


def _thresholds(thresholds: Thresholds) -> str:
    """Whose they are."""
    whose = "ceux que propose cette application" if thresholds == Thresholds() else "ceux de votre projet"
    action = f"Une action est proposée à partir de la note {thresholds.action_from}."
    return f"Ces seuils sont {whose}, pas ceux de l’ANAP. {action}"
