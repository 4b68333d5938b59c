"""Giving a role, ending one, and the invitation between the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.enums import Role
from organisations.forms import (
    InviteForm,
)
from organisations.models import Invitation, Membership, Project
from organisations.presentation.words import (
    ROLE_SENTENCES,
    crumbs,
    held_on,
    place,
    what_is_lost,
    what_role_allows_anywhere,
)
from organisations.services import Target


@dataclass(frozen=True)
class InvitationLine:
    email: str
    role: str
    place: str
    invited_by: str
    sent_at: datetime | None
    expires_at: datetime
    expired: bool
    resend_url: str
    revoke_url: str


def invitation_line(item: Invitation, project: Project, target: Target, *, may_manage: bool) -> InvitationLine:
    return InvitationLine(
        email=item.email,
        role=Role(item.role).label,
        place=french.capital(place(target)),
        invited_by=item.invited_by.get_full_name(),
        sent_at=item.sent_at,
        expires_at=item.expires_at,
        expired=not item.pending,
        resend_url=reverse("invitation_resend", args=[project.slug, item.pk]) if may_manage else "",
        revoke_url=reverse("invitation_revoke", args=[project.slug, item.pk]) if may_manage else "",
    )


def invite_title(form: InviteForm) -> str:
    role, target = form.chosen_role, form.only_place
    if len(form.roles) == 1 and role and target:
        return french.typography(f"Nommer un {role.label.lower()} : {place(target)}")
    return "Inviter une personne"


@dataclass(frozen=True)
class InvitingView:
    title: str
    lede: str
    crumbs: list[Link]
    url: str
    people_url: str
    place: str
    sentence: str
    allows: list[str]
    role: str


def inviting(form: InviteForm, project: Project) -> InvitingView:
    role, target = form.chosen_role, form.only_place
    people_url = reverse("people", args=[project.slug])
    return InvitingView(
        title=invite_title(form),
        lede="La personne reçoit un lien valable 14 jours. Elle n’a accès à rien avant de l’avoir accepté.",
        crumbs=crumbs(project, ("Qui a accès à quoi", people_url), ("Inviter", "")),
        url=reverse("invite", args=[project.slug]),
        people_url=people_url,
        place=place(target) if target else "",
        sentence=ROLE_SENTENCES[role] if role else "",
        allows=[french.typography(item) for item in what_role_allows_anywhere(role)] if role else [],
        role=role.label if role else "",
    )


@dataclass(frozen=True)
class EndingView:
    title: str
    lede: str
    crumbs: list[Link]
    lost: list[str]
    kept: str
    people_url: str
    own: bool


# « Elle reste … »: she is « la personne ».
REMAINS = {
    Role.PROJECT_LEAD: "chef de projet",
    Role.COSTRAT: "membre du COSTRAT",
    Role.COMOP: "membre du COMOP",
    Role.OG_DIRECTOR: "à la direction d’OG",
    Role.ESMS_DIRECTOR: "à la direction d’ESMS",
    Role.LOCAL_REFERENT: "référente locale",
    Role.DPO: "déléguée à la protection des données",
    Role.PURCHASING: "dans la cellule achat",
    Role.VENDOR: "représentante de l’éditeur",
    Role.OBSERVER: "observatrice",
}


def ending(
    membership: Membership, project: Project, *, others: Sequence[Membership], own: bool, sees_all: bool
) -> EndingView:
    """`others`: the person's other roles of today in the project; `sees_all`: the reader knows of every role."""
    role, target = Role(membership.role), held_on(membership)
    name = membership.user.get_full_name()
    people_url = reverse("people", args=[project.slug])
    return EndingView(
        title=french.typography(f"Mettre fin au rôle de {name} ?"),
        lede=f"{role.label}, {place(target)}, depuis le {french.long_date(membership.starts_on)}.",
        crumbs=crumbs(project, ("Qui a accès à quoi", people_url), ("Mettre fin à un rôle", "")),
        lost=what_is_lost(role, target, others),
        kept=_kept_sentence(others, sees_all=sees_all),
        people_url=people_url,
        own=own,
    )


def _kept_sentence(others: Sequence[Membership], *, sees_all: bool) -> str:
    """« Elle reste membre du COSTRAT et à la direction d’ESMS (IME La Clairière). »"""
    places: dict[Role, list[str]] = {}
    for row in others:
        target = held_on(row)
        places.setdefault(Role(row.role), []).extend([] if isinstance(target, Project) else [place(target)])
    roles = [f"{REMAINS[role]} ({', '.join(places[role])})" if places[role] else REMAINS[role]
             for role in Role if role in places]  # fmt: skip
    sentence = f"Elle reste {french.listed(roles)}." if roles else "Elle ne garde aucun autre rôle dans ce projet."
    if not sees_all:
        # Local referents are known to their own structure only.
        unseen = "Un rôle de référent local tenu ailleurs, que vous ne lisez pas, ne change pas."
        sentence = f"{sentence} {unseen}" if roles else unseen
    return french.typography(sentence)


def ended_sentence(membership: Membership, last_day: date | None) -> str:
    name, role = membership.user.get_full_name(), Role(membership.role).label
    if last_day:
        return french.typography(f"{name} garde le rôle « {role} » jusqu’au {french.long_date(last_day)}.")
    return french.typography(f"{name} n’a plus le rôle « {role} ».")


@dataclass(frozen=True)
class InvitationView:
    title: str
    lede: str
    email: str
    role: str
    sentence: str
    place: str
    project: str
    allows: list[str]
    expires_at: datetime
    state: str  # "mine", "other" (signed in with another address), "known" (has an account), "new"
    signed_in_as: str
    login_url: str
    logout_url: str


def invitation(item: Invitation, user: Any, path: str, *, known: bool) -> InvitationView:
    role, target = Role(item.role), held_on(item)
    where = "" if isinstance(target, Project) else f", {place(target)}"
    signed_in = user.is_authenticated
    state = "known" if known else "new"
    if signed_in:
        state = "mine" if user.email.lower() == item.email.lower() else "other"
    next_page = urlencode({"next": path})
    return InvitationView(
        title=french.typography(f"{item.invited_by} vous invite au projet « {item.project.name} »"),
        lede=french.typography(f"Votre rôle : {role.label}{where}."),
        email=item.email,
        role=role.label,
        sentence=ROLE_SENTENCES[role],
        place=place(target),
        project=french.typography(item.project.name),
        allows=[french.typography(label) for label in what_role_allows_anywhere(role)],
        expires_at=item.expires_at,
        state=state,
        signed_in_as=user.email if signed_in else "",
        login_url=f"{reverse('account_login')}?{next_page}",
        logout_url=f"{reverse('account_logout')}?{next_page}",
    )
