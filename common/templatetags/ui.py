"""``{% load ui %}``: component, componentblock, icon, chart, initials."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common.charts import Chart
from common.charts.palette import PALETTE
from common.components import ComponentError, render
from common.ui import HTMX_CONFIG

register = template.Library()

SPRITE = "icons.svg"

_SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([\d ]+)">(.*?)</symbol>', re.DOTALL)


@register.simple_tag(takes_context=True)
def component(context: Context, component_name: str, /, **parameters: Any) -> SafeString:
    """The component of that name; raises ComponentError for a parameter it does not declare or that is missing."""
    return render(context, component_name, parameters)


@register.simple_block_tag(takes_context=True)
def componentblock(context: Context, content: SafeString, component_name: str, /, **parameters: Any) -> SafeString:
    """The component of that name around what the block encloses, its ``content``."""
    return render(context, component_name, {**parameters, "content": content})


@lru_cache(maxsize=1)
def symbols() -> dict[str, tuple[str, str]]:
    """The icons of the sprite: view box and drawing by name."""
    sprite = Path(finders.find(SPRITE) or SPRITE).read_text(encoding="utf-8")
    return {name: (box, drawing) for name, box, drawing in _SYMBOL.findall(sprite)}


@register.simple_tag
def icon(name: str, label: str = "", tone: str | None = None, paper: bool = False) -> SafeString:
    """An icon of the sprite, hidden from readers unless it has a ``label``.

    ``paper`` draws it in place in the light ``tone``: the PDF engine follows no reference to another file.
    Raises ComponentError for an unknown name.
    """
    return _drawn(name, label, tone, paper)


@lru_cache(maxsize=512)  # a page draws the same dozen icons two hundred times
def _drawn(name: str, label: str, tone: str | None, paper: bool) -> SafeString:
    if name not in symbols():
        raise ComponentError(f"No icon {name!r} in {SPRITE}.")
    classes = "i s" if name.startswith("s-") else "i"
    access = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    if not paper:
        return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', classes, access, static(SPRITE), name)
    box, drawing = symbols()[name]
    colour = PALETTE[tone or "ink"]
    paint = ("fill", "none") if classes == "i" else ("stroke", "none")
    return format_html(
        '<svg class="{}" {} viewBox="{}" {}="{}" {}="{}">{}</svg>',
        classes,
        access,
        box,
        "stroke" if classes == "i" else "fill",
        colour,
        *paint,
        mark_safe(drawing),
    )


@register.simple_tag(takes_context=True)
def chart(context: Context, figure: Chart, id: str, level: int = 2, paper: bool = False) -> SafeString:
    """The drawing of ``figure``. ``id`` is unique in the page, ``level`` that of its heading; ``paper`` lays the table
    of figures open, for PDF."""
    given = {"chart": figure, "id": id, "level": level, "paper": paper}
    if figure.is_empty:
        return render(context, "chart/frame", {**given, "content": ""})
    return render(context, f"chart/{figure.component}", {**given, "palette": PALETTE})


@register.simple_tag
def htmx_config() -> SafeString:
    """The ``<meta>`` that configures htmx; before its script."""
    return format_html('<meta name="htmx-config" content="{}">', HTMX_CONFIG)


@register.filter
def initials(name: str) -> str:
    """« Solène Aubertin-Roy » → « SA »: first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0].upper() for word in ([words[0], words[-1]] if len(words) > 1 else words))
