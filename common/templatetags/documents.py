"""``{% load documents %}``: what ``documents/base.html`` needs of its parts."""

from collections.abc import Iterable

from django import template

from common.documents import parts

register = template.Library()


@register.filter
def headings(chapters: Iterable[parts.Chapter]) -> list[parts.Heading]:
    """The chapters, each with its title and running head, numbered."""
    return list(parts.headings(chapters))
