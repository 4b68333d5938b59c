"""What the bodies of the demonstration world decided, numbered by day."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from common import french
from dui_deploy.demo.governed.cast import working_day
from governance.enums import BodyKind
from governance.models import Body, Decision
from governance.services import record_decision
from organisations.models import Project, User


@dataclass(frozen=True)
class Decided:
    """A decision to record: numbers follow the days, whatever it was about."""

    key: str
    kind: BodyKind
    on: date
    title: str
    text: str


def record_decisions(project: Project, decided: Iterable[Decided], user: User) -> dict[str, Decision]:
    """Record these decisions in the order of their days, by key."""
    bodies = {body.kind: body for body in Body.objects.filter(project=project).select_related("project")}
    return {
        item.key: record_decision(
            body=bodies[item.kind],
            decided_on=item.on,
            title=item.title[:200],
            text=item.text,
            user=user,
            token=uuid.uuid4(),
        )
        for item in sorted(decided, key=lambda item: item.on)
    }


def decided(world: dict[str, Any], project: str) -> Iterator[Decided]:
    """What the bodies of a project decided, besides the actions of its checklist: weights and arbitrations."""
    for body in world["bodies"]:
        if body["project"] == project and "weighting" in body:
            title = "Méthode de pondération des OG"
            text = "Chaque OG pèse selon le nombre de ses ESMS dans le projet."
            yield Decided("weighting", BodyKind.COSTRAT, body["weighting"]["approved_on"], title, text)
    for item in world["arbitrations"]:
        if item["project"] == project and item["decided_on"]:
            question, text = (french.typography(item[name]) for name in ("question", "decision_text"))
            yield Decided(item["reference"], BodyKind.COSTRAT, working_day(item["decided_on"]), question, text)
