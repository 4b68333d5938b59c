"""What several pages say alike: phases, roles, places."""

from collections.abc import Sequence

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Phase, Role
from organisations.models import ESMS, Invitation, Membership, Project
from organisations.services import Target

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
# One sentence a role, for who gives it and for who receives it.
ROLE_SENTENCES = {
    Role.PROJECT_LEAD: "Règle le projet, donne les rôles, tient toute la checklist et lit toutes les structures.",
    Role.COSTRAT: "Lit l’avancement et les rapports du COSTRAT, et fait les actions qui reviennent au comité.",
    Role.COMOP: "Lit l’avancement et fait les actions qui reviennent au comité.",
    Role.OG_DIRECTOR: "Lit les structures de son OG et y donne les rôles.",
    Role.ESMS_DIRECTOR: "Remplit et valide ce qui concerne sa structure, et y nomme les référents locaux.",
    Role.LOCAL_REFERENT: "Prépare le travail de sa structure, que la direction valide.",
    Role.DPO: "Lit la checklist, les documents et les habilitations, et fait les actions de protection des données.",
    Role.PURCHASING: "Lit et fait les seules actions de l’achat.",
    Role.VENDOR: "Lit la fiche du projet, son annuaire et les matrices d’habilitations validées, rien d’autre.",
    Role.OBSERVER: "Lit, sans rien changer.",
}


def crumbs(project: Project, *steps: tuple[str, str]) -> list[Link]:
    """The project, then each step (label, URL); the last one has no URL."""
    home = Link(project.short_name, reverse("project", args=[project.slug]))
    return [home, *(Link(label, url) for label, url in steps)]


def place(target: Target) -> str:
    """Where a role is held, as a reader names it."""
    return "tout le projet" if isinstance(target, Project) else french.typography(str(target))


def held_on(row: Membership | Invitation) -> Target:
    return row.esms or row.og or row.project


# Who holds one of these has no need of the other.
COVERED_BY = {
    Permission.VIEW_OWN_ACTIONS: Permission.VIEW_CHECKLIST,
    Permission.CHANGE_OWN_ACTIONS: Permission.CHANGE_CHECKLIST,
    Permission.MANAGE_TEAM: Permission.MANAGE_PROJECT,
}


def what_is_lost(role: Role, target: Target, others: Sequence[Membership]) -> list[str]:
    """What ends with a role, in the words of the permissions, once the person's other roles are counted."""
    project = {item for row in others for item in ROLE_PERMISSIONS[Role(row.role)].get(Level.PROJECT, [])}
    below: dict[Permission, list[Target]] = {}
    for row in others:
        if not isinstance(held_on(row), Project):
            for item in ROLE_PERMISSIONS[Role(row.role)].get(Role(row.role).level, []):
                below.setdefault(item, []).append(held_on(row))
    found = []
    for item in ROLE_PERMISSIONS[role].get(Level.PROJECT, []):
        if item not in project and COVERED_BY.get(item) not in project:
            rest = sorted({place(kept) for kept in below.get(item, [])})
            found.append(f"{item.label}, sauf pour {french.listed(rest)}" if rest else item.label)
    if not isinstance(target, Project):
        around = {target.pk, target.og_id} if isinstance(target, ESMS) else {target.pk}
        for item in ROLE_PERMISSIONS[role].get(role.level, []):
            held = item in project or COVERED_BY.get(item) in project
            if not held and not around & {kept.pk for kept in below.get(item, [])}:
                found.append(f"{item.label} : {place(target)}")
    return [french.typography(label) for label in found]


def what_role_allows_anywhere(role: Role) -> list[str]:
    """What a role gives, wherever it is held: for who gives it and who receives it."""
    given = {item for table in ROLE_PERMISSIONS[role].values() for item in table}
    return [french.typography(item.label) for item in Permission if item in given]
