"""Template components: a template a component, that says what it takes and sees nothing else.

``templates/components/<name>.html`` declares its parameters on its first line::

    {# params: tone text icon=None #}

A parameter without a default must be given; a default is a Python literal. Three names are special: ``content`` is what
``{% componentblock %}`` encloses, ``request`` and ``csrf_token`` are taken from the page when they are declared.

A component that a page shows by the dozen is drawn once for the same values, which are hashable, but for the parameters
that are only written, each as ``{{ name }}``. They are blanks in the drawing that is kept::

    {# params: id state choices #}{# drawn once but for: id #}
"""

import ast
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import cycle
from types import MappingProxyType
from typing import Any

from django.template import Context
from django.template.base import Template, render_value_in_context
from django.utils.safestring import SafeString, mark_safe

TONES = frozenset({"ok", "progress", "ko", "late", "none", "accent", "todo"})
FROM_PAGE = ("request", "csrf_token")

_DECLARATION = re.compile(r"\{#\s*params:(?P<params>.*?)#\}(?P<once>\{# drawn once(?: but for:(?P<blanks>.*?))? ?#\})?")
_PARAMETER = re.compile(r"""(?P<name>[a-z_]\w*)(?:=(?P<default>"[^"]*"|'[^']*'|\S+))?""")


class ComponentError(Exception):
    """A component is called or declared wrongly. Not a TemplateSyntaxError: the page is well formed, the call is
    not."""


@dataclass(frozen=True)
class Declaration:
    """What a component takes: ``required`` names, ``defaults`` by name; ``blanks`` of what is drawn once, or None."""

    required: frozenset[str]
    defaults: Mapping[str, Any]
    blanks: tuple[str, ...] | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        return self.required | self.defaults.keys()

    @cached_property
    def from_page(self) -> frozenset[str]:
        return self.names.intersection(FROM_PAGE)


@lru_cache(maxsize=256)
def declaration(name: str, first_line: str) -> Declaration:
    """Reads the first line of component ``name``. Raises ComponentError when it declares nothing or a bad default."""
    match = _DECLARATION.match(first_line)
    if match is None:
        raise ComponentError(f"Component {name!r}: its first line must be {{# params: … #}}.")
    required, defaults = set(), {}
    for parameter in _PARAMETER.finditer(match["params"]):
        if parameter["default"] is None:
            required.add(parameter["name"])
            continue
        try:
            defaults[parameter["name"]] = ast.literal_eval(parameter["default"])
        except (SyntaxError, ValueError) as error:
            raise ComponentError(
                f"Component {name!r}: the default of {parameter['name']!r} is not a Python literal."
            ) from error
    blanks = tuple((match["blanks"] or "").split())
    for blank in set(blanks) - required - defaults.keys():
        raise ComponentError(f"Component {name!r} has no parameter {blank!r} to leave blank.")
    return Declaration(frozenset(required), MappingProxyType(defaults), blanks if match["once"] else None)


def arguments(name: str, declared: Declaration, given: Mapping[str, Any]) -> dict[str, Any]:
    """``given`` completed by the defaults. Raises ComponentError for an unknown or missing parameter or a bad tone."""
    for parameter in sorted(given.keys() - declared.names):
        raise ComponentError(
            f"Component {name!r} has no parameter {parameter!r}. It takes: {', '.join(sorted(declared.names))}."
        )
    for parameter in sorted(declared.required - given.keys()):
        raise ComponentError(f"Component {name!r} needs the parameter {parameter!r}.")
    values = {**declared.defaults, **given}
    if values.get("tone") is not None and values["tone"] not in TONES:
        raise ComponentError(f"Component {name!r}: {values['tone']!r} is no tone. Tones: {', '.join(sorted(TONES))}.")
    return values


def render(context: Context, name: str, given: Mapping[str, Any]) -> SafeString:
    """Component ``name`` with ``given``, in a context of its own."""
    if context.template is None:
        raise ComponentError(f"Component {name!r} is called outside a template.")
    # The engine's loader keeps each component parsed.
    template: Template = context.template.engine.get_template(f"components/{name}.html")
    declared = declaration(name, template.source.partition("\n")[0])
    from_page = {key: context.get(key) for key in declared.from_page if key not in given}
    values = arguments(name, declared, {**from_page, **given})
    if declared.blanks is None:
        return _drawn(template, values, context.autoescape)
    blanks = {blank: values.pop(blank) for blank in declared.blanks}
    return _filled(_kept(name, template, declared.blanks, tuple(values), *values.values()), blanks, context)


def _drawn(template: Template, values: dict[str, Any], autoescape: bool = True) -> SafeString:
    # The strip lets a component stand in a sentence: no space before the full stop that follows it.
    return mark_safe(template.render(Context(values, autoescape=autoescape)).strip())


@lru_cache(maxsize=512, typed=True)  # typed: a text that is safe is drawn otherwise than an equal one that is not
def _kept(name: str, template: Template, blanks: tuple[str, ...], names: tuple[str, ...], *values: Any) -> list[str]:
    """The drawing of a component around its blanks: texts, and at odd places the name of a blank.

    Raises ComponentError when a blank is more than written.
    """
    asked = re.sub(r"\{\{ \w+ \}\}", "", template.source.partition("\n")[2])
    for tag in re.findall(r"\{[{%].*?[%}]\}", asked):
        for blank in set(blanks).intersection(re.findall(r"(?<![\w.])[a-z_]\w*", tag)):
            raise ComponentError(f"Component {name!r}: {blank!r} is to be written only, but stands in {tag}.")
    mark = secrets.token_hex(8)  # nobody can have put it in a value
    marks = {blank: f"{mark}{blank}{mark}" for blank in blanks}
    drawing = _drawn(template, dict(zip(names, values, strict=True)) | marks)
    return re.split(f"{mark}(\\w+?){mark}", drawing)


def _filled(drawing: Sequence[str], blanks: Mapping[str, Any], context: Context) -> SafeString:
    written = {blank: render_value_in_context(value, context) for blank, value in blanks.items()}
    odd = cycle((False, True))
    return mark_safe("".join([written[piece] if next(odd) else piece for piece in drawing]))
