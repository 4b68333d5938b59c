"""The alerts that rules raised: told by the COMOP’s page as others are, and not raised by the rules once more."""

from collections.abc import Sequence
from typing import Any

from common import french
from dui_deploy.demo.governed.cast import Cast
from governance.models import Alert
from indicators.enums import INDICATOR_SOURCE, Frequency
from indicators.models import AlertRule, RaisedAlert
from indicators.periods import Period
from organisations.models import Project, place_of

MISSING = "missing_entry"


def load(world: dict[str, Any], project: Project, months: Sequence[Period], cast: Cast) -> None:
    """Tie them to their rules. They were raised with the others."""
    rules = {rule.code: rule for rule in AlertRule.objects.filter(project=project)}
    for item in world["alerts"]:
        if item["origin"] != "indicator":
            continue
        esms = cast.esms[item["esms"]]
        alert = Alert.objects.get(project=project, esms=esms, source="", text=french.typography(item["message"]))
        before = Period.of(Frequency.MONTHLY, item["opened_on"]).previous
        raised = RaisedAlert.objects.create(
            **place_of(esms),
            place=esms.pk,
            rule=rules[item["ref"]],
            alert=alert,
            since=months[-1].start if item["ref"] == MISSING else min(before, months[-1]).start,
        )
        Alert.objects.filter(pk=alert.pk).update(source=INDICATOR_SOURCE, source_id=raised.pk)
