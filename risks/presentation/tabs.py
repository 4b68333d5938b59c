"""What the risks of a place are made of: the tabs under the title of each page."""

from common.ui import Link
from risks.places import Place
from risks.rights import Rights

# Name of the address → what the tab says.
OF_A_STRUCTURE = {
    "risk_questionnaire": "Questionnaire",
    "risk_scores": "Lecture des risques",
    "risk_register": "Registre",
    "risk_plan": "Plan d’action",
}
OF_THE_PROJECT = {"risks": "Vue d’ensemble", "risk_register": "Registre", "risk_plan": "Plan d’action"}
OF_ITS_LEAD = {
    "risk_questionnaire": "Questionnaire du projet",
    "risk_scores": "Lecture du projet",
    "risk_campaigns": "Campagnes",
}


def tabs(place: Place, rights: Rights, current: str) -> list[Link]:
    """Those that the reader may open. `current`: the name of the address that the page is under."""
    if place.esms:
        shown = OF_A_STRUCTURE
    else:
        shown = (OF_THE_PROJECT if rights.register else {}) | (OF_ITS_LEAD if rights.leads else {})
    return [Link(label, place.url(name), current=name == current) for name, label in shown.items()]
