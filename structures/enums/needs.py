"""Choices of the collection of needs, and of what the project makes of them."""

from django.db import models


class NeedDomain(models.TextChoices):
    """What of the record a need is about: the domains of the habilitations, brought to those that a team names."""

    PERSONAL_PROJECT = "personal_project", "Projet personnalisé"
    TRANSMISSIONS = "transmissions", "Transmissions et suivi quotidien"
    ADMISSION = "admission", "Admission et dossier administratif"
    CARE = "care", "Soins et dossier médical"
    MEDICATION = "medication", "Circuit du médicament"
    SCHEDULE = "schedule", "Agenda, activités et présences"
    ADVERSE_EVENTS = "adverse_events", "Événements indésirables"
    BILLING = "billing", "Facturation"
    USERS_ACCESS = "users_access", "Accès des usagers et des proches"
    DOCUMENTS = "documents", "Documents et éditions"
    STATISTICS = "statistics", "Statistiques et pilotage"
    INTERFACES = "interfaces", "Échanges avec d’autres logiciels"
    MOBILITY = "mobility", "Mobilité et travail hors connexion"
    SECURITY = "security", "Droits d’accès et sécurité"
    ERGONOMICS = "ergonomics", "Ergonomie"
    ACCESSIBILITY = "accessibility", "Accessibilité"
    RESUMPTION = "resumption", "Reprise des données"
    OTHER = "other", "Autre domaine"


class Priority(models.TextChoices):
    """MoSCoW, in French."""

    MUST = "must", "Indispensable"
    SHOULD = "should", "Important"
    COULD = "could", "Souhaitable"
    WONT = "wont", "Écarté pour l’instant"


class Served(models.TextChoices):
    """Whom a need serves."""

    USERS = "users", "Usagers"
    PROFESSIONALS = "professionals", "Professionnels"
    MANAGEMENT = "management", "Direction"
    PARTNERS = "partners", "Partenaires"


class NeedSource(models.TextChoices):
    """Where it was heard."""

    WORKSHOP = "workshop", "Atelier"
    SURVEY = "survey", "Questionnaire"
    USERS = "users", "Usagers, CVS"
    REGULATION = "regulation", "Réglementation"
    MANAGERS = "managers", "Encadrement"


class NeedStatus(models.TextChoices):
    """How far a need is in its structure; then the project makes something of it (`Outcome`)."""

    DRAFT = "draft", "Brouillon"
    PROPOSED = "proposed", "Proposé au directeur"
    VALIDATED = "validated", "Validé"
    TRANSMITTED = "transmitted", "Transmis"


OPEN = (NeedStatus.DRAFT, NeedStatus.PROPOSED)


class Outcome(models.TextChoices):
    """What the project made of a need that was transmitted."""

    UNDECIDED = "", "À décider"
    COMMON = "common", "Porté au niveau commun"
    LOCAL = "local", "Reste local"
    DISMISSED = "dismissed", "Écarté"


class CommonStatus(models.TextChoices):
    """What becomes of a common need."""

    STUDIED = "studied", "À l’étude"
    RETAINED = "retained", "Retenu au cahier des charges"
    OUT_OF_SCOPE = "out_of_scope", "Hors périmètre"
    POSTPONED = "postponed", "Reporté"
    DISMISSED = "dismissed", "Écarté"


# As the common expression has them: what goes into the cahier des charges first.
IN_EXPRESSION = (
    CommonStatus.RETAINED,
    CommonStatus.STUDIED,
    CommonStatus.POSTPONED,
    CommonStatus.OUT_OF_SCOPE,
    CommonStatus.DISMISSED,
)


class CollectionScope(models.TextChoices):
    """Who is asked (act_scope_needs)."""

    ALL = "all", "Tout l’ESMS"
    MANAGERS = "managers", "L’encadrement"
    GROUP = "group", "Un groupe représentatif"


class Method(models.TextChoices):
    """How they are asked (act_choose_needs_method)."""

    SURVEY = "survey", "Questionnaire"
    WORKSHOP = "workshop", "Atelier"
    COMMITTEE = "committee", "Petit comité"
    INTERVIEWS = "interviews", "Entretiens"
