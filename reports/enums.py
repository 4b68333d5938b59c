"""Choices of the reports app."""

from django.db import models


class ReportKind(models.TextChoices):
    COSTRAT_ARBITRATIONS = "costrat_arbitrations", "Rapport d’arbitrages du COSTRAT"
    COMOP_FOLLOW_UP = "comop_follow_up", "Rapport de suivi du COMOP"
    AGENDA = "agenda", "Ordre du jour"
    MINUTES = "minutes", "Compte rendu"
    CHECKLIST_FOR_COSTRAT = "checklist_for_costrat", "État de la checklist pour le COSTRAT"
    CHECKLIST = "checklist", "Checklist du projet"
    HABILITATION_MATRIX = "habilitation_matrix", "Matrice des habilitations"
    RISK_ANALYSIS = "risk_analysis", "Analyse de risques"
    STRUCTURE_INDICATORS = "structure_indicators", "Indicateurs de la structure"
    RISKS_CONSOLIDATED = "risks_consolidated", "Analyse de risques consolidée"
