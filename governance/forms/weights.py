"""New weights of the OG: by which method, from which figures, adopted by which decision, from which day on."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from common import french
from governance.enums import WeightingMethod
from governance.models import Decision, Weighting
from governance.selectors.weights import Figures
from governance.weights import PROPORTIONAL, weigh
from organisations.forms import AmountField, plain_number, typed
from organisations.models import OG

EUROS, PART = "euros", "part"
TYPED = {WeightingMethod.CONTRIBUTION: EUROS, WeightingMethod.CUSTOM: PART}  # methods whose figures are typed, by OG
NOTHING = Decimal(0)


class PercentField(AmountField):
    """A percentage to the hundredth, as French writes it."""

    default_error_messages = {
        "invalid": "Écrivez un pourcentage en chiffres, par exemple 41,67.",
        "min_value": "Écrivez un pourcentage positif.",
        "max_value": "Un pourcentage ne dépasse pas 100.",
        "max_decimal_places": "Écrivez un pourcentage au centième près.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_value=100, decimal_places=2, max_digits=5, widget=typed("decimal"), **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value).removesuffix("%") if isinstance(value, str) else value)


class DecisionChoice(forms.ModelChoiceField):
    def label_from_instance(self, decision: Decision) -> str:
        return french.typography(f"{decision.reference}, {french.long_date(decision.decided_on)} : {decision.title}")


class WeightsForm(forms.Form):
    """`recording`: what adopts the weights is needed too; a preview asks for no more than the figures, and takes an
    empty one as none."""

    method = forms.ChoiceField(label="Méthode", choices=WeightingMethod, widget=forms.RadioSelect)
    cap = PercentField(
        label="Plafond par OG, en %",
        required=False,
        help_text="Au-delà, l’excédent va aux autres OG, au prorata de leur poids.",
    )
    floor = PercentField(
        label="Plancher par OG, en %", required=False, help_text="En deçà, le manque est pris aux autres OG."
    )
    rule = forms.CharField(
        label="Règle de calcul",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=french.typography(
            "D’où viennent ces chiffres, comment les unités sont converties : elle se joint à la convention."
        ),
    )
    decision = DecisionChoice(
        Decision.objects.none(),
        label="Décision du COSTRAT",
        required=False,
        empty_label="Une décision à enregistrer maintenant",
    )
    decided_on = forms.DateField(label="Prise le", required=False, widget=forms.DateInput())
    text = forms.CharField(
        label="Ce qui a été décidé", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    effective_on = forms.DateField(
        label="Les poids prennent effet le",
        widget=forms.DateInput(),
        error_messages={"required": "Dites à partir de quand ces poids comptent."},
        help_text="Une révision prend effet à la séance suivante du COSTRAT.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, figures: Sequence[Figures], decisions: Any, recording: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.figures, self.recording = figures, recording
        self.fields["decision"].queryset = decisions
        self.fields["effective_on"].required = recording
        for og in self.ogs:
            name = french.typography(og.short_name)
            self.fields[f"{EUROS}-{og.pk}"] = AmountField(
                label=f"{name}, en euros", required=False, max_digits=14, decimal_places=2, widget=typed("decimal")
            )
            self.fields[f"{PART}-{og.pk}"] = PercentField(label=f"{name}, en %", required=False)

    @property
    def ogs(self) -> list[OG]:
        return [figures.og for figures in self.figures]

    @property
    def euros_fields(self) -> list[forms.BoundField]:
        return [self[f"{EUROS}-{og.pk}"] for og in self.ogs]

    @property
    def part_fields(self) -> list[forms.BoundField]:
        return [self[f"{PART}-{og.pk}"] for og in self.ogs]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("method"):
            return given
        method = given["method"] = WeightingMethod(given["method"])
        for name in self._left_aside(method):
            self.errors.pop(name, None)
        if not self.recording:
            return given
        for og in self.ogs if method in TYPED else ():
            name = f"{TYPED[method]}-{og.pk}"
            if name not in self.errors and given.get(name) is None:
                self.add_error(name, "Écrivez un chiffre, 0 si cet OG n’en a pas.")
        if not given.get("decision"):
            if not given.get("decided_on") and "decided_on" not in self.errors:
                self.add_error("decided_on", "Donnez la date de la décision, ou choisissez-en une au-dessus.")
            if not given.get("text"):
                self.add_error("text", "Écrivez ce que le COSTRAT a décidé, ou choisissez une décision au-dessus.")
        return given

    def _left_aside(self, method: WeightingMethod) -> list[str]:
        """The fields that the page hides under this method: what stands in them doesn't matter."""
        names = [] if method in PROPORTIONAL else ["cap", "floor"]
        return names + [f"{kind}-{og.pk}" for other, kind in TYPED.items() if other is not method for og in self.ogs]

    def bases(self) -> dict[OG, Decimal]:
        """What each OG is weighed by, once the form is valid."""
        method = self.cleaned_data["method"]
        if method is WeightingMethod.EQUAL:
            return dict.fromkeys(self.ogs, Decimal(1))
        if method in TYPED:
            return {og: self.cleaned_data[f"{TYPED[method]}-{og.pk}"] or NOTHING for og in self.ogs}
        return {figures.og: figures.basis(method) for figures in self.figures}

    @property
    def bounds(self) -> dict[str, Decimal | None]:
        """The cap and the floor; nothing for a method that they don't bound."""
        if self.cleaned_data["method"] not in PROPORTIONAL:
            return {}
        return {"cap": self.cleaned_data["cap"], "floor": self.cleaned_data["floor"]}

    def weights(self) -> dict[OG, Decimal]:
        """What these figures give. Raises DomainError."""
        return weigh(self.cleaned_data["method"], self.bases(), **self.bounds)


def initial_of(current: Weighting | None) -> dict[str, Any]:
    """The figures of the weights that count today, for a form to begin with."""
    if current is None:
        return {"method": WeightingMethod.EQUAL}
    initial: dict[str, Any] = {
        "method": current.method,
        "cap": current.cap,
        "floor": current.floor,
        "rule": current.rule,
    }
    for share in current.shares.all():
        initial[f"{PART}-{share.og_id}"] = share.percent
        if current.method == WeightingMethod.CONTRIBUTION:
            initial[f"{EUROS}-{share.og_id}"] = share.basis
    return initial
