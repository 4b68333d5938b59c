"""Choices of the organisations app, and who may do what."""

from django.db import models


class ProjectKind(models.TextChoices):
    SINGLE_OG = "single_og", "OG unique"
    MULTI_OG = "multi_og", "Multi-OG"


class Phase(models.TextChoices):
    """The phases of a deployment, for a project as for a structure."""

    FRAMING = "framing", "Cadrage"
    PURCHASE = "purchase", "Achat"
    PREPARATION = "preparation", "Préparation"
    PILOT = "pilot", "Pilote"
    ROLLOUT = "rollout", "Généralisation"
    USAGE = "usage", "Développement des usages"
    ROUTINE = "routine", "Vie courante"


class ComopCategory(models.TextChoices):
    """How a structure is represented at the COMOP (governance.yaml)."""

    WORK = "work", "Travail"
    CHILDREN = "children", "Enfance"
    ACCOMMODATION = "accommodation", "Hébergement"
    SERVICE = "service", "Service"
    DAY_CARE = "day_care", "Accueil de jour"
    OTHER = "other", "Autre"


class Level(models.TextChoices):
    """The type of object that a role is held on."""

    PROJECT = "project", "Projet"
    OG = "og", "OG"
    ESMS = "esms", "ESMS"


class Role(models.TextChoices):
    PROJECT_LEAD = "project_lead", "Chef de projet"
    COSTRAT = "costrat", "Membre du COSTRAT"
    COMOP = "comop", "Membre du COMOP"
    OG_DIRECTOR = "og_director", "Direction d’OG"
    ESMS_DIRECTOR = "esms_director", "Direction d’ESMS"
    LOCAL_REFERENT = "local_referent", "Référent local"
    DPO = "dpo", "Délégué à la protection des données"
    PURCHASING = "purchasing", "Cellule achat"
    VENDOR = "vendor", "Éditeur"
    OBSERVER = "observer", "Observateur"

    @property
    def level(self) -> Level:
        """The type of object that this role is held on."""
        if self is Role.OG_DIRECTOR:
            return Level.OG
        if self in {Role.ESMS_DIRECTOR, Role.LOCAL_REFERENT}:
            return Level.ESMS
        return Level.PROJECT


