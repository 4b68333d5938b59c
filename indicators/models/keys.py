"""The keys with which the record itself, or its vendor, pushes figures; what was pushed, so that twice is once."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.history import tracked
from common.policies import TenantPolicy
from common.versions import Versioned
from indicators.models.policies import KEY_ROWS
from organisations.models import PlacedRow, User, in_place, same_place


@tracked(KEY_ROWS, exclude=["digest", "last_used_at"])
class PushKey(PlacedRow, Versioned):
    """A key of one structure; without a structure, of the vendor, for those of the project that it deploys. Only its
    digest is kept: it is shown once. `hint`: its first characters, to tell keys apart."""

    label = models.CharField("nom", max_length=80)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    hint = models.CharField("début", max_length=12)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="donnée par")
    issued_at = models.DateTimeField("donnée le", default=timezone.now)
    expires_on = models.DateField("valable jusqu’au")
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retirée par"
    )
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)
    last_used_at = models.DateTimeField("dernier envoi", null=True, blank=True)

    class Meta:
        verbose_name = "clé d’envoi"
        ordering = ["-issued_at", "id"]
        constraints = [
            *in_place("pushkey"),
            models.UniqueConstraint(fields=["place", "id"], name="pushkey_in_place_once"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="pushkey_revoked_by_somebody",
            ),
            TenantPolicy(name="pushkey_rows", rows=KEY_ROWS),
        ]

    def __str__(self) -> str:
        return self.label

    def is_good(self, on: date) -> bool:
        return self.revoked_at is None and on <= self.expires_on


class Push(PlacedRow):
    """One sending that was taken in. `reference`: the sender's own (Idempotency-Key); the same one again is answered
    the same, whatever was sent (`body_digest` tells another content)."""

    key = models.ForeignKey(PushKey, on_delete=models.CASCADE, related_name="pushes", verbose_name="clé")
    reference = models.CharField("référence", max_length=80)
    body_digest = models.CharField("empreinte du contenu", max_length=64)
    answer = models.JSONField("réponse")
    received_at = models.DateTimeField("reçu le", default=timezone.now)

    class Meta:
        verbose_name = "envoi"
        ordering = ["-received_at", "id"]
        constraints = [
            *in_place("push"),
            models.UniqueConstraint(fields=["key", "reference"], name="push_once"),
            same_place("push_key_same_place", "key_id", "indicators_pushkey"),
            TenantPolicy(name="push_rows", rows=KEY_ROWS),
        ]

    def __str__(self) -> str:
        return self.reference
