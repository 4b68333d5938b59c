"""The drawings of the overview: structures × sections, levels by section, sections against the project's own."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from common import french
from common.charts import Axis, Bar, Bars, HeatCell, HeatGroup, HeatMap, HeatRow, Part, Radar
from organisations.models import Wave
from risks.catalogue import questionnaire
from risks.enums import Level
from risks.places import Place
from risks.presentation import words
from risks.scoring import Score
from risks.selectors.assessments import Reading
from risks.selectors.overview import Followed, Overview, Summary

FROM_WORST = (Level.CERTAIN, Level.MODERATE, Level.LOW)
LEGEND = (("ok", "Nul ou faible"), ("late", "Modéré"), ("ko", "Certain"), ("none", "Sans note"))
NO_WAVE = "Sans vague"


def heat(found: Overview, shown: Sequence[Followed], waves: Sequence[Wave]) -> HeatMap:
    """`shown`: the structures of this page, in the order of their waves."""
    names = {wave.pk: french.typography(wave.name) for wave in waves}
    groups = [
        HeatGroup([_row(found, one) for one in rows], names.get(wave, NO_WAVE) if names else "")
        for wave, rows in groupby(shown, key=lambda one: one.esms.wave_id)
    ]
    return HeatMap(
        title="Où est le risque, structure par structure et section par section",
        sentence=f"{words.ORIENTATION} Chaque case s’ouvre sur la lecture de la structure.",
        context="Scores sur 100, l’ensemble sur 1 000",
        caption="Scores de risque des structures, dans l’ensemble et par section",
        columns=["Ensemble", *(section.short for section in questionnaire().sections)],
        groups=groups,
        legend=LEGEND,
        empty="Aucune structure à montrer.",
    )


def _row(found: Overview, one: Followed) -> HeatRow:
    place = Place(found.project, one.esms)
    label, reading = french.typography(one.esms.name), one.reading
    if reading is None:
        url = place.url("risk_questionnaire")
        cells = [HeatCell() for _ in range(len(questionnaire().sections) + 1)]
        return HeatRow(french.typography(f"{label} ({standing(one)})"), cells, url)
    campaign = reading.assessment.campaign
    if campaign != found.campaign:
        label = french.typography(f"{label} (campagne n°{french.NBSP}{campaign.number})")
    url = f"{place.url('risk_scores')}?campagne={campaign.number}"
    sections = zip(reading.scores.sections, reading.levels, strict=True)
    return HeatRow(
        label,
        [
            _cell(reading.scores.total, reading.level, url, one.change),
            *(_cell(item.score, level, url) for item, level in sections),
        ],
        url,
    )


def standing(one: Followed) -> str:
    """Where a structure that transmitted nothing is: « réponses en cours »."""
    if one.asked is None:
        return "non sollicitée"
    return "campagne close avant la transmission" if one.asked.closed_at else one.asked.get_status_display().lower()


def _cell(score: Score, level: Level | None, url: str, change: int | None = None) -> HeatCell:
    if score.points is None:
        return HeatCell("none", "–", url)
    said = french.number(score.points)
    return HeatCell(words.level_mark(level).tone, f"{said} ({signed(change)})" if change else said, url)


def signed(change: int) -> str:
    """« +30 », « −12 », « = »."""
    return f"+{french.number(change)}" if change > 0 else french.number(change) if change else "="


def levels(summary: Summary) -> Bars:
    """How many structures at each level, in the whole and by section."""
    sections = questionnaire().sections
    medians = [summary.total_median, *summary.medians]
    labels = ["Ensemble", *(section.title for section in sections)]
    counts = [summary.levels, *summary.section_levels]
    bars = [
        Bar(
            label,
            [count[level] for level in FROM_WORST],
            summary.structures,
            note="" if middle is None else f"médiane {french.number(middle)}",
        )
        for label, count, middle in zip(labels, counts, medians, strict=True)
    ]
    return Bars(
        title=french.typography(_worst(summary)),
        sentence="Combien de structures sont à chaque niveau, dans l’ensemble (sur 1 000) et par section (sur 100).",
        parts=[Part(mark.word, mark.tone, mark.icon) for level in FROM_WORST if (mark := words.level_mark(level))],
        bars=bars if summary.structures else [],
        row_label="Section",
        total_label="Structures",
        empty="Aucune analyse n’est encore transmise.",
    )


def _worst(summary: Summary) -> str:
    """« « Les ressources du projet » est en risque modéré ou certain dans neuf structures sur douze »."""
    found = enumerate(summary.section_levels)
    place, count = max(found, key=lambda item: (_at_risk(item[1]), item[1][Level.CERTAIN], -item[0]))
    if not _at_risk(count):
        return "Le risque est nul ou faible partout, section par section"
    many = f"{counted(_at_risk(count))} sur {french.in_words(summary.structures)}"
    return f"« {questionnaire().sections[place].title} » est en risque modéré ou certain dans {many}"


def _at_risk(levels: Counter[Level]) -> int:
    return levels[Level.MODERATE] + levels[Level.CERTAIN]


def counted(count: int) -> str:
    """« trois structures »."""
    return french.counted(count, "structure", "structures", feminine=True)


def sections(summary: Summary, own: Reading | None) -> Radar:
    """The middle score of the structures by section, against the project's own scores."""
    form = questionnaire()
    medians = [value for value in summary.medians if value is not None]
    whole = len(medians) == len(form.sections)
    beside = [value for value in own.scores.points if value is not None] if own else []
    compared = len(beside) == len(form.sections)
    return Radar(
        title=french.typography(_highest(summary)),
        sentence=french.typography(_beside(summary, own)),
        context="Score médian des structures, sur 100",
        axes=[Axis(section.title, section.short) for section in form.sections],
        values=medians if whole else [],
        label="Médiane des structures",
        reference=beside if compared and whole else [],
        reference_label="Le projet lui-même",
        empty="Il manque des notes pour dessiner toutes les sections.",
    )


def _highest(summary: Summary) -> str:
    found = [(value, -place) for place, value in enumerate(summary.medians) if value is not None]
    if not found:
        return "Aucune section n’est encore notée"
    value, place = max(found)
    points = words.counted_points(value)
    return f"« {questionnaire().sections[-place].title} » est la section la plus risquée : {points} en médiane"


def _beside(summary: Summary, own: Reading | None) -> str:
    total = own.scores.total.points if own else None
    if own is None or total is None or summary.total_median is None:
        return f"{words.ORIENTATION} La moitié des structures sont au-dessus de la médiane."
    said = f"{french.number(total)} sur {french.number(1000)}"
    middle = french.number(summary.total_median)
    return f"En pointillé, le projet lui-même : {said} dans l’ensemble, pour {middle} en médiane des structures."
