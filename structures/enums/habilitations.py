"""Choices of the habilitation matrix (habilitations.yaml; a test holds the two together)."""

from django.db import models


class MatrixStatus(models.TextChoices):
    """Where a version of the matrix stands. `TO_REVIEW` is never stored: a validated one becomes it with age."""

    DRAFT = "draft", "En préparation"
    SHARED = "shared", "Partagée avec l’encadrement"
    APPROVED = "approved", "Validée par le directeur"
    CONSOLIDATED = "consolidated", "Consolidée pour l’éditeur"
    TO_REVIEW = "to_review", "À revoir"


OPEN = (MatrixStatus.DRAFT, MatrixStatus.SHARED)
VALIDATED = (MatrixStatus.APPROVED, MatrixStatus.CONSOLIDATED)


class AccessLevel(models.TextChoices):
    """What a profile may do in a domain, each level holding those before it."""

    NONE = "none", "Aucun"
    READ = "read", "Lecture"
    WRITE = "write", "Écriture"
    VALIDATE = "validate", "Validation"
    ADMIN = "admin", "Administration"

    @property
    def rank(self) -> int:
        return list(AccessLevel).index(self)

    @property
    def letter(self) -> str:
        """As the grid shows it and the keyboard sets it."""
        return "–LEVA"[self.rank]


class Perimeter(models.TextChoices):
    """Whose records an access reaches."""

    UNIT = "unit", "Unité"
    ESMS = "esms", "ESMS"
    OG = "og", "OG"

    @property
    def rank(self) -> int:
        return list(Perimeter).index(self) + 1

    @property
    def letter(self) -> str:
        return "ueo"[self.rank - 1]


class RuleSeverity(models.TextChoices):
    BLOCKING = "blocking", "Bloque la validation"
    WARNING = "warning", "À regarder"
