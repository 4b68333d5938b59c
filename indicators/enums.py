"""Choices of the indicators app."""

from django.db import models

INDICATOR_SOURCE = "indicator"  # what an alert that a rule raised is about


class IndicatorPhase(models.TextChoices):
    """When an indicator is followed: while the record is deployed, once it is open."""

    DEPLOYMENT = "deployment", "Déploiement"
    USAGE = "usage", "Usage"


class Kind(models.TextChoices):
    """What a figure is. A count and an amount add up; a ratio keeps its two terms; a score is bounded; a level is one
    of an ordered list; a text is read."""

    COUNT = "count", "Nombre entier"
    AMOUNT = "amount", "Grandeur (jours, euros…)"
    RATIO = "ratio", "Taux : un nombre rapporté à un autre"
    SCORE = "score", "Note entre deux bornes"
    LEVEL = "level", "Niveau"
    TEXT = "text", "Texte"


class Direction(models.TextChoices):
    HIGHER = "higher_better", "Plus c’est haut, mieux c’est"
    LOWER = "lower_better", "Plus c’est bas, mieux c’est"
    NEUTRAL = "neutral", "Ni l’un ni l’autre"


class Frequency(models.TextChoices):
    WEEKLY = "weekly", "Chaque semaine"
    MONTHLY = "monthly", "Chaque mois"
    QUARTERLY = "quarterly", "Chaque trimestre"


class Source(models.TextChoices):
    """Where the figures of an indicator come from."""

    ENTERED = "entered", "Saisi par les structures"
    UNITS = "computed_from_deployment_units", "Calculé depuis les unités de déploiement"
    MILESTONES = "computed_from_milestones", "Calculé depuis les jalons"
    TRAINING = "computed_from_training_sessions", "Calculé depuis les sessions de formation"
    EVALUATIONS = "computed_from_training_evaluations", "Calculé depuis les évaluations de formation"
    ACCOUNTS = "computed_from_accounts", "Calculé depuis les comptes et la matrice des habilitations"
    BUDGET = "computed_from_budget_lines", "Calculé depuis les lignes de budget"
    RISKS = "computed_from_risks", "Calculé depuis le registre des risques"
    QUESTIONNAIRE = "computed_from_risk_questionnaire", "Calculé depuis le questionnaire de risques"
    ALERTS = "computed_from_alerts", "Calculé depuis les alertes"


class CollectedAt(models.TextChoices):
    """What one figure is about."""

    ESMS = "esms", "Une structure"
    PROJECT = "project", "Le projet"


class Aggregation(models.TextChoices):
    """How the figures of several structures make one."""

    SUM = "sum", "Somme"
    WEIGHTED_RATIO = "weighted_ratio", "Somme des numérateurs sur somme des dénominateurs"
    WEIGHTED_MEAN = "weighted_mean", "Moyenne pondérée"
    MAX = "max", "La plus grande"
    WORST_LEVEL = "worst_level", "Le niveau le plus grave"
    LIST = "list", "Liste"


class Breakdown(models.TextChoices):
    """What a figure is split by. Its values are in the catalogue; those of profiles in the habilitation matrix."""

    USER_PROFILE = "user_profile", "Profil d’utilisateur"
    TIME_SLOT = "time_slot", "Tranche horaire"
    CONNECTION_PLACE = "connection_place", "Lieu de connexion"
    HANDLING_MODE = "handling_mode", "Modalité de traitement du ticket"
    RISK_LEVEL = "risk_level", "Niveau de risque"
    BUDGET_ITEM = "budget_item", "Poste de dépense"
    ATTENTION_LEVEL = "attention_level", "Gravité du point d’attention"


class StatementStatus(models.TextChoices):
    """Where the figures of one structure for one period stand. Only once given are they read above the structure."""

    OPEN = "open", "En cours de saisie"
    SUBMITTED = "submitted", "Soumis à la direction"
    GIVEN = "given", "Rendu"


class Absence(models.TextChoices):
    """Why a figure isn't there."""

    UNAVAILABLE = "unavailable", "Non disponible"
    NOT_CONCERNED = "not_concerned", "Non concerné"


class Origin(models.TextChoices):
    """How a figure came in."""

    ENTERED = "entered", "Saisi"
    IMPORTED = "imported", "Importé d’un fichier"
    PUSHED = "pushed", "Envoyé par un logiciel"
    COMPUTED = "computed", "Calculé"


class Metric(models.TextChoices):
    """What an alert rule looks at."""

    VALUE = "value", "La dernière valeur"
    SHARE_OF_TARGET = "share_of_target", "La part de la cible atteinte, en %"
    CHANGE = "change", "L’écart avec la période précédente"
    PERIODS_OPEN = "periods_open", "Le nombre de périodes de suite où cela dure"
    GAP_TO = "gap_to", "L’écart avec un autre indicateur"
    LEVEL_AT_LEAST = "level_at_least", "Un niveau au moins aussi grave"


class Operator(models.TextChoices):
    LT = "lt", "moins de"
    LTE = "lte", "au plus"
    EQ = "eq", "égal à"
    GTE = "gte", "au moins"
    GT = "gt", "plus de"


class Condition(models.TextChoices):
    """What narrows a rule, or an indicator, to some structures."""

    PHASE = "phase", "Phase de la structure"
    OPERATING_MODE = "operating_mode", "Mode d’accueil"
    MEDICALISED = "medicalised", "Dossier médical"
