"""The tabs under the title of each page of indicators."""

from django.urls import reverse

from common.ui import Link
from indicators.rights import Rights
from organisations.models import ESMS, Project


def of_project(project: Project, rights: Rights, current: str) -> list[Link]:
    """Those that the reader may open; only the lead has more than one. `current`: the name of its address."""
    if not rights.defines:
        return []
    shown = {
        "indicators": "Vue d’ensemble",
        "indicator_campaigns": "Campagnes",
        "indicator_definitions": "Définitions, cibles et alertes",
        "vendor_keys": "Envois de l’éditeur",
    }
    return [Link(label, reverse(name, args=[project.slug]), current=name == current) for name, label in shown.items()]


def of_structure(esms: ESMS, rights: Rights, current: str) -> list[Link]:
    """As `of_project`, in a structure: only its own people enter."""
    if not rights.inside:
        return []
    shown = {"structure_indicators": "Lecture", "statements": "Saisie", "push_keys": "Envois du logiciel"}
    arguments = [esms.project.slug, esms.slug]
    return [Link(label, reverse(name, args=arguments), current=name == current) for name, label in shown.items()]
