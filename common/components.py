"""Template components: a template a component, that says what it takes and sees nothing else.

``templates/components/<name>.html`` declares its parameters on its first line::

    {# params: tone text icon=None #}

A parameter without a default must be given; a default is a Python literal. Three names are special: ``content`` is what
``{% componentblock %}`` encloses, ``request`` and ``csrf_token`` are taken from the page when they are declared.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.template import Context
from django.template.base import Template
from django.utils.safestring import SafeString, mark_safe

TONES = frozenset({"ok", "progress", "ko", "late", "none", "accent", "todo"})
FROM_PAGE = ("request", "csrf_token")

_DECLARATION = re.compile(r"\{#\s*params:(?P<params>.*?)#\}")
_PARAMETER = re.compile(r"""(?P<name>[a-z_]\w*)(?:=(?P<default>"[^"]*"|'[^']*'|\S+))?""")


class ComponentError(Exception):
    """A component is called or declared wrongly. Not a TemplateSyntaxError: the page is well formed, the call is
    not."""


@dataclass(frozen=True)
class Declaration:
    """What a component takes: ``required`` names, and ``defaults`` by name."""

    required: frozenset[str]
    defaults: Mapping[str, Any]

    @property
    def names(self) -> frozenset[str]:
        return self.required | self.defaults.keys()


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
    return Declaration(frozenset(required), MappingProxyType(defaults))


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
    from_page = {key: context.get(key) for key in FROM_PAGE if key in declared.names and key not in given}
    values = arguments(name, declared, {**from_page, **given})
    # The strip lets a component stand in a sentence: no space before the full stop that follows it.
    return mark_safe(template.render(context.new(values)).strip())
