"""« Qui a accès à quoi », on the screen and for a spreadsheet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from common import french
from common.ui import Link
from organisations.access import Access
from organisations.enums import Role
from organisations.models import AccessReview, Membership, Project, User
from organisations.presentation.invitations import InvitationLine, invitation_line
from organisations.presentation.words import (
    crumbs,
    held_on,
    place,
)
from organisations.selectors import PeoplePage, Reach
from organisations.services import may_give

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class RoleLine:
    role: str
    place: str
    place_detail: str
    since: date
    until: date | None
    given_by: str
    given_at: datetime
    end_url: str
    where: str  # « , IME La Clairière »; nothing for the whole project

    @property
    def sentence(self) -> str:
        """The whole line for a narrow screen: « Direction d’ESMS, IME La Clairière, depuis janv. 2025 »."""
        until = f", jusqu’au {french.short_date(self.until)}" if self.until else ""
        since = f"{french.SHORT_MONTHS[self.since.month - 1]}{french.NBSP}{self.since.year}"
        return f"{self.role}{self.where}, depuis {since}{until}"


@dataclass(frozen=True)
class PersonBlock:
    name: str
    email: str
    title: str
    lines: list[RoleLine]


@dataclass(frozen=True)
class PeopleView:
    title: str
    lede: str
    crumbs: list[Link]
    filters: list[Link]
    active: list[PersonBlock]
    upcoming: list[PersonBlock]
    ended: list[PersonBlock]
    ended_count: int
    invitations: list[InvitationLine]
    invite_url: str
    export_url: str
    may_end: bool
    has_seats: bool
    narrowed: bool


@dataclass(frozen=True)
class ReviewView:
    """The yearly review: when it was last done, and whether it is time."""

    sentence: str
    due: bool
    url: str


def review(latest: AccessReview | None, project: Project) -> ReviewView:
    """What the lead is told of the yearly review."""
    url = reverse("people_review", args=[project.slug])
    if latest is None:
        return ReviewView("Cette liste n’a encore jamais été relue en entier.", due=True, url=url)
    count = french.plural(latest.roles, "rôle", "rôles")
    sentence = f"Relue le {french.long_date(latest.reviewed_at)} par {latest.reviewed_by.get_full_name()} ({count})."
    return ReviewView(sentence, due=timezone.now() - latest.reviewed_at > A_YEAR, url=url)


def people(
    page: PeoplePage, project: Project, access: Access, role: Role | None, *, may_invite: bool, leads: Sequence[User]
) -> PeopleView:
    base = reverse("people", args=[project.slug])
    query = f"?role={role.value}" if role else ""
    active = narrowed(page.active, role)
    ended = narrowed(page.ended, role)
    blocks = _by_person(active, project, access)
    upcoming = _by_person(narrowed(page.upcoming, role), project, access)
    return PeopleView(
        title=_people_title(page, active, role, access),
        lede=_people_lede(page, leads, access),
        crumbs=crumbs(project, ("Qui a accès à quoi", "")),
        filters=_role_filters(page, role, base),
        active=blocks,
        upcoming=upcoming,
        ended=_by_person(ended, project, None),
        ended_count=len(ended),
        invitations=[
            invitation_line(item, project, held_on(item), may_manage=may_give(access, Role(item.role), held_on(item)))
            for item in narrowed(page.invitations, role)
        ],
        invite_url=reverse("invite", args=[project.slug]) if may_invite else "",
        export_url=f"{reverse('people_export', args=[project.slug])}{query}",
        may_end=any(line.end_url for block in (*blocks, *upcoming) for line in block.lines),
        has_seats=any(row.role in {Role.COSTRAT, Role.COMOP} for row in active) and page.reach is Reach.PROJECT,
        narrowed=role is not None,
    )


def _people_title(page: PeoplePage, active: list[Membership], role: Role | None, access: Access) -> str:
    if page.reach is Reach.SELF:
        if not active:
            return "Aucun rôle de ce genre pour vous" if role else "Vous n’avez plus de rôle dans ce projet"
        return f"Vous avez {french.in_words(len(active))} {french.agree(len(active), 'rôle', 'rôles')} dans ce projet"
    everywhere = page.reach is Reach.PROJECT
    count = len({row.user_id for row in active if role or everywhere or row.og_id})
    if role:
        people = (
            french.capital(french.counted(count, "personne a", "personnes ont", feminine=True))
            if count
            else "Personne n’a"
        )
        return french.typography(f"{people} le rôle « {role.label} »")
    if everywhere:
        people = french.capital(french.counted(count, "personne a", "personnes ont", feminine=True))
        return f"{people} accès à ce projet"
    people = french.capital(french.counted(count, "personne tient", "personnes tiennent", feminine=True))
    return f"{people} un rôle dans {_own_part(page, access).where}"


@dataclass(frozen=True)
class OwnPart:
    """What the reader directs: where roles are held, and who reads it too."""

    where: str
    readers: str


def _own_part(page: PeoplePage, access: Access) -> OwnPart:
    own = [row for row in page.active if row.user_id == access.user_id]
    ogs = {row.og_id for row in own if row.role == Role.OG_DIRECTOR}
    if ogs:
        where = "votre OG ou ses structures" if len(ogs) == 1 else "vos OG ou leurs structures"
        return OwnPart(where, "Le chef de projet lit aussi leur fiche.")
    one = len({row.esms_id for row in own if row.role == Role.ESMS_DIRECTOR}) == 1
    return OwnPart(
        "votre structure" if one else "vos structures",
        f"Le chef de projet et la direction de votre OG lisent aussi {'sa' if one else 'leur'} fiche.",
    )


def _people_lede(page: PeoplePage, leads: Sequence[User], access: Access) -> str:
    names = french.listed([user.get_full_name() for user in leads]) or "le chef de projet"
    if page.reach is Reach.SELF:
        readers = "le chef de projet et les directions"
        sentence = f"Vous lisez vos propres rôles : les rôles des autres ne sont lus que par {readers}."
        return f"{french.typography(sentence)} Pour un changement, adressez-vous à {names}."
    waiting = [item for item in page.invitations if item.pending]
    parts = []
    if waiting:
        count = french.plural(len(waiting), "invitation attend une réponse", "invitations attendent une réponse")
        parts.append(f"{count}.")
    if page.reach is Reach.PART:
        parts.append(_own_part(page, access).readers)
    else:
        parts.append("Un rôle qui n’a plus lieu d’être se termine ici ; la personne perd l’accès tout de suite.")
    return french.typography(" ".join(parts))


def _role_filters(page: PeoplePage, current: Role | None, base: str) -> list[Link]:
    counts = Counter(row.role for row in page.active)
    known = {row.role for row in (*page.active, *page.upcoming, *page.ended, *page.invitations)}
    items = [Link("Tous les rôles", base, current is None, len(page.active))]
    return items + [
        Link(role.label, f"{base}?role={role.value}", role == current, counts[role]) for role in Role if role in known
    ]


def _by_person(rows: list[Membership], project: Project, access: Access | None) -> list[PersonBlock]:
    """A block a person; no access: nothing to end."""
    blocks: dict[object, PersonBlock] = {}
    for row in rows:
        user = row.user
        block = blocks.setdefault(
            user.pk, PersonBlock(user.get_full_name(), user.email, french.typography(user.title), [])
        )
        target = held_on(row)
        may_end = access is not None and may_give(access, Role(row.role), target)
        block.lines.append(
            RoleLine(
                role=Role(row.role).label,
                place=french.capital(place(target)),
                place_detail=french.typography(row.og.short_name) if row.og and row.esms else "",
                since=row.starts_on,
                until=row.ends_on,
                given_by=row.granted_by.get_full_name() if row.granted_by else "à la création du projet",
                given_at=row.granted_at,
                end_url=reverse("membership_end", args=[project.slug, row.pk]) if may_end else "",
                where="" if isinstance(target, Project) else f", {place(target)}",
            )
        )
    return list(blocks.values())


EXPORT_HEADS = (
    "Personne", "Adresse électronique", "Fonction", "Rôle", "Où", "OG", "Depuis", "Jusqu’au", "Donné par", "État",
)  # fmt: skip


def export_rows(page: PeoplePage, role: Role | None) -> list[list[str]]:
    """The table as a spreadsheet reads it: the head, then a row a role or invitation. Dates as 2026-11-20."""
    states = (("en cours", page.active), ("à venir", page.upcoming), ("terminé", page.ended))
    rows = [list(EXPORT_HEADS)]
    for state, memberships in states:
        rows += [_export_row(row, state) for row in narrowed(memberships, role)]
    for item in narrowed(page.invitations, role):
        rows.append(
            ["", item.email, "", Role(item.role).label, place(held_on(item)), item.og.name if item.og else "", "",
             item.expires_at.astimezone(french.PARIS).date().isoformat(), item.invited_by.get_full_name(),
             "invitation" if item.pending else "invitation expirée"]
        )  # fmt: skip
    return rows


def _export_row(row: Membership, state: str) -> list[str]:
    return [
        row.user.get_full_name(),
        row.user.email,
        row.user.title,
        Role(row.role).label,
        place(held_on(row)),
        row.og.name if row.og else "",
        row.starts_on.isoformat(),
        row.ends_on.isoformat() if row.ends_on else "",
        row.granted_by.get_full_name() if row.granted_by else "",
        state,
    ]


def narrowed(rows: Iterable[Any], role: Role | None) -> list[Any]:
    return [row for row in rows if role is None or row.role == role]
