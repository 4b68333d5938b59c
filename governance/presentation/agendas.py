"""The page of a meeting in French: what it treats, in its order and at its time of day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from common import french
from common.ui import Link, Person
from governance.enums import ItemKind, MeetingStatus
from governance.models import AgendaItem, Arbitration, Attendance, Meeting
from governance.offers import Shelf
from governance.presentation.meetings import Mark, crumb_of, crumbs, mark, named, of_day, when_and_where
from governance.presentation.sheets import SheetView, unbroken
from governance.selectors.agendas import Agenda
from governance.selectors.meetings import convene_by
from organisations.models import Project, User

Status = MeetingStatus
DASH = f"{french.NBSP}–{french.NBSP}"
FEW = 4  # offers of one kind that are shown unfolded


@dataclass(frozen=True)
class PointLine:
    """A point in its place. `hours`: « 14:30 – 14:45 »; `facts`: « Décision, 15 minutes, Maëlle Kerdrain »."""

    item: AgendaItem
    number: int
    hours: str
    label: str
    detail: str
    facts: str
    first: bool
    last: bool
    arbitration: Link | None = None


@dataclass(frozen=True)
class AgendaView:
    """`total`: how long all of it takes beside the meeting; `late`: longer than it."""

    lines: list[PointLine]
    total: str
    late: bool
    note: str


@dataclass(frozen=True)
class OfferLine:
    key: str
    label: str
    facts: str
    hint: str


@dataclass(frozen=True)
class ShelfView:
    """`folded`: too many lines to be all before the eyes."""

    title: str
    lines: list[OfferLine]
    folded: bool


@dataclass(frozen=True)
class MeetingView:
    """The page of a meeting around its agenda. What the reader may do next: convene it (`to_convene`), open it
    (`opens`), enter it (`joins`), read its minutes (`minutes`)."""

    title: str
    lede: str
    mark: Mark
    crumbs: list[Link]
    called: str
    members: list[Person]
    guests: list[Person]
    to_convene: bool
    opens: bool
    joins: bool
    minutes: bool


def meeting_page(
    meeting: Meeting,
    project: Project,
    attendances: Sequence[Attendance],
    *,
    reader: User,
    reads: bool,
    attends: bool,
    prepares: bool,
    today: date,
) -> MeetingView:
    """The page of a meeting around its agenda. `reads`: what it treats is the reader's to read; `attends`: they are
    called to it, or sit on its body."""
    status, its_day = Status(meeting.status), french.day(meeting.starts_at) <= today
    return MeetingView(
        title=_title(meeting, prepares=prepares, today=today),
        lede=_lede(meeting, attendances, reader, attends=attends and not reads, prepares=prepares, today=today),
        mark=mark(meeting),
        crumbs=crumbs(project, french.capital(of_day(meeting))),
        called=_called(len(attendances), held=status == Status.CLOSED),
        members=[_person(row) for row in attendances if not row.invited],
        guests=[_person(row) for row in attendances if row.invited],
        to_convene=prepares and status == Status.DRAFT,
        opens=prepares and status == Status.CONVENED and its_day,
        joins=reads and status == Status.IN_SESSION,
        minutes=reads and status == Status.CLOSED,
    )


def agenda_view(meeting: Meeting, agenda: Agenda, project: Project, *, attends: bool) -> AgendaView:
    """What is treated. `attends`: the reader is called to it, or sits on its body."""
    numbers = {item.pk: number for number, item in enumerate(agenda.items, start=1)}
    return AgendaView(
        lines=[
            PointLine(
                item=item,
                number=numbers[item.pk],
                hours=_hours(meeting, agenda.begins[item.pk], item.minutes),
                label=french.typography(item.label),
                detail=french.typography(item.detail),
                facts=_facts(item),
                first=item is agenda.items[0],
                last=item is agenda.items[-1],
                arbitration=_arbitration(agenda.arbitrations.get(item.source_id), project),
            )
            for item in agenda.items
        ],
        total=total(meeting, agenda) if agenda.whole else "",
        late=agenda.whole and agenda.minutes > meeting.duration_minutes,
        note="" if agenda.whole else _who_reads(meeting, agenda, attends=attends),
    )


def total(meeting: Meeting, agenda: Agenda) -> str:
    """« L’ordre du jour dure 95 minutes : 5 de plus que la séance. »"""
    if not agenda.items:
        return ""
    minutes, length = agenda.minutes, meeting.duration_minutes
    spare = length - minutes
    said = f"L’ordre du jour dure {french.plural(minutes, 'minute', 'minutes')}"
    if not spare:
        return f"{said}, comme la séance."
    words = f"{french.number(abs(spare))} de {'moins' if spare > 0 else 'plus'} que la séance"
    return french.typography(f"{said} : {words}.")


def shelves_view(shelves: Sequence[Shelf]) -> list[ShelfView]:
    return [
        ShelfView(
            shelf.title,
            [
                OfferLine(
                    offer.key,
                    french.typography(offer.label),
                    f"{offer.kind.label}, {_minutes(offer.minutes)}",
                    french.typography(offer.hint),
                )
                for offer in shelf.offers
            ],
            folded=len(shelf.offers) > FEW,
        )
        for shelf in shelves
    ]


def point_page(item: AgendaItem, meeting: Meeting, project: Project) -> SheetView:
    """The form of one point, on a page of its own."""
    return SheetView(
        title=french.typography(f"Modifier le point « {item.label} »"),
        lede="",
        crumbs=crumbs(project, crumb_of(meeting, project), "Modifier un point"),
    )


def span(starts: datetime, minutes: int) -> str:
    """« 14:30 – 14:45 »; for what takes no time, « 14:30 »."""
    if not minutes:
        return french.clock(starts)
    return f"{french.clock(starts)}{DASH}{french.clock(starts + timedelta(minutes=minutes))}"


def place(item: AgendaItem, agenda: Agenda) -> str:
    """« « Budget et ressources » est maintenant le point 3. »"""
    number = next(index for index, point in enumerate(agenda.items, start=1) if point.pk == item.pk)
    return french.typography(f"« {item.label} » est maintenant le point {number}.")


def _title(meeting: Meeting, *, prepares: bool, today: date) -> str:
    body, day = named(meeting.body), french.long_date(meeting.starts_at)
    match Status(meeting.status):
        case Status.DRAFT:
            by = convene_by(meeting)
            if by < today:
                return f"Le {of_day(meeting)} n’est pas convoqué, et son délai est entamé"
            return f"Le {of_day(meeting)} est à convoquer au plus tard le {french.long_date(by)}"
        case Status.CONVENED if french.day(meeting.starts_at) < today:
            ask = " : ouvrez la séance pour la clore, ou annulez-la" if prepares else ""
            return french.typography(f"Le {body} du {day} n’a pas été ouvert{ask}")
        case Status.CONVENED:
            return f"Le {body} se tient le {day}, {french.relative(meeting.starts_at, today)}"
        case Status.IN_SESSION:
            return f"Le {of_day(meeting)} est en séance"
        case Status.CANCELLED:
            return f"Le {of_day(meeting)} est annulé"
        case _:
            return f"Le {of_day(meeting)} s’est tenu"


def _called(count: int, *, held: bool) -> str:
    """« Douze personnes sont conviées »."""
    people = french.counted(count, "personne", "personnes", feminine=True)
    verb = ("était conviée", "étaient conviées") if held else ("est conviée", "sont conviées")
    return french.capital(f"{people} {french.agree(count, *verb)}")


def _lede(
    meeting: Meeting, attendances: Sequence[Attendance], reader: User, *, attends: bool, prepares: bool, today: date
) -> str:
    """When and where, and what else is to be known before all. `attends`: for who doesn't read who else is called."""
    more = ""
    own = next((row for row in attendances if row.user_id == reader.pk), None)
    if meeting.status == Status.CANCELLED:
        more = f"Motif : {meeting.cancel_reason}"
    elif meeting.status == Status.DRAFT and prepares:
        more = "Personne n’est encore prévenu."
    elif meeting.status == Status.CLOSED and meeting.quorum_reached is False:
        more = "Le quorum n’a pas été atteint."
    elif meeting.status == Status.CONVENED and french.day(meeting.starts_at) >= today:
        if own and own.stands_in_for:
            more = f"Vous y suppléez {own.stands_in_for}."
        elif own or attends:
            more = "Votre présence est attendue."
    return french.typography(f"{when_and_where(meeting)}. {more}".strip())


