"""The structures one by one, as a heat-map: what the directory says of each, and how many of its alerts wait."""

from common import french
from common.charts import HeatCell, HeatGroup, HeatMap, HeatRow
from common.documents.parts import Chapter
from organisations.enums import Phase
from reports.rendering.words import reference
from reports.selectors.structures import OgStructures, StructureFacts, StructureLine

COLUMNS = ("Phase", "Direction", "Au COMOP", "Alertes", "Arbitrages")
SHORT = {Phase.USAGE: "Usages"}  # a line is one line high: there may be three hundred
OLD = 30  # days: an alert that waits longer is in alert itself
_PHASES = {Phase.PILOT: "progress", Phase.ROLLOUT: "progress", Phase.USAGE: "ok", Phase.ROUTINE: "ok"}


def structures(facts: StructureFacts) -> list[Chapter]:
    """Nothing before the project has a structure."""
    if not facts.every:
        return []
    return [
        Chapter(
            anchor="structures",
            title=_title(facts),
            running="Structures une à une",
            template="reports/committee/structures.html",
            data={"heat": heat(facts)},
            new_page=False,
        )
    ]


def _title(facts: StructureFacts) -> str:
    """« Douze structures, dont trois en alerte »."""
    count = len(facts.every)
    alerted = sum(1 for line in facts.every if line.critical or line.warning)
    said = french.capital(french.counted(count, "structure", "structures", feminine=True))
    return f"{said}, dont {french.in_words(alerted, feminine=True)} en alerte" if alerted else said


def heat(facts: StructureFacts) -> HeatMap:
    return HeatMap(
        title="Où en est chaque structure",
        sentence=sentence(facts),
        columns=COLUMNS,
        groups=[_group(og) for og in facts.ogs],
        legend=(("ok", "En place"), ("progress", "En cours"), ("late", "À surveiller"), ("ko", "En alerte")),
    )


def sentence(facts: StructureFacts) -> str:
    """« Trois sont en pilote, neuf en préparation. »"""
    by_phase = [(phase, sum(1 for line in facts.every if line.phase == phase)) for phase in Phase]
    said = [f"{french.number(count)} en {_lower(phase)}" for phase, count in reversed(by_phase) if count]
    return f"{french.capital(french.listed(said))}."


def _lower(phase: Phase) -> str:
    return f"{phase.label[0].lower()}{phase.label[1:]}"


def _group(og: OgStructures) -> HeatGroup:
    count = french.plural(len(og.structures), "structure", "structures")
    return HeatGroup(rows=[_row(line) for line in og.structures], label=french.typography(f"{og.name} : {count}"))


def _row(line: StructureLine) -> HeatRow:
    count = len(line.arbitrations)
    concerned = reference(line.arbitrations[0]) if count == 1 else french.plural(count, "arbitrage", "arbitrages")
    return HeatRow(
        label=french.typography(line.name),
        cells=(
            HeatCell(_PHASES.get(line.phase, "none"), SHORT.get(line.phase, line.phase.label)),
            HeatCell("ok", "Nommée") if line.directors else HeatCell("late", "À nommer"),
            HeatCell("ok", "Représentée") if line.represented else HeatCell("ko", "Personne"),
            _alerts(line),
            HeatCell("progress", concerned) if count else HeatCell("none", "Aucun"),
        ),
    )


def _alerts(line: StructureLine) -> HeatCell:
    count = line.critical + line.warning
    if not count:
        return HeatCell("ok", "Aucune")
    tone = "ko" if line.critical or line.oldest > OLD else "late"
    return HeatCell(tone, f"{count}, {line.oldest}{french.NBSP}j")
