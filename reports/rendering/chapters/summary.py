"""The page that says it all: four figures, what changed, what needs attention, progress step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checklist import presentation
from checklist.enums import Status
from checklist.selectors import StepProgress
from common import french
from common.charts.bars import Segment, segments
from common.documents.parts import Chapter
from governance.enums import FollowUpState
from reports.rendering.chapters.checklist import changed
from reports.rendering.chapters.structures import sentence
from reports.rendering.words import days, reference, shortened, since
from reports.selectors.alerts import AlertFacts
from reports.selectors.calendar import PhaseLine
from reports.selectors.comop import ComopFacts
from reports.selectors.costrat import CostratFacts
from reports.selectors.follow_ups import FollowUpLine
from reports.selectors.progress import ProgressFacts
from reports.selectors.structures import StructureFacts

STATES = (Status.OK, Status.IN_PROGRESS, Status.KO, Status.TODO)
MOST, LONGEST = 5, 130  # sentences in a list of the page, which is one page, and characters of each


@dataclass(frozen=True)
class StepRow:
    """A line of « Avancement par étape »: a bar, and its figures in the order of STATES."""

    label: str
    segments: tuple[Segment, ...]
    values: tuple[int, ...]
    total: int


def step_rows(steps: Sequence[StepProgress]) -> list[StepRow]:
    return [_step(step) for step in steps]


def _step(step: StepProgress) -> StepRow:
    counts = step.counts
    values = (counts.ok, counts.in_progress, counts.ko, counts.todo)
    drawn = zip((state.tone for state in STATES[:-1]), values, strict=False)
    return StepRow(
        label=f"{step.number}. {french.typography(step.title)}",
        segments=segments(*drawn, total=counts.applicable) if counts.applicable else (),
        values=values,
        total=counts.applicable,
    )


def of_costrat(facts: CostratFacts) -> list[Chapter]:
    total = facts.progress.total
    figures = [
        (len(facts.arbitrations.to_render), _agree(len(facts.arbitrations.to_render), "arbitrage", "à rendre")),
        (total.ok, f"{french.agree(total.ok, 'action faite', 'actions faites')} sur {total.applicable}"),
        (total.ko, french.agree(total.ko, "action bloquée", "actions bloquées")),
        (total.late, french.agree(total.late, "action en retard", "actions en retard")),
    ]
    return [_page(_costrat_lede(facts), figures, happened(facts), attention(facts), facts.progress, facts)]


def of_comop(facts: ComopFacts) -> list[Chapter]:
    total, late = facts.progress.total, sum(line.late for line in facts.follow_ups)
    figures = [
        (late, french.agree(late, "action décidée en retard", "actions décidées en retard")),
        (total.ko, french.agree(total.ko, "action bloquée", "actions bloquées")),
        (total.late, french.agree(total.late, "action en retard", "actions en retard")),
        (len(facts.alerts.open), french.agree(len(facts.alerts.open), "alerte ouverte", "alertes ouvertes")),
    ]
    return [_page(_comop_lede(facts), figures, followed(facts), to_treat(facts), facts.progress, facts)]


def _page(
    lede: str,
    figures: Sequence[tuple[int, str]],
    happened: Sequence[str],
    attention: Sequence[str],
    progress: ProgressFacts,
    facts: CostratFacts | ComopFacts,
) -> Chapter:
    return Chapter(
        anchor="synthese",
        title="Synthèse",
        template="reports/committee/summary.html",
        data={
            "lede": french.typography(lede),
            "figures": figures,
            "happened_title": french.capital(since(facts.period, facts.body)),
            "happened": [shortened(sentence, LONGEST) for sentence in happened[:MOST]],
            "attention": [shortened(sentence, LONGEST) for sentence in attention[:MOST]],
            "states": STATES,
            "rows": step_rows(progress.steps),
            "caption": french.typography(
                "Actions par étape et par état ; la partie claire d’une barre est à faire, « sans objet » exclues"
            ),
        },
    )


def _agree(count: int, noun: str, rest: str) -> str:
    return f"{french.agree(count, noun, f'{noun}s')} {rest}"


def _costrat_lede(facts: CostratFacts) -> str:
    count = len(facts.arbitrations.to_render)
    if count:
        waiting = french.counted(count, "arbitrage attend le comité", "arbitrages attendent le comité")
    else:
        waiting = "aucun arbitrage n’attend le comité"
    return f"{french.capital(waiting)}. {_progress_words(facts.progress)}"


def _comop_lede(facts: ComopFacts) -> str:
    late = sum(line.late for line in facts.follow_ups)
    if late:
        said = french.counted(late, "action décidée est en retard", "actions décidées sont en retard", feminine=True)
    else:
        said = "aucune action décidée n’est en retard"
    return f"{french.capital(said)}. {_progress_words(facts.progress)}"


def _progress_words(progress: ProgressFacts) -> str:
    total = progress.total
    return f"{presentation.done_sentence(total)} {presentation.trouble_sentence(total)}".strip()


def happened(facts: CostratFacts) -> list[str]:
    """What happened since the last COSTRAT, in sentences."""
    found = []
    rendered = facts.arbitrations.rendered
    if len(rendered) > 2:
        count = french.counted(len(rendered), "arbitrage a été rendu", "arbitrages ont été rendus")
        found.append(f"{french.capital(count)}.")
    found += [f"{reference(fact.reference)} : option {fact.chosen} retenue." for fact in rendered if len(rendered) <= 2]
    found += [
        f"{reference(fact.reference)} reporté au {french.long_date(fact.postponed_to)}."
        for fact in facts.arbitrations.postponed[:1]
        if fact.postponed_to
    ]
    found += _done(facts.follow_ups)
    found += _moved(facts.progress)
    found += _phases(facts.structures)
    found += _alerts(facts.alerts)
    return [french.typography(sentence) for sentence in found]


def followed(facts: ComopFacts) -> list[str]:
    """What happened since the last COMOP, in sentences."""
    found = [*_done(facts.follow_ups), *_moved(facts.progress), *_phases(facts.structures), *_alerts(facts.alerts)]
    return [french.typography(sentence) for sentence in found]


def attention(facts: CostratFacts) -> list[str]:
    """What needs the COSTRAT's attention, the most pressing first."""
    found = [
        f"{reference(fact.reference)} devait être tranché avant le {french.long_date(fact.deadline)}."
        for fact in facts.arbitrations.to_render
        if fact.deadline and fact.deadline < facts.today
    ]
    found += [
        f"Personne ne porte la voix de {row.label} ({french.percent(row.weight)})."
        for row in facts.attendance.delegates
        if facts.attendance.by_og and not row.holder
    ][:2]
    found += _late(facts.follow_ups)
    found += _phase_late(facts.calendar.phases, facts.today)
    found += _critical(facts.alerts, named=False)
    found += _blocked(facts.progress)
    return [french.typography(sentence) for sentence in found]


