"""What one person keeps for themselves: the filters of the page."""

from django.db import models
from django.utils import timezone

from common.history import tracked
from common.policies import OWN_ROWS, PROJECT_ROWS, TenantPolicy
from organisations.models import ProjectRow, User

MINE = f"{OWN_ROWS} and {PROJECT_ROWS}"


@tracked(MINE)
class SavedView(ProjectRow):
    """A filter of the checklist that a person gave a name; `query` is the part of the URL after « ? »."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="personne")
    name = models.CharField("nom", max_length=60)
    query = models.CharField("filtre", max_length=300)
    created_at = models.DateTimeField("créé le", default=timezone.now)

    class Meta:
        verbose_name = "vue enregistrée"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "user", "name"],
                name="saved_view_once",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            ),
            TenantPolicy(name="saved_view_rows", rows=MINE),
        ]

    def __str__(self) -> str:
        return self.name
