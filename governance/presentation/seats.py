"""Seats in French: in what name somebody sits, and the two hats that they wear there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from common import french
from common.ui import Link
from governance.enums import BodyKind, Representation
from governance.forms.seats import SITS, VOTES
from governance.models import Body, Mandate
from governance.presentation.sheets import crumbs_to
from organisations.enums import ComopCategory, ProjectKind
from organisations.models import Membership, Project, User


def body_code(body: Body) -> str:
    """How an address names a body: « costrat », « comop », or the id of a group."""
    return str(body.pk) if body.kind == BodyKind.WORKING_GROUP else str(body.kind)


def body_url(body: Body, project: Project) -> str:
    return reverse("body", args=[project.slug, body_code(body)])


def crumbs_to_body(body: Body, project: Project, *more: str) -> list[Link]:
    """The way to a page of one body: its last crumbs are `more`."""
    before = crumbs_to(project, "Instances")[:-1]
    bodies, here = reverse("bodies", args=[project.slug]), body_url(body, project) if more else ""
    return [*before, Link("Instances", bodies), Link(str(body), here), *(Link(label) for label in more)]


def the_body(body: Body) -> str:
    """« le COSTRAT », « le groupe « Reprise » »."""
    return f"le {_named(body)}"


def of_body(body: Body) -> str:
    """« du COSTRAT »."""
    return f"du {_named(body)}"


def at_body(body: Body) -> str:
    """« au COSTRAT »."""
    return f"au {_named(body)}"


def _named(body: Body) -> str:
    if body.kind == BodyKind.WORKING_GROUP:
        return french.typography(f"groupe « {body.name} »")
    return BodyKind(body.kind).label


@dataclass(frozen=True)
class SeatLine:
    """One seat: its title, the two hats of who holds it, who stands in, from when to when, and the person's answer.

    `url`: where the reader may change or answer it.
    """

    title: str
    speaks: str
    member: str
    when: str
    substitute: str
    state: str
    tone: str
    icon: str
    url: str
    action: str


@dataclass(frozen=True)
class PersonSeats:
    """Who sits, what they do, and each of their seats on a body."""

    name: str
    office: str
    charge: str
    mine: bool
    seats: list[SeatLine]


def by_person(
    seats: Iterable[Mandate], project: Project, reader: User, *, manages: bool, today: date
) -> list[PersonSeats]:
    """The seats of a body, those of one person together; they come in the order of people."""
    found = []
    for _, group in groupby(seats, key=lambda seat: seat.user_id):
        held = list(group)
        user = held[0].user
        found.append(
            PersonSeats(
                name=user.get_full_name(),
                office=french.typography(user.title),
                charge=_charge(held[0]),
                mine=user == reader,
                seats=[seat_line(seat, project, reader, manages=manages, today=today) for seat in held],
            )
        )
    return found


def _charge(seat: Mandate) -> str:
    """What the person does for the body besides: « présidence », « secrétariat »."""
    group = seat.body.kind == BodyKind.WORKING_GROUP
    held = {"animation" if group else "présidence": seat.body.chair_id, "secrétariat": seat.body.secretary_id}
    return french.listed([charge for charge, user_id in held.items() if user_id == seat.user_id])


def seat_line(seat: Mandate, project: Project, reader: User, *, manages: bool, today: date) -> SeatLine:
    state, tone, icon = _state(seat, mine=seat.user == reader)
    waits = seat.user == reader and seat.accepted_at is None and seat.declined_at is None
    action = "Répondre" if waits else "Modifier" if manages else ""
    return SeatLine(
        title=title_of(seat),
        speaks=french.capital(speaks_for(seat)),
        member=french.capital(as_member(seat)),
        when=french.capital(when(seat, today)),
        substitute=f"Suppléance{french.NBSP}: {seat.substitute}" if seat.substitute else "",
        state=state,
        tone=tone,
        icon=icon,
        url=reverse("seat", args=[project.slug, seat.pk]) if action else "",
        action=action,
    )


def title_of(seat: Mandate) -> str:
    """« Ambassadeur de son OG », « Invité »."""
    if seat.invited:
        return "Invité"
    return Representation(seat.representation).label if seat.representation else "Membre"


def speaks_for(seat: Mandate) -> str:
    """The hat of ambassador: whose needs this seat brings. Nothing for who brings nobody's."""
    og = seat.og.short_name if seat.og else ""
    category = f"« {ComopCategory(seat.comop_category).label} »" if seat.comop_category else ""
    if seat.esms:
        sentence = f"parle pour sa structure : {seat.esms.name}"
    elif seat.territory:
        sentence = f"parle pour un territoire : {seat.territory}" + (f", {category}" if category else "")
    elif category:
        sentence = f"parle pour les structures {category}" + (f" ({og})" if og else "")
    elif og and not seat.invited:
        sentence = f"parle pour son OG : {og}"
    else:
        return ""
    return french.typography(sentence)


def as_member(seat: Mandate) -> str:
    """The hat of member: what this person does there with all the others."""
    if seat.invited:
        return "éclaire les échanges, ne vote pas"
    if seat.body.kind != BodyKind.COSTRAT:
        return "cherche avec les autres ce qui convient à tous"
    if seat.votes:
        return "vote, et cherche avec les autres ce qui convient à tous"
    return "prend part aux échanges, ne vote pas"


def when(seat: Mandate, today: date) -> str:
    """« depuis le 6 février 2025 », « du 1er janvier au 30 juin 2027 »."""
    start = french.long_date(seat.starts_on)
    if seat.ends_on is None:
        return f"depuis le {start}" if seat.starts_on <= today else f"à partir du {start}"
    if seat.ends_on < seat.starts_on:
        return "n’a compté aucun jour"
    return f"du {start} au {french.long_date(seat.ends_on)}"


