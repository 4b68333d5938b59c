"""Where each structure is with its needs, in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common import french
from common.charts import Bar, Bars, Part
from common.ui import Link
from organisations.models import Project
from structures.models import NeedCall
from structures.presentation.needs.project import call_words
from structures.presentation.needs.words import Mark, own_url, project_crumbs, project_tabs
from structures.selectors.needs.own import Standing


@dataclass(frozen=True)
class ProgressLine:
    name: str
    og: str
    url: str
    mark: Mark
    noted: int
    sent: str
    undecided: int


@dataclass(frozen=True)
class ProgressView:
    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    chart: Bars
    lines: list[ProgressLine]
    call: str


STATES = (
    Mark("A transmis", "ok", "s-ok"),
    Mark("À transmettre", "accent", "check"),
    Mark("En recueil", "progress", "s-progress"),
    Mark("Pas commencé", "todo", "s-todo"),
)


def state_of(one: Standing) -> Mark:
    if one.transmitted:
        return STATES[0]
    if one.validated:
        return STATES[1]
    return STATES[2] if one.total or one.collection else STATES[3]


def progress(
    project: Project, found: Sequence[Standing], shown: Sequence[Standing], call: NeedCall | None, today: date
) -> ProgressView:
    """`shown`: those of this page."""
    sent = sum(bool(one.transmitted) for one in found)
    bars = []
    for name in dict.fromkeys(one.esms.og.name for one in found):
        states = [state_of(one) for one in found if one.esms.og.name == name]
        counts = [states.count(mark) for mark in STATES]
        bars.append(Bar(french.typography(name), counts, len(states), f"{counts[0]} sur {len(states)}"))
    return ProgressView(
        title=_title(sent, len(found)),
        lede=_awaited(call, len(found) - sent, today),
        crumbs=project_crumbs(project, "Où en sont les structures"),
        tabs=project_tabs(project, "need_progress", reads_needs=True),
        chart=Bars(
            title="Qui a transmis, OG par OG",
            sentence=_by_og(bars),
            parts=[Part(mark.text, mark.tone, mark.icon) for mark in STATES],
            bars=bars,
            row_label="OG",
            total_label="Structures",
            empty="Aucune structure n’est encore inscrite",
        ),
        lines=[_progress_line(one) for one in shown],
        call=call_words(call),
    )


def _title(sent: int, total: int) -> str:
    """« Neuf structures sur douze ont transmis leurs besoins »."""
    if not sent:
        return "Aucune structure n’a encore transmis ses besoins"
    who = french.capital(french.counted(sent, "structure", "structures", feminine=True))
    return f"{who} sur {french.in_words(total)} {french.agree(sent, 'a transmis ses', 'ont transmis leurs')} besoins"


def _by_og(bars: Sequence[Bar]) -> str:
    """« Deux OG sur trois attendent encore une structure au moins. »"""
    waiting = sum(bar.values[0] < bar.total for bar in bars)
    if not waiting:
        return "Toutes les structures de tous les OG ont transmis." if bars else ""
    who = f"{french.capital(french.in_words(waiting))} OG sur {french.in_words(len(bars))}"
    return f"{who} {french.agree(waiting, 'attend', 'attendent')} encore une structure au moins."


def _awaited(call: NeedCall | None, left: int, today: date) -> str:
    if call is None:
        return "Aucune date n’a été donnée aux structures."
    if not left:
        return "Toutes ont transmis."
    when, who = french.long_date(call.due_on), french.counted(left, "structure", "structures", feminine=True)
    if call.due_on < today:
        return f"{french.capital(who)} {french.agree(left, 'devait', 'devaient')} le faire avant le {when}."
    return f"{french.capital(who)} {french.agree(left, 'doit', 'doivent')} encore le faire, avant le {when}."


def _progress_line(one: Standing) -> ProgressLine:
    sent = ""
    if one.transmitted:
        days = [moment for moment in (one.last_transmitted, one.last_evolution) if moment]
        sent = f"{one.transmitted}, le {french.short_date(max(days))}" if days else str(one.transmitted)
    return ProgressLine(
        name=french.typography(one.esms.name),
        og=french.typography(one.esms.og.short_name),
        url=own_url("need_home", one.esms),
        mark=state_of(one),
        noted=one.total,
        sent=sent or "Rien encore",
        undecided=one.undecided,
    )
