"""Choices of the governance app."""

from django.db import models


class BodyKind(models.TextChoices):
    COSTRAT = "costrat", "COSTRAT"
    COMOP = "comop", "COMOP"


class Severity(models.TextChoices):
    """How much an alert presses."""

    WARNING = "warning", "À surveiller"
    CRITICAL = "critical", "Critique"


class Representation(models.TextChoices):
    """In what name somebody sits on a body (governance.yaml, representation_titles)."""

    STRUCTURE_TYPE = "structure_type", "Représentant d’un type de structure"
    TERRITORY = "territory", "Représentant d’un territoire"
    OG_AMBASSADOR = "og_ambassador", "Ambassadeur de son OG"
    OWN_ESMS = "own_esms", "Représentant de son ESMS"
