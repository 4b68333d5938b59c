"""What a rule raised, so that it is raised once."""

from django.db import models

from common.history import tracked
from common.policies import TenantPolicy, same_project
from governance.models import Alert
from indicators.models.definitions import AlertRule
from indicators.models.policies import FOLLOWED
from organisations.models import PlacedRow, in_place


@tracked(FOLLOWED)
class RaisedAlert(PlacedRow):
    """A rule held in a place from `since` on (start of a period) and alerted the COMOP. While it goes on it alerts no
    more, answered or not; `over_since`: the period in which it held no more."""

    rule = models.ForeignKey(AlertRule, on_delete=models.CASCADE, related_name="raised", verbose_name="règle")
    alert = models.OneToOneField(Alert, on_delete=models.CASCADE, related_name="+", verbose_name="alerte")
    since = models.DateField("depuis la période du")
    over_since = models.DateField("terminée à la période du", null=True, blank=True)

    class Meta:
        verbose_name = "alerte levée par une règle"
        ordering = ["-since", "id"]
        constraints = [
            *in_place("raisedalert"),
            models.UniqueConstraint(
                fields=["rule", "place"], condition=models.Q(over_since=None), name="raisedalert_once_at_a_time"
            ),
            same_project("raisedalert_rule_same_project", "rule_id", "indicators_alertrule"),
            same_project("raisedalert_alert_same_project", "alert_id", "governance_alert"),
            TenantPolicy(name="raisedalert_rows", rows=FOLLOWED),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.since}"
