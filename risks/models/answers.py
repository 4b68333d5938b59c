"""Marks: those that each respondent gives alone, and those that the place agrees on."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.frozen import FrozenWith
from common.history import tracked
from common.policies import ME, PROJECT_ROWS, SameTenant, TenantPolicy
from common.versions import Versioned
from organisations.models import PlacedRow, User, in_place, same_place
from risks.enums import SETTLED, AssessmentStatus, Capacity
from risks.models.campaigns import Assessment
from risks.models.policies import ABOVE, INSIDE, TOGETHER, TRANSMITTED

MARK = [MinValueValidator(1), MaxValueValidator(10)]
_SETTLED = ", ".join(f"'{status}'" for status in SETTLED)
_MINE = f"({PROJECT_ROWS} and user_id = {ME})"
RESPONDENT_ROWS = f"{INSIDE} or {_MINE}"
# Blind: the marks of others are in nobody's reach before they are put together.
MARK_ROWS = f"{_MINE} or (({INSIDE}) and {TOGETHER})"
AGREED_ROWS = f"{INSIDE} or ({ABOVE} and {TRANSMITTED})"


@tracked(RESPONDENT_ROWS)
class Respondent(PlacedRow, Versioned):
    """Somebody who answers in an assessment. `finished_at`: says to have done so; may take it back before marks are put
    together."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="respondents", verbose_name="analyse"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="qui répond")
    capacity = models.CharField("en qualité de", max_length=10, choices=Capacity)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    finished_at = models.DateTimeField("réponses terminées le", null=True, blank=True)

    class Meta:
        verbose_name = "répondant"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "user"], name="respondent_is_somebody_once"),
            models.UniqueConstraint(fields=["place", "id"], name="respondent_in_place_once"),
            models.UniqueConstraint(
                fields=["assessment", "user"],
                name="respondent_once",
                violation_error_message="Cette personne répond déjà.",
            ),
            *in_place("respondent"),
            same_place("respondent_assessment_same_place", "assessment_id", "risks_assessment"),
            TenantPolicy(name="respondent_rows", rows=RESPONDENT_ROWS),
        ]

    def __str__(self) -> str:
        return str(self.user)


@tracked(_MINE)  # what somebody wrote, then took back, stays theirs
class Mark(PlacedRow, Versioned):
    """What one respondent says of one question: a mark, « non concerné », or a comment only. `user`: the respondent's,
    whose alone it is until marks are put together."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="marks", verbose_name="analyse")
    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="marks", verbose_name="répondant")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="de qui")
    question = models.CharField("question", max_length=5)
    value = models.PositiveSmallIntegerField("note", null=True, blank=True, validators=MARK)
    not_concerned = models.BooleanField("non concerné", default=False)
    comment = models.TextField("commentaire", max_length=1000, blank=True)
    answered_at = models.DateTimeField("répondu le", default=timezone.now)

    class Meta:
        verbose_name = "note"
        ordering = ["assessment", "respondent", "question"]
        constraints = [
            models.UniqueConstraint(fields=["respondent", "question"], name="mark_once"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__range=(1, 10), not_concerned=False),
                name="mark_from_one_to_ten",
                violation_error_message="Une note va de 1 à 10, ou la question ne vous concerne pas.",
            ),
            *in_place("mark"),
            same_place("mark_assessment_same_place", "assessment_id", "risks_assessment"),
            same_place("mark_respondent_same_place", "respondent_id", "risks_respondent"),
            SameTenant(
                name="mark_of_its_respondent",
                columns=("respondent_id", "user_id"),
                table="risks_respondent",
                references=("id", "user_id"),
            ),
            TenantPolicy(name="mark_rows", rows=MARK_ROWS),
        ]
        triggers = [
            FrozenWith(
                name="mark_frozen",
                message="Les réponses sont mises en commun : elles ne changent plus.",
                parent="risks_assessment",
                key="assessment_id",
                when=f"parent.status <> '{AssessmentStatus.ANSWERING}' or parent.closed_at is not null",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} : {self.value or '–'}"

    @property
    def given(self) -> bool:
        """Whether it answers the question."""
        return self.value is not None or self.not_concerned


@tracked(INSIDE)  # those above read the marks that are transmitted, not how they came about
class AgreedMark(PlacedRow, Versioned):
    """The mark that the place keeps for a question. `carried`: that of the last campaign, as it was not asked again."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="agreed", verbose_name="analyse")
    question = models.CharField("question", max_length=5)
    value = models.PositiveSmallIntegerField("note retenue", null=True, blank=True, validators=MARK)
    not_concerned = models.BooleanField("non concerné", default=False)
    comment = models.TextField("commentaire", max_length=1000, blank=True)
    carried = models.BooleanField("gardée de la campagne précédente", default=False)
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="retenue par")
    agreed_at = models.DateTimeField("retenue le", default=timezone.now)

    class Meta:
        verbose_name = "note retenue"
        ordering = ["assessment", "question"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="agreedmark_once"),
            models.CheckConstraint(
                condition=Q(value__range=(1, 10), not_concerned=False) | Q(value=None, not_concerned=True),
                name="agreedmark_from_one_to_ten",
                violation_error_message="La note retenue va de 1 à 10, ou la question ne concerne pas la structure.",
            ),
            *in_place("agreedmark"),
            same_place("agreedmark_assessment_same_place", "assessment_id", "risks_assessment"),
            TenantPolicy(name="agreedmark_rows", rows=AGREED_ROWS),
        ]
        triggers = [
            FrozenWith(
                name="agreedmark_frozen",
                message="Cette analyse n’est plus en mise en commun : ses notes ne changent plus.",
                parent="risks_assessment",
                key="assessment_id",
                when=f"parent.status in ({_SETTLED}) or parent.closed_at is not null",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} : {self.value or 'non concerné'}"
