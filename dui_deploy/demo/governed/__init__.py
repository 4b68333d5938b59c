"""The bodies of the demonstration world at work: weights, convention, meetings, arbitrations, alerts.

What is past is written as it stands in the end: services speak of today, and the database then keeps it as it is.
"""

from typing import Any

from dui_deploy.demo.governed import arbitrations, foundations
from dui_deploy.demo.governed.cast import Cast
from dui_deploy.demo.governed.decisions import Decided, decided, record_decisions
from dui_deploy.demo.governed.meetings import Meetings
from governance.models import Body, Decision
from organisations.models import Project

__all__ = ["Cast", "Decided", "decided", "load", "record_decisions"]


def load(world: dict[str, Any], project: Project, code: str, cast: Cast, decisions: dict[str, Decision]) -> None:
    """Write what the bodies of `project` did. Its decisions are recorded, its seats given."""
    bodies = {item["code"]: item for item in world["bodies"] if item["project"] == code}
    if "weighting" in decisions:
        weighting = next(item["weighting"] for item in bodies.values() if "weighting" in item)
        foundations.weights(project, weighting, cast, decisions["weighting"])
        foundations.agreement(project, cast)
    meetings = Meetings(project, cast)
    dossiers = [item for item in world["arbitrations"] if item["project"] == code]
    held = [item for item in world["meetings"] if item["body"] in bodies]
    for item in sorted(held, key=lambda item: item["held_on"]):
        meetings.write(item, Body.objects.get(project=project, kind=bodies[item["body"]]["body"]))
    for item in dossiers:
        arbitrations.arbitration(project, item, cast, meetings, decisions.get(item["reference"]))
    meetings.close(decisions.values())
    for item in sorted(world["alerts"], key=lambda alert: alert["opened_on"]):
        if item["project"] == code and item["origin"] != "checklist":
            arbitrations.alert(project, item, cast)
