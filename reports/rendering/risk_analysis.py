"""« Analyse de risques » of a structure: facts in, PDF out."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import french
from common.charts import Axis, Radar
from common.charts.base import Table
from common.documents.parts import Chapter
from reports.models import Report
from reports.rendering import risk_words as words
from reports.rendering.issued import OnStep, draw
from reports.rendering.words import Shown, first, shortened
from reports.selectors.risk_analysis import AnalysisFacts, MarkFact, ScoreFact
from risks.presentation.words import ORIENTATION, mark_of, risk_is
from risks.scoring import HIGHEST

FOLDER = "reports/risks"
FEWEST_AXES = 3
MOST_STRONG, MOST_RISKS = 10, 40
LONGEST = 160  # characters of a comment beside the strongest marks; it is whole in the annex
OF_A_SECTION, OF_ALL = 100, 1000


@dataclass(frozen=True, kw_only=True)
class SectionsRadar(Radar):
    """A radar whose figures stand in a table of their own, beside it."""

    @property
    def table(self) -> Table | None:
        return None


@dataclass(frozen=True)
class MarkView:
    """`said`: « 9 sur 10 »; `before`: the last mark in the same words, or a dash; `brief`: the comment, cut."""

    fact: MarkFact
    said: str
    before: str
    brief: str


@dataclass(frozen=True)
class SectionView:
    """The marks of a section, in the annex."""

    title: str
    marks: list[MarkView]


def risk_analysis(report: Report, facts: AnalysisFacts, on_step: OnStep) -> bytes:
    """The document as PDF/UA-1."""
    return draw(
        report,
        "reports/risk_analysis.html",
        chapters(facts),
        project=facts.structure,
        occasion="Analyse de risques",
        subtitle=french.typography(f"{facts.project}. {standing(facts)}."),
        on_step=on_step,
        author="" if report.named else "Passerelle DUI",
        facts=facts,
        said=said(facts),
        standing=standing(facts),
        holds=holds(facts),
        thresholds=words.thresholds(facts.thresholds),
    )


def standing(facts: AnalysisFacts) -> str:
    """« Fin de la phase Pilote, transmise le 31 mars 2026 », without a full stop."""
    if facts.transmitted and facts.transmitted_on:
        return french.typography(f"{facts.campaign}, transmise le {french.long_date(facts.transmitted_on)}")
    return french.typography(f"{facts.campaign}, document de travail ({facts.status.label.lower()})")


def holds(facts: AnalysisFacts) -> str:
    """What is in it, and for whom."""
    if facts.transmitted:
        return french.typography(
            "Ce document ne contient que ce que la structure a transmis : ses notes retenues, et les risques de son "
            "registre qu’elle a transmis. Ceux qu’elle garde pour elle n’y sont pas."
        )
    return french.typography(
        "Document de travail : il contient tout ce que la structure a écrit, transmis ou non. Seules les personnes de "
        "la structure le lisent dans l’application."
    )


def said(facts: AnalysisFacts) -> str:
    """« L’ensemble atteint 372 points sur 1 000 : le risque est nul ou faible, douze points de moins que … »"""
    total = facts.total
    if total.points is None:
        return french.typography(f"Rien n’est encore noté. {ORIENTATION}")
    since = f", {words.moved(total.change, compared(facts))}" if total.change is not None else ""
    return french.typography(
        f"L’ensemble atteint {french.number(total.points)} points sur {french.number(OF_ALL)} : {risk_is(total.level)}"
        f"{since}. {ORIENTATION}"
    )


def compared(facts: AnalysisFacts) -> str:
    """« dans l’analyse « Début du projet » »."""
    return f"dans l’analyse « {facts.compared_with} »"


def chapters(facts: AnalysisFacts) -> list[Chapter]:
    return [*_scores(facts), _strongest(facts), *_register(facts), _method(facts), _signatures(facts), _annex(facts)]


def _scores(facts: AnalysisFacts) -> list[Chapter]:
    high = words.strongest_section(facts.sections)
    title = f"Le risque est le plus fort dans « {high.short} »" if high else "Aucune section n’est encore notée"
    return [
        Chapter(
            anchor="scores",
            title=french.typography(title),
            running="Scores par section",
            template=f"{FOLDER}/scores.html",
            data={
                "radar": radar(facts) if high else None,
                "rows": words.score_rows(facts.sections),
                "total": words.score_rows([facts.total])[0],
                "compared": french.typography(facts.compared_with),
            },
        )
    ]


def radar(facts: AnalysisFacts) -> SectionsRadar | None:
    """The sections that have a score, and what they had last time if all of them had one. None when they are too few
    to draw."""
    scored = [item for item in facts.sections if item.points is not None]
    high = words.strongest_section(scored)
    if len(scored) < FEWEST_AXES or high is None:
        return None
    before = [item.before for item in scored if item.before is not None]
    comparable = len(before) == len(scored)
    return SectionsRadar(
        title=french.typography(f"« {high.short} » : {high.points} points sur {OF_A_SECTION}"),
        context=ORIENTATION,
        sentence=french.typography(_radar_words(facts, scored)),
        axes=[Axis(item.title, item.short) for item in scored],
        values=[item.points or 0 for item in scored],
        label="Cette analyse",
        reference=before if comparable else (),
        reference_label=facts.compared_with if comparable else "",
    )


def _radar_words(facts: AnalysisFacts, scored: Sequence[ScoreFact]) -> str:
    """« Trois sections sur dix sont au-dessus du seuil « modéré »; deux ont monté depuis … »"""
    above = sum((item.points or 0) >= facts.thresholds.moderate_from for item in scored)
    verb = (
        french.counted(above, "section atteint", "sections atteignent", feminine=True) if above else "aucune n’atteint"
    )
    text = f"{french.capital(verb)} {facts.thresholds.moderate_from} points, le seuil du risque modéré"
    changes = [item.change for item in scored if item.change is not None]
    if not changes:
        return f"{text}."
    up, down = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    if not up and not down:
        return f"{text} ; rien n’a bougé depuis « {facts.compared_with} »."
    parts = [
        french.counted(up, "a monté", "ont monté", feminine=True) if up else "",
        french.counted(down, "a baissé", "ont baissé", feminine=True) if down else "",
    ]
    return f"{text} ; {french.listed([part for part in parts if part])} depuis « {facts.compared_with} »."


def _strongest(facts: AnalysisFacts) -> Chapter:
    count = len(facts.strongest)
    title = (
        f"{french.capital(french.counted(count, 'note appelle', 'notes appellent', feminine=True))} une action"
        if count
        else "Aucune note n’appelle d’action"
    )
    return Chapter(
        anchor="plus-forts",
        title=title,
        running="Les risques les plus forts",
        template=f"{FOLDER}/strongest.html",
        data={
            "shown": _shown(facts.strongest, MOST_STRONG),
            "from_mark": f"{facts.thresholds.action_from} sur {HIGHEST}".replace(" ", french.NBSP),
        },
    )


def _register(facts: AnalysisFacts) -> list[Chapter]:
    return [
        Chapter(
            anchor="registre",
            title=words.register_title(facts.risks),
            running="Registre des risques",
            template=f"{FOLDER}/register.html",
            data={
                "matrix": words.matrix(facts.risks) if facts.open_risks else None,
                "shown": first(words.risk_rows(facts.risks, whose=False), MOST_RISKS),
                "late": late(facts.late_actions),
            },
            wide=True,
        )
    ]


def late(count: int) -> str:
    """« Deux actions sont en retard. »"""
    if not count:
        return "Aucune action n’est en retard."
    return f"{french.capital(french.counted(count, 'action est', 'actions sont', feminine=True))} en retard."


def _method(facts: AnalysisFacts) -> Chapter:
    return Chapter(
        anchor="methode",
        title="Comment ces scores sont faits",
        running="Méthode",
        template=f"{FOLDER}/method.html",
        data={"paragraphs": words.method(facts.thresholds)},
    )


def _signatures(facts: AnalysisFacts) -> Chapter:
    return Chapter(
        anchor="validation",
        title="Validation",
        template=f"{FOLDER}/signatures.html",
        data={"standing": standing(facts)},
        new_page=False,
    )


def _annex(facts: AnalysisFacts) -> Chapter:
    return Chapter(
        anchor="notes",
        title="Annexe : toutes les notes retenues",
        running="Annexe : les notes",
        template=f"{FOLDER}/marks.html",
        data={"sections": [_section(facts, section) for section in facts.sections], "carried": carried(facts)},
        numbered=False,
    )


def carried(facts: AnalysisFacts) -> str:
    """What the mark of carried questions means; empty when there is none."""
    if not facts.carried:
        return ""
    verb = french.counted(facts.carried, "note est gardée", "notes sont gardées", feminine=True)
    return french.typography(
        f"{french.capital(verb)} de l’analyse précédente : cette campagne ne repose que les questions qui changent "
        "d’une phase à l’autre. Elles portent la mention « gardée »."
    )


def _section(facts: AnalysisFacts, section: ScoreFact) -> SectionView:
    score = f"{section.points} points sur {OF_A_SECTION}" if section.points is not None else "sans note"
    return SectionView(
        title=french.typography(f"{section.number}. {section.title} : {score}"),
        marks=[_mark(mark) for mark in facts.marks if mark.section == section.number],
    )


def _mark(mark: MarkFact) -> MarkView:
    before = mark_of(mark.before) if mark.before is not None else "–"
    return MarkView(mark, mark_of(mark.value, answered=mark.answered), before, shortened(mark.comment, LONGEST))


def _shown(marks: Sequence[MarkFact], most: int) -> Shown[MarkView]:
    found = first(marks, most)
    return Shown([_mark(mark) for mark in found.items], found.rest)
