"""The actions decided, in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from common import french, history
from common.ui import Link, State
from governance.enums import FollowUpState
from governance.models import Body, FollowUp
from governance.presentation.sessions import FOLLOW_UP_STATES, meeting_name
from governance.presentation.sheets import crumbs_to, unbroken
from governance.selectors.follow_ups import Filters, Waiting, Which
from organisations.models import Project, User

STATES = tuple(State(state.value, state.label, *FOLLOW_UP_STATES[state]) for state in FollowUpState)


@dataclass(frozen=True)
class FollowUpLine:
    """One action: « Chiffrer l’appui », « Fanny Delorgerie, pour le 12 décembre 2026 », « 3 jours de retard »."""

    follow_up: FollowUp
    title: str
    who: str
    origin: Link | None
    state: str
    tone: str
    icon: str
    late: str
    comment: str
    may_move: bool

    @property
    def said_id(self) -> str:
        """Where what happened to it is told."""
        return f"dit-{self.follow_up.number}"


@dataclass(frozen=True)
class FollowUpsView:
    title: str
    lede: str
    crumbs: list[Link]
    empty: str
    lines: list[FollowUpLine]


def follow_up_line(
    follow_up: FollowUp, project: Project, today: date, *, may_move: bool, typed: str | None = None
) -> FollowUpLine:
    """`typed`: words that could not be written, for who typed them."""
    state = FollowUpState(follow_up.state)
    tone, icon = FOLLOW_UP_STATES[state]
    days = follow_up.days_late(today)
    return FollowUpLine(
        follow_up=follow_up,
        title=french.typography(f"{follow_up.number}. {follow_up.label}"),
        who=_who(follow_up),
        origin=_origin(follow_up, project),
        state=state.label,
        tone=tone,
        icon=icon,
        late=f"{french.plural(days, 'jour', 'jours')} de retard" if days else "",
        comment=follow_up.comment if typed is None else typed,
        may_move=may_move,
    )


def _who(follow_up: FollowUp) -> str:
    if follow_up.done_on:
        return f"{follow_up.owner}, le {french.long_date(follow_up.done_on)}"
    return f"{follow_up.owner}, pour le {french.long_date(follow_up.due_on)}"


def _origin(follow_up: FollowUp, project: Project) -> Link | None:
    """The meeting or the arbitration that it came from."""
    if follow_up.arbitration is not None:
        arbitration = follow_up.arbitration
        url = reverse("arbitration", args=[project.slug, arbitration.year, arbitration.number])
        return Link(f"Arbitrage {unbroken(arbitration.reference)}", url)
    if follow_up.meeting is not None:
        return Link(meeting_name(follow_up.meeting), reverse("meeting", args=[project.slug, follow_up.meeting.number]))
    return None


def follow_ups_view(lines: list[FollowUpLine], waiting: Waiting, project: Project, *, mine_only: bool) -> FollowUpsView:
    """`waiting`: of all that the reader may read, whatever the list is narrowed to."""
    return FollowUpsView(
        title=_title(waiting.still, waiting.late, mine_only=mine_only),
        lede=french.typography(
            "La personne qui s’en charge dit où elle en est. Ce qui reste ouvert revient à la séance suivante."
        ),
        crumbs=crumbs_to(project, "Actions décidées"),
        empty="Aucune action dans cette liste",
        lines=lines,
    )


def _title(still: int, late: int, *, mine_only: bool) -> str:
    """« Trois actions décidées restent à faire, dont une en retard »."""
    if not still:
        return "Aucune action décidée ne vous attend" if mine_only else "Aucune action décidée ne reste à faire"
    noun = french.agree(still, "action décidée reste à faire", "actions décidées restent à faire")
    lateness = f", dont {french.in_words(late, feminine=True)} en retard" if late else ""
    if late == still:
        lateness = ", en retard" if still == 1 else ", toutes en retard"
    return french.capital(f"{french.in_words(still, feminine=True)} {noun}{lateness}")


def moved_sentence(follow_up: FollowUp) -> str:
    """« Action n° 4 : En cours. »"""
    label = FollowUpState(follow_up.state).label
    return french.typography(f"Action n°{french.NBSP}{follow_up.number} : {label.lower()}.")


def moved_meanwhile(current: FollowUp) -> str:
    """« Fanny Delorgerie a noté « Faite » juste avant vous. »"""
    latest = next(iter(history.entries(current, ["state", "comment"], limit=3)), None)
    who = latest.who if latest else "Quelqu’un"
    label = FollowUpState(current.state).label
    return french.typography(f"{who} a noté « {label} » juste avant vous : rien n’a été écrasé.")


def which_links(filters: Filters) -> list[Link]:
    return [Link(which.label, _address(filters.with_(which=which)), current=which == filters.which) for which in Which]


@dataclass(frozen=True)
class Choices:
    """What the list may be narrowed to, as options: value, label, whether it is chosen."""

    bodies: list[tuple[str, str, bool]]
    owners: list[tuple[str, str, bool]]


def choices(filters: Filters, bodies: Sequence[Body], owners: Sequence[User]) -> Choices:
    return Choices(
        bodies=[(str(body.pk), str(body), body.pk == filters.body) for body in bodies],
        owners=[(str(owner.pk), owner.get_full_name(), owner.pk == filters.owner) for owner in owners],
    )


def _address(filters: Filters) -> str:
    return f"?{urlencode(filters.parameters())}"
