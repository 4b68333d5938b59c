"""The pages of governance, side by side: those that the reader may open."""

from django.urls import reverse

from common.ui import Link
from governance.rights import Rights
from organisations.models import Project

# URL name → label, and whether the reader has something there.
TABS = (
    ("governance", "Ce qui attend", lambda rights: True),
    ("meetings", "Séances", lambda rights: True),
    ("arbitrations", "Arbitrages", lambda rights: rights.reads_council or rights.reads_own_arbitrations),
    ("decisions", "Décisions", lambda rights: rights.reads_council),
    ("follow_ups", "Actions décidées", lambda rights: True),
    ("alerts", "Alertes", lambda rights: rights.reads_alerts or rights.reads_some_alerts),
    ("bodies", "Instances", lambda rights: True),
    ("weights", "Poids des OG", lambda rights: rights.reads_council),
    ("agreement", "Convention", lambda rights: rights.reads_council),
)


def tabs(project: Project, rights: Rights, current: str) -> list[Link]:
    """`current`: the URL name of the tab that the page is under."""
    return [
        Link(label, reverse(name, args=[project.slug]), current=name == current)
        for name, label, opens in TABS
        if opens(rights)
    ]
