"""Alerts as a committee's report tells them. What the alert of a structure says stays with those who read it there:
its report knows that there is one, how pressing it is and since when."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Q

from common.french import day
from governance.enums import Severity
from governance.models import Alert
from organisations.models import Project


@dataclass(frozen=True)
class AlertLine:
    """An alert. `subject` is empty for that of a structure, which `og` and `structure` name. `days`: how long it
    waited for its answer, or has been waiting for it; `arbitration`: the one that it was escalated to."""

    number: int
    subject: str
    severity: Severity
    og: str
    structure: str
    raised_on: date
    answered_on: date | None
    days: int
    arbitration: str


@dataclass(frozen=True)
class OgAlerts:
    """How many alerts of the structures of an OG wait for an answer."""

    og: str
    critical: int
    warning: int


@dataclass(frozen=True)
class AlertFacts:
    """Those open today, and those answered since a day; `raised`: how many were raised since."""

    open: tuple[AlertLine, ...]
    closed: tuple[AlertLine, ...]
    raised: int
    median_days: int | None

    @property
    def of_project(self) -> list[AlertLine]:
        return [line for line in self.open if not line.structure]

    @property
    def of_structures(self) -> list[AlertLine]:
        return [line for line in self.open if line.structure]

    @property
    def critical(self) -> list[AlertLine]:
        return [line for line in self.open if line.severity == Severity.CRITICAL]

    @property
    def by_og(self) -> list[OgAlerts]:
        """The open alerts of structures, an OG after the other."""
        counts: Counter[tuple[str, Severity]] = Counter((line.og, line.severity) for line in self.of_structures)
        return [
            OgAlerts(og, counts[og, Severity.CRITICAL], counts[og, Severity.WARNING])
            for og in sorted({line.og for line in self.of_structures})
        ]


def alerts_since(project: Project, since: date, today: date) -> AlertFacts:
    """For who reads the alerts of the project. One query."""
    told = Alert.objects.filter(Q(answered_at=None) | Q(answered_at__date__gte=since), project=project)
    found = told.select_related("og", "esms", "arbitration").order_by("raised_at", "number")
    lines = [_line(alert, today) for alert in found]
    waiting = [line for line in lines if not line.answered_on]
    closed = [line for line in lines if line.answered_on]
    return AlertFacts(
        open=tuple(sorted(waiting, key=lambda line: line.severity != Severity.CRITICAL)),
        closed=tuple(closed),
        raised=sum(line.raised_on >= since for line in lines),
        median_days=round(median(line.days for line in closed)) if closed else None,
    )


def _line(alert: Alert, today: date) -> AlertLine:
    raised_on, answered_on = day(alert.raised_at), _day(alert.answered_at)
    return AlertLine(
        number=alert.number,
        subject="" if alert.esms_id else alert.subject,
        severity=Severity(alert.severity),
        og=alert.og.short_name if alert.og else "",
        structure=alert.esms.name if alert.esms else "",
        raised_on=raised_on,
        answered_on=answered_on,
        days=((answered_on or today) - raised_on).days,
        arbitration=alert.arbitration.reference if alert.arbitration else "",
    )


def _day(moment: datetime | None) -> date | None:
    return day(moment) if moment else None
