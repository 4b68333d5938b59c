"""The opinions that wait for an answer."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from checklist.models import OpinionRequest


def waiting_requests() -> QuerySet[OpinionRequest]:
    """Those that nobody answered and nobody took back."""
    return OpinionRequest.objects.filter(withdrawn_at=None, opinions=None)


def opinions_waiting() -> Subquery:
    """How many opinions about an action are waited for, in the query of the actions."""
    about = waiting_requests().filter(action=OuterRef("pk")).order_by().values("action")
    return Subquery(about.annotate(n=Count("pk")).values("n"))
