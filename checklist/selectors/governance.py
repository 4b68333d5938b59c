"""What governance holds about an action: decisions to cite, the question that waits, the alert."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from checklist.enums import ACTION_SOURCE
from checklist.models import Action
from checklist.rights import Rights
from governance.models import AgendaRequest, Alert, Decision
from governance.selectors import alerts_about, decisions_of, open_request_about


@dataclass(frozen=True)
class Citable:
    """The decisions of the body that decides an action, each list newest first."""

    answers: list[Decision]  # to the question put about this very action
    free: list[Decision]  # that no action cites yet
    others: list[Decision]

    @property
    def suggested(self) -> Decision | None:
        return next(iter([*self.answers, *self.free]), None)

    def __bool__(self) -> bool:
        return bool(self.answers or self.free or self.others)


def citable(action: Action) -> Citable:
    """The decisions that this action may cite. One query."""
    asked = AgendaRequest.objects.filter(settled_by=OuterRef("pk"), source=ACTION_SOURCE, source_id=action.pk)
    cited = Action.objects.filter(project=action.project_id, decision=OuterRef("pk"))
    found = Citable([], [], [])
    of_body = decisions_of(action.project).filter(body__kind=action.decided_by)
    for decision in of_body.annotate(answers=Exists(asked), cited=Exists(cited)):
        (found.answers if decision.answers else found.others if decision.cited else found.free).append(decision)
    return found


@dataclass(frozen=True)
class Governed:
    """The question that waits about an action and its latest alert, as far as the reader may know of them."""

    request: AgendaRequest | None
    alert: Alert | None


def governed(action: Action, rights: Rights) -> Governed:
    """Two queries at most."""
    asks = action.decided_by and rights.reads_decisions
    return Governed(
        request=open_request_about(action.project, ACTION_SOURCE, action.pk) if asks else None,
        alert=alert_about(action, rights),
    )


def alert_about(action: Action, rights: Rights) -> Alert | None:
    """The latest alert about an action, for who reads alerts. One query."""
    if not rights.reads_alerts:
        return None
    return alerts_about(action.project, ACTION_SOURCE, [action.pk]).get(action.pk)