class Permission(models.TextChoices):
    """What a role allows. Granted on a Project, an OG or an ESMS, and inherited downwards by `Access` alone."""

    VIEW_PROJECT = "view_project_sheet", "Lire la fiche du projet et la liste des structures"
    MANAGE_PROJECT = "manage_project", "Régler le projet et donner les rôles"
    VIEW_CHECKLIST = "view_checklist", "Lire la checklist"
    VIEW_OWN_ACTIONS = "view_own_actions", "Lire ses propres actions de la checklist"
    CHANGE_CHECKLIST = "change_checklist", "Modifier toute la checklist"
    CHANGE_OWN_ACTIONS = "change_own_actions", "Modifier ses propres actions de la checklist"
    COMMENT_CHECKLIST = "comment_checklist", "Écrire dans les échanges de la checklist"
    VIEW_COMOP_REPORTS = "view_comop_reports", "Lire les rapports du COMOP"
    VIEW_COSTRAT_REPORTS = "view_costrat_reports", "Lire les rapports du COSTRAT"
    ASK_REPORTS = "ask_reports", "Demander un rapport"
    VIEW_DECISIONS = "view_decisions", "Lire les décisions, les arbitrages et les questions mises à l’ordre du jour"
    VIEW_OWN_ARBITRATIONS = "view_own_arbitrations", "Lire les arbitrages qui concernent sa structure"
    VIEW_MEETINGS = "view_meetings", "Lire les séances de toutes les instances"
    VIEW_COMOP_MEETINGS = "view_comop_meetings", "Lire les séances du COMOP"
    PREPARE_MEETINGS = "prepare_meetings", "Préparer les séances et enregistrer les décisions"
    VIEW_ALERTS = "view_alerts", "Lire les alertes"
    VIEW_OWN_ALERTS = "view_own_alerts", "Lire les alertes que l’on a données ou que l’on a en main"
    RAISE_ALERTS = "raise_alerts", "Alerter le COMOP"
    RAISE_OWN_ALERTS = "raise_own_alerts", "Alerter le COMOP sur ses propres actions"
    ANSWER_ALERTS = "answer_alerts", "Répondre aux alertes du projet"
    VIEW_STRUCTURES = "view_structures", "Lire le détail des structures"
    FILL_STRUCTURES = "fill_structures", "Remplir le travail de la structure"
    VALIDATE_STRUCTURES = "validate_structures", "Valider le travail de la structure"
    COORDINATE_STRUCTURES = "coordinate_structures", "Suivre et relancer le travail des structures"
    VIEW_STRUCTURE_AGGREGATES = "view_structure_aggregates", "Lire les chiffres d’ensemble des structures"
    VIEW_COMMON_NEEDS = "view_common_needs", "Lire l’expression commune des besoins"
    VIEW_STRUCTURE_DOCUMENTS = "view_structure_documents", "Lire les documents des structures"
    VIEW_HABILITATIONS = "view_habilitations", "Lire les matrices d’habilitations des structures"
    VIEW_VALIDATED_MATRICES = "view_validated_matrices", "Lire les matrices d’habilitations une fois validées"
    VIEW_RISKS = "view_risks", "Lire les risques du projet et les chiffres d’ensemble"
    MANAGE_RISKS = "manage_risks", "Mener l’analyse des risques et tenir le registre du projet"
    VIEW_INDICATORS = "view_indicators", "Lire les indicateurs de toutes les structures"
    VIEW_INDICATOR_TOTALS = "view_indicator_totals", "Lire les chiffres d’ensemble des indicateurs"
    VIEW_TICKET_TOTALS = "view_ticket_totals", "Lire les chiffres d’ensemble de l’assistance"
    MANAGE_INDICATORS = "manage_indicators", "Définir les indicateurs, les cibles et les règles, mener les campagnes"
    VIEW_PEOPLE = "view_people", "Voir qui a accès à quoi"
    MANAGE_TEAM = "manage_team", "Donner et retirer les rôles de son OG ou de son ESMS"


P = Permission
_READER = [P.VIEW_PROJECT, P.VIEW_CHECKLIST]
_ACTOR = [*_READER, P.CHANGE_OWN_ACTIONS, P.COMMENT_CHECKLIST]

