"""The plan of action in French: what is late, this month, later, done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from common import french
from common.charts.bars import Segment, segments
from common.ui import Link
from organisations.models import User
from risks.models import RiskAction
from risks.places import Place
from risks.presentation.crumbs import crumbs
from risks.presentation.register import url_of
from risks.presentation.register_actions import ActionLine, action_line
from risks.presentation.tabs import tabs
from risks.rights import Rights
from risks.selectors.register import action_is_late, action_is_open


@dataclass(frozen=True)
class PlanLine:
    """An action of the plan, with the risk that it is about and, in the project, whose risk it is."""

    action: ActionLine
    risk: str
    risk_url: str
    where: str


@dataclass(frozen=True)
class PlanGroup:
    id: str
    title: str
    tone: str
    lines: list[PlanLine]


@dataclass(frozen=True)
class PlanView:
    """`progress`: how many are done among those that were not given up."""

    title: str
    lede: str
    crumbs: list[Link]
    tabs: list[Link]
    filters: list[Link]
    segments: list[Segment]
    progress: str
    groups: list[PlanGroup]
    empty: bool
    register_url: str
    export_url: str


def plan(
    place: Place, rights: Rights, actions: Sequence[RiskAction], user: User, today: date, *, mine: bool
) -> PlanView:
    """`actions`: all those of the place, by date; `mine`: only the reader's are shown."""
    own = [action for action in actions if action.owner_id == user.pk]
    shown = own if mine else list(actions)
    counted = [action for action in shown if action.given_up_on is None]
    done = sum(action.done_on is not None for action in counted)
    late = sum(action_is_late(action, today) for action in counted)
    base = place.url("risk_plan")
    return PlanView(
        title=_title(counted, late, done),
        lede=_lede(counted, done),
        crumbs=crumbs(place, Link("Plan d’action")),
        tabs=tabs(place, rights, "risk_plan"),
        filters=[
            Link("Toutes", base, current=not mine, count=len(actions)),
            Link("Les miennes", f"{base}?vue=miennes", current=mine, count=len(own)),
        ],
        segments=list(segments(("ok", done), ("late", late), total=len(counted))) if counted else [],
        progress=f"{french.plural(done, 'faite', 'faites')} sur {french.number(len(counted))}" if counted else "",
        groups=_groups(place, rights, shown, user, today),
        empty=not actions,
        register_url=place.url("risk_register"),
        export_url=f"{place.url('risk_export_plan')}{'?vue=miennes' if mine else ''}",
    )


def _title(actions: Sequence[RiskAction], late: int, done: int) -> str:
    """« Trois actions sont en retard, cinq restent à faire »."""
    if not actions:
        return "Aucune action n’est encore prévue"
    left = len(actions) - done
    if not left:
        return "Toutes les actions prévues sont faites"
    remain = french.counted(left, "action reste à faire", "actions restent à faire", feminine=True)
    if not late:
        return french.capital(f"{remain}, aucune n’est en retard")
    if late == left:
        return french.capital(f"{remain}{french.agree(late, ' ; elle est en retard', ', toutes en retard')}")
    return french.capital(f"{remain}, dont {french.in_words(late, feminine=True)} en retard")


def _lede(actions: Sequence[RiskAction], done: int) -> str:
    if not actions:
        return "Chaque action écrite contre un risque se retrouve ici, à sa date."
    said = french.counted(done, "est faite", "sont faites", feminine=True)
    total = french.counted(len(actions), "action prévue", "actions prévues", feminine=True)
    return f"Sur {total}, {said}." if done else f"Sur {total}, aucune n’est encore faite."


def _groups(place: Place, rights: Rights, actions: Sequence[RiskAction], user: User, today: date) -> list[PlanGroup]:
    def in_month(action: RiskAction) -> bool:
        due = action.due_on
        return due is not None and due >= today and (due.year, due.month) == (today.year, today.month)

    waiting = [action for action in actions if action_is_open(action)]
    over = [action for action in actions if not action_is_open(action)]
    late = [action for action in waiting if action_is_late(action, today)]
    month = [action for action in waiting if in_month(action)]
    later = [action for action in waiting if action.due_on is None or (action not in late and action not in month)]
    kinds = (
        ("retard", "En retard", "late", late),
        ("mois", "Ce mois-ci", "", month),
        ("apres", "Plus tard, ou sans date", "", later),
        ("terminees", "Faites ou abandonnées", "", over),
    )
    return [
        PlanGroup(code, title, tone, [_line(action, place, rights, user, today) for action in rows])
        for code, title, tone, rows in kinds
        if rows
    ]


def _line(action: RiskAction, place: Place, rights: Rights, user: User, today: date) -> PlanLine:
    """It opens on the page of the action in its own register; seen from the project, on their own page for who does it,
    on the risk for the others."""
    risk, here = action.risk, action.risk.place == place.id
    shown = action_line(action, today, follows=here and rights.fills)
    if not here:
        mine = action.owner_id == user.pk
        shown = replace(shown, url=place.url("risk_my_action", action.pk) if mine else url_of(risk, place))
    where = risk.esms.name if risk.esms and place.esms is None else ""
    return PlanLine(shown, french.typography(risk.title), url_of(risk, place), french.typography(where))
