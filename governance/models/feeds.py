"""The private address under which a person's calendar reads their meetings."""

import hashlib

from django.db import models
from django.utils import timezone

from common.history import tracked
from common.models import Row
from common.policies import OWN_ROWS, TenantPolicy
from organisations.models import User


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@tracked(OWN_ROWS, exclude=["digest"])
class CalendarFeed(Row):
    """A token that stands for one person, in their calendar only. Its text is shown once; a digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="personne")
    digest = models.CharField("empreinte du jeton", max_length=64, unique=True)
    created_at = models.DateTimeField("créé le", default=timezone.now)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    class Meta:
        verbose_name = "abonnement au calendrier"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(revoked_at=None),
                name="feed_once",
                violation_error_message="Un abonnement est déjà ouvert : révoquez-le avant d’en ouvrir un autre.",
            ),
            TenantPolicy(name="feed_rows", rows=OWN_ROWS),
        ]

    def __str__(self) -> str:
        return f"Calendrier de {self.user}"