def _arbitration(found: Arbitration | None, project: Project) -> Link | None:
    if found is None:
        return None
    url = reverse("arbitration", args=[project.slug, found.year, found.number])
    return Link(f"Lire l’arbitrage {unbroken(found.reference)}", url)


def _hours(meeting: Meeting, begins: int, minutes: int) -> str:
    return span(meeting.starts_at + timedelta(minutes=begins), minutes)


def _facts(item: AgendaItem) -> str:
    parts = [ItemKind(item.kind).label, _minutes(item.minutes), item.owner.get_full_name() if item.owner else ""]
    return ", ".join(part for part in parts if part)


def _minutes(count: int) -> str:
    return french.plural(count, "minute", "minutes") if count else ""


def _who_reads(meeting: Meeting, agenda: Agenda, *, attends: bool) -> str:
    """What else the agenda holds, and who reads it."""
    if not attends:
        return f"Seuls les membres du {named(meeting.body)} lisent l’ordre du jour."
    if agenda.items:
        return "Vous lisez ici les points que vous portez. Seuls les membres lisent le reste de l’ordre du jour."
    none = "Aucun point ne vous était confié" if meeting.status == Status.CLOSED else "Aucun point ne vous est confié"
    return f"{none}. Seuls les membres lisent l’ordre du jour."


def _person(row: Attendance) -> Person:
    parts = [
        row.user.title,
        row.og.short_name if row.og else "",
        f"supplée {row.stands_in_for.get_full_name()}" if row.stands_in_for else "",
    ]
    return Person(row.user.get_full_name(), ", ".join(part for part in parts if part))
