"""Choices of the risks app."""

from django.db import models

RISK_SOURCE = "risk"  # what an alert that comes from here is about


class Category(models.TextChoices):
    """Of the questionnaire (risk_questionnaire.yaml) and of the register alike."""

    ORGANIZATIONAL = "organizational", "Organisationnel"
    FINANCIAL = "financial", "Financier"
    HUMAN = "human", "Humain"
    LEGAL = "legal", "Juridique"
    TECHNICAL = "technical", "Technique"
    STRATEGIC = "strategic", "Stratégique"


class CampaignKind(models.TextChoices):
    START = "start", "Début du projet"
    PHASE_END = "phase_end", "Fin de phase"


class AssessmentStatus(models.TextChoices):
    """The life of an assessment: everyone answers alone, then together; then it goes up."""

    ANSWERING = "answering", "Réponses en cours"
    CONVERGING = "converging", "Mise en commun"
    SUBMITTED = "submitted", "Soumise à la direction"
    VALIDATED = "validated", "Validée"
    TRANSMITTED = "transmitted", "Transmise"


# Its agreed marks don't change any more.
SETTLED = (AssessmentStatus.SUBMITTED, AssessmentStatus.VALIDATED, AssessmentStatus.TRANSMITTED)


class Capacity(models.TextChoices):
    """In what capacity somebody answers."""

    DIRECTION = "direction", "Direction"
    DEPUTY = "deputy", "Direction adjointe"
    REFERENT = "referent", "Référent local"
    LEAD = "lead", "Chef de projet"
    BODY = "body", "Membre d’une instance"


class Level(models.TextChoices):
    """How risky a section or the whole is, by the thresholds of the project. The words are ours, not ANAP's."""

    LOW = "low", "Nul ou faible"
    MODERATE = "moderate", "Modéré"
    CERTAIN = "certain", "Certain"


class Criticality(models.TextChoices):
    """Probability × impact of a risk of the register, from 1 to 16."""

    LOW = "low", "Faible"
    MODERATE = "moderate", "Modérée"
    HIGH = "high", "Élevée"
    CRITICAL = "critical", "Critique"


class RiskStatus(models.TextChoices):
    OPEN = "open", "À traiter"
    TREATED = "treated", "En traitement"
    WATCHED = "watched", "Sous surveillance"
    CLOSED = "closed", "Clos"


class Treatment(models.TextChoices):
    """What is done of a risk."""

    AVOID = "avoid", "Éviter"
    REDUCE = "reduce", "Réduire"
    SHARE = "share", "Partager"
    ACCEPT = "accept", "Accepter"


class ActionKind(models.TextChoices):
    PREVENTIVE = "preventive", "Préventive"
    CORRECTIVE = "corrective", "Corrective"


class Scale(models.IntegerChoices):
    """Of the probability and the impact of a risk."""

    ONE = 1, "1"
    TWO = 2, "2"
    THREE = 3, "3"
    FOUR = 4, "4"


# What the four steps mean, for probability and for impact.
PROBABILITY_WORDS = {1: "Peu probable", 2: "Possible", 3: "Probable", 4: "Quasi certain"}
IMPACT_WORDS = {1: "Mineur", 2: "Gênant", 3: "Grave", 4: "Bloquant"}
