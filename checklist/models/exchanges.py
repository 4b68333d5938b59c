"""What people say to each other about an action."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from checklist.models.actions import Action
from common.history import tracked
from common.policies import PROJECT_ROWS, TenantPolicy, same_project
from organisations.models import ProjectRow, User


@tracked(PROJECT_ROWS)
class Comment(ProjectRow):
    """A line of the exchanges about an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="comments", verbose_name="action")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="auteur")
    text = models.TextField("message", max_length=4000)
    created_at = models.DateTimeField("écrit le", default=timezone.now)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)
    handled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="traité par"
    )
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "message"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="comment_in_project"),
            models.UniqueConstraint(fields=["project", "token"], name="comment_posted_once"),
            same_project("comment_action_same_project", "action_id", "checklist_action"),
            TenantPolicy(name="comment_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.author} : {self.text[:60]}"


@tracked(PROJECT_ROWS)
class Mention(ProjectRow):
    """Somebody named in a message (« @Maëlle Kerdrain »)."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions", verbose_name="message")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="personne")

    class Meta:
        verbose_name = "mention"
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="mention_once"),
            same_project("mention_comment_same_project", "comment_id", "checklist_comment"),
            TenantPolicy(name="mention_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"@{self.user}"


def document_path(document: "ActionDocument", filename: str) -> str:
    return f"documents/{document.project_id}/{document.pk}"


@tracked(PROJECT_ROWS)
class ActionDocument(ProjectRow):
    """A document or a link put beside an action, apart from the « Résultats » of its group."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="documents", verbose_name="action")
    file = models.FileField("document", upload_to=document_path, blank=True, max_length=300)
    file_name = models.CharField("nom du fichier", max_length=200, blank=True)
    link = models.URLField("lien", max_length=500, blank=True)
    label = models.CharField("intitulé", max_length=200, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="ajouté par")
    added_at = models.DateTimeField("ajouté le", default=timezone.now)
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "document"
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "token"], name="action_document_posted_once"),
            models.CheckConstraint(
                condition=(~Q(file_name="") & Q(link="")) | (Q(file_name="") & ~Q(link="")),
                name="action_document_is_one_thing",
                violation_error_message="Déposez un document, ou donnez un lien.",
            ),
            same_project("action_document_same_project", "action_id", "checklist_action"),
            TenantPolicy(name="action_document_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.label or self.file_name or self.link
