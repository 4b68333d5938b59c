"""Bodies, who sits on them and what each weighs; meetings, arbitrations, decisions, alerts; the convention."""

from governance.models.agreements import Agreement, AgreementArticle, AgreementParty
from governance.models.alerts import Alert, AlertQuerySet
from governance.models.arbitrations import (
    Arbitration,
    ArbitrationDocument,
    ArbitrationOption,
    ArbitrationStructure,
    ArbitrationVote,
)
from governance.models.bodies import Body, Mandate, MandateQuerySet
from governance.models.decisions import AgendaRequest, Decision
from governance.models.feeds import CalendarFeed
from governance.models.meetings import (
    AgendaItem,
    Amendment,
    Attendance,
    Dispatch,
    FollowUp,
    FollowUpQuerySet,
    Meeting,
    Minutes,
)
from governance.models.weights import Weighting, WeightingQuerySet, WeightShare

__all__ = [
    "AgendaItem",
    "AgendaRequest",
    "Agreement",
    "AgreementArticle",
    "AgreementParty",
    "Alert",
    "AlertQuerySet",
    "Amendment",
    "Arbitration",
    "ArbitrationDocument",
    "ArbitrationOption",
    "ArbitrationStructure",
    "ArbitrationVote",
    "Attendance",
    "Body",
    "CalendarFeed",
    "Decision",
    "Dispatch",
    "FollowUp",
    "FollowUpQuerySet",
    "Mandate",
    "MandateQuerySet",
    "Meeting",
    "Minutes",
    "WeightShare",
    "Weighting",
    "WeightingQuerySet",
]