# The table of product.md, « Who may do what », row by row as the apps arrive. For each role: what it grants on the
# project taken part in, and on the OG or ESMS that it is held on.
ROLE_PERMISSIONS: dict[Role, dict[Level, list[Permission]]] = {
    Role.PROJECT_LEAD: {
        Level.PROJECT: [
            *_ACTOR,
            P.MANAGE_PROJECT,
            P.CHANGE_CHECKLIST,
            P.VIEW_COMOP_REPORTS,
            P.VIEW_COSTRAT_REPORTS,
            P.ASK_REPORTS,
            P.VIEW_DECISIONS,
            P.VIEW_MEETINGS,
            P.PREPARE_MEETINGS,
            P.VIEW_ALERTS,
            P.RAISE_ALERTS,
            P.ANSWER_ALERTS,
            P.VIEW_STRUCTURES,
            P.COORDINATE_STRUCTURES,
            P.VIEW_STRUCTURE_AGGREGATES,
            P.VIEW_COMMON_NEEDS,
            P.VIEW_RISKS,
            P.MANAGE_RISKS,
            P.VIEW_INDICATORS,
            P.VIEW_INDICATOR_TOTALS,
            P.VIEW_TICKET_TOTALS,
            P.MANAGE_INDICATORS,
            P.VIEW_PEOPLE,
        ]
    },
    Role.COSTRAT: {
        Level.PROJECT: [
            *_ACTOR,
            P.VIEW_COSTRAT_REPORTS,
            P.ASK_REPORTS,
            P.VIEW_DECISIONS,
            P.VIEW_MEETINGS,
            P.VIEW_ALERTS,
            P.RAISE_ALERTS,
            P.VIEW_STRUCTURE_AGGREGATES,
            P.VIEW_COMMON_NEEDS,
            P.VIEW_RISKS,
            P.VIEW_INDICATORS,
            P.VIEW_INDICATOR_TOTALS,
        ]
    },
    Role.COMOP: {
        Level.PROJECT: [
            *_ACTOR,
            P.VIEW_COMOP_REPORTS,
            P.VIEW_DECISIONS,
            P.VIEW_COMOP_MEETINGS,
            P.VIEW_ALERTS,
            P.RAISE_ALERTS,
            P.ANSWER_ALERTS,
            P.VIEW_STRUCTURE_AGGREGATES,
            P.VIEW_COMMON_NEEDS,
            P.VIEW_RISKS,
            P.VIEW_INDICATORS,
            P.VIEW_INDICATOR_TOTALS,
        ]
    },
    Role.OG_DIRECTOR: {
        Level.PROJECT: [
            *_ACTOR,
            P.VIEW_COMOP_REPORTS,
            P.VIEW_COSTRAT_REPORTS,
            P.VIEW_DECISIONS,
            P.VIEW_MEETINGS,
            P.VIEW_COMMON_NEEDS,
        ],
        Level.OG: [
            P.VIEW_OWN_ARBITRATIONS,
            P.VIEW_ALERTS,
            P.RAISE_ALERTS,
            P.VIEW_STRUCTURES,
            P.VIEW_PEOPLE,
            P.MANAGE_TEAM,
        ],
    },
    Role.ESMS_DIRECTOR: {
        Level.PROJECT: _ACTOR,
        Level.ESMS: [
            P.VIEW_OWN_ARBITRATIONS,
            P.VIEW_ALERTS,
            P.RAISE_ALERTS,
            P.VIEW_STRUCTURES,
            P.FILL_STRUCTURES,
            P.VALIDATE_STRUCTURES,
            P.VIEW_PEOPLE,
            P.MANAGE_TEAM,
        ],
    },
    Role.LOCAL_REFERENT: {
        Level.PROJECT: [*_READER, P.COMMENT_CHECKLIST],
        Level.ESMS: [P.VIEW_ALERTS, P.RAISE_ALERTS, P.VIEW_STRUCTURES, P.FILL_STRUCTURES],
    },
    Role.DPO: {
        Level.PROJECT: [
            *_ACTOR,
            P.VIEW_COSTRAT_REPORTS,
            P.VIEW_DECISIONS,
            P.VIEW_OWN_ALERTS,
            P.RAISE_OWN_ALERTS,
            P.VIEW_STRUCTURE_DOCUMENTS,
            P.VIEW_HABILITATIONS,
        ]
    },
    Role.PURCHASING: {
        Level.PROJECT: [
            P.VIEW_PROJECT,
            P.VIEW_OWN_ACTIONS,
            P.CHANGE_OWN_ACTIONS,
            P.COMMENT_CHECKLIST,
            P.VIEW_DECISIONS,
        ]
    },
    Role.VENDOR: {Level.PROJECT: [P.VIEW_PROJECT, P.VIEW_OWN_ALERTS, P.VIEW_VALIDATED_MATRICES, P.VIEW_TICKET_TOTALS]},
    Role.OBSERVER: {
        Level.PROJECT: [
            *_READER,
            P.VIEW_COMOP_REPORTS,
            P.VIEW_COSTRAT_REPORTS,
            P.VIEW_DECISIONS,
            P.VIEW_MEETINGS,
            P.VIEW_ALERTS,
            P.VIEW_STRUCTURE_AGGREGATES,
            P.VIEW_COMMON_NEEDS,
            P.VIEW_INDICATOR_TOTALS,
        ]
    },
}


def permissions_on(level: Level) -> list[Permission]:
    """The permissions that some role grants on objects of this type, in the order of declaration."""
    granted = {item for table in ROLE_PERMISSIONS.values() for item in table.get(level, [])}
    return [item for item in Permission if item in granted]
