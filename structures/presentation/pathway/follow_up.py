"""The follow-up of all pathways: the heat-map structures × sections, who is late, what was reminded."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from common import french
from common.charts.heat import HeatCell, HeatGroup, HeatMap, HeatRow
from common.ui import Link
from organisations.enums import Phase
from organisations.models import ESMS, Project
from organisations.presentation.words import crumbs
from structures.aggregates import ProjectTotals
from structures.catalogue.local_actions import PathwaySection, pathway
from structures.forms.pathway import FollowUpFilters, Order
from structures.pathway import Standing
from structures.presentation.pathway.words import pathway_url, section_words, segments_of
from structures.selectors.pathway import Board, Tally, tally
from structures.selectors.reminders import LastReminder

# The heads of columns: a word or two each.
SHORT = {
    "1": "Instances", "2": "Sponsor", "3.0": "Relais", "3.1": "État des lieux", "3.2": "Risques",
    "3.3": "Besoins", "3.4": "Personnes", "3.5": "Dates", "3.6": "Formation", "3.7": "Adaptation",
    "4": "Pilotage", "5": "Maintien",
}  # fmt: skip
LEGEND = (
    ("ok", "Tout est fait"),
    ("progress", "Commencé"),
    ("late", "En retard"),
    ("ko", "Bloqué"),
    ("none", "Rien encore"),
)


@dataclass(frozen=True)
class FollowUpLine:
    """A structure: how far it is, what waits there, the last reminder; `remind` says whether one may leave."""

    slug: str
    name: str
    url: str
    og: str
    wave: str
    phase: str
    done: str
    waits: str
    reminded: str
    remind: bool


@dataclass(frozen=True)
class Narrow:
    """The filters on offer, each a value and its label, and what was chosen."""

    ogs: list[tuple[str, str]]
    phases: list[tuple[str, str]]
    waves: list[tuple[str, str]]
    orders: list[tuple[str, str]]
    chosen: dict[str, str]
    narrows: bool


@dataclass(frozen=True)
class FollowUpView:
    title: str
    lede: str
    crumbs: list[Link]
    narrow: Narrow
    chart: HeatMap
    lines: list[FollowUpLine]
    to_remind: int
    message_open: bool = False


def narrowed(boards: Sequence[Board], filters: FollowUpFilters) -> list[Board]:
    """The boards that the filters keep, in the order asked."""
    kept = [
        board
        for board in boards
        if filters.og in (None, board.esms.og_id)
        and filters.phase in ("", board.esms.phase)
        and filters.wave in (None, board.esms.wave_id)
    ]
    if filters.order == Order.LATE:
        kept.sort(key=lambda board: (-board.tally.late - board.tally.blocked, _share(board), board.esms.name))
    elif filters.order == Order.PROGRESS:
        kept.sort(key=lambda board: (_share(board), board.esms.name))
    else:
        kept.sort(key=lambda board: board.esms.name)
    return kept


def _share(board: Board) -> float:
    return board.tally.done / board.tally.total if board.tally.total else 1.0


def follow_up_view(
    project: Project,
    boards: Sequence[Board],
    kept: Sequence[Board],
    shown: Sequence[Board],
    reminders: Mapping[uuid.UUID, LastReminder],
    filters: FollowUpFilters,
    *,
    coordinates: bool,
) -> FollowUpView:
    """`boards`: all that the reader may read; `kept`: after the filters; `shown`: those of this page."""
    return FollowUpView(
        title=follow_up_title(kept),
        lede=_lede(coordinates=coordinates),
        crumbs=crumbs(project, ("Structures", reverse("structures", args=[project.slug])), ("Parcours", "")),
        narrow=_narrow(boards, filters),
        chart=heat_map(kept, shown),
        lines=[_line(board, reminders.get(board.esms.pk), coordinates=coordinates) for board in shown],
        to_remind=len(to_remind(kept, reminders)) if coordinates else 0,
    )


def follow_up_title(boards: Sequence[Board]) -> str:
    """« Quatre structures sur douze ont des étapes en retard ; deux sont bloquées »."""
    if not boards:
        return "Aucune structure ne répond à ces filtres"
    late, blocked = sum(bool(board.tally.late) for board in boards), sum(bool(board.tally.blocked) for board in boards)
    total = french.in_words(len(boards), feminine=True)
    if not late and not blocked:
        return (
            "Aucune structure n’est en retard ni bloquée" if len(boards) > 1 else "Cette structure n’est pas en retard"
        )
    said = []
    if late:
        which = french.counted(late, "structure", "structures", feminine=True)
        said.append(f"{which} sur {total} {french.agree(late, 'a', 'ont')} des étapes en retard")
    if blocked:
        if late:
            said.append(
                f"{french.in_words(blocked, feminine=True)} {french.agree(blocked, 'est bloquée', 'sont bloquées')}"
            )
        else:
            which = french.counted(blocked, "structure", "structures", feminine=True)
            said.append(f"{which} sur {total} {french.agree(blocked, 'est bloquée', 'sont bloquées')}")
    return french.typography(french.capital(" ; ".join(said)))


def _lede(*, coordinates: bool) -> str:
    how = "Une étape est en retard quand elle est d’une phase que la structure a déjà passée."
    return f"{how} Une case ouvre le parcours de la structure à cette section." if coordinates else how


def heat_map(kept: Sequence[Board], shown: Sequence[Board]) -> HeatMap:
    """Structures × sections. The sentence tells of all that is kept, the table shows this page."""
    sections = pathway().sections
    totals = {
        section: sum((tally(board.sections[place][1]) for board in kept), Tally())
        for place, section in enumerate(sections)
    }
    return HeatMap(
        title="Où en est chaque structure, section par section",
        context="Étapes faites sur étapes à faire",
        sentence=_sentence(totals),
        caption="Étapes faites, par structure et par section du parcours",
        columns=[SHORT[section.code] for section in sections],
        groups=[
            HeatGroup(
                [
                    HeatRow(
                        french.typography(board.esms.name),
                        [_cell(section, found, board.esms) for section, found in board.sections],
                        url=pathway_url(board.esms),
                    )
                    for board in shown
                ]
            )
        ],
        legend=LEGEND,
        empty="Aucune structure à montrer.",
    )


def _cell(section: PathwaySection, found: list[Standing], esms: ESMS) -> HeatCell:
    counts, url = tally(found), pathway_url(esms, section)
    text = f"{counts.done}/{counts.total}"
    if not counts.total or counts.done == counts.total:
        return HeatCell("ok", text if counts.total else "Sans objet", url)
    if counts.blocked:
        return HeatCell("ko", text, url)
    if counts.late:
        return HeatCell("late", text, url)
    if counts.done or counts.progress or counts.again:
        return HeatCell("progress", text, url)
    return HeatCell("none", text, url)


def _sentence(totals: Mapping[PathwaySection, Tally]) -> str:
    """The section that is furthest behind, and the one furthest on."""
    measured = {section: counts for section, counts in totals.items() if counts.total}
    if not measured:
        return ""
    late = max(measured, key=lambda section: measured[section].late)
    best = max(measured, key=lambda section: measured[section].done / measured[section].total)
    counts = measured[best]
    said = (
        f"La section la plus avancée est « {best.label} » : "
        f"{french.plural(counts.done, 'étape faite', 'étapes faites')} sur {french.number(counts.total)}."
    )
    if measured[late].late:
        behind = french.plural(measured[late].late, "étape", "étapes")
        said += f" Le plus de retard est dans « {late.label} » : {behind}."
    return french.typography(said)


def to_remind(boards: Sequence[Board], reminders: Mapping[uuid.UUID, LastReminder]) -> list[Board]:
    """The structures that are late or wait for their direction, not reminded today."""
    return [
        board
        for board in boards
        if (board.tally.late or board.tally.to_validate)
        and not ((last := reminders.get(board.esms.pk)) and last.is_of_today)
    ]


def about(board: Board) -> str:
    """What a reminder says: « 3 étapes en retard, 1 étape à valider, 1 étape bloquée »."""
    counts = board.tally
    parts = [
        french.plural(count, *words)
        for count, words in (
            (counts.late, ("étape en retard", "étapes en retard")),
            (counts.to_validate, ("étape à valider", "étapes à valider")),
            (counts.blocked, ("étape bloquée", "étapes bloquées")),
            (counts.again, ("étape à refaire", "étapes à refaire")),
        )
        if count
    ]
    if parts:
        return french.typography(f"{french.listed(parts)}.")
    return french.typography(f"{counts.done} étapes faites sur {counts.total}.")


def _line(board: Board, last: LastReminder | None, *, coordinates: bool) -> FollowUpLine:
    esms, counts = board.esms, board.tally
    waits = about(board) if counts.late or counts.to_validate or counts.blocked or counts.again else ""
    return FollowUpLine(
        slug=esms.slug,
        name=french.typography(esms.name),
        url=reverse("structure", args=[esms.project.slug, esms.slug]),
        og=french.typography(esms.og.short_name),
        wave=french.typography(esms.wave.name) if esms.wave else "",
        phase=Phase(esms.phase).label,
        done=f"{counts.done} / {counts.total}",
        waits=waits.rstrip("."),
        reminded=_reminded(last),
        remind=coordinates and not (last is not None and last.is_of_today),
    )


def _reminded(last: LastReminder | None) -> str:
    if last is None:
        return ""
    seen = "lue" if last.row.seen_at else "pas encore lue"
    held_up = " ; un courriel n’a pas pu partir" if last.held_up else ""
    return french.typography(f"Relancée {french.relative(last.row.asked_at)}, {seen}{held_up}")


def _narrow(boards: Sequence[Board], filters: FollowUpFilters) -> Narrow:
    ogs = {str(board.esms.og_id): french.typography(board.esms.og.short_name) for board in boards}
    waves = {
        str(board.esms.wave_id): (board.esms.wave.position, french.typography(board.esms.wave.name))
        for board in boards
        if board.esms.wave
    }
    phases = {board.esms.phase for board in boards}
    return Narrow(
        ogs=sorted(ogs.items(), key=lambda item: item[1]) if len(ogs) > 1 else [],
        phases=[(phase.value, phase.label) for phase in Phase if phase in phases],
        waves=[(pk, name) for pk, (_, name) in sorted(waves.items(), key=lambda item: item[1])],
        orders=list(Order.choices),
        chosen={
            "og": str(filters.og or ""),
            "phase": filters.phase,
            "vague": str(filters.wave or ""),
            "ordre": filters.order.value,
        },
        narrows=bool(filters.og or filters.phase or filters.wave),
    )


@dataclass(frozen=True)
class TotalLine:
    number: str
    label: str
    count: str
    words: str
    segments: object


@dataclass(frozen=True)
class TotalsView:
    """For who reads the whole and no structure."""

    title: str
    lede: str
    crumbs: list[Link]
    lines: list[TotalLine]


def totals_view(project: Project, totals: ProjectTotals) -> TotalsView:
    whole = sum((item.tally for item in totals.sections), Tally())
    lines = [
        TotalLine(
            item.section.number,
            item.section.label,
            f"{french.number(item.tally.done)} / {french.number(item.tally.total)}",
            section_words(item.tally),
            segments_of(item.tally),
        )
        for item in totals.sections
    ]
    count = french.counted(totals.structures, "structure", "structures", feminine=True)
    title = (
        f"{french.plural(whole.done, 'étape', 'étapes')} sur {french.number(whole.total)} "
        f"{french.agree(whole.done, 'est faite', 'sont faites')} dans les structures"
        if lines
        else "Trop peu de structures pour un total"
    )
    lede = (
        f"Le parcours de {count}, section par section. Qui travaille dans une structure, son OG et le chef de projet "
        "en lisent le détail."
        if lines
        else "Un total de moins de trois structures dirait le détail de l’une d’elles."
    )
    return TotalsView(
        title=french.typography(title),
        lede=french.typography(lede),
        crumbs=crumbs(project, ("Structures", reverse("structures", args=[project.slug])), ("Parcours", "")),
        lines=lines,
    )
