"""The page of a structure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse

from common import french
from common.ui import Entry, Link
from organisations.access import Access
from organisations.enums import Phase, Role
from organisations.forms import (
    ReferentForm,
)
from organisations.models import ESMS, ESMSProfile, Membership, Project
from organisations.presentation.invitations import InvitationLine, invitation_line
from organisations.presentation.sheets import (
    DIRECTORY_SHEET,
    PROFILE_SHEET,
    Fact,
    SavedField,
    facts,
    history_of,
    saved_fields,
)
from organisations.presentation.words import IN_PHASE, crumbs
from organisations.selectors import Team
from organisations.services import may_give


@dataclass(frozen=True)
class MemberLine:
    name: str
    email: str
    title: str
    role: str
    since: date
    until: date | None
    end_url: str


@dataclass(frozen=True)
class StructureView:
    name: str
    title: str
    lede: str
    context: str
    crumbs: list[Link]
    directory_fields: list[SavedField] = field(default_factory=list)
    directory_facts: list[Fact] = field(default_factory=list)
    profile_fields: list[SavedField] = field(default_factory=list)
    profile_facts: list[Fact] = field(default_factory=list)
    members: list[MemberLine] = field(default_factory=list)
    invitations: list["InvitationLine"] = field(default_factory=list)
    may_name_referent: bool = False
    director_button: str = ""
    invite_url: str = ""
    place_code: str = ""
    referent_form: ReferentForm | None = None
    history: list[Entry] = field(default_factory=list)


def structure_title(esms: ESMS) -> str:
    return french.typography(f"{esms.name} : {IN_PHASE[Phase(esms.phase)]}")


def structure_lede(profile: ESMSProfile) -> str:
    missing = [
        word
        for word, value in (
            ("le FINESS", profile.finess_et),
            ("le SIRET", profile.siret),
            ("la capacité", profile.capacity),
            ("le nombre de professionnels", profile.staff),
            ("le nombre d’utilisateurs à équiper", profile.users_to_equip),
        )
        if value in (None, "")
    ]
    if missing:
        return f"Il manque {french.listed(missing)} dans sa fiche."
    equipped = french.plural(profile.users_to_equip, "utilisateur est à équiper", "utilisateurs sont à équiper")
    staff = french.plural(profile.staff, "professionnel", "professionnels")
    return french.typography(f"Sa fiche est complète : {equipped}, sur {staff}.")


def structure(
    esms: ESMS,
    project: Project,
    team: Team,
    waves: Mapping[UUID, str],
    access: Access,
    *,
    edits_directory: bool,
    edits_profile: bool,
) -> StructureView:
    profile = esms.profile
    profile.esms = esms
    return StructureView(
        name=french.typography(esms.name),
        title=structure_title(esms),
        lede=structure_lede(profile),
        context=french.typography(esms.og.name),
        crumbs=crumbs(
            project,
            ("Structures", reverse("structures", args=[project.slug])),
            (french.typography(esms.name), reverse("structure", args=[project.slug, esms.slug])),
            ("Équipe et accès", ""),
        ),
        directory_fields=saved_fields(DIRECTORY_SHEET, esms, project) if edits_directory else [],
        directory_facts=[] if edits_directory else facts(DIRECTORY_SHEET, esms),
        profile_fields=saved_fields(PROFILE_SHEET, profile, project) if edits_profile else [],
        profile_facts=[] if edits_profile else facts(PROFILE_SHEET, profile),
        members=[_member(item, project, may_give(access, Role(item.role), esms)) for item in team.members],
        invitations=[
            invitation_line(item, project, esms, may_manage=may_give(access, Role(item.role), esms))
            for item in team.invitations
        ],
        may_name_referent=may_give(access, Role.LOCAL_REFERENT, esms),
        director_button=_director_button(team) if may_give(access, Role.ESMS_DIRECTOR, esms) else "",
        invite_url=reverse("invite", args=[project.slug]),
        place_code=f"esms:{esms.pk}",
        referent_form=ReferentForm(auto_id="referent-%s"),
        history=history_of((DIRECTORY_SHEET, esms), (PROFILE_SHEET, profile), waves=waves),
    )


def _director_button(team: Team) -> str:
    named = any(item.role == Role.ESMS_DIRECTOR for item in (*team.members, *team.invitations))
    return "Nommer une autre direction" if named else "Nommer la direction"


def _member(item: Membership, project: Project, may_end: bool) -> MemberLine:
    return MemberLine(
        name=item.user.get_full_name(),
        email=item.user.email,
        title=french.typography(item.user.title),
        role=Role(item.role).label,
        since=item.starts_on,
        until=item.ends_on,
        end_url=reverse("membership_end", args=[project.slug, item.pk]) if may_end else "",
    )
