"""Rules that hold alert the COMOP: once each time, however long it lasts, and whatever it is answered."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from common.ids import new_id
from common.locks import one_at_a_time
from common.scope import elevated
from governance.enums import Severity
from governance.models import Alert
from governance.services import raise_alert
from indicators.alert_texts import subject_of, text_of
from indicators.alerting import Outcome, judge
from indicators.enums import INDICATOR_SOURCE
from indicators.models import AlertRule, RaisedAlert
from indicators.periods import Period
from indicators.selectors.watched import Watched, watched
from organisations.enums import Role
from organisations.models import ESMS, Membership, Project, User, place_of

# Of a rule in a place, the last time.
Raised = Mapping[tuple[UUID, UUID], RaisedAlert]


@transaction.atomic
def evaluate(project: Project, *, on: date) -> list[Alert]:
    """Judge the rules in service of a project as of a day, in the elevated role: raise an alert where one begins to
    hold, and note where one holds no more. Twice is once. Returns the alerts that are new."""
    with elevated():
        one_at_a_time(f"indicator rules:{project.pk}")
        found = watched(project, on)
        raised, directors = _raised(project), _directors(project)
        new = []
        for rule in found.rules:
            for esms in found.places(rule):
                outcome = _judged(found, rule, esms)
                last = raised.get((rule.pk, esms.pk if esms else project.pk))
                if outcome.holds and not _goes_on(last, outcome):
                    owner = directors.get(esms.pk) if esms else None
                    new.append(_raise(found, rule, esms, outcome, owner))
                elif outcome.holds is False and last and last.over_since is None:
                    _over(last, outcome.at)
        return new


def _judged(found: Watched, rule: AlertRule, esms: ESMS | None) -> Outcome:
    """Of several series, the one in which it has held the longest."""
    condition = found.condition(rule, esms)
    outcomes = [judge(rule, seen, condition=condition) for seen in found.series(rule, esms)]
    holding = [one for one in outcomes if one.holds]
    if holding:
        return max(holding, key=lambda one: one.count)
    return next((one for one in outcomes if one.holds is False), Outcome(None))


def _goes_on(last: RaisedAlert | None, outcome: Outcome) -> bool:
    """Whether it was alerted already: it has held since, or nobody has answered yet."""
    if last is None:
        return False
    ended = next((period for period in outcome.broken if period.start > last.since), None)
    if last.over_since is None and ended is None:
        return True
    if last.alert.answered_at is None:
        if last.over_since is not None:
            RaisedAlert.objects.filter(pk=last.pk).update(over_since=None)
        return True
    if last.over_since is None:
        _over(last, ended)
    return False


def _over(last: RaisedAlert, at: Period | None) -> None:
    RaisedAlert.objects.filter(pk=last.pk).update(over_since=at.start if at else last.since)


def _raise(found: Watched, rule: AlertRule, esms: ESMS | None, outcome: Outcome, owner: User | None) -> Alert:
    key = new_id()
    alert = raise_alert(
        project=found.project,
        subject=subject_of(rule, found, esms),
        text=text_of(rule, found, esms, outcome),
        severity=Severity(rule.severity),
        user=rule.written_by,
        token=new_id(),
        source=INDICATOR_SOURCE,
        source_id=key,
        esms=esms,
        owner=owner,
    )
    place = place_of(esms) if esms else {"project": found.project}
    assert outcome.since is not None  # noqa: S101  it holds
    RaisedAlert.objects.create(
        pk=key,
        **place,
        place=esms.pk if esms else found.project.pk,
        rule=rule,
        alert=alert,
        since=outcome.since.start,
    )
    return alert


def _raised(project: Project) -> Raised:
    rows = RaisedAlert.objects.filter(project=project).select_related("alert").order_by("pk")
    return {(row.rule_id, row.place): row for row in rows}


def _directors(project: Project) -> Mapping[UUID, User]:
    """One director of each structure, who has the alert in hand."""
    held = Membership.objects.active().filter(project=project, role=Role.ESMS_DIRECTOR, user__is_active=True)
    rows = held.select_related("user").order_by("-pk")
    return {row.esms_id: row.user for row in rows if row.esms_id}
