"""An alert that the COMOP can't answer becomes an arbitration of the COSTRAT."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.errors import DomainError
from common.french import typography
from governance.enums import ArbitrationKind
from governance.models import Alert
from governance.services.alerts import locked, waits_for_costrat
from governance.services.arbitrations import open_arbitration
from organisations.models import User


@transaction.atomic
def escalate_alert(
    *,
    alert: Alert,
    kind: ArbitrationKind,
    question: str,
    context: str,
    user: User,
    token: uuid.UUID,
    deadline: date | None = None,
) -> Alert:
    """Open the arbitration that will answer an alert, about the same structure; the same form posted twice opens one.

    Raises DomainError once it is answered or escalated, (field) when the question is empty or the deadline past.
    """
    current = locked(alert)
    if current.answered_at is not None:
        raise DomainError("Cette alerte a déjà reçu sa réponse : elle n’est plus à porter au COSTRAT.")
    if current.arbitration is not None and waits_for_costrat(current):
        if current.arbitration.token == token:
            return current
        told = f"Cette alerte est déjà portée au COSTRAT : c’est l’arbitrage {current.arbitration.reference}."
        raise DomainError(typography(told))
    arbitration = open_arbitration(
        project=current.project,
        kind=kind,
        question=question,
        requested_by=user,
        token=token,
        context=context,
        deadline=deadline,
        structures=[current.esms] if current.esms else [],
    )
    Alert.objects.filter(pk=current.pk).update(
        escalated_at=timezone.now(), escalated_by=user, arbitration=arbitration, version=F("version") + 1
    )
    return locked(alert)
