"""Who does what: letters held by bodies and functions, and by named people."""

from django.db import models

from checklist.enums import Actor, Letter
from checklist.models.actions import Action
from checklist.models.base import ProjectRow, same_project
from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy
from organisations.models import User


@tracked(PROJECT_ROWS)
class RaciEntry(ProjectRow):
    """A letter held on an action by a body or a function."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="raci", verbose_name="action")
    letter = models.CharField("lettre", max_length=1, choices=Letter)
    actor = models.CharField("acteur", max_length=20, choices=Actor)

    class Meta:
        verbose_name = "rôle RACI"
        constraints = [
            models.UniqueConstraint(fields=["action", "letter", "actor"], name="raci_once"),
            same_project("raci_action_same_project", "action_id", "checklist_action"),
            TenantPolicy(name="raci_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.get_actor_display()}"


@tracked(PROJECT_ROWS)
class ActionPerson(ProjectRow):
    """A person named beside the bodies, under one letter."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="people", verbose_name="action")
    letter = models.CharField("lettre", max_length=1, choices=Letter, default=Letter.A)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="personne")

    class Meta:
        verbose_name = "personne nommée"
        constraints = [
            models.UniqueConstraint(fields=["action", "user", "letter"], name="action_person_once"),
            same_project("action_person_same_project", "action_id", "checklist_action"),
            TenantPolicy(name="action_person_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.user}"
