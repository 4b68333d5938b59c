"""Choices of the governance app (governance.yaml)."""

from django.db import models

# What an agenda item, a question or an alert comes from, in governance itself.
ARBITRATION_SOURCE, ALERT_SOURCE, QUESTION_SOURCE, FOLLOW_UP_SOURCE = "arbitration", "alert", "question", "follow_up"
MINUTES_SOURCE = "minutes"  # of a meeting, to be approved


class BodyKind(models.TextChoices):
    COSTRAT = "costrat", "COSTRAT"
    COMOP = "comop", "COMOP"
    WORKING_GROUP = "working_group", "Groupe de travail"


DECIDING = (BodyKind.COSTRAT, BodyKind.COMOP)  # a working group prepares, it decides of nothing


class Severity(models.TextChoices):
    """How much an alert presses."""

    WARNING = "warning", "À surveiller"
    CRITICAL = "critical", "Critique"


class Representation(models.TextChoices):
    """In what name somebody sits on a body (representation_titles)."""

    STRUCTURE_TYPE = "structure_type", "Représentant d’un type de structure"
    TERRITORY = "territory", "Représentant d’un territoire"
    OG_AMBASSADOR = "og_ambassador", "Ambassadeur de son OG"
    OWN_ESMS = "own_esms", "Représentant de son ESMS"


class WeightingMethod(models.TextChoices):
    """How the weights of OG are found (weighting_methods)."""

    EQUAL = "equal", "Une voix par OG"
    ESMS_COUNT = "esms_count", "Selon le nombre d’ESMS"
    CAPACITY = "capacity", "Selon la capacité"
    CONTRIBUTION = "financial_contribution", "Selon la contribution financière"
    CUSTOM = "custom", "Répartition négociée"


class AgreementStatus(models.TextChoices):
    DRAFT = "draft", "En rédaction"
    SIGNING = "signing", "À la signature"
    IN_FORCE = "in_force", "En vigueur"
    REPLACED = "replaced", "Remplacée"


class MeetingStatus(models.TextChoices):
    """Draft: nobody is told. Closed: locked; its minutes are approved at the next one."""

    DRAFT = "draft", "En préparation"
    CONVENED = "convened", "Convoquée"
    IN_SESSION = "in_session", "En séance"
    CLOSED = "closed", "Close"
    CANCELLED = "cancelled", "Annulée"


class ItemKind(models.TextChoices):
    INFORMATION = "information", "Information"
    DISCUSSION = "discussion", "Échange"
    DECISION = "decision", "Décision"


class ItemState(models.TextChoices):
    TO_TREAT = "to_treat", "À traiter"
    TREATED = "treated", "Traité"
    POSTPONED = "postponed", "Reporté à la séance suivante"


class Presence(models.TextChoices):
    EXPECTED = "expected", "Attendu"
    PRESENT = "present", "Présent"
    REMOTE = "remote", "À distance"
    EXCUSED = "excused", "Excusé"
    ABSENT = "absent", "Absent"

    @property
    def attends(self) -> bool:
        return self in {Presence.PRESENT, Presence.REMOTE}


class FollowUpState(models.TextChoices):
    TO_DO = "to_do", "À faire"
    IN_PROGRESS = "in_progress", "En cours"
    DONE = "done", "Faite"
    DROPPED = "dropped", "Abandonnée"

    @property
    def open(self) -> bool:
        return self in {FollowUpState.TO_DO, FollowUpState.IN_PROGRESS}


class Majority(models.TextChoices):
    SIMPLE = "simple", "Majorité simple"
    QUALIFIED = "qualified", "Majorité qualifiée"


class ArbitrationKind(models.TextChoices):
    GOVERNANCE = "governance", "Gouvernance et représentation"
    LEGAL_ENTITY = "legal_entity", "Personne morale qui porte le contrat"
    SCOPE = "scope", "Périmètre (ESMS, fonctions, usages)"
    BUDGET_CHANGE = "budget_change", "Budget et clé de financement"
    SCHEDULE = "schedule", "Calendrier, vagues, report"
    PUBLISHER_CHOICE = "publisher_choice", "Choix ou remplacement de l’éditeur"
    CONTRACT = "contract", "Contrat et relation avec l’éditeur"
    CONFIGURATION = "configuration", "Paramétrage commun ou adaptation locale"
    DATA_TAKEOVER = "data_takeover", "Reprise et conservation des données"
    DATA_PROTECTION = "data_protection", "Sécurité et protection des données"
    RESOURCES = "resources", "Ressources humaines et temps dégagé"
    PILOTS = "pilots", "Sites pilotes et généralisation"
    TRAINING = "training", "Formation et accompagnement"
    OG_EXIT = "og_exit", "Entrée ou sortie d’un OG"

    @property
    def majority(self) -> Majority:
        qualified = {self.LEGAL_ENTITY, self.BUDGET_CHANGE, self.PUBLISHER_CHOICE, self.OG_EXIT}
        return Majority.QUALIFIED if self in qualified else Majority.SIMPLE

    @property
    def needs_dpo(self) -> bool:
        """The DPD's opinion is required before deciding."""
        return self is ArbitrationKind.DATA_PROTECTION


class ArbitrationStatus(models.TextChoices):
    DRAFT = "draft", "En instruction"
    TO_DECIDE = "to_decide", "Inscrit à l’ordre du jour"
    DECIDED = "decided", "Décidé"
    POSTPONED = "postponed", "Reporté"
    WITHDRAWN = "withdrawn", "Retiré"
    APPLIED = "applied", "Décision appliquée"

    @property
    def frozen(self) -> bool:
        return self in {ArbitrationStatus.DECIDED, ArbitrationStatus.APPLIED}


class Impact(models.TextChoices):
    FAVOURABLE = "favourable", "Favorable"
    NONE = "none", "Sans effet"
    LOW = "low", "Faible"
    MEDIUM = "medium", "Moyen"
    HIGH = "high", "Fort"


class Choice(models.TextChoices):
    """What a vote says."""

    FOR = "for", "Pour"
    AGAINST = "against", "Contre"
    ABSTENTION = "abstention", "Abstention"


class DecisionMode(models.TextChoices):
    CONSENSUS = "consensus", "Consensus"
    WEIGHTED_VOTE = "weighted_vote", "Vote pondéré"
    CASTING_VOTE = "chair_casting_vote", "Voix prépondérante de la présidence"
    WRITTEN = "written_consultation", "Consultation écrite"


class DispatchKind(models.TextChoices):
    """Why a person is written to about a meeting, or a vote by writing."""

    CONVOCATION = "convocation", "Convocation"
    CHANGE = "change", "Changement"
    AGENDA = "agenda", "Ordre du jour modifié"
    CANCELLATION = "cancellation", "Annulation"
    MINUTES = "minutes", "Compte rendu"
    CONSULTATION = "consultation", "Consultation écrite"
