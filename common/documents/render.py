"""A template in, a PDF/UA-1 file out. The only place that drives WeasyPrint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import is_naive
from weasyprint import HTML

from common.documents.accessibility import verify
from common.documents.errors import ForbiddenSource
from common.documents.sources import BASE, ClosedFetcher
from common.documents.structure import complete, describe_drawings

#: Steps that `on_step` counts: text, lay-out, file, check.
STEPS = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """What the file says of itself; templates see it as `document`."""

    title: str
    author: str
    language: str
    created: datetime


def render_pdf(
    template_name: str,
    context: Mapping[str, Any],
    *,
    title: str,
    author: str,
    created: datetime,
    language: str = "fr",
    on_step: Callable[[int, int], None] | None = None,
) -> bytes:
    """The PDF of a template that extends `documents/base.html`.

    `title`, `author` and `created` (aware) are the file's metadata: the same arguments give the same bytes.
    `on_step(done, STEPS)` is called after each step. Raises ForbiddenSource when the template asks for anything but
    its own pictures and our stylesheet, InaccessibleDocument when the outcome would not be readable aloud.
    """
    if is_naive(created):
        raise ValueError("created must carry its time zone")
    report = on_step or _nobody_watches
    identity = Identity(title=title, author=author, language=language, created=created)
    fetcher = ClosedFetcher()

    with translation.override(language):
        html = render_to_string(template_name, {**context, "document": identity})
    report(1, STEPS)

    source = HTML(string=html, base_url=BASE, url_fetcher=fetcher)
    describe_drawings(source.etree_element)
    laid_out = source.render()
    report(2, STEPS)

    metadata = laid_out.metadata
    metadata.title, metadata.authors, metadata.lang = title, [author], language
    metadata.created = metadata.modified = created.isoformat(timespec="seconds")
    written = laid_out.write_pdf(pdf_variant="pdf/ua-1", finisher=partial(complete, html=source.etree_element))
    # Only now: pictures inside an SVG are fetched while it is drawn.
    if fetcher.refused:
        raise ForbiddenSource(fetcher.refused)
    report(3, STEPS)

    verify(written)
    report(4, STEPS)
    return written


def _nobody_watches(done: int, total: int) -> None:
    """Stands in for `on_step`."""
