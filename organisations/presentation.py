"""Organisations in French: sentences, links and component parameters made of what the selectors found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Model, TextField
from django.forms import BoundField
from django.urls import reverse
from django.utils import timezone

from common import french, history
from common.ui import Entry, Link
from organisations.access import Access
from organisations.catalogue import esms_categories
from organisations.enums import ROLE_PERMISSIONS, ComopCategory, Level, Permission, Phase, Role
from organisations.finess import NUMBERS
from organisations.forms import DirectoryForm, InviteForm, OGForm, ProfileForm, ProjectForm, SheetForm, category_name
from organisations.models import ESMS, OG, ESMSProfile, Invitation, Membership, Project, User
from organisations.selectors import PeoplePage, Reach, Team
from organisations.services import Target, may_give

# « le projet est … »: a phase in a sentence.
IN_PHASE = {
    Phase.FRAMING: "en cadrage",
    Phase.PURCHASE: "en achat",
    Phase.PREPARATION: "en préparation",
    Phase.PILOT: "en phase pilote",
    Phase.ROLLOUT: "en généralisation",
    Phase.USAGE: "en développement des usages",
    Phase.ROUTINE: "en vie courante",
}
PHASE_TONES = {Phase.FRAMING: "none", Phase.PURCHASE: "none", Phase.ROUTINE: "ok", Phase.USAGE: "ok"}

# One sentence a role, for who gives it and for who receives it.
ROLE_SENTENCES = {
    Role.PROJECT_LEAD: "Règle le projet, donne les rôles, tient toute la checklist et lit toutes les structures.",
    Role.COSTRAT: "Lit l’avancement et les rapports du COSTRAT, et fait les actions qui reviennent au comité.",
    Role.COMOP: "Lit l’avancement et fait les actions qui reviennent au comité.",
    Role.OG_DIRECTOR: "Lit les structures de son OG et y donne les rôles.",
    Role.ESMS_DIRECTOR: "Remplit et valide ce qui concerne sa structure, et y nomme les référents locaux.",
    Role.LOCAL_REFERENT: "Prépare le travail de sa structure, que la direction valide.",
    Role.DPO: "Lit la checklist et fait les actions de protection des données.",
    Role.PURCHASING: "Lit et fait les seules actions de l’achat.",
    Role.VENDOR: "Lit la fiche du projet et son annuaire, rien d’autre.",
    Role.OBSERVER: "Lit, sans rien changer.",
}


def crumbs(project: Project, *steps: tuple[str, str]) -> list[Link]:
    """The project, then each step (label, URL); the last one has no URL."""
    return [Link(project.short_name, reverse("project", args=[project.slug])), *(Link(label, url) for label, url in steps)]


def place(target: Target) -> str:
    """Where a role is held, as a reader names it."""
    return "tout le projet" if isinstance(target, Project) else french.typography(str(target))


# --- The directory --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StructureLine:
    name: str
    url: str  # empty for who may not see its inside
    acronym: str
    category: str
    city: str
    phase: str
    tone: str
    icon: str
    comop: str


@dataclass(frozen=True)
class OGBlock:
    id: str
    name: str
    detail: str
    edit_url: str
    add_url: str
    lines: list[StructureLine]


@dataclass(frozen=True)
class DirectoryView:
    title: str
    lede: str
    crumbs: list[Link]
    blocks: list[OGBlock]
    og_add_url: str
    esms_add_url: str


def directory(project: Project, ogs: list[OG], access: Access) -> DirectoryView:
    manages = access.in_project(project, Permission.MANAGE_PROJECT)
    structures = [esms for og in ogs for esms in og.esms.all()]
    opened = [esms for esms in structures if access.in_esms(esms, Permission.VIEW_STRUCTURES)]
    add_url = reverse("esms_add", args=[project.slug]) if manages and ogs else ""
    return DirectoryView(
        title=_directory_title(ogs, structures),
        lede=_directory_lede(structures, opened),
        crumbs=crumbs(project, ("Structures", "")),
        blocks=[_block(og, set(opened), project, add_url) for og in ogs],
        og_add_url=reverse("og_add", args=[project.slug]) if manages else "",
        esms_add_url=add_url,
    )


def _directory_title(ogs: list[OG], structures: list[ESMS]) -> str:
    if not structures:
        return "L’annuaire des structures est encore vide"
    count = french.plural(len(structures), "structure", "structures")
    return f"{count} de {len(ogs)} OG : {_phases(structures)}"


def _phases(structures: list[ESMS]) -> str:
    """« trois en phase pilote, six en préparation et trois en cadrage », the furthest first."""
    counts = Counter(Phase(esms.phase) for esms in structures)
    parts = [
        f"{french.in_words(counts[phase], feminine=True)} {IN_PHASE[phase]}" for phase in reversed(Phase) if counts[phase]
    ]
    return _and(parts)


def _directory_lede(structures: list[ESMS], opened: list[ESMS]) -> str:
    if not structures:
        return ""
    if len(opened) == len(structures):
        return "Ouvrez une structure pour lire sa fiche et savoir qui y travaille."
    if opened:
        names = _and([french.typography(esms.name) for esms in opened[:3]])
        if len(opened) <= 3:
            return f"Vous pouvez ouvrir {names}. Des autres structures, vous lisez l’annuaire."
        return f"Vous pouvez ouvrir les {french.in_words(len(opened))} structures dont le nom est un lien. Des autres, vous lisez l’annuaire."
    return "Vous lisez l’annuaire. La fiche d’une structure s’ouvre à qui y travaille, à son OG et au chef de projet."


def _block(og: OG, opened: set[ESMS], project: Project, add_url: str) -> OGBlock:
    return OGBlock(
        id=f"og-{og.pk}",
        name=french.typography(og.name),
        detail=", ".join(part for part in (french.typography(og.legal_form), og.city) if part),
        edit_url=reverse("og_edit", args=[project.slug, og.pk]) if add_url else "",
        add_url=f"{add_url}?og={og.pk}" if add_url else "",
        lines=[_line(esms, project, linked=esms in opened) for esms in og.esms.all()],
    )


def _line(esms: ESMS, project: Project, *, linked: bool) -> StructureLine:
    category = esms_categories().get(esms.category)
    phase = Phase(esms.phase)
    tone = PHASE_TONES.get(phase, "progress")
    return StructureLine(
        name=french.typography(esms.name),
        url=reverse("structure", args=[project.slug, esms.slug]) if linked else "",
        acronym=category.acronym if category else "",
        category=french.typography(category.label) if category else esms.category,
        city=esms.city,
        phase=phase.label,
        tone=tone,
        icon={"none": "s-todo", "ok": "s-ok"}.get(tone, "s-progress"),
        comop=ComopCategory(esms.comop_category).label,
    )


# --- Sheets whose fields save themselves ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """How the fields of one kind of row are shown and saved."""

    code: str
    form: type[SheetForm]
    url_name: str

    def url(self, row: Model, project: Project, name: str) -> str:
        return reverse(self.url_name, args=[*self._arguments(row, project), name])

    @staticmethod
    def _arguments(row: Model, project: Project) -> list[object]:
        if isinstance(row, ESMS):
            return [project.slug, row.slug]
        if isinstance(row, ESMSProfile):
            return [project.slug, row.esms.slug]
        return [project.slug, row.pk] if isinstance(row, OG) else [project.slug]


PROJECT_SHEET = Sheet("projet", ProjectForm, "project_field")
OG_SHEET = Sheet("og", OGForm, "og_field")
DIRECTORY_SHEET = Sheet("annuaire", DirectoryForm, "esms_field")
PROFILE_SHEET = Sheet("fiche", ProfileForm, "profile_field")


@dataclass(frozen=True)
class SavedField:
    """A field that saves itself: what `organisations/field.html` needs."""

    id: str
    field: BoundField
    url: str
    version: int
    version_class: str
    warning: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Fact:
    """A field that the reader may not change."""

    label: str
    value: str
    warning: str = ""


def saved_field(
    sheet: Sheet, form: SheetForm, row: Any, project: Project, name: str, *, saved_at: datetime | None = None
) -> SavedField:
    number = NUMBERS.get(name)
    kept = getattr(row, name)
    return SavedField(
        id=f"{sheet.code}-{name}",
        field=form[name],
        url=sheet.url(row, project, name),
        version=row.version,
        version_class=f"version-{sheet.code}",
        warning=number.warning(kept) if number and not form.errors else "",
        saved_at=saved_at,
    )


def saved_fields(sheet: Sheet, row: Any, project: Project) -> list[SavedField]:
    form = sheet.form(instance=row, auto_id=f"{sheet.code}-id-%s")
    return [saved_field(sheet, form, row, project, name) for name in sheet.form.names()]


def facts(sheet: Sheet, row: Any) -> list[Fact]:
    """The same fields, to read."""
    found = []
    for name in sheet.form.names():
        number = NUMBERS.get(name)
        value = getattr(row, name)
        shown = value_in_words(type(row), name, value) or "Non renseigné"
        found.append(Fact(label_of(type(row), name), shown, number.warning(value) if number else ""))
    return found


def label_of(model: type[Model], name: str) -> str:
    label = str(model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def value_in_words(model: type[Model], name: str, value: Any) -> str:
    """A stored value as a reader writes it; nothing for an empty one."""
    if value in (None, ""):
        return ""
    if name == "category":
        category = esms_categories().get(value)
        return french.typography(category_name(category)) if category else str(value)
    choices = dict(model._meta.get_field(name).flatchoices)
    if choices:
        return str(choices.get(value, value))
    if isinstance(value, date):
        return french.long_date(value)
    if isinstance(value, Decimal):
        return french.euros(value)
    if isinstance(value, int):
        return french.number(value)
    return french.typography(str(value))


def history_of(*sheets: tuple[Sheet, Model]) -> list[Entry]:
    """« Historique » of one or several rows that make one page, newest first."""
    lines = [
        Entry(entry.at, entry.who, _what(type(row), entry))
        for sheet, row in sheets
        for entry in history.entries(row, sheet.form.names())
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _what(model: type[Model], entry: history.Entry) -> str:
    if entry.label == "insert":
        return "fiche créée"
    return " ; ".join(_change(model, item) for item in entry.changes)


def _change(model: type[Model], item: history.Change) -> str:
    name = label_of(model, item.field)
    new, old = (value_in_words(model, item.field, value) for value in (item.new, item.old))
    if not new:
        return french.typography(f"{name} : « {old} » retiré")
    if not old:
        return french.typography(f"{name} : « {new} »")
    return french.typography(f"{name} : « {new} » au lieu de « {old} »")


# --- A structure ----------------------------------------------------------------------------------------------------


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
    may_name_director: bool = False
    invite_url: str = ""
    place_code: str = ""
    history: list[Entry] = field(default_factory=list)


def structure_title(esms: ESMS) -> str:
    return f"{french.typography(esms.name)} est {IN_PHASE[Phase(esms.phase)]}"


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
        return f"À sa fiche, il manque {_and(missing)}."
    equipped = french.plural(profile.users_to_equip, "utilisateur est à équiper", "utilisateurs sont à équiper")
    return f"Sa fiche est complète : {equipped}, sur {french.plural(profile.staff, 'professionnel', 'professionnels')}."


def structure(
    esms: ESMS, project: Project, team: Team, access: Access, *, edits_directory: bool, edits_profile: bool
) -> StructureView:
    profile = esms.profile
    profile.esms = esms
    return StructureView(
        title=structure_title(esms),
        lede=structure_lede(profile),
        context=french.typography(esms.og.name),
        crumbs=crumbs(
            project, ("Structures", reverse("structures", args=[project.slug])), (french.typography(esms.name), "")
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
        may_name_director=may_give(access, Role.ESMS_DIRECTOR, esms),
        invite_url=reverse("invite", args=[project.slug]),
        place_code=f"esms:{esms.pk}",
        history=history_of((DIRECTORY_SHEET, esms), (PROFILE_SHEET, profile)),
    )


def _member(item: Membership, project: Project, may_end: bool) -> MemberLine:
    return MemberLine(
        name=item.user.get_full_name(),
        email=item.user.email,
        title=item.user.title,
        role=Role(item.role).label,
        since=item.starts_on,
        until=item.ends_on,
        end_url=reverse("membership_end", args=[project.slug, item.pk]) if may_end else "",
    )


# --- « Qui a accès à quoi » -----------------------------------------------------------------------------------------


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
    seat: bool


@dataclass(frozen=True)
class PersonBlock:
    name: str
    email: str
    title: str
    lines: list[RoleLine]


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
    has_seats: bool
    narrowed: bool


def people(
    page: PeoplePage, project: Project, access: Access, role: Role | None, *, may_invite: bool, leads: Sequence[User]
) -> PeopleView:
    base = reverse("people", args=[project.slug])
    query = f"?role={role.value}" if role else ""
    active = narrowed(page.active, role)
    ended = narrowed(page.ended, role)
    return PeopleView(
        title=_people_title(page, active, role),
        lede=_people_lede(page, leads),
        crumbs=crumbs(project, ("Qui a accès à quoi", "")),
        filters=_role_filters(page, role, base),
        active=_by_person(active, project, access),
        upcoming=_by_person(narrowed(page.upcoming, role), project, access),
        ended=_by_person(ended, project, None),
        ended_count=len(ended),
        invitations=[
            invitation_line(item, project, held_on(item), may_manage=may_give(access, Role(item.role), held_on(item)))
            for item in narrowed(page.invitations, role)
        ],
        invite_url=reverse("invite", args=[project.slug]) if may_invite else "",
        export_url=f"{reverse('people_export', args=[project.slug])}{query}",
        has_seats=any(row.role in {Role.COSTRAT, Role.COMOP} for row in active) and page.reach is Reach.PROJECT,
        narrowed=role is not None,
    )


def narrowed(rows: Iterable[Any], role: Role | None) -> list[Any]:
    return [row for row in rows if role is None or row.role == role]


def held_on(row: Membership | Invitation) -> Target:
    return row.esms or row.og or row.project


def _people_title(page: PeoplePage, active: list[Membership], role: Role | None) -> str:
    if page.reach is Reach.SELF:
        if not active:
            return "Aucun rôle de ce genre pour vous" if role else "Vous n’avez plus de rôle dans ce projet"
        return f"Vous avez {french.in_words(len(active))} {french.agree(len(active), 'rôle', 'rôles')} dans ce projet"
    count = len({row.user_id for row in active})
    place = "à ce projet" if page.reach is Reach.PROJECT else "autour de vous"
    people = french.plural(count, "personne a", "personnes ont")
    if role:
        return f"{people} le rôle « {role.label} »".replace("« ", f"«{french.NBSP}").replace(" »", f"{french.NBSP}»")
    return f"{people} accès {place}"


def _people_lede(page: PeoplePage, leads: Sequence[User]) -> str:
    names = _and([user.get_full_name() for user in leads]) or "le chef de projet"
    if page.reach is Reach.SELF:
        return f"Vous lisez vos propres rôles. Ceux des autres sont lus par {names} et par les directions ; c’est à {names} de les changer."
    waiting = [item for item in page.invitations if item.pending]
    parts = []
    if waiting:
        count = french.plural(len(waiting), "invitation attend une réponse", "invitations attendent une réponse")
        parts.append(f"{count}.")
    if page.reach is Reach.PART:
        parts.append("Vous lisez vos rôles et ceux de vos structures.")
    else:
        parts.append("Un rôle qui n’a plus lieu d’être se termine ici ; la personne perd l’accès tout de suite.")
    return " ".join(parts)


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
        block = blocks.setdefault(user.pk, PersonBlock(user.get_full_name(), user.email, user.title, []))
        target = held_on(row)
        may_end = access is not None and may_give(access, Role(row.role), target)
        block.lines.append(
            RoleLine(
                role=Role(row.role).label,
                place=place(target),
                place_detail=french.typography(row.og.short_name) if row.esms else "",
                since=row.starts_on,
                until=row.ends_on,
                given_by=row.granted_by.get_full_name() if row.granted_by else "l’application",
                given_at=row.granted_at,
                end_url=reverse("membership_end", args=[project.slug, row.pk]) if may_end else "",
                seat=row.role in {Role.COSTRAT, Role.COMOP},
            )
        )
    return list(blocks.values())


def invitation_line(item: Invitation, project: Project, target: Target, *, may_manage: bool) -> InvitationLine:
    return InvitationLine(
        email=item.email,
        role=Role(item.role).label,
        place=place(target),
        invited_by=item.invited_by.get_full_name(),
        sent_at=item.sent_at,
        expires_at=item.expires_at,
        expired=not item.pending,
        resend_url=reverse("invitation_resend", args=[project.slug, item.pk]) if may_manage else "",
        revoke_url=reverse("invitation_revoke", args=[project.slug, item.pk]) if may_manage else "",
    )


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


# --- Giving and ending a role ---------------------------------------------------------------------------------------


def what_role_allows(role: Role, target: Target) -> list[str]:
    """What a role gives, in the words of the permissions: on the project, then on what it is held on."""
    table = ROLE_PERMISSIONS[role]
    found = [item.label for item in table.get(Level.PROJECT, [])]
    if not isinstance(target, Project):
        found += [f"{item.label} : {place(target)}" for item in table.get(role.level, [])]
    return [french.typography(label) for label in found]


def invite_title(form: InviteForm) -> str:
    role, target = form.chosen_role, form.only_place
    if len(form.roles) == 1 and role and target:
        return f"Nommer un {role.label.lower()} : {place(target)}"
    return "Inviter une personne"


# --- Settings -------------------------------------------------------------------------------------------------------


def settings_title(project: Project) -> str:
    missing = [
        word
        for word, value in (
            ("la présentation", project.summary),
            ("le DUI choisi", project.product),
            ("l’éditeur", project.publisher),
            ("la fin prévue", project.planned_end_on),
            ("le budget voté", project.budget_voted),
        )
        if value in (None, "")
    ]
    if missing:
        return f"À la fiche du projet, il manque {_and(missing)}"
    return "La fiche du projet est complète"


def og_title(og: OG, count: int) -> str:
    words = french.plural(count, "structure", "structures") if count else "aucune structure"
    return french.typography(f"{og.name} prend part au projet avec {words}")


def _and(parts: Sequence[str]) -> str:
    """« a, b et c »."""
    return " et ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part) if parts else ""




@dataclass(frozen=True)
class SettingsView:
    title: str
    kind: str
    crumbs: list[Link]
    fields: list[SavedField]
    ogs: list[dict[str, str]]
    og_add_url: str
    esms_add_url: str
    history: list[Entry]


def settings(project: Project, ogs: list[OG]) -> SettingsView:
    return SettingsView(
        title=settings_title(project),
        kind=project.get_kind_display(),
        crumbs=crumbs(project, ("Réglages", "")),
        fields=saved_fields(PROJECT_SHEET, project, project),
        ogs=[
            {
                "name": french.typography(og.name),
                "url": reverse("og_edit", args=[project.slug, og.pk]),
                "detail": french.plural(len(og.esms.all()), "structure", "structures"),
            }
            for og in ogs
        ],
        og_add_url=reverse("og_add", args=[project.slug]),
        esms_add_url=reverse("esms_add", args=[project.slug]) if ogs else "",
        history=history_of((PROJECT_SHEET, project)),
    )


@dataclass(frozen=True)
class OGPageView:
    title: str
    crumbs: list[Link]
    fields: list[SavedField]
    structures: list[Link]
    esms_add_url: str
    history: list[Entry]


def og_page(project: Project, og: OG, structures: list[ESMS]) -> OGPageView:
    return OGPageView(
        title=og_title(og, len(structures)),
        crumbs=crumbs(
            project,
            ("Réglages", reverse("project_settings", args=[project.slug])),
            (french.typography(og.short_name), ""),
        ),
        fields=saved_fields(OG_SHEET, og, project),
        structures=[
            Link(french.typography(esms.name), reverse("structure", args=[project.slug, esms.slug]))
            for esms in structures
        ],
        esms_add_url=f"{reverse('esms_add', args=[project.slug])}?og={og.pk}",
        history=history_of((OG_SHEET, og)),
    )


@dataclass(frozen=True)
class AddingView:
    settings_url: str
    crumbs: list[Link]


def adding(project: Project) -> AddingView:
    url = reverse("project_settings", args=[project.slug])
    return AddingView(settings_url=url, crumbs=crumbs(project, ("Réglages", url), ("Ajouter", "")))


# --- Conflicts ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConflictView:
    """Two writings of one field. `is_text`: long enough to be mended by hand; otherwise one or the other is kept."""

    id: str
    label: str
    name: str
    mine: str
    theirs: str
    mine_in_words: str
    theirs_in_words: str
    who: str
    saved_at: datetime | None
    version: int
    url: str
    keep_url: str
    is_text: bool


def conflict(sheet: Sheet, current: Any, project: Project, name: str, mine: Any, *, page_url: str) -> ConflictView:
    model = type(current)
    latest = next(iter(history.entries(current, [name], limit=5)), None)
    theirs = getattr(current, name)
    field = model._meta.get_field(name)
    return ConflictView(
        id=f"{sheet.code}-{name}",
        label=label_of(model, name),
        name=name,
        mine=str(mine if mine is not None else ""),
        theirs=str(theirs if theirs is not None else ""),
        mine_in_words=value_in_words(model, name, mine) or "Rien",
        theirs_in_words=value_in_words(model, name, theirs) or "Rien",
        who=latest.who if latest else "Quelqu’un",
        saved_at=latest.at if latest else None,
        version=current.version,
        url=sheet.url(current, project, name),
        keep_url=page_url,
        is_text=isinstance(field, CharField | TextField) and not field.choices and name != "category",
    )


def with_version(item: SavedField, version: str) -> SavedField:
    """The same field under the version that was posted, so that a second try meets the same conflict."""
    return replace(item, version=int(version)) if version.isdigit() else item


# --- Inviting, ending, accepting ------------------------------------------------------------------------------------


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
        allows=[french.typography(item) for item in _labels(role)] if role else [],
        role=role.label if role else "",
    )


def _labels(role: Role) -> list[str]:
    return [item.label for item in Permission if any(item in given for given in ROLE_PERMISSIONS[role].values())]


@dataclass(frozen=True)
class EndingView:
    title: str
    lede: str
    crumbs: list[Link]
    lost: list[str]
    people_url: str
    own: bool


def ending(membership: Membership, project: Project, *, own: bool) -> EndingView:
    role, target = Role(membership.role), held_on(membership)
    name = membership.user.get_full_name()
    people_url = reverse("people", args=[project.slug])
    return EndingView(
        title=f"Mettre fin au rôle de {name} ?".replace(" ?", f"{french.NARROW}?"),
        lede=f"{role.label}, {place(target)}, depuis le {french.long_date(membership.starts_on)}.",
        crumbs=crumbs(project, ("Qui a accès à quoi", people_url), ("Mettre fin à un rôle", "")),
        lost=what_role_allows(role, target),
        people_url=people_url,
        own=own,
    )


def ended_sentence(membership: Membership, last_day: date | None) -> str:
    name, role = membership.user.get_full_name(), Role(membership.role).label
    if last_day:
        return f"{name} garde le rôle « {role} » jusqu’au {french.long_date(last_day)}."
    return f"{name} n’a plus le rôle « {role} »."


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
        lede=f"Votre rôle : {role.label}{where}.".replace(" :", f"{french.NBSP}:"),
        email=item.email,
        role=role.label,
        sentence=ROLE_SENTENCES[role],
        place=place(target),
        project=french.typography(item.project.name),
        allows=[french.typography(label) for label in _labels(role)],
        expires_at=item.expires_at,
        state=state,
        signed_in_as=user.email if signed_in else "",
        login_url=f"{reverse('account_login')}?{next_page}",
        logout_url=f"{reverse('account_logout')}?{next_page}",
    )
