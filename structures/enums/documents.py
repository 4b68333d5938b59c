"""Choices of the documentary base."""

from django.db import models


class DocumentKind(models.TextChoices):
    """What a document is. The first four answer the documentation fields of the inventory, under the same codes."""

    IT_ROADMAP = "it_roadmap", "Feuille de route du système d’information"
    FUNCTIONAL_MAP = "functional_map", "Cartographie applicative"
    NETWORK_DIAGRAM = "network_diagram", "Plan du réseau et inventaire du parc"
    RECORD_PROCEDURES = "record_procedures", "Procédures liées au dossier de l’usager"
    IT_CHARTER = "it_charter", "Charte informatique"
    PROCESSING_REGISTER = "processing_register", "Registre des traitements"
    CONTINUITY_PLAN = "continuity_plan", "Plan de continuité ou de reprise (PCA, PRA)"
    DEGRADED_MODE = "degraded_mode", "Procédure dégradée"
    TRAINING_MATERIAL = "training_material", "Support de formation"
    PROJECT_DOCUMENT = "project_document", "Document du projet DUI"
    OTHER = "other", "Autre document"


# What the inventory asks for: the pathway's line « Réunir la documentation existante » closes on these.
OF_THE_INVENTORY = (
    DocumentKind.IT_ROADMAP,
    DocumentKind.FUNCTIONAL_MAP,
    DocumentKind.NETWORK_DIAGRAM,
    DocumentKind.RECORD_PROCEDURES,
)
# Those that a structure may lack: « n’existe pas » is an answer.
MAY_BE_LACKING = tuple(kind for kind in DocumentKind if kind != DocumentKind.OTHER)
# In a table of three hundred structures there is no room for more.
SHORT_KINDS = {
    DocumentKind.IT_ROADMAP: "Feuille de route",
    DocumentKind.FUNCTIONAL_MAP: "Cartographie",
    DocumentKind.NETWORK_DIAGRAM: "Réseau et parc",
    DocumentKind.RECORD_PROCEDURES: "Procédures",
    DocumentKind.IT_CHARTER: "Charte",
    DocumentKind.PROCESSING_REGISTER: "Registre",
    DocumentKind.CONTINUITY_PLAN: "PCA, PRA",
    DocumentKind.DEGRADED_MODE: "Mode dégradé",
    DocumentKind.TRAINING_MATERIAL: "Formation",
    DocumentKind.PROJECT_DOCUMENT: "Projet",
    DocumentKind.OTHER: "Autre",
}
