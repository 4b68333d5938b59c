"""The pathway of a structure: what was said of each line by hand, who does it; the reminders of the project lead."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.french import today
from common.history import tracked
from common.outbox import Letter
from common.policies import STRUCTURE_ROWS, TenantPolicy
from common.versions import Versioned
from organisations.models import StructureRow, User, in_structure, same_structure
from structures.enums.pathway import NOT_DELEGATED, LineState

SHOWN_DONE = (LineState.SUBMITTED, LineState.DONE)


def evidence_path(line: "PathwayLine", filename: str) -> str:
    return f"pathway/{line.project_id}/{line.esms_id}/{uuid.uuid4()}"


@tracked(STRUCTURE_ROWS)
class PathwayLine(StructureRow, Versioned):
    """One line of the pathway as people of the structure say it: made when it is first touched.

    `action` is its code in the catalogue. What a tool knows of the line wins over it (`structures.pathway`).
    `needs_validation`: done only once the direction has said so.
    """

    action = models.CharField("étape", max_length=60)
    needs_validation = models.BooleanField("à valider par la direction", default=False)
    state = models.CharField("état", max_length=15, choices=LineState, default=LineState.TODO)
    done_on = models.DateField("faite le", null=True, blank=True)
    evidence = models.TextField("ce qui le montre", blank=True, max_length=1000)
    link = models.URLField("lien", blank=True, max_length=500)
    file = models.FileField("document", upload_to=evidence_path, blank=True, max_length=300)
    file_name = models.CharField("nom du document", blank=True, max_length=200)
    reason = models.CharField("pourquoi elle est sans objet", blank=True, max_length=500)
    blocker = models.CharField("ce qui bloque", blank=True, max_length=500)
    returned = models.CharField("ce qui manque", blank=True, max_length=500)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="soumise par"
    )
    submitted_at = models.DateTimeField("soumise le", null=True, blank=True)
    validated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="validée par"
    )
    validated_at = models.DateTimeField("validée le", null=True, blank=True)
    delegated_to = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="confiée à"
    )
    delegated_on = models.DateField("confiée le", null=True, blank=True)

    class Meta:
        verbose_name = "étape du parcours"
        verbose_name_plural = "étapes du parcours"
        constraints = [
            models.UniqueConstraint(fields=["esms", "action"], name="pathway_line_once"),
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN_DONE) | (Q(done_on__isnull=False)),
                name="pathway_line_done_on_a_day",
                violation_error_message="Dites quel jour cette étape a été faite.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN_DONE) | ~Q(evidence="") | ~Q(link="") | ~Q(file_name=""),
                name="pathway_line_done_is_shown",
                violation_error_message="Dites ce qui montre que c’est fait : quelques mots, un lien ou un document.",
            ),
            models.CheckConstraint(
                condition=~Q(state=LineState.NOT_APPLICABLE) | ~Q(reason=""),
                name="pathway_line_without_object_says_why",
                violation_error_message="Dites pourquoi cette étape est sans objet.",
            ),
            models.CheckConstraint(
                condition=~Q(state=LineState.BLOCKED) | ~Q(blocker=""),
                name="pathway_line_blocked_says_what",
                violation_error_message="Dites ce qui bloque.",
            ),
            models.CheckConstraint(
                condition=~Q(state=LineState.SUBMITTED) | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="pathway_line_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(needs_validation=False)
                | ~Q(state=LineState.DONE)
                | Q(validated_by__isnull=False, validated_at__isnull=False),
                name="pathway_line_done_once_validated",
                violation_error_message="Cette étape n’est faite qu’une fois validée par la direction.",
            ),
            models.CheckConstraint(
                condition=Q(delegated_to=None) | ~Q(action__in=NOT_DELEGATED),
                name="pathway_line_not_delegated",
                violation_error_message="La direction ne peut pas confier cette étape : elle la fait elle-même.",
            ),
            models.CheckConstraint(
                condition=Q(delegated_to=None, delegated_on=None)
                | Q(delegated_to__isnull=False, delegated_on__isnull=False),
                name="pathway_line_delegated_since",
            ),
            in_structure("pathway_line_in_structure"),
            TenantPolicy(name="pathway_line_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return f"{self.action}, {self.get_state_display()}"


@tracked(STRUCTURE_ROWS)
class Reminder(StructureRow):
    """The project lead reminds a structure of what waits there: `about` says what, as it was on that day.

    One a day: a second one would be noise. Taken back, it is as if it had not been.
    """

    about = models.CharField("ce qui est rappelé", max_length=300)
    message = models.CharField("mot qui l’accompagne", max_length=500, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="envoyée par")
    asked_at = models.DateTimeField("envoyée le", default=timezone.now)
    asked_on = models.DateField("jour", default=today)
    taken_back_at = models.DateTimeField("reprise le", null=True, blank=True)
    seen_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lue par"
    )
    seen_at = models.DateTimeField("lue le", null=True, blank=True)
    token = models.UUIDField("jeton de saisie", default=uuid.uuid4)

    class Meta:
        verbose_name = "relance"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["esms", "id"], name="reminder_in_structure"),
            models.UniqueConstraint(fields=["esms", "token"], name="reminder_sent_once"),
            models.UniqueConstraint(
                fields=["esms", "asked_on"],
                condition=Q(taken_back_at=None),
                name="reminder_once_a_day",
                violation_error_message="Cette structure a déjà été relancée aujourd’hui.",
            ),
            in_structure("reminder_of_a_structure"),
            TenantPolicy(name="reminder_rows", rows=STRUCTURE_ROWS),
        ]

    def __str__(self) -> str:
        return f"Relance du {self.asked_on}"


@tracked(STRUCTURE_ROWS)
class ReminderLetter(StructureRow, Letter):
    """The e-mail of a reminder to one person of the structure."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="letters", verbose_name="relance")

    class Meta:
        verbose_name = "envoi d’une relance"
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "user"], name="reminder_letter_once"),
            same_structure("reminder_letter_same_structure", "reminder_id", "structures_reminder"),
            in_structure("reminder_letter_in_structure"),
            TenantPolicy(name="reminder_letter_rows", rows=STRUCTURE_ROWS),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(sent_at=None), name="reminder_letter_to_send")]

    def __str__(self) -> str:
        return f"Relance à {self.user}"
