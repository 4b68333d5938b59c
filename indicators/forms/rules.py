"""When an indicator alerts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from common import french
from governance.enums import Severity
from indicators.enums import Breakdown, Condition, Kind, Metric, Operator
from indicators.forms.numbers import NumberField
from indicators.models import AlertRule
from indicators.selectors.definitions import Followed
from indicators.services.rules import LONGEST
from indicators.splits import WHOLE, choices_of
from organisations.enums import Phase

OPERATORS = [
    (Operator.LT.value, "inférieur à"),
    (Operator.LTE.value, "inférieur ou égal à"),
    (Operator.EQ.value, "égal à"),
    (Operator.GTE.value, "supérieur ou égal à"),
    (Operator.GT.value, "supérieur à"),
]
LEVELLED = {Kind.LEVEL, Kind.TEXT}


def metrics_of(one: Followed) -> list[tuple[str, str]]:
    """What a rule of this indicator may look at."""
    if one.definition.kind == Kind.TEXT:
        kept = [Metric.LEVEL_AT_LEAST, Metric.PERIODS_OPEN]
    elif one.definition.kind == Kind.LEVEL:
        kept = [Metric.LEVEL_AT_LEAST]
    else:
        kept = [metric for metric in Metric if metric != Metric.LEVEL_AT_LEAST]
    return [(metric.value, metric.label) for metric in kept]


def levels_of(one: Followed) -> list[tuple[int, str]]:
    """The levels that a threshold may name: rank and label."""
    if one.definition.kind == Kind.TEXT and one.definition.breakdown in WHOLE:
        return [(choice.rank, choice.label) for choice in choices_of(Breakdown(one.definition.breakdown))]
    return [(level["rank"], level["label"]) for level in one.definition.levels]


class RuleForm(forms.Form):
    """`one`: the indicator, None about what is not entered; `others`: those that a gap may be to; `kept`: the rule that
    is changed."""

    severity = forms.ChoiceField(
        label="Gravité",
        choices=Severity,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la gravité de l’alerte."},
    )
    metric = forms.ChoiceField(
        label="Ce que la règle regarde",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que la règle regarde."},
    )
    breakdown_value = forms.ChoiceField(label="De quelle part", required=False, widget=forms.Select)
    other = forms.ChoiceField(
        label="Comparé à", required=False, widget=forms.Select, help_text="Pour un écart avec un autre indicateur."
    )
    operator = forms.ChoiceField(
        label="Comparaison",
        choices=OPERATORS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une comparaison."},
    )
    threshold = NumberField(label="Seuil", error_messages={"required": "Donnez le seuil."})
    periods = forms.IntegerField(
        label="Périodes de suite",
        min_value=1,
        max_value=LONGEST,
        initial=1,
        help_text="Une seule : l’alerte est donnée dès la première.",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Donnez un nombre de 1 à {LONGEST}."
        ),
    )
    phases = forms.MultipleChoiceField(
        label="Seulement dans les structures en phase",
        choices=Phase,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché : dans toutes.",
    )
    message = forms.CharField(
        label="Ce que dit l’alerte",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ce qui se passe, et ce qu’il faut faire. L’alerte y ajoute la structure, la période et la valeur.",
        error_messages={"required": "Dites ce que dira l’alerte."},
    )

    def __init__(
        self, *args: Any, one: Followed | None, others: Sequence[Followed], kept: AlertRule | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(other.indicator.pk): other.indicator for other in others}
        labels = [(str(other.indicator.pk), other.definition.label) for other in others]
        fields: dict[str, Any] = self.fields
        fields["other"].choices = [("", "Aucun"), *labels]
        # What the form doesn't write stays as it is: structures narrowed otherwise than by their phase.
        gone = {"phases"} if kept is not None and kept.only_field not in {"", Condition.PHASE} else set()
        if one is None:
            gone |= {"metric", "operator", "breakdown_value", "other", "periods", "phases"}
            fields["threshold"].label = "Périodes de suite sans relevé rendu"
        else:
            gone |= self._shape(one)
        for name in gone:
            del fields[name]

    def _shape(self, one: Followed) -> set[str]:
        """Offer what this indicator has; returns the fields that make no sense for it."""
        fields: dict[str, Any] = self.fields
        gone = set()
        fields["metric"].choices = metrics_of(one)
        if one.definition.kind in LEVELLED:
            gone |= {"operator", "breakdown_value", "other"}
            fields["threshold"] = forms.TypedChoiceField(
                label="À partir de quel niveau",
                choices=levels_of(one),
                coerce=Decimal,
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez un niveau."},
            )
            return gone
        fields["threshold"].help_text = french.typography(
            "Dans l’unité de l’indicateur ; en % pour une part de la cible, en périodes pour une durée."
        )
        breakdown = one.definition.breakdown
        if breakdown and breakdown not in WHOLE:
            parts = [(choice.code, choice.label) for choice in choices_of(Breakdown(breakdown))]
            fields["breakdown_value"].choices = [("", "L’ensemble"), *parts]
        else:
            gone.add("breakdown_value")
        return gone

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "phases" in self.fields:
            phases = found.pop("phases", [])
            found |= {"only_field": Condition.PHASE if phases else "", "only_values": list(phases)}
        if "message" in found:
            found["message"] = french.typography(found["message"])
        if "metric" in self.fields and "operator" not in self.fields:
            found["operator"] = Operator.GTE
        if found.get("metric") == Metric.PERIODS_OPEN:
            found["periods"] = 1  # how long is the threshold
        if "other" in self.fields:
            compared = found.get("metric") == Metric.GAP_TO
            other = self.others.get(found.get("other", ""))
            if compared and other is None:
                self.add_error("other", "Choisissez l’indicateur avec lequel comparer.")
            found["other"] = other if compared else None
        return found


class NewRuleForm(RuleForm):
    token = forms.UUIDField(widget=forms.HiddenInput)


class ChangeRuleForm(RuleForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def initial_of(rule: AlertRule) -> dict[str, Any]:
    """What the form of a rule begins with."""
    names = ("severity", "metric", "operator", "threshold", "periods", "breakdown_value", "message", "version")
    levelled = rule.metric == Metric.LEVEL_AT_LEAST
    return {
        **{name: getattr(rule, name) for name in names},
        "threshold": int(rule.threshold) if levelled else rule.threshold,
        "other": str(rule.other_id or ""),
        "phases": rule.only_values if rule.only_field == Condition.PHASE else [],
    }
