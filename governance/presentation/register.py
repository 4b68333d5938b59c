"""The register of arbitrations in French."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.ui import Link
from governance.enums import ArbitrationKind, ArbitrationStatus
from governance.models import Arbitration
from governance.presentation.arbitrations import OF_STATES, meeting_words, reference, url_of
from governance.presentation.options import name_of
from governance.presentation.sheets import crumbs_to
from governance.selectors.arbitrations import Filters, Shown
from organisations.models import OG, Project

HEADINGS = {
    Shown.TO_DECIDE: "À trancher",
    Shown.DRAFT: "En instruction",
    Shown.POSTPONED: "Reportés",
    Shown.RENDERED: "Rendus",
    Shown.WITHDRAWN: "Retirés",
}


@dataclass(frozen=True)
class Line:
    """One arbitration of the register, as `task` takes it."""

    url: str
    icon: str
    tone: str
    title: str
    detail: str
    when: str
    when_detail: str


@dataclass(frozen=True)
class Group:
    title: str
    lines: list[Line]


Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class RegisterView:
    title: str
    lede: str
    crumbs: list[Link]
    any: bool
    shown: list[Link]
    groups: list[Group]
    kinds: Choices
    years: Choices
    concerned: list[tuple[str, Choices]]
    chosen: dict[str, str]
    url: str
    clear_url: str  # empty when nothing is narrowed


def register(
    project: Project,
    everything: Sequence[str],
    waiting: Sequence[Arbitration],
    lines: Sequence[Arbitration],
    filters: Filters,
    ogs: Sequence[OG],
    years: Sequence[int],
    today: date,
    *,
    reads_all: bool,
) -> RegisterView:
    """`everything`: the statuses of all that the reader may read; `waiting`: those to decide; `lines`: those shown.

    `reads_all`: whether the reader reads those that are only prepared.
    """
    counts = {shown: sum(status in shown.statuses for status in everything) for shown in Shown}
    url = reverse("arbitrations", args=[project.slug])
    return RegisterView(
        title=_title(waiting, counts, reads_all),
        lede=_lede(counts, bool(waiting)),
        crumbs=crumbs_to(project, "Arbitrages"),
        any=bool(everything),
        shown=_shown(counts, filters, url, len(everything), reads_all),
        groups=_groups(lines, project, today),
        kinds=[(kind.value, str(kind.label)) for kind in ArbitrationKind],
        years=[(str(year), str(year)) for year in years],
        concerned=[(og.short_name, _of_og(og)) for og in ogs],
        chosen=filters.parameters,
        url=url,
        clear_url=url if replace(filters, shown=Shown.ALL).narrowed else "",
    )


def _title(waiting: Sequence[Arbitration], counts: dict[Shown, int], reads_all: bool) -> str:
    if waiting:
        meetings = {row.meeting_id: row.meeting for row in waiting}
        where = "une séance du COSTRAT"
        if len(meetings) == 1 and (meeting := next(iter(meetings.values()))):
            where = f"le {meeting.body} du {french.long_date(meeting.starts_at, year=False)}"
        verb = french.counted(len(waiting), "arbitrage attend", "arbitrages attendent")
        return french.capital(f"{verb} {where}")
    if counts[Shown.DRAFT] and reads_all:
        noun = french.counted(counts[Shown.DRAFT], "arbitrage est", "arbitrages sont")
        return french.capital(f"{noun} en instruction ; rien n’attend le COSTRAT")
    if counts[Shown.POSTPONED]:
        noun = french.counted(counts[Shown.POSTPONED], "arbitrage reporté reviendra", "arbitrages reportés reviendront")
        return french.capital(f"{noun} devant le COSTRAT")
    if counts[Shown.RENDERED]:
        noun = french.counted(counts[Shown.RENDERED], "arbitrage est rendu", "arbitrages sont rendus")
        return french.typography(french.capital(f"{noun} ; rien n’est à trancher"))
    return "Aucun arbitrage n’a encore été demandé" if reads_all else "Aucun arbitrage ne vous concerne"


def _lede(counts: dict[Shown, int], waits: bool) -> str:
    """What the title didn't say."""
    parts = []
    if waits and counts[Shown.DRAFT]:
        parts.append(f"{french.counted(counts[Shown.DRAFT], 'est', 'sont')} en instruction")
    if waits and counts[Shown.POSTPONED]:
        parts.append(french.counted(counts[Shown.POSTPONED], "est reporté", "sont reportés"))
    if waits and counts[Shown.RENDERED]:
        parts.append(french.counted(counts[Shown.RENDERED], "est rendu", "sont rendus"))
    return f"{french.capital(french.listed(parts))}." if parts else ""


def _shown(counts: dict[Shown, int], filters: Filters, url: str, total: int, reads_all: bool) -> list[Link]:
    links = []
    for shown in Shown:
        if shown in {Shown.DRAFT, Shown.WITHDRAWN} and not reads_all:
            continue
        query = urlencode(filters.showing(shown).parameters)
        links.append(
            Link(
                str(shown.label),
                f"{url}?{query}" if query else url,
                current=shown == filters.shown,
                count=total if shown == Shown.ALL else counts[shown],
            )
        )
    return links


def _of_og(og: OG) -> Choices:
    whole = french.typography(f"Tout l’OG {og.short_name}")
    return [(str(og.pk), whole), *((str(esms.pk), french.typography(esms.name)) for esms in og.esms.all())]


def _groups(lines: Sequence[Arbitration], project: Project, today: date) -> list[Group]:
    found = []
    for shown, title in HEADINGS.items():
        of_this = [_line(row, project, today) for row in lines if row.status in shown.statuses]
        if of_this:
            found.append(Group(title, of_this))
    return found


def _line(row: Arbitration, project: Project, today: date) -> Line:
    tone, icon, word = OF_STATES[ArbitrationStatus(row.status)]
    detail = [reference(row), str(ArbitrationKind(row.kind).label)]
    if row.meeting:
        detail.append(meeting_words(row.meeting))
    if row.chosen:
        detail.append(f"{name_of(row.chosen)} retenue : {row.chosen.label}")
    return Line(
        url=url_of(row, project),
        icon=icon,
        tone=tone,
        title=french.typography(row.question),
        detail=french.typography(". ".join(detail)),
        when=word,
        when_detail=_day(row, today),
    )


def _day(row: Arbitration, today: date) -> str:
    """The day that matters in this state."""
    if row.status == ArbitrationStatus.APPLIED and row.applied_on:
        return f"le {french.short_date(row.applied_on)}"
    if row.decided_on:
        return f"le {french.short_date(row.decided_on)}"
    if row.status == ArbitrationStatus.POSTPONED and row.postponed_to:
        return f"au {french.short_date(row.postponed_to)}"
    if row.status == ArbitrationStatus.TO_DECIDE and row.consultation_until and row.consultation_until >= today:
        return f"par écrit jusqu’au {french.short_date(row.consultation_until)}"
    if row.status != ArbitrationStatus.WITHDRAWN and row.deadline:
        return f"{'échéance dépassée depuis' if row.deadline < today else 'avant'} le {french.short_date(row.deadline)}"
    return ""
