"""One line of a statement, which saves itself: what is asked depends on the kind of the indicator."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from common import french
from common.errors import DomainError
from indicators.catalogue import Choice
from indicators.entry import Given, checked, number
from indicators.enums import Absence, Aggregation, Breakdown, Kind
from indicators.models import Definition, Figure
from indicators.splits import REQUIRED, WHOLE, choices_of
from indicators.values import Terms

PART, PART_BASE = "part-", "base-"


def parts_of(definition: Definition) -> tuple[Choice, ...]:
    """The values that its figure may be split by, as it is entered."""
    if not definition.breakdown or definition.breakdown in WHOLE:
        return ()
    return choices_of(Breakdown(definition.breakdown))


def ranks_of(definition: Definition) -> tuple[Choice, ...]:
    """What one chooses in: levels, or the severity of a text."""
    if definition.kind == Kind.LEVEL:
        return tuple(Choice(one["code"], one["label"], one["rank"], one["rule"]) for one in definition.levels)
    if definition.kind == Kind.TEXT and definition.breakdown == Breakdown.ATTENTION_LEVEL:
        return choices_of(Breakdown.ATTENTION_LEVEL)
    return ()


def is_sum(definition: Definition) -> bool:
    """Whether the total is not asked: its parts are."""
    return definition.breakdown in REQUIRED


def has_base(definition: Definition) -> bool:
    """Whether two numbers are asked: those of a ratio, a grade and how many gave it."""
    return definition.kind == Kind.RATIO or (
        definition.kind == Kind.SCORE and definition.aggregation == Aggregation.WEIGHTED_MEAN
    )


class LineForm(forms.Form):
    """`version`: of the figure that was read, 0 when there was none. `kept`: the absence that it says, which goes on
    while no value is typed. `absence`: the button that was pushed; `clear`: takes away what is there. `whole`: the
    page shows more than the line at rest, so that the answer brings all of it."""

    use_required_attribute = False

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    whole = forms.BooleanField(required=False)
    kept = forms.ChoiceField(required=False, choices=Absence)
    absence = forms.ChoiceField(required=False, choices=Absence)
    clear = forms.BooleanField(required=False)
    amount = forms.CharField(required=False, max_length=40)
    base = forms.CharField(required=False, max_length=40)
    text = forms.CharField(required=False)
    why = forms.CharField(required=False)
    comment = forms.CharField(required=False)

    def __init__(self, data: QueryDict | None, *, definition: Definition) -> None:
        super().__init__(data)
        self.definition = definition
        self.given = Given()
        for choice in parts_of(definition):
            self.fields[f"{PART}{choice.code}"] = forms.CharField(required=False, max_length=40)
            if has_base(definition):
                self.fields[f"{PART_BASE}{choice.code}"] = forms.CharField(required=False, max_length=40)

    @property
    def stale(self) -> bool:
        """Whether what is wrong isn't what somebody typed."""
        return bool({"version", "kept", "absence"} & self.errors.keys())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.given = self._given(data)
            except DomainError as error:
                field = error.field if error.field in {*self.fields, "cells"} else None
                # The parts have no field of their own: their error stands above them.
                self.add_error(None if field in {None, "cells"} else field, french.typography(str(error)))
        return data

    def _given(self, data: Mapping[str, Any]) -> Given:
        if data["clear"]:
            return Given()
        if data["absence"]:
            return checked(Given(absence=data["absence"], why=data["why"]), self.definition)
        value = self._value(data)
        if value == Given() and data["kept"]:
            return checked(Given(absence=data["kept"], why=data["why"]), self.definition)
        if value == Given() and data["why"]:
            raise DomainError("Dites si la valeur n’est pas disponible, ou si vous n’êtes pas concernés.", field="why")
        return checked(value, self.definition)

    def _value(self, data: Mapping[str, Any]) -> Given:
        if self.definition.kind == Kind.TEXT:
            # A severity alone says nothing: one is always chosen.
            return Given(amount=self._severity(data), text=data["text"]) if data["text"] else Given()
        cells = self._cells(data)
        if is_sum(self.definition):
            if not cells:
                return Given()
            if len(cells) < len(parts_of(self.definition)):
                raise DomainError("Donnez chaque part, zéro compris.", field="cells")
            return Given(amount=sum((one.amount for one in cells.values()), Decimal()), cells=cells)
        amount, base = _maybe(data, "amount"), _maybe(data, "base")
        if amount is None and base is not None:
            missing = "le numérateur" if self.definition.kind == Kind.RATIO else "la note"
            raise DomainError(f"Donnez aussi {missing}.", field="amount")
        if amount is not None and base is None and has_base(self.definition) and self.definition.kind != Kind.RATIO:
            raise DomainError("Dites aussi combien de réponses il y a derrière.", field="base")
        return Given(amount=amount, base=base, cells=cells)

    def _severity(self, data: Mapping[str, Any]) -> Decimal:
        rank = data["amount"] or "1"
        if rank not in {str(one.rank) for one in choices_of(Breakdown.ATTENTION_LEVEL)}:
            raise DomainError("Choisissez la gravité dans la liste.", field="amount")
        return Decimal(rank)

    def _cells(self, data: Mapping[str, Any]) -> dict[str, Terms]:
        found = {}
        for choice in parts_of(self.definition):
            names = (f"{PART}{choice.code}", f"{PART_BASE}{choice.code}")
            amount, base = _maybe(data, names[0]), _maybe(data, names[1])
            if amount is None and base is None:
                continue
            if amount is None or (base is None and has_base(self.definition)):
                raise DomainError(f"{choice.label} : donnez les deux nombres.", field="cells")
            found[choice.code] = Terms(amount, base)
        return found


def _maybe(data: Mapping[str, Any], name: str) -> Decimal | None:
    """A number, None for nothing typed. Raises DomainError, which names the field."""
    if not (typed := str(data.get(name) or "").strip()):
        return None
    try:
        return number(typed)
    except DomainError as error:
        raise DomainError(str(error), field=name) from error


def written_values(figure: Figure | None, split: Mapping[str, Terms]) -> dict[str, str]:
    """What a figure says, as the inputs of its line write it."""
    if figure is None:
        return {}
    terms = {"amount": figure.amount, "base": figure.base}
    for code, one in split.items():
        terms |= {f"{PART}{code}": one.amount, f"{PART_BASE}{code}": one.base}
    numbers = {name: plain(value) for name, value in terms.items() if value is not None}
    return {**numbers, "text": figure.text, "why": figure.why, "comment": figure.comment}


def plain(value: Decimal) -> str:
    """« 1234,5 »: as one types it."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".").replace(".", ",") if "." in written else written


class GiveForm(forms.Form):
    """`version`: of the statement as the direction read it; the page where one enters sends none."""

    version = forms.IntegerField(min_value=1, required=False)


class SendBackForm(forms.Form):
    why = forms.CharField(
        label="Ce qui est à reprendre",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Qui a saisi le relevé le lira.",
        error_messages={"required": "Dites en un mot ce qui est à reprendre."},
    )