def _state(seat: Mandate, *, mine: bool) -> tuple[str, str, str]:
    if seat.declined_at is not None:
        return f"Décliné le {french.long_date(seat.declined_at)}", "none", "s-na"
    if seat.accepted_at is not None:
        return f"Accepté le {french.long_date(seat.accepted_at)}", "ok", "s-ok"
    return f"En attente de {'votre' if mine else 'sa'} réponse", "late", "clock"


@dataclass(frozen=True)
class AppointingView:
    """The page on which a seat is given."""

    title: str
    lede: str
    crumbs: list[Link]
    body_url: str


def appointing(body: Body, project: Project) -> AppointingView:
    return AppointingView(
        title=f"Nommer quelqu’un {at_body(body)}",
        lede="La personne accepte ou décline ; en attendant sa réponse, le siège compte déjà.",
        crumbs=crumbs_to_body(body, project, "Nommer"),
        body_url=body_url(body, project),
    )


def usual_seat(body: Body) -> dict[str, str]:
    """What most seats of a body are: the choices that its form begins with."""
    several = body.project.kind == ProjectKind.MULTI_OG
    if body.kind == BodyKind.COSTRAT:
        return {"place": VOTES, "representation": Representation.OG_AMBASSADOR if several else ""}
    if body.kind == BodyKind.COMOP:
        return {"place": SITS, "representation": Representation.STRUCTURE_TYPE}
    return {"place": SITS, "representation": ""}


def appointed(user: User, body: Body, *, by: User) -> str:
    """« Clémence Guéridot siège au COMOP : sa réponse est attendue. »"""
    rest = "" if user == by else " : sa réponse est attendue"
    return french.typography(f"{user} siège {at_body(body)}{rest}.")


def ended(seat: Mandate) -> str:
    return f"Le siège de {seat.user} {at_body(seat.body)} a pris fin."


def answered(seat: Mandate, *, accepts: bool) -> str:
    if accepts:
        return french.typography(f"C’est noté : vous siégez {at_body(seat.body)}.")
    return french.typography(f"C’est noté : vous ne siégez pas {at_body(seat.body)}. Le chef de projet lira pourquoi.")


@dataclass(frozen=True)
class SeatView:
    """The page of one seat. `lost`: what goes with it once it ends; `over`: why nothing changes any more."""

    title: str
    lede: str
    crumbs: list[Link]
    line: SeatLine
    waits: bool
    over: str
    lost: str
    body_url: str
    declined: str


def seat_page(
    seat: Mandate, project: Project, reader: User, others: Sequence[Membership] | None, *, manages: bool, today: date
) -> SeatView:
    """`others`: the other roles of the person in the project today; None when the reader is not told."""
    mine = seat.user == reader
    waits = mine and seat.accepted_at is None and seat.declined_at is None
    who = "Vous siégez" if mine else f"{seat.user} siège"
    if waits:
        title = f"On vous propose de siéger {at_body(seat.body)}"
    elif seat.declined_at is not None:
        title = f"{'Vous avez' if mine else f'{seat.user} a'} décliné ce siège {at_body(seat.body)}"
    else:
        title = f"{who} {at_body(seat.body)}"
    return SeatView(
        title=title,
        lede=_lede(seat, mine=mine),
        crumbs=crumbs_to_body(seat.body, project, str(seat.user)),
        line=seat_line(seat, project, reader, manages=manages, today=today),
        waits=waits,
        over=_over(seat, today),
        lost=_lost(seat, others),
        body_url=body_url(seat.body, project),
        declined=french.typography(seat.decline_reason) if seat.declined_at is not None else "",
    )


def _lede(seat: Mandate, *, mine: bool) -> str:
    """« Vous y parlez pour votre OG : … », « Parle pour son OG : … »."""
    speaks = speaks_for(seat)
    if not speaks:
        return french.capital(f"{as_member(seat)}.")
    if not mine:
        return french.capital(f"{speaks}.")
    return re.sub("^parle pour (son|sa) ", "parle pour votre ", speaks).replace("parle", "Vous y parlez", 1) + "."


def _over(seat: Mandate, today: date) -> str:
    if seat.declined_at is not None:
        return "Ce siège a été décliné : il ne compte plus."
    if seat.ends_on is not None and (seat.ends_on < today or seat.ends_on < seat.starts_on):
        return "Ce siège a pris fin : il ne change plus."
    return ""


def _lost(seat: Mandate, others: Sequence[Membership] | None) -> str:
    """What the person can't do any more once the seat ends."""
    if others is None or seat.invited or seat.body.kind == BodyKind.WORKING_GROUP:
        return "Le siège prend fin tout de suite."
    if others:
        labels = dict.fromkeys(item.get_role_display() for item in others)
        held = french.listed([f"{label[:1].lower()}{label[1:]}" for label in labels])
        return f"Sans autre siège {at_body(seat.body)}, {seat.user} n’en lira plus les documents. Reste : {held}."
    return (
        f"C’est son seul rôle dans le projet : sans autre siège {at_body(seat.body)}, {seat.user} n’y aura plus accès."
    )


def seat_asked(seat: Mandate) -> Link:
    """What a person is asked to answer, for « Mon travail »: « Siéger au COMOP, pour votre OG : Amont »."""
    speaks = re.sub("^parle pour (son|sa) ", "pour votre ", speaks_for(seat)).removeprefix("parle ")
    label = f"Siéger {at_body(seat.body)}" + (f", {speaks}" if speaks else "")
    return Link(french.typography(label), reverse("seat", args=[seat.project.slug, seat.pk]))
