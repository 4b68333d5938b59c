"""Choices of the pathway."""

from django.db import models


class LineState(models.TextChoices):
    """Where a line of the pathway stands (local_actions.yaml, `statuses`)."""

    TODO = "to_do", "À faire"
    IN_PROGRESS = "in_progress", "En cours"
    SUBMITTED = "submitted", "Soumise au directeur"
    DONE = "done", "Faite"
    BLOCKED = "blocked", "Bloquée"
    NOT_APPLICABLE = "not_applicable", "Sans objet"


class Doer(models.TextChoices):
    """Who does a line (local_actions.yaml, `who`)."""

    DIRECTOR = "esms_director", "Direction"
    REFERENT = "local_referent", "Référent local"


class Recurrence(models.TextChoices):
    """How often a line is done again (local_actions.yaml, `recurrence`)."""

    ONCE = "once", "Une fois"
    MONTHLY = "monthly", "Chaque mois"
    QUARTERLY = "quarterly", "Chaque trimestre"
    PER_SESSION = "per_session", "À chaque session"
    ONGOING = "ongoing", "Tout au long du projet"


# What the direction of a structure keeps for itself (local_actions.yaml, `delegation`); a test holds the two together.
NOT_DELEGATED = (
    "act_cross_phase_gate",
    "act_decide_start_date",
    "act_apply_pilot",
    "act_approve_matrix",
    "act_appoint_referent",
)
