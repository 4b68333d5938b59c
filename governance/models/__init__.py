"""Bodies of a project, who sits on them, what they are asked and decide, alerts."""

from governance.models.alerts import Alert, AlertQuerySet
from governance.models.bodies import Body, Mandate, MandateQuerySet
from governance.models.decisions import AgendaRequest, Decision

__all__ = ["AgendaRequest", "Alert", "AlertQuerySet", "Body", "Decision", "Mandate", "MandateQuerySet"]
