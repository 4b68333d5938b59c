"""What a body decided outside arbitrations."""

from dataclasses import dataclass
from datetime import date

from governance.enums import BodyKind
from governance.models import Decision
from organisations.models import Project


@dataclass(frozen=True)
class DecisionFact:
    """A decision that no arbitration prepared."""

    reference: str
    title: str
    text: str
    decided_on: date


def decisions_since(project: Project, kind: BodyKind, since: date) -> tuple[DecisionFact, ...]:
    """Those of a body since a day, the latest first. One query."""
    found = Decision.objects.filter(project=project, body__kind=kind, decided_on__gte=since, arbitration=None)
    return tuple(
        DecisionFact(row.reference, row.title, row.text, row.decided_on)
        for row in found.order_by("-decided_on", "-year", "-number")
    )
