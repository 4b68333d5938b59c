"""``{% load french %}``: the functions of ``common.french`` as filters, and ``{% when %}`` for a ``<time>``."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import french

register = template.Library()

register.filter("long_date", french.long_date)
register.filter("short_date", french.short_date)
register.filter("long_datetime", french.long_datetime)
register.filter("clock", french.clock)
register.filter("relative", french.relative)
register.filter("number", french.number)
register.filter("percent", french.percent)
register.filter("euros", french.euros)

STYLES = {
    "long": french.long_date,
    "short": french.short_date,
    "short_year": lambda value: french.short_date(value, year=True),
    "weekday": lambda value: french.long_date(value, weekday=True),
    "short_weekday": lambda value: french.short_date(value, weekday=True),
    "datetime": french.long_datetime,
    "clock": french.clock,
    "relative": french.relative,
}


@register.simple_tag
def when(value: date | datetime, style: str = "short") -> SafeString:
    """A ``<time>`` that writes ``value`` in one of STYLES. Raises KeyError for another."""
    machine = french.moment(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', machine.isoformat(), STYLES[style](value))


@register.filter
def plural(count: int | float | Decimal, forms: str) -> str:
    """``{{ n|plural:"action faite,actions faites" }}`` → « 3 actions faites »."""
    singular, many = forms.split(",")
    return french.plural(count, singular, many)


@register.filter
def agree(count: int | float | Decimal, forms: str) -> str:
    """``{{ n|agree:"est,sont" }}``: the form alone."""
    singular, many = forms.split(",")
    return french.agree(count, singular, many)


@register.filter
def in_words(count: int, gender: str = "") -> str:
    """``{{ n|in_words }}``, ``{{ n|in_words:"f" }}``."""
    return french.in_words(count, feminine=gender == "f")


@register.filter
def typo(text: str) -> str:
    """French spaces and apostrophes in a plain text; the result is escaped like any text."""
    return french.typography(str(text))