def to_treat(facts: ComopFacts) -> list[str]:
    """What needs the COMOP's attention, the most pressing first."""
    uncovered = facts.structures.uncovered
    found = [*_late(facts.follow_ups), *_critical(facts.alerts, named=True)]
    if uncovered:
        names = [f"{part.category.label.lower()} ({part.og})" for part in uncovered[:3]]
        more = len(uncovered) - len(names)
        others = [french.counted(more, "autre catégorie", "autres catégories", feminine=True)] if more else []
        found.append(f"Personne ne représente : {french.listed([*names, *others])}.")
    found += _phase_late(facts.calendar.phases, facts.today)
    found += _blocked(facts.progress)
    found.append(f"Structures : {sentence(facts.structures)[:1].lower()}{sentence(facts.structures)[1:]}")
    return [french.typography(item) for item in found]


def _done(follow_ups: Sequence[FollowUpLine]) -> list[str]:
    count = sum(line.state == FollowUpState.DONE for line in follow_ups)
    said = french.counted(count, "action décidée a été faite", "actions décidées ont été faites", feminine=True)
    return [f"{french.capital(said)}."] if count else []


def _moved(progress: ProgressFacts) -> list[str]:
    if not progress.changes:
        return []
    done = sum(change.after == Status.OK for change in progress.changes)
    so = f", dont {french.counted(done, 'est faite', 'sont faites', feminine=True)}" if done else ""
    return [f"{french.capital(changed(len(progress.changes)))}{so}."]


def _phases(structures: StructureFacts) -> list[str]:
    if len(structures.moves) > 2:
        count = french.counted(len(structures.moves), "structure a", "structures ont", feminine=True)
        return [f"{french.capital(count)} changé de phase."]
    return [f"{move.structure} passe en {move.after.label.lower()}." for move in structures.moves]


def _alerts(alerts: AlertFacts) -> list[str]:
    if not (alerts.raised or alerts.closed):
        return []
    raised = french.counted(alerts.raised, "alerte donnée", "alertes données", feminine=True)
    closed = french.counted(len(alerts.closed), "a reçu sa réponse", "ont reçu leur réponse", feminine=True)
    return [f"{french.capital(raised)}, {closed if alerts.closed else 'aucune n’a reçu de réponse'}."]


def _late(follow_ups: Sequence[FollowUpLine]) -> list[str]:
    late = sorted((line for line in follow_ups if line.late), key=lambda line: -line.days_late)
    if len(late) > 2:
        said = french.counted(
            len(late), "action décidée est en retard", "actions décidées sont en retard", feminine=True
        )
        return [f"{french.capital(said)}, la plus ancienne de {days(late[0].days_late)}."]
    return [f"« {line.label} » a {days(line.days_late)} de retard ({line.owner})." for line in late]


def _phase_late(phases: Sequence[PhaseLine], today: date) -> list[str]:
    return [
        f"La phase « {line.phase.label} » devait finir le {french.long_date(line.planned_end)}."
        for line in phases
        if line.current and line.planned_end and line.planned_end < today and not line.ended_on
    ]


def _critical(alerts: AlertFacts, *, named: bool) -> list[str]:
    """`named`: the alerts of structures by their names."""
    project = [line for line in alerts.critical if not line.structure]
    found = [f"Alerte critique n° {line.number} : {line.subject}, depuis {days(line.days)}." for line in project[:2]]
    if len(project) > 2:
        others = french.counted(len(project) - 2, "autre alerte critique", "autres alertes critiques", feminine=True)
        found.append(f"{french.capital(others)} du projet.")
    structures = [line for line in alerts.critical if line.structure]
    if structures and named and len(structures) <= 2:
        found += [f"{line.structure} : alerte critique depuis {days(line.days)}." for line in structures]
    elif structures:
        said = french.counted(len(structures), "alerte critique", "alertes critiques", feminine=True)
        ogs = sorted({line.og for line in structures})
        where = french.listed(ogs) if len(ogs) <= 3 else f"{len(ogs)} OG"
        found.append(f"{french.capital(said)} dans des structures ({where}).")
    return found


def _blocked(progress: ProgressFacts) -> list[str]:
    if len(progress.blocked) <= 2:
        return [f"Action {fact.number} bloquée : {fact.label}" for fact in progress.blocked]
    first = progress.blocked[0]
    count = french.counted(len(progress.blocked), "action bloquée", "actions bloquées", feminine=True)
    late = f", la {first.number} depuis {days(first.days_late)} de retard" if first.days_late else ""
    return [f"{french.capital(count)}{late}."]
