"""Who does what: letters held by bodies and functions, and by named people."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from checklist.enums import Actor, Letter, Stance
from checklist.models.actions import Action
from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy, same_project
from organisations.models import ProjectRow, User


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


@tracked(PROJECT_ROWS)
class OpinionRequest(ProjectRow):
    """An opinion asked of one Consulté of an action (a body or function, or a person) before a day.

    Any member of the body answers for it; it waits until somebody did, or until it is withdrawn.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="opinion_requests", verbose_name="action")
    actor = models.CharField("acteur", max_length=20, choices=Actor, blank=True)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="personne"
    )
    question = models.CharField("question", max_length=500, blank=True)
    due_on = models.DateField("réponse attendue le")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "demande d’avis"
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="opinion_request_in_project"),
            models.UniqueConstraint(
                fields=["project", "token", "actor", "user"], nulls_distinct=False, name="opinion_asked_once"
            ),
            models.CheckConstraint(
                condition=(~Q(actor="") & Q(user=None)) | (Q(actor="") & Q(user__isnull=False)),
                name="opinion_asked_of_one",
                violation_error_message="Un avis se demande à une instance, à une fonction ou à une personne.",
            ),
            same_project("opinion_request_action_same_project", "action_id", "checklist_action"),
            TenantPolicy(name="opinion_request_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"Avis demandé à {self.get_actor_display() or self.user}"

    def days_late(self, today: date) -> int:
        """Days since an answer was expected; 0 when that day is still to come."""
        return max(0, (today - self.due_on).days)


@tracked(PROJECT_ROWS)
class Opinion(ProjectRow):
    """An answer to a request. Never changed: the newest of a person counts."""

    request = models.ForeignKey(
        OpinionRequest, on_delete=models.CASCADE, related_name="opinions", verbose_name="demande"
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="auteur")
    stance = models.CharField("avis", max_length=12, choices=Stance)
    text = models.TextField("motif", blank=True, max_length=2000)
    given_at = models.DateTimeField("donné le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "avis"
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "token"], name="opinion_given_once"),
            models.CheckConstraint(
                condition=~Q(stance__in=[Stance.RESERVED, Stance.UNFAVOURABLE]) | ~Q(text=""),
                name="opinion_says_why",
                violation_error_message="Dites pourquoi : vos réserves, ou ce qui vous y oppose.",
            ),
            same_project("opinion_request_same_project", "request_id", "checklist_opinionrequest"),
            TenantPolicy(name="opinion_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.author} : {self.get_stance_display()}"
