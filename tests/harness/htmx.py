"""What htmx does to a page with an answer, so that a test can compare the page left behind with a fresh one."""

from copy import deepcopy

from lxml import html
from lxml.html import HtmlElement

HTMX = {"HTTP_HX_REQUEST": "true"}


def parse(content: bytes) -> HtmlElement:
    return html.fromstring(content.decode())


def swap(page: HtmlElement, answer: bytes, target: str) -> HtmlElement:
    """The page after `answer` replaced the element with the id `target` (outerHTML), out-of-band parts included.

    Raises LookupError when the page has no place for a part: htmx would drop it in silence.
    """
    page = deepcopy(page)
    parts = html.fragments_fromstring(answer.decode())
    main = [part for part in parts if isinstance(part, HtmlElement) and part.get("hx-swap-oob") is None]
    _replace(_one(page, f"//*[@id='{target}']", target), main)
    for part in parts:
        how = part.get("hx-swap-oob") if isinstance(part, HtmlElement) else None
        if how is None:
            continue
        del part.attrib["hx-swap-oob"]
        if how.startswith("outerHTML:."):
            name = how.removeprefix("outerHTML:.")
            found = page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        else:
            found = [_one(page, f"//*[@id='{part.get('id')}']", part.get("id"))]
        for place in found:
            _replace(place, [deepcopy(part)])
    return page


def _one(page: HtmlElement, path: str, name: str) -> HtmlElement:
    found = page.xpath(path)
    if len(found) != 1:
        raise LookupError(f"{len(found)} elements called {name!r} on the page.")
    return found[0]


def _replace(old: HtmlElement, new: list[HtmlElement]) -> None:
    parent, tail = old.getparent(), old.tail
    at = parent.index(old)
    old.tail = None
    parent.remove(old)
    for offset, part in enumerate(new):
        part.tail = tail if offset == len(new) - 1 else None
        parent.insert(at + offset, part)


def text(element: HtmlElement) -> str:
    """The words of an element, every run of white space made one space."""
    return " ".join(element.text_content().split())


def outline(element: HtmlElement, *, leave_out: tuple[str, ...] = ("csrfmiddlewaretoken",)) -> list[str]:
    """The element as lines to compare: tags with what matters of them, and words; tokens left out."""
    lines = []
    for item in element.iter():
        if not isinstance(item.tag, str) or item.get("name") in leave_out:
            continue
        attributes = " ".join(f'{key}="{value}"' for key, value in sorted(item.attrib.items()) if key != "hx-headers")
        words = " ".join((item.text or "").split())
        lines.append(f"<{item.tag} {attributes}> {words}")
        if after := " ".join((item.tail or "").split()):
            lines.append(after)
    return lines
