"""A report as it is issued: its cover, its number, and its fingerprint at the foot of each page."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings

from common import french
from common.documents.parts import Chapter, Cover
from common.documents.render import render_pdf
from reports.enums import ReportKind
from reports.fingerprint import printed
from reports.kinds import KINDS
from reports.models import Report

OnStep = Callable[[int, int], None]


def draw(
    report: Report,
    template: str,
    chapters: Sequence[Chapter],
    *,
    project: str,
    occasion: str,
    subtitle: str,
    on_step: OnStep,
    author: str = "",
    **context: Any,
) -> bytes:
    """The document as PDF/UA-1. `report` was issued: it has its fingerprint and the moment of its facts.

    `author`: who established it, unless it was who asked for it.
    """
    author, issued_at = author or report.asked_by.get_full_name(), report.issued_at
    if issued_at is None:
        raise ValueError("A report is drawn once it was issued.")
    cover = Cover(
        project=project,
        occasion=occasion,
        subtitle=subtitle,
        running_name=f"Rapport n° {report.number}, {french.long_date(issued_at)}",
        established_by=author,
        established_at=issued_at,
        number=report.number,
        fingerprint=printed(report.content_sha256).replace(" ", french.NBSP),
        recipients=KINDS[ReportKind(report.kind)].recipients,
        notice=notice(),
    )
    return render_pdf(
        template,
        {"report": report, "cover": cover, "chapters": chapters, **context},
        title=f"{report.get_kind_display()}, {project}",
        author=author,
        created=issued_at,
        on_step=on_step,
    )


def notice() -> str:
    """What a document says of the world it comes from, without its full stop."""
    return "Monde de démonstration : tout est inventé" if settings.DEMO else ""
