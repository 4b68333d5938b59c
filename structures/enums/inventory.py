"""Choices of the inventory (inventory.yaml); a test holds the two together."""

from django.db import models


class InventoryStatus(models.TextChoices):
    DRAFT = "draft", "En cours de saisie"
    SUBMITTED = "submitted", "Soumis au directeur"
    VALIDATED = "validated", "Validé par le directeur"
    TRANSMITTED = "transmitted", "Transmis au chef de projet"
    TO_COMPLETE = "to_complete", "À compléter"

    @property
    def open(self) -> bool:
        """Whether the structure may still change the answers."""
        return self in OPEN_STATUSES


OPEN_STATUSES = (InventoryStatus.DRAFT, InventoryStatus.TO_COMPLETE)
LOCKED_STATUSES = (InventoryStatus.SUBMITTED, InventoryStatus.VALIDATED, InventoryStatus.TRANSMITTED)


class FieldType(models.TextChoices):
    INTEGER = "integer", "Nombre entier"
    DECIMAL = "decimal", "Nombre"
    BOOLEAN = "boolean", "Oui ou non"
    CHOICE = "choice", "Choix"
    TEXT = "text", "Texte"
    DATE = "date", "Date"
    TABLE = "table", "Tableau"


class Operator(models.TextChoices):
    """How a rule compares an answer (inventory.yaml, « flag.operator »)."""

    EQ = "eq", "égal"
    LT = "lt", "inférieur"
    GT = "gt", "supérieur"
    IN = "in", "parmi"
    EMPTY = "empty", "vide"
    IS_TRUE = "is_true", "oui"
    IS_FALSE = "is_false", "non"
    BEFORE_MONTHS = "before_months", "plus ancien"


class Severity(models.TextChoices):
    BLOCKING = "blocking", "Bloquant"
    TO_FIX = "to_fix", "À corriger"


class Readiness(models.TextChoices):
    READY = "ready", "Prêt"
    READY_WITH_RESERVES = "ready_with_reserves", "Prêt sous réserve"
    NOT_READY = "not_ready", "Non prêt"
