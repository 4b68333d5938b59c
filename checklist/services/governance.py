"""Where the checklist meets the bodies: an action that a body decides, a blocked one that the COMOP is told of."""

import uuid
from datetime import date

from django.db import transaction

from checklist.enums import ACTION_SOURCE, Status
from checklist.models import Action
from checklist.services.status import set_status
from common.errors import DomainError
from governance.enums import Severity
from governance.models import AgendaRequest, Alert, Body
from governance.services import put_on_agenda, raise_alert, record_decision
from organisations.models import User


@transaction.atomic
def decide(*, action: Action, version: int, decided_on: date, text: str, user: User, token: uuid.UUID) -> Action:
    """Record what the body decided on this action, and set it OK by citing it; the same form posted twice, once.

    Raises DomainError (field) for what a decision needs, Conflict when somebody changed the action since `version`.
    """
    decision = record_decision(
        body=_body(action), decided_on=decided_on, title=action.label, text=text, user=user, token=token
    )
    if action.decision_id == decision.pk:
        return action
    return set_status(action=action, version=version, status=Status.OK, user=user, decision=decision)


def ask_body(*, action: Action, user: User) -> AgendaRequest:
    """Put an action on the agenda of the body that decides it. Raises DomainError when it is there already."""
    return put_on_agenda(
        body=_body(action),
        question=action.label,
        context=f"Action {action.number} de la checklist.",
        user=user,
        source=ACTION_SOURCE,
        source_id=action.pk,
    )


def _body(action: Action) -> Body:
    if not action.decided_by:
        raise DomainError("Aucune instance ne décide de cette action.")
    return Body.objects.select_related("project").get(project=action.project_id, kind=action.decided_by)


def alert_comop(*, action: Action, severity: Severity, text: str, user: User, token: uuid.UUID) -> Alert:
    """Tell the COMOP of a blocked action. Raises DomainError when it isn't blocked, or an alert is open already."""
    if action.status != Status.KO:
        raise DomainError("Une alerte se donne sur une action bloquée : celle-ci ne l’est plus.", field="text")
    return raise_alert(
        project=action.project,
        subject=f"Action {action.number} bloquée : {action.label}",
        text=text,
        severity=severity,
        user=user,
        token=token,
        source=ACTION_SOURCE,
        source_id=action.pk,
    )
