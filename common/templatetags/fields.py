"""``{% load fields %}``: how a form field is laid out. For ``components/field.html``; pages use the component."""

from typing import Any

from django import template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField, ModelChoiceField, widgets
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()

DASHES = BLANK_CHOICE_DASH[0][1]  # what Django calls no answer
SHOWN_WHOLE = 6  # a choice of six or fewer is shown whole
# The keyboards and pickers of the browser, and the only format that they read.
NATIVE = (
    (widgets.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (widgets.DateInput, "date", "%Y-%m-%d"),
    (widgets.TimeInput, "time", "%H:%M"),
)


@register.filter
def kind(field: BoundField) -> str:
    """``hidden``, ``group`` (radios or boxes shown whole), ``check`` (one box) or ``control``."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, widgets.Select) and not isinstance(widget, widgets.SelectMultiple) and _is_short(field):
        return "group"
    return "control"


@register.filter
def options(field: BoundField) -> list[dict[str, Any]]:
    """The choices of a ``group``: type, name, value, label and attrs each. The empty one only when no answer is
    fine; « Sans réponse » where nothing better was said."""
    widget: widgets.ChoiceWidget = field.field.widget
    if isinstance(widget, widgets.Select):
        widget = widgets.RadioSelect(attrs=widget.attrs, choices=widget.choices)
    attrs = field.build_widget_attrs({"id": field.auto_id}, widget)
    # Said once, by the fieldset: a reader would otherwise hear it before each choice.
    attrs = {name: value for name, value in attrs.items() if not name.startswith("aria-")}
    choices = list(widget.subwidgets(field.html_name, field.value(), attrs))
    if field.field.required:
        return [choice for choice in choices if choice["value"] != ""]
    return [{**choice, "label": "Sans réponse"} if choice["label"] == DASHES else choice for choice in choices]


@register.simple_tag
def control(field: BoundField, content_class: str = "input") -> SafeString:
    """The control of ``field`` with our class and the right input type; Django adds the ARIA attributes."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {content_class}".strip()}
    for kind_of_input, input_type, format in NATIVE:
        if isinstance(widget, kind_of_input):
            widget = kind_of_input(attrs={**widget.attrs, "type": input_type}, format=format)
    if isinstance(widget, widgets.Textarea) and widget.attrs.get("rows") == "10":
        attrs["rows"] = "3"  # Django's default is taller than a phone; the field grows with its text
    if isinstance(widget, widgets.EmailInput):
        attrs["autocomplete"] = widget.attrs.get("autocomplete", "email")
    return field.as_widget(widget=widget, attrs=attrs)


@register.filter
def as_attributes(attrs: dict[str, Any]) -> SafeString:
    return flatatt(attrs)


def _is_short(field: BoundField) -> bool:
    """Whether a list is flat and short enough to be shown whole. A list read from the database stays a list."""
    if isinstance(field.field, ModelChoiceField):
        return False
    choices = list(field.field.widget.choices)
    if any(isinstance(label, list | tuple) for _, label in choices):
        return False
    return sum(1 for value, _ in choices if value) <= SHOWN_WHOLE
