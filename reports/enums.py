"""Choices of the reports app."""

from django.db import models


class ReportKind(models.TextChoices):
    CHECKLIST_FOR_COSTRAT = "checklist_for_costrat", "État de la checklist pour le COSTRAT"
    CHECKLIST = "checklist", "Checklist du projet"
