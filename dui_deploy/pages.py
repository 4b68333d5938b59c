"""Pages that anybody may read: help, accessibility, personal data. No query, no tenant."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from checklist.enums import Letter, Status

# The seven steps, as the catalogue of the checklist words them.
STEPS = (
    "Organiser une gouvernance opérationnelle et stratégique",
    "Cadrer son projet DUI",
    "Préparer l’achat du DUI",
    "Préparer le déploiement du DUI",
    "Assurer la sécurité et la protection des données du DUI",
    "Assurer le maintien en conditions opérationnelles du DUI",
    "Organiser les actions d’accompagnement post déploiement",
)
GLOSSARY = (
    ("AIPD", "Analyse d’impact relative à la protection des données, que le RGPD demande avant certains traitements."),
    (
        "ANAP",
        "Agence nationale de la performance sanitaire et médico-sociale, dont viennent la checklist et la méthode.",
    ),
    ("ARS", "Agence régionale de santé."),
    ("Arbitrage", "Question que le COSTRAT tranche, avec ses options et ses conséquences."),
    ("COMOP", "Comité opérationnel : suit les actions, les alertes et les structures, entre deux COSTRAT."),
    ("COSTRAT", "Comité de pilotage stratégique : décide, arbitre, valide."),
    ("DPD", "Délégué à la protection des données (en anglais, DPO)."),
    ("DUI", "Dossier usager informatisé : le dossier partagé des personnes qu’une structure accompagne."),
    ("ESMS", "Établissement ou service social ou médico-social. On dit aussi « structure »."),
    ("FINESS", "Répertoire national des établissements ; le numéro compte neuf caractères."),
    ("OG", "Organisme gestionnaire : la personne morale qui gère un ou plusieurs ESMS."),
    ("Référent local", "Personne qui fait, dans une structure, le travail que son directeur valide."),
    ("Référent métier", "Professionnel qui porte les besoins de son métier auprès du projet."),
    ("Résultat", "Ce qu’un bloc de la checklist doit produire : une liste, une convention, un plan…"),
    ("Usager", "Personne qu’une structure accompagne. Aucune donnée d’usager n’entre ici."),
)


@method_decorator(login_not_required, name="dispatch")
class PublicPage(TemplateView):
    """A page of text, signed in or not."""


class HelpPage(PublicPage):
    template_name = "pages/help.html"
    extra_context = {
        "steps": STEPS,
        "glossary": GLOSSARY,
        "statuses": list(Status),
        "letters": list(Letter),
    }


class AccessibilityPage(PublicPage):
    template_name = "pages/accessibility.html"
    extra_context = {"contact": settings.CONTACT_EMAIL}


class PersonalDataPage(PublicPage):
    template_name = "pages/personal_data.html"
    extra_context = {"contact": settings.CONTACT_EMAIL, "session_hours": settings.SESSION_COOKIE_AGE // 3600}
