"""Choices of the pathway."""

from django.db import models


class LineState(models.TextChoices):
    """Where a line of the pathway stands (local_actions.yaml, `statuses`)."""

    TODO = "to_do", "À faire"
    IN_PROGRESS = "in_progress", "En cours"
    SUBMITTED = "submitted", "Soumise au directeur"
    DONE = "done", "Faite"
    BLOCKED = "blocked", "Bloquée"
    NOT_APPLICABLE = "not_applicable", "Sans objet"
