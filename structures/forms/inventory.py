"""Questions of the inventory as forms: one answer that saves itself, one line of a table, a remark."""

from decimal import Decimal
from typing import Any

from django import forms

from common import french
from organisations.forms import AmountField, CountField, typed
from structures.catalogue.inventory import UNKNOWN, UNKNOWN_CODE, Column, Field, Section
from structures.enums.inventory import FieldType
from structures.inventory_answers import MISSING

YES, NO = "oui", "non"
YEARS = (1990, 2100)
LARGEST = 1_000_000  # of what is counted


class NumberField(AmountField):
    """A number to the hundredth, as French writes it."""

    default_error_messages = {
        "invalid": "Écrivez un nombre en chiffres, par exemple 12,5.",
        "min_value": "Écrivez un nombre positif.",
        "max_decimal_places": "Deux chiffres après la virgule suffisent.",
        "max_digits": "Ce nombre est trop grand.",
        "max_whole_digits": "Ce nombre est trop grand.",
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().removesuffix("%") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return french.number(value) if isinstance(value, Decimal) else value


class DayField(forms.DateField):
    """A day of our time."""

    widget = forms.DateInput
    default_error_messages = {"invalid": "Écrivez une date complète : jour, mois et année."}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not YEARS[0] <= value.year <= YEARS[1]:
            raise forms.ValidationError(french.typography("Cette année est hors de propos : vérifiez-la."))


class YesNoField(forms.TypedChoiceField):
    """Yes or no, and « ne sait pas » when it is accepted."""

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value


def form_field(column: Column, *, lines: int = 3) -> forms.Field:
    """The input of one value."""
    label = f"{column.label} ({column.unit})" if column.unit and column.unit != "%" else column.label
    if column.unit == "%":
        label = french.typography(f"{column.label}, en %")
    shared: dict[str, Any] = {"label": label, "required": column.required}
    match column.type:
        case FieldType.INTEGER:
            top = int(column.maximum) if column.maximum is not None else LARGEST
            return CountField(**shared, min_value=0, max_value=top, widget=typed("numeric"))
        case FieldType.DECIMAL:
            top = column.maximum if column.maximum is not None else Decimal(LARGEST)
            too_much = french.typography(
                f"Écrivez un nombre de {french.number(column.minimum or 0)} à {french.number(top)}."
            )
            return NumberField(
                **shared,
                min_value=column.minimum,
                max_value=top,
                max_digits=10,
                decimal_places=2,
                widget=typed("decimal"),
                error_messages={"max_value": too_much},
            )
        case FieldType.BOOLEAN:
            return YesNoField(**shared, choices=[*_none(column), (YES, "Oui"), (NO, "Non"), *_unknown(column)])
        case FieldType.CHOICE:
            choices = [(choice.code, choice.label) for choice in column.choices]
            return forms.ChoiceField(**shared, choices=[*_none(column), *choices, *_unknown(column)])
        case FieldType.DATE:
            return DayField(**shared)
    if lines > 1:
        return forms.CharField(**shared, max_length=2000, widget=forms.Textarea(attrs={"rows": lines}))
    return forms.CharField(**shared, max_length=200)


def _none(column: Column) -> list[tuple[str, str]]:
    """What a list begins with: nothing chosen yet, or no answer."""
    return [("", "Choisir")]


def _unknown(column: Column) -> list[tuple[str, str]]:
    known = any(choice.code == UNKNOWN_CODE for choice in column.choices)
    return [(UNKNOWN_CODE, "Ne sait pas")] if column.allow_unknown and not known else []


def typed_value(column: Column, cleaned: Any) -> Any:
    """What was chosen or written, as `catalogue.inventory` has it; `MISSING` for nothing."""
    if cleaned in (None, ""):
        return MISSING
    if column.type == FieldType.BOOLEAN:
        return UNKNOWN if cleaned == UNKNOWN_CODE else cleaned == YES
    if cleaned == UNKNOWN_CODE and column.allow_unknown:
        return UNKNOWN
    return cleaned


def none_label(field: Field) -> str:
    """« Aucun », for this question."""
    return "Rien à signaler" if field.is_table else "Aucun à ce jour"


class AnswerForm(forms.Form):
    """The answer to one question. `none`: there is none to give, and that is the answer; `unknown`: « ne sait pas »."""

    use_required_attribute = False

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Field, known: Any = MISSING, **kwargs: Any) -> None:
        self.question, self.known = question, known
        if not args:
            kwargs["initial"] = {**kwargs.get("initial", {}), **self._initial()}
        super().__init__(*args, auto_id=f"{question.code}-%s", **kwargs)
        if not question.is_table:
            self.fields["value"] = form_field(question)
            self.fields["value"].help_text = self._help()
        if question.takes_none:
            self.fields["none"] = forms.BooleanField(label=none_label(question), required=False)
        if question.allow_unknown and question.type not in {FieldType.BOOLEAN, FieldType.CHOICE}:
            self.fields["unknown"] = forms.BooleanField(label="Ne sait pas", required=False)

    def _help(self) -> str:
        if not self.question.takes_none:
            return self.question.help
        return french.typography(f"{self.question.help} Cochez alors « {none_label(self.question)} ».")

    def _initial(self) -> dict[str, Any]:
        if self.known is MISSING:
            return {}
        if self.known is UNKNOWN:
            return {"unknown": True, "value": UNKNOWN_CODE if self.question.type in _CHOSEN else None}
        if self.known is None or (self.question.is_table and not self.known):
            return {"none": True}
        return {"value": self.known}

    def full_clean(self) -> None:
        """An answer is never needed to save it, whatever the label says of the whole."""
        if "value" in self.fields:
            self.fields["value"].required = False
        super().full_clean()
        if "value" in self.fields:
            self.fields["value"].required = self.question.required

    @property
    def answer(self) -> Any:
        """What is answered, once the form is valid. A box just ticked outweighs what was written before, and the other
        way round."""
        given = typed_value(self.question, self.cleaned_data.get("value"))
        for name, meaning in (("none", [] if self.question.is_table else None), ("unknown", UNKNOWN)):
            if self.cleaned_data.get(name) and (given is MISSING or self.known is not meaning):
                return None if self.question.is_table else meaning
        return given


