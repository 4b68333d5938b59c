"""Where the work of a feature of the pathway is done: the names of addresses, which an app beside this one adds to."""

from django.urls import reverse

from organisations.models import ESMS

# Feature of local_actions.yaml → the name of its address: in a structure, and in governance.
_in_structure = {
    "inventory": "inventory",
    "documents": "document_base",
    "contacts": "people_home",
    "delegation": "people_home",
    "needs": "need_home",
    "habilitation_matrix": "habilitation_matrix",
}
_IN_PROJECT = {"governance_bodies": "governance", "arbitrations": "arbitrations", "alerts": "alerts"}


def done_at(feature: str, name: str) -> None:
    """Say at which address of a structure the work of a feature is done."""
    _in_structure[feature] = name


def address_of(esms: ESMS, feature: str) -> str:
    """Where the work of a feature is done for a structure; empty while there is no tool for it."""
    if name := _in_structure.get(feature):
        return reverse(name, args=[esms.project.slug, esms.slug])
    if name := _IN_PROJECT.get(feature):
        return reverse(name, args=[esms.project.slug])
    return ""
