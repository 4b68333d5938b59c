"""Scores as they are drawn and written: by section, as a radar, over time, and what their levels mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.charts import Axis, Lines, Radar, Series
from common.charts.base import figure
from risks.enums import Level
from risks.places import Place
from risks.presentation.words import Mark, in_sentence, level_mark, points, signed
from risks.scoring import A_SECTION, ALL, HIGHEST, LOWEST, Score, Thresholds
from risks.selectors.reading import PlaceReading

NAMED = 3  # sections in a title
AXES = 3  # the fewest that a radar has
MEDIAN, PREVIOUS = "mediane", "precedente"  # what the radar is drawn over


@dataclass(frozen=True)
class SectionLine:
    """Printed scores of a section, or of the whole; `raw` with the marks that it adds. `sentence`: all of it, on a
    phone."""

    title: str
    level: Mark
    points: str
    was: str
    change: str
    median: str
    raw: str
    sentence: str


def sections(found: PlaceReading) -> list[SectionLine]:
    before, medians = found.before, found.median.sections
    return [
        _line(
            found,
            f"{item.section.number}. {item.section.title}",
            level,
            item.score,
            before.scores.sections[rank].score.points if before else None,
            medians[rank] if medians else None,
        )
        for rank, (item, level) in enumerate(zip(found.reading.scores.sections, found.reading.levels, strict=True))
    ]


def whole(found: PlaceReading) -> SectionLine:
    reading, before = found.reading, found.before
    was = before.scores.total.points if before else None
    return _line(found, "Ensemble, de 100 à 1 000", reading.level, reading.scores.total, was, found.median.total)


def _line(
    found: PlaceReading, title: str, level: Level | None, score: Score, was: int | None, median: int | None
) -> SectionLine:
    change = signed(None if was is None or score.points is None else score.points - was)
    said = [points(score)]
    if found.before and was is not None:
        moved = "inchangé" if was == score.points else change
        said.append(f"{moved} depuis la campagne n° {found.before.assessment.campaign.number}")
    if median is not None:
        said.append(f"médiane {french.number(median)}")
    said.append(f"points bruts : {raw(score)}")
    return SectionLine(
        title=french.typography(title),
        level=level_mark(level),
        points=figure(score.points),
        was=figure(was),
        change=change,
        median=figure(median),
        raw=raw(score),
        sentence=french.typography(f"{' ; '.join(said)}."),
    )


def raw(score: Score) -> str:
    """« 54 pour 9 notes »: marks as they were added, and how many."""
    if not score.marked:
        return "–"
    return f"{french.number(score.raw)} pour {french.plural(score.marked, 'note', 'notes')}".replace(" ", french.NBSP)


# --- The radar -------------------------------------------------------------------------------------------------------


def references(found: PlaceReading) -> list[tuple[str, str]]:
    """What the radar may be drawn over: its name in the address, and in words."""
    shown = []
    if found.before:
        shown.append((PREVIOUS, f"Campagne n° {found.before.assessment.campaign.number}"))
    if found.median.total is not None:
        shown.append((MEDIAN, "Médiane des autres structures"))
    return shown


def radar(place: Place, found: PlaceReading, reference: str) -> Radar:
    """Sections without a mark have no axis."""
    scored = [(rank, item) for rank, item in enumerate(found.reading.scores.sections) if item.score.points is not None]
    labels = dict(references(found))
    over: Sequence[int | None] = ()
    if reference == PREVIOUS and found.before:
        over = [found.before.scores.points[rank] for rank, _ in scored]
    elif reference == MEDIAN and reference in labels:
        over = [found.median.sections[rank] for rank, _ in scored]
    outline = [value for value in over if value is not None]
    whole = len(outline) == len(scored)
    return Radar(
        title=french.typography(_peaks(found)),
        context="Score de chaque section, de 10 à 100. Plus la surface est grande, plus le risque est fort.",
        caption="Le score de chaque section, sur 100",
        axes=[Axis(item.section.title, item.section.short) for _, item in scored],
        values=[item.score.points or 0 for _, item in scored] if len(scored) >= AXES else [],
        label="La structure" if place.esms else "Le projet",
        reference=outline if whole else (),
        reference_label=labels[reference] if whole and reference in labels else "",
        empty="Moins de trois sections sont notées : il n’y a pas encore de dessin à en faire.",
    )


def _peaks(found: PlaceReading) -> str:
    """Where risk is strongest: the sections at the certain level, or the highest."""
    reading = found.reading
    scored = [(item, level) for item, level in zip(reading.scores.sections, reading.levels, strict=True) if level]
    certain = [item for item, level in scored if level == Level.CERTAIN]
    if len(certain) > NAMED:
        return f"Le risque est certain dans {french.counted(len(certain), 'section', 'sections', feminine=True)}"
    if certain:
        return f"Le risque est certain : {french.listed([in_sentence(item.section.title) for item in certain])}"
    if not scored:
        return "Aucune section n’est notée"
    highest = max(scored, key=lambda pair: pair[0].score.points or 0)[0]
    return f"La section la plus exposée : {in_sentence(highest.section.title)}"


# --- Over time, and what the levels mean -----------------------------------------------------------------------------


def trend(found: PlaceReading) -> Lines | None:
    """The total of each campaign, from two on."""
    known = [(item.assessment.campaign.number, item.scores.total.points) for item in found.history]
    if len(known) < 2:
        return None
    first, last = known[0][1], known[-1][1]
    campaigns = french.counted(len(known), "campagne", "campagnes", feminine=True)
    title = (
        f"De {french.number(first)} à {french.number(last)} points en {campaigns}"
        if first is not None and last is not None
        else f"Le score en {campaigns}"
    )
    return Lines(
        title=french.typography(title),
        context=f"Score total en {campaigns}, de 100 à 1 000. Plus la courbe monte, plus le risque est fort.",
        caption="Le score total, campagne par campagne",
        labels=[french.typography(f"n° {number}") for number, _ in known],
        series=[Series("Score total", [value for _, value in known], short="Total")],
        unit="",
        maximum=ALL * HIGHEST,
        row_label="Campagne",
    )


@dataclass(frozen=True)
class Step:
    """What a level begins with."""

    mark: Mark
    whole: str
    section: str


def scale(thresholds: Thresholds) -> list[Step]:
    """From which score to which each level goes."""
    moderate, certain = thresholds.moderate_from, thresholds.certain_from
    highest, times = A_SECTION * HIGHEST, ALL // A_SECTION
    return [
        Step(
            mark=level_mark(level),
            whole=f"de {french.number(low * times)} à {french.number(min((high + 1) * times - 1, ALL * HIGHEST))}",
            section=f"de {low} à {min(high, highest)}",
        )
        for level, low, high in (
            (Level.LOW, A_SECTION * LOWEST, moderate - 1),
            (Level.MODERATE, moderate, certain - 1),
            (Level.CERTAIN, certain, highest),
        )
    ]