_CHOSEN = {FieldType.BOOLEAN, FieldType.CHOICE}


def cell(code: str) -> str:
    """The input of a column: a table may have a column « version »."""
    return f"cell_{code}"


class LineForm(forms.Form):
    """One line of a table."""

    use_required_attribute = False

    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, table: Field, values: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.table = table
        if values is not None:
            cells = {cell(code): value for code, value in values.items()}
            kwargs["initial"] = {**kwargs.get("initial", {}), **cells}
        super().__init__(*args, auto_id="ligne-%s", **kwargs)
        for column in table.columns:
            self.fields[cell(column.code)] = form_field(column, lines=1)
            self.fields[cell(column.code)].error_messages["required"] = f"{column.label} : cette réponse est exigée."

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        start, end = given.get(cell("start")), given.get(cell("end"))
        if start and end and end < start:
            self.add_error(cell("end"), "La fin vient après le début.")
        return given

    @property
    def values(self) -> dict[str, Any]:
        """The cells, typed, without the empty ones."""
        found = {
            column.code: typed_value(column, self.cleaned_data.get(cell(column.code))) for column in self.table.columns
        }
        return {code: value for code, value in found.items() if value is not MISSING}


class ActForm(forms.Form):
    """Something done with the version that was read."""

    version = forms.IntegerField(min_value=1)


class RemarkForm(forms.Form):
    """What the lead asks to complete in a section."""

    field = forms.ChoiceField(label="À propos de", required=False, widget=forms.Select)
    text = forms.CharField(
        label="Ce qui est à compléter",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez ce qui est à compléter."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="remarque-%s", **kwargs)
        # One list in one box: shown whole, the questions of a section would fill a phone.
        questions = [(field.code, field.label) for field in section.asked]
        self.fields["field"].choices = [("", "Toute la section"), ("Une réponse", questions)]
