"""The checklist of a project: steps, groups, actions, who does what, deliverables, comments."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from checklist.enums import OPEN_STATUSES, Actor, DepositKind, Letter, Status
from common.history import tracked
from common.models import Catalogue, Row
from common.policies import PROJECT_ROWS, SameTenant, TenantPolicy
from common.versions import Versioned
from organisations.models import Project, User


class ProjectRow(Row):
    """A row of one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", verbose_name="projet")

    class Meta:
        abstract = True


def same_project(name: str, column: str, table: str) -> SameTenant:
    return SameTenant(name=name, columns=("project_id", column), table=table, references=("project_id", "id"))


@tracked(PROJECT_ROWS)
class Checklist(ProjectRow):
    """Which version of the catalogue the project's checklist was made from."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project"], name="checklist_once"),
            TenantPolicy(name="checklist_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"Checklist de {self.project}"


@tracked(PROJECT_ROWS)
class Step(ProjectRow):
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("intitulé", max_length=200)

    class Meta:
        verbose_name = "étape"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="step_once"),
            models.UniqueConstraint(fields=["project", "id"], name="step_in_project"),
            TenantPolicy(name="step_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@tracked(PROJECT_ROWS)
class Group(ProjectRow):
    """A block of actions, with the deliverables (« Résultat ») that complete it."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="groups", verbose_name="étape")
    number = models.CharField("numéro", max_length=10)
    title = models.CharField("intitulé", max_length=200)
    position = models.PositiveIntegerField("rang")

    class Meta:
        verbose_name = "bloc"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="group_once"),
            models.UniqueConstraint(fields=["project", "id"], name="group_in_project"),
            same_project("group_step_same_project", "step_id", "checklist_step"),
            TenantPolicy(name="group_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ActionQuerySet(models.QuerySet["Action"]):
    def late(self, today: date) -> "ActionQuerySet":
        """Open actions whose due date has passed. The only definition of « en retard », with `Action.days_late`."""
        return self.filter(status__in=OPEN_STATUSES, due_on__lt=today)


@tracked(PROJECT_ROWS)
class Action(ProjectRow, Versioned):
    """One thing to do.

    A KO carries its card: what blocks, what would unblock it, who can, when it is looked at again.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="actions", verbose_name="bloc")
    number = models.CharField("numéro", max_length=10)
    label = models.CharField("intitulé", max_length=300)
    objective = models.CharField("objectif", max_length=300, blank=True)
    position = models.PositiveIntegerField("rang")

    status = models.CharField("état", max_length=12, choices=Status, default=Status.TODO)
    status_at = models.DateTimeField("état depuis le", null=True, blank=True)
    status_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="état donné par"
    )
    not_applicable_reason = models.CharField("pourquoi sans objet", max_length=300, blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    done_on = models.DateField("fait le", null=True, blank=True)
    note = models.CharField("en bref", max_length=300, blank=True)

    ko_blocker = models.TextField("ce qui bloque", blank=True, max_length=1000)
    ko_unblock = models.TextField("ce qui la débloquerait", blank=True, max_length=1000)
    ko_owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="qui le peut"
    )
    ko_review_on = models.DateField("on la regarde à nouveau le", null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="action_once"),
            models.UniqueConstraint(fields=["project", "id"], name="action_in_project"),
            models.CheckConstraint(
                condition=~Q(status=Status.NOT_APPLICABLE) | ~Q(not_applicable_reason=""),
                name="action_na_has_reason",
                violation_error_message="Dites pourquoi cette action est sans objet.",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.OK) | Q(done_on=None),
                name="action_done_only_when_ok",
                violation_error_message="Seule une action OK a une date de réalisation.",
            ),
            same_project("action_group_same_project", "group_id", "checklist_group"),
            TenantPolicy(name="action_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"

    @property
    def state(self) -> Status:
        """The status, as the enum (its tone and icon)."""
        return Status(self.status)

    def days_late(self, today: date) -> int:
        """Days since the due date of an open action; 0 when it isn't late."""
        if self.status not in OPEN_STATUSES or self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)


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


@tracked(PROJECT_ROWS)
class Deliverable(ProjectRow):
    """A slot that a group's « Résultat » has to fill."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="deliverables", verbose_name="bloc")
    label = models.CharField("résultat", max_length=200)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "résultat"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["group", "label"], name="deliverable_once"),
            models.UniqueConstraint(fields=["project", "id"], name="deliverable_in_project"),
            same_project("deliverable_group_same_project", "group_id", "checklist_group"),
            TenantPolicy(name="deliverable_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return self.label


def deposit_path(deposit: "Deposit", filename: str) -> str:
    return f"deliverables/{deposit.project_id}/{deposit.pk}"


@tracked(PROJECT_ROWS)
class Deposit(ProjectRow):
    """What was put in a slot. Never changed: the newest counts, the older ones are its versions."""

    deliverable = models.ForeignKey(
        Deliverable, on_delete=models.CASCADE, related_name="deposits", verbose_name="résultat"
    )
    kind = models.CharField("nature", max_length=6, choices=DepositKind)
    file = models.FileField("document", upload_to=deposit_path, blank=True, max_length=300)
    file_name = models.CharField("nom du fichier", max_length=200, blank=True)
    link = models.URLField("lien", max_length=500, blank=True)
    reason = models.CharField("pourquoi s’en dispenser", max_length=500, blank=True)
    deposited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="déposé par"
    )
    deposited_at = models.DateTimeField("déposé le", default=timezone.now)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "dépôt"
        ordering = ["-deposited_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "token"], name="deposit_posted_once"),
            models.CheckConstraint(
                condition=(Q(kind=DepositKind.FILE) & ~Q(file_name="") & Q(link="") & Q(reason=""))
                | (Q(kind=DepositKind.LINK) & ~Q(link="") & Q(file_name="") & Q(reason=""))
                | (Q(kind=DepositKind.WAIVER) & ~Q(reason="") & Q(file_name="") & Q(link="")),
                name="deposit_is_one_thing",
                violation_error_message="Déposez un document, ou un lien, ou dites pourquoi vous vous en dispensez.",
            ),
            same_project("deposit_deliverable_same_project", "deliverable_id", "checklist_deliverable"),
            TenantPolicy(name="deposit_rows", rows=PROJECT_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.file_name or self.link or self.reason}"
