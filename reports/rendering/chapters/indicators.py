"""Indicators in a committee's report: the statements that came, then what all structures are worth together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.charts import Lines
from common.documents.parts import Chapter
from indicators.enums import IndicatorPhase, Kind
from indicators.periods import Period
from indicators.presentation.structure import KEY
from indicators.presentation.structure_line import since_words
from indicators.presentation.words import terms_in_words, written_value
from indicators.selectors.campaigns import Reporting
from indicators.totals import FEWEST
from reports.rendering.indicator_words import change, curve, may_be_drawn, standing
from reports.rendering.words import Mark, some
from reports.selectors.indicators import IndicatorFacts, WholeFact, of_phase

MOST_CURVES, MOST_UNTOLD = 2, 6
UNLIKE = Mark("Ne se compare pas", "none", "s-na")  # sums over more structures, or fewer


@dataclass(frozen=True)
class Row:
    """`over`: « neuf structures », and its period where it is not that of the others."""

    label: str
    over: str
    value: str
    terms: str
    target: str
    standing: Mark | None
    change: str
    moved: Mark | None


def indicators(facts: IndicatorFacts) -> list[Chapter]:
    """Nothing before a statement was asked for, nor a figure computed."""
    if facts.empty:
        return []
    return [
        Chapter(
            anchor="indicateurs",
            title=french.typography(title(facts)),
            running="Indicateurs et cibles",
            template="reports/committee/indicators.html",
            data={
                "said": french.typography(" ".join(part for part in (_given(facts), _moves(facts)) if part)),
                "running": french.typography(_running(facts.running)),
                "groups": [
                    (phase.label, [row(line, facts.period) for line in found])
                    for phase in IndicatorPhase
                    if (found := of_phase(facts.lines, phase))
                ],
                "curves": curves(facts.lines),
                "untold": french.typography(untold(facts)),
            },
            new_page=False,
        )
    ]


def title(facts: IndicatorFacts) -> str:
    """« Cinq relevés sur sept rendus pour octobre 2026, trois cibles atteintes sur huit »."""
    said, of = [], facts.period.label
    given = facts.reporting
    if given and given.received == given.expected:
        said.append(
            f"{french.counted(given.expected, 'relevé attendu est rendu', 'relevés attendus sont rendus')} pour {of}"
        )
    elif given:
        received = f"{french.in_words(given.received)} {french.agree(given.received, 'relevé', 'relevés')}"
        end = french.agree(given.received, "rendu", "rendus")
        received = received if given.received else "aucun relevé"
        said.append(f"{received} sur {french.in_words(given.expected)} {end} pour {of}")
    shares = [line.share for line in facts.lines if line.share is not None]
    if len(shares) == 1:
        said.append(f"la seule cible {'est' if shares[0] >= 1 else 'n’est pas'} atteinte")
    elif shares:
        good = sum(share >= 1 for share in shares)
        reached = french.counted(good, "cible atteinte", "cibles atteintes", feminine=True)
        said.append(f"{reached if good else 'aucune cible atteinte'} sur {french.in_words(len(shares), feminine=True)}")
    return french.capital(", ".join(said) if said else f"Indicateurs {facts.period.genitive}")


def _given(facts: IndicatorFacts) -> str:
    """« Sept relevés étaient attendus pour octobre 2026 : cinq sont rendus, dont quatre à temps. »"""
    given = facts.reporting
    if given is None:
        return ""
    asked = french.counted(given.expected, "relevé était attendu", "relevés étaient attendus")
    text = f"{french.capital(asked)} pour {facts.period.label} : "
    if not given.received:
        return f"{text}aucun n’est rendu."
    text += french.counted(given.received, "est rendu", "sont rendus")
    if given.on_time == given.received:
        return f"{text}, à temps."
    soon = f"dont {french.in_words(given.on_time)} à temps" if given.on_time else "après l’échéance"
    return f"{text}, {soon}."


def _moves(facts: IndicatorFacts) -> str:
    """« Depuis septembre 2026, trois indicateurs progressent et deux reculent. »"""
    moves = [
        (line.before[0], change(line.followed, line.before[1], line.value)[1].tone)
        for line in facts.lines
        if line.before and line.compares and line.period == facts.period
    ]
    if not moves:
        return ""
    [(since, _)] = Counter(period for period, _ in moves).most_common(1)
    tones = [tone for period, tone in moves if period == since]
    better, worse = tones.count("ok"), tones.count("late")
    noun = ("", "") if better else ("indicateur ", "indicateurs ")
    said = [
        french.counted(better, "indicateur progresse", "indicateurs progressent") if better else "",
        french.counted(worse, f"{noun[0]}recule", f"{noun[1]}reculent") if worse else "",
    ]
    told = [part for part in said if part]
    return f"{french.capital(since_words(since))}, {' et '.join(told)}." if told else ""


def _running(found: tuple[Period, Reporting] | None) -> str:
    """« Pour novembre 2026, deux relevés sur sept sont rendus à ce jour. »"""
    if found is None:
        return ""
    period, given = found
    verb = french.agree(given.received, "est rendu", "sont rendus")
    said = (
        f"{french.counted(given.received, 'relevé', 'relevés')} sur {french.in_words(given.expected)} {verb} à ce jour"
    )
    return f"Pour {period.label}, {said if given.received else 'aucun relevé n’est encore rendu'}."


def row(line: WholeFact, period: Period) -> Row:
    definition = line.followed.definition
    over = [
        french.counted(line.count, "structure", "structures", feminine=True) if line.count else "le projet",
        line.period.label if line.period != period else "",
    ]
    words, moved = "", None
    if line.before:
        since, before, count = line.before
        words, moved = change(line.followed, before, line.value)
        then = french.counted(count, "structure", "structures", feminine=True)
        if not line.compares:
            words, moved = f"{written_value(definition, before)} en {since.label}, sur {then}", UNLIKE
        else:
            words = f"{words} {since_words(since)}{'' if count == line.count else f', sur {then} alors'}"
    return Row(
        label=french.typography(definition.label),
        over=french.typography(", ".join(part for part in over if part)),
        value=written_value(definition, line.value),
        terms=terms_in_words(definition, line.terms),
        target="" if line.target is None else written_value(definition, line.target),
        standing=standing(line.followed, line.value, line.target),
        change=french.typography(words),
        moved=moved,
    )


def curves(lines: Sequence[WholeFact]) -> list[tuple[str, Lines]]:
    """Of the shares that say most."""
    rank = {code: place for place, code in enumerate(KEY)}
    main = sorted((line for line in lines if line.followed.code in rank), key=lambda line: rank[line.followed.code])
    found = [line for line in main if _is_share(line) and may_be_drawn(line.followed, line.series)][:MOST_CURVES]
    return [(f"courbe-{line.followed.code}", curve(line.followed, line.series, line.target)) for line in found]


def _is_share(line: WholeFact) -> bool:
    return line.followed.definition.kind == Kind.RATIO and line.followed.definition.percent


def untold(facts: IndicatorFacts) -> str:
    """What is held back, in a sentence that doesn't tell why of which."""
    if not facts.untold:
        return ""
    count = len(facts.untold)
    head = french.capital(french.counted(count, "indicateur n’a pas", "indicateurs n’ont pas"))
    names = some([f"« {name} »" for name in facts.untold], MOST_UNTOLD)
    fewest = french.in_words(FEWEST, feminine=True)
    return (
        f"{head} de chiffre d’ensemble ici ({names}) : rien n’est rendu ni calculé encore, ou un total porterait sur "
        f"moins de {fewest} structures, ou quelqu’un pourrait y retrouver une structure en ôtant celles qu’il connaît."
    )
