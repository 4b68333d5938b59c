"""Choices about the people of a structure."""

from django.db import models


class ContactFunction(models.TextChoices):
    IT_MANAGER = "it_manager", "Responsable informatique"
    NETWORK_PROVIDER = "network_provider", "Prestataire réseau ou maintenance"
    CURRENT_VENDOR = "current_vendor", "Éditeur du logiciel actuel"
    DPO = "dpo", "Délégué à la protection des données"
    QUALITY = "quality", "Responsable qualité"
    SECURITY = "security", "Sécurité du système d’information"
    OTHER = "other", "Autre"


class Skill(models.TextChoices):
    """What a person may bring to a workshop of the project."""

    SUPPORT = "support", "Accompagnement et parcours"
    PERSONAL_PROJECT = "personal_project", "Projet personnalisé"
    CARE = "care", "Soins et circuit du médicament"
    ADMISSION = "admission", "Admission et dossier administratif"
    PLANNING = "planning", "Plannings et activités"
    BILLING = "billing", "Facturation et gestion"
    WRITING = "writing", "Écrits professionnels"
    QUALITY = "quality", "Qualité et procédures"
    DATA = "data", "Reprise des données"
    RIGHTS = "rights", "Habilitations et secret partagé"
    NETWORK = "network", "Réseau et postes de travail"
    TRAINING = "training", "Formation et animation"


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", "En préparation"
    SUBMITTED = "submitted", "Transmise"
    RETAINED = "retained", "Retenue"
    DECLINED = "declined", "Non retenue"
