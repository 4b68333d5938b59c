"""What several pages say alike: phases, roles, places."""

from collections.abc import Sequence

from django.urls import reverse

from common import french
from common.ui import Link
from organisations.enums import ROLE_PERMISSIONS, Level, Permission, Phase, Role
from organisations.models import Invitation, Membership, Project
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
    Role.DPO: "Lit la checklist et fait les actions de protection des données.",
    Role.PURCHASING: "Lit et fait les seules actions de l’achat.",
    Role.VENDOR: "Lit la fiche du projet et son annuaire, rien d’autre.",
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


def what_role_allows(role: Role, target: Target) -> list[str]:
    """What a role gives, in the words of the permissions: on the project, then on what it is held on."""
    table = ROLE_PERMISSIONS[role]
    found = [item.label for item in table.get(Level.PROJECT, [])]
    if not isinstance(target, Project):
        found += [f"{item.label} : {place(target)}" for item in table.get(role.level, [])]
    return [french.typography(label) for label in found]


def what_role_allows_anywhere(role: Role) -> list[str]:
    """What a role gives, wherever it is held: for who gives it and who receives it."""
    given = {item for table in ROLE_PERMISSIONS[role].values() for item in table}
    return [french.typography(item.label) for item in Permission if item in given]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def and_(parts: Sequence[str]) -> str:
    """« a, b et c »."""
    return " et ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part) if parts else ""
