"""What people say to each other about an action."""

import uuid

from django.db import models
from django.utils import timezone

from checklist.models.actions import Action
from checklist.models.base import ProjectRow, same_project
from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy
from organisations.models import User


@tracked(PROJECT_ROWS)
class Comment(ProjectRow):
    """A line of the exchanges about an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="comments", verbose_name="action")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="auteur")
    text = models.TextField("message", max_length=4000)
    created_at = models.DateTimeField("écrit le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "message"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "token"], name="comment_posted_once"),
            same_project("comment_action_same_project", "action_id", "checklist_action"),
            TenantPolicy(name="comment_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.author} : {self.text[:60]}"
