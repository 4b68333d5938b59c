"""« Analyse de risques consolidée »: facts in, PDF out. However many structures, each has one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from common import french
from common.charts import Bar, Bars, HeatCell, HeatGroup, HeatMap, HeatRow, Part
from common.documents.parts import Chapter
from reports.models import Report
from reports.rendering import risk_words as words
from reports.rendering.issued import OnStep, draw
from reports.rendering.words import Shown, first
from reports.selectors.register import ActionFact, RiskFact
from reports.selectors.risks_consolidated import ConsolidatedFacts, SpreadFact, StructureScores
from risks.catalogue import SHORT
from risks.enums import Criticality, Level
from risks.presentation.words import LEVELS, ORIENTATION, counted_points, risk_is

FOLDER = "reports/risks"
MOST_STRUCTURES, MOST_AWAITED, MOST_COMMON, MOST_RISKS, MOST_LATE = 320, 60, 10, 40, 40
ALL_COLUMN = "Ensemble"


@dataclass(frozen=True)
class LateRow:
    """An action past its day. `about`: « Risque n° 3, Foyer d’Aval »."""

    action: ActionFact
    about: str


def risks_consolidated(report: Report, facts: ConsolidatedFacts, on_step: OnStep) -> bytes:
    """The document as PDF/UA-1."""
    return draw(
        report,
        "reports/risks_consolidated.html",
        chapters(facts),
        project=facts.project,
        occasion="Analyse de risques consolidée",
        subtitle=french.typography(f"Campagne n° {facts.campaign_number}, {_lower(facts.campaign)}"),
        on_step=on_step,
        facts=facts,
        said=said(facts),
        answered=answered(facts),
        carried=len(facts.carried),
        late=len(late_actions(facts)),
    )


def said(facts: ConsolidatedFacts) -> str:
    """« Sur douze structures, deux sont en risque certain … La médiane est à 372 points sur 1 000. »"""
    if facts.total_median is None:
        return french.typography(f"Aucune structure n’a encore transmis son analyse. {ORIENTATION}")
    low, moderate, certain = facts.levels
    levels = ((certain, Level.CERTAIN), (moderate, Level.MODERATE), (low, Level.LOW))
    spread = words.spread(len(facts.structures), levels)
    return french.typography(f"{spread} La médiane est à {median(facts)}. {ORIENTATION}")


def median(facts: ConsolidatedFacts) -> str:
    """« 372 points sur 1 000 »."""
    return f"{counted_points(facts.total_median or 0)} sur {french.number(1000)}"


def answered(facts: ConsolidatedFacts) -> str:
    """« Onze structures sur douze ont transmis. Deux sont montrées telles qu’à une campagne précédente. »"""
    if not facts.asked:
        return "Cette campagne n’a été proposée à aucune structure."
    if not facts.transmitted:
        text = f"Aucune des {french.in_words(facts.asked, feminine=True)} structures interrogées n’a encore transmis."
        if facts.asked == 1:
            text = "La seule structure interrogée n’a pas encore transmis."
    else:
        sent = french.counted(facts.transmitted, "structure", "structures", feminine=True)
        verb = french.agree(facts.transmitted, "a transmis", "ont transmis")
        text = f"{french.capital(sent)} sur {french.number(facts.asked)} {verb}."
    if facts.earlier:
        verb = french.counted(facts.earlier, "est montrée telle", "sont montrées telles", feminine=True)
        text += f" {french.capital(verb)} qu’à une campagne précédente."
    return french.typography(text)


def chapters(facts: ConsolidatedFacts) -> list[Chapter]:
    made = [
        _spread(facts) if facts.structures else None,
        _structures(facts) if facts.structures else None,
        _awaited(facts) if facts.awaited else None,
        _common(facts) if facts.common else None,
        _own(facts) if facts.own else None,
        _register(facts),
        _late(facts),
        _method(facts),
    ]
    return [chapter for chapter in made if chapter]


def _spread(facts: ConsolidatedFacts) -> Chapter:
    return Chapter(
        anchor="repartition",
        title=french.typography(_spread_title(facts.spread)),
        running="Où est le risque",
        template=f"{FOLDER}/spread.html",
        data={
            "bars": spread_bars(facts),
            "rows": [(item, words.level_mark(_level(facts, item))) for item in facts.spread],
            "total": median(facts),
            "thresholds": words.thresholds(facts.thresholds),
        },
    )


def _spread_title(spread: Sequence[SpreadFact]) -> str:
    """« C’est dans « Utilisateurs » que le risque est le plus fort »."""
    high = max(spread, key=lambda item: (item.median or 0, -item.number))
    return f"C’est dans « {high.short} » que le risque est le plus fort"


def _level(facts: ConsolidatedFacts, item: SpreadFact) -> Level | None:
    return facts.thresholds.level(Fraction(item.median)) if item.median is not None else None


def spread_bars(facts: ConsolidatedFacts) -> Bars:
    """Of each section, how many structures at each level, the riskiest section first."""
    ordered = sorted(facts.spread, key=lambda item: (-item.certain, -item.moderate, item.number))
    count = len(facts.structures)
    return Bars(
        title="Structures en risque certain ou modéré, section par section",
        context=french.typography(
            f"{french.capital(french.counted(count, 'structure', 'structures', feminine=True))} ; les sections où le "
            "risque est le plus fréquent d’abord"
        ),
        parts=[Part(LEVELS[level].word, LEVELS[level].tone, LEVELS[level].icon) for level in reversed(Level)],
        bars=[
            Bar(f"{item.number}. {item.title}", (item.certain, item.moderate, item.low), count, note=_note(item, count))
            for item in ordered
        ],
        caption="Combien de structures à chaque niveau",
        row_label="Section",
        total_label="Structures",
    )


def _note(item: SpreadFact, count: int) -> str:
    return f"{item.certain + item.moderate} sur {count}"


def _structures(facts: ConsolidatedFacts) -> Chapter:
    shown = first(facts.structures, MOST_STRUCTURES)
    return Chapter(
        anchor="structures",
        title=french.typography(_structures_title(facts)),
        running="Structures une à une",
        template=f"{FOLDER}/structures.html",
        data={"heat": heat(facts, shown.items), "shown": shown},
        wide=True,
    )


def _structures_title(facts: ConsolidatedFacts) -> str:
    """« Douze structures, dont deux en risque certain », « Douze structures, aucune en risque certain »."""
    count, certain = len(facts.structures), facts.levels[2]
    text = french.capital(french.counted(count, "structure", "structures", feminine=True))
    how = f"dont {french.in_words(certain, feminine=True)}" if certain else "aucune"
    return f"{text}, {how} en risque certain"


def heat(facts: ConsolidatedFacts, structures: Sequence[StructureScores]) -> HeatMap:
    """Structures × sections, OG after OG; the last column is the whole, on 1000."""
    groups = groupby(structures, key=lambda item: item.og)
    return HeatMap(
        title="Le score de chaque structure, section par section",
        context=ORIENTATION,
        sentence=french.typography(_heat_words(facts)),
        columns=(*SHORT, ALL_COLUMN),
        groups=[HeatGroup(rows=[_row(item, facts) for item in items], label=og) for og, items in groups],
        legend=tuple((mark.tone, mark.word) for mark in LEVELS.values()),
    )


def _heat_words(facts: ConsolidatedFacts) -> str:
    text = "Chaque section est sur 100, l’ensemble sur 1 000."
    if not facts.earlier:
        return text
    return f"{text} Entre parenthèses, le numéro de la campagne quand les notes sont d’une campagne précédente."


def _row(item: StructureScores, facts: ConsolidatedFacts) -> HeatRow:
    cells = [_cell(points, level) for points, level in item.sections]
    other = item.campaign_number != facts.campaign_number
    label = f"{item.name} (n° {item.campaign_number})" if other else item.name
    return HeatRow(label=french.typography(label), cells=[*cells, _cell(item.points, item.level)])


def _cell(points: int | None, level: Level | None) -> HeatCell:
    if points is None or level is None:
        return HeatCell("none", "–")
    return HeatCell(LEVELS[level].tone, french.number(points))


def _awaited(facts: ConsolidatedFacts) -> Chapter:
    count = len(facts.awaited)
    verb = french.counted(count, "structure n’a pas transmis", "structures n’ont pas transmis", feminine=True)
    due = french.long_date(facts.due_on)
    when = f"close le {french.long_date(facts.closed_on)}" if facts.closed_on else f"à rendre pour le {due}"
    return Chapter(
        anchor="attendues",
        title=french.capital(verb),
        running="Qui n’a pas transmis",
        template=f"{FOLDER}/awaited.html",
        data={"shown": first(facts.awaited, MOST_AWAITED), "when": french.typography(f"Campagne {when}.")},
        new_page=False,
        wide=True,
    )


def _common(facts: ConsolidatedFacts) -> Chapter:
    count = len(facts.common)
    verb = french.counted(count, "risque est commun", "risques sont communs")
    return Chapter(
        anchor="communs",
        title=f"{french.capital(verb)} à plusieurs structures",
        running="Ce qui est commun",
        template=f"{FOLDER}/common.html",
        data={
            "shown": first(facts.common, MOST_COMMON),
            "of": french.plural(len(facts.structures), "structure", "structures"),
            "from_mark": facts.thresholds.action_from,
        },
    )


def _own(facts: ConsolidatedFacts) -> Chapter | None:
    own = facts.own
    if own is None or own.total.points is None:
        return None
    total = f"{counted_points(own.total.points)} sur {french.number(1000)}"
    return Chapter(
        anchor="projet",
        title=french.typography(f"Le projet lui-même : {total}"),
        running="L’analyse du projet",
        template=f"{FOLDER}/own.html",
        data={
            "own": own,
            "rows": words.score_rows(own.sections),
            "said": french.typography(f"« {own.campaign} » : {risk_is(own.total.level)}. {ORIENTATION}"),
        },
    )


def _register(facts: ConsolidatedFacts) -> Chapter:
    raised = sum(bool(risk.structure) for risk in facts.carried)
    return Chapter(
        anchor="registre",
        title=words.register_title(facts.carried),
        running="Registre du projet",
        template=f"{FOLDER}/carried.html",
        data={
            "said": french.typography(_raised(raised)),
            "shown": first(words.risk_rows(facts.carried), MOST_RISKS),
            "others": french.typography(_others(facts)),
        },
        wide=True,
    )


def _raised(count: int) -> str:
    if not count:
        return "Aucune structure n’a demandé au projet de porter un risque."
    verb = french.counted(count, "vient d’une structure, qui le porte", "viennent de structures, qui les portent")
    return f"{french.capital(verb)} au projet."


def _others(facts: ConsolidatedFacts) -> str:
    """What structures transmitted without asking the project to carry it."""
    others = [risk for risk in facts.risks if risk.open and risk.structure and not risk.raised_on]
    if not others:
        return ""
    critical = sum(risk.criticality == Criticality.CRITICAL for risk in others)
    more = f", dont {french.counted(critical, 'critique', 'critiques')}" if critical else ""
    if len(others) == 1:
        return f"Une structure a transmis un autre risque ouvert sans le porter au projet{more} : il se lit chez elle."
    count = french.counted(len(others), "autre risque ouvert", "autres risques ouverts")
    return f"Les structures ont transmis {count} sans les porter au projet{more} : ils se lisent dans leurs registres."


def late_actions(facts: ConsolidatedFacts) -> list[LateRow]:
    """The longest late first."""
    rows = [LateRow(action, french.typography(_about(risk))) for risk in facts.risks for action in risk.late_actions]
    return sorted(rows, key=lambda row: (row.action.due_on or facts.today, row.about))


def _about(risk: RiskFact) -> str:
    whose = risk.structure or "le projet"
    return f"Risque n° {risk.number}, {whose}"


def _late(facts: ConsolidatedFacts) -> Chapter:
    found = late_actions(facts)
    count = len(found)
    verb = french.counted(count, "action est", "actions sont", feminine=True) if count else "aucune action n’est"
    shown: Shown[LateRow] = first(found, MOST_LATE)
    return Chapter(
        anchor="retards",
        title=f"{french.capital(verb)} en retard",
        running="Actions en retard",
        template=f"{FOLDER}/late.html",
        data={"shown": shown},
        new_page=False,
        wide=True,
    )


def _method(facts: ConsolidatedFacts) -> Chapter:
    return Chapter(
        anchor="methode",
        title="Comment ces scores sont faits",
        running="Méthode",
        template=f"{FOLDER}/method.html",
        data={"paragraphs": words.method(facts.thresholds)},
    )


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"
