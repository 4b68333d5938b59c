"""What governance itself offers for an agenda: what was left, questions, alerts, arbitrations."""

from django.db.models import Q

from common import french
from governance.agenda import carried, follow_up_point, left_to
from governance.enums import (
    ALERT_SOURCE,
    ARBITRATION_SOURCE,
    FOLLOW_UP_SOURCE,
    QUESTION_SOURCE,
    ArbitrationStatus,
    BodyKind,
    ItemKind,
)
from governance.models import Alert, Arbitration, Body
from governance.offers import Offer, offers
from governance.selectors.decisions import open_requests
from organisations.models import Project

TO_DECIDE, TO_PREPARE, TO_ANSWER = 15, 10, 10  # minutes


@offers(FOLLOW_UP_SOURCE, "De la séance précédente")
def left_points(project: Project, body: Body) -> list[Offer]:
    """What the last meeting left. Three queries."""
    left = left_to(body)
    return carried(left) + ([follow_up_point(left)] if left.follow_ups and left.last else [])


@offers(ARBITRATION_SOURCE, "Arbitrages")
def arbitrations(project: Project, body: Body) -> list[Offer]:
    """To the COSTRAT those that no meeting has taken up, to the COMOP those under instruction."""
    if body.kind == BodyKind.WORKING_GROUP:
        return []
    waiting = Q(status__in=[ArbitrationStatus.DRAFT, ArbitrationStatus.POSTPONED])
    if body.kind == BodyKind.COSTRAT:
        waiting |= Q(status=ArbitrationStatus.TO_DECIDE, meeting=None)
    decides = body.kind == BodyKind.COSTRAT
    found = Arbitration.objects.filter(waiting, project=project).order_by("deadline", "year", "number")
    return [
        Offer(
            label=f"{item.reference} : {item.question}",
            source=ARBITRATION_SOURCE,
            source_id=item.pk,
            minutes=TO_DECIDE if decides else TO_PREPARE,
            kind=ItemKind.DECISION if decides else ItemKind.DISCUSSION,
        )
        for item in found
    ]


@offers(QUESTION_SOURCE, "Questions posées")
def questions(project: Project, body: Body) -> list[Offer]:
    """Those put to the body that nothing has settled."""
    return [
        Offer(
            label=request.question,
            detail=request.context,
            source=QUESTION_SOURCE,
            source_id=request.pk,
            kind=ItemKind.DECISION,
        )
        for request in open_requests(project).filter(body=body)
    ]


@offers(ALERT_SOURCE, "Alertes sans réponse")
def alerts(project: Project, body: Body) -> list[Offer]:
    """Those nobody has answered. An agenda is read by other OG: of a structure's alert it tells the structure alone."""
    if body.kind == BodyKind.WORKING_GROUP:
        return []
    found = Alert.objects.open().filter(project=project).select_related("esms")
    return [
        Offer(
            label=french.typography(f"Alerte n° {alert.number} : {alert.esms.name if alert.esms else alert.subject}"),
            source=ALERT_SOURCE,
            source_id=alert.pk,
            minutes=TO_ANSWER,
            hint=alert.subject if alert.esms else "",
        )
        for alert in found.order_by("severity", "number")  # critical first
    ]
