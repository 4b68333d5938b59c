"""Choices of the checklist."""

from django.db import models


class Status(models.TextChoices):
    """The state of an action. Its tone and icon are those of the design tokens."""

    TODO = "todo", "À faire"
    IN_PROGRESS = "in_progress", "En cours"
    OK = "ok", "OK"
    KO = "ko", "KO"
    NOT_APPLICABLE = "na", "Sans objet"

    @property
    def tone(self) -> str:
        return {"in_progress": "progress", "na": "none"}.get(self.value, self.value)

    @property
    def icon(self) -> str:
        return {"in_progress": "s-progress"}.get(self.value, f"s-{self.value}")


ACTION_SOURCE = "checklist"  # what governance calls an action, as what a question or an alert is about
OPEN_STATUSES = (Status.TODO, Status.IN_PROGRESS, Status.KO)


class Letter(models.TextChoices):
    """RACI as the ANAP reads it: the Acteur does the work; it is not « accountable »."""

    R = "R", "Responsable"
    A = "A", "Acteur"
    C = "C", "Consulté"
    I = "I", "Informé"  # noqa: E741

    @property
    def meaning(self) -> str:
        """What is expected of who holds it, in a few words."""
        return {
            "R": "répond de l’action",
            "A": "fait le travail",
            "C": "donne son avis",
            "I": "est tenu au courant",
        }[self.value]


ACTING_LETTERS = (Letter.R, Letter.A)


class Actor(models.TextChoices):
    """Who can hold a letter: a body or a function, which stands for its members of the day."""

    COSTRAT = "costrat", "COSTRAT"
    COMOP = "comop", "COMOP"
    PROJECT_LEAD = "project_lead", "Chef de projet"
    OG_DIRECTORS = "og_directors", "OG / Directeurs"
    BUSINESS_REFERENTS = "business_referents", "Référents métiers"
    USER_REFERENTS = "user_referents", "Référents utilisateurs"
    PURCHASING = "purchasing", "Cellule achat"
    VENDOR = "vendor", "Éditeur"
    DPO = "dpo", "DPD"


class DepositKind(models.TextChoices):
    """What fills the slot of a deliverable."""

    FILE = "file", "Document"
    LINK = "link", "Lien"
    WAIVER = "waiver", "Dispense"


class Stance(models.TextChoices):
    """What a Consulté answers."""

    FAVOURABLE = "favourable", "Favorable"
    RESERVED = "reserved", "Favorable avec réserves"
    UNFAVOURABLE = "unfavourable", "Défavorable"
    NO_OPINION = "no_opinion", "Sans avis"


class View(models.TextChoices):
    """The filters of the checklist page (`?vue=`)."""

    ALL = "", "Toutes"
    MINE = "mes-actions", "Mes actions"
    LATE = "en-retard", "En retard"
    SOON = "bientot", "Bientôt dues"
    KO = "ko", "KO"
    TO_NAME = "a-designer", "À désigner"


class RaciView(models.TextChoices):
    """The filters of the RACI matrix (`?voir=`)."""

    ALL = "", "Toutes"
    TO_NAME = "a-designer", "À désigner"
    DIFFERS = "ecarts", "Seulement ce qui diffère"


class Moment(models.TextChoices):
    """What a day of the calendar is to an action."""

    DUE = "due", "À finir"
    OPINION = "opinion", "Avis attendu"
    REVIEW = "review", "Blocage à revoir"
    START = "start", "Début"
    DONE = "done", "Faite"
