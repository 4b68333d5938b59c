"""Making documents in tests: asked as a person does, made as a worker does."""

import uuid
from datetime import date

import pymupdf

from common.jobs.execution import run
from common.models import JobState
from common.scope import elevated
from governance.models import Meeting
from organisations.access import acting_as
from organisations.models import Project, User
from reports.enums import ReportKind
from reports.kinds import KINDS
from reports.models import Report
from reports.services import ask_for_report
from tests.pdf import page_texts


def every_section(kind: ReportKind) -> list[str]:
    return [section.code for section in KINDS[kind].sections]


def asked(
    project: Project,
    kind: ReportKind,
    user: User,
    *,
    meeting: Meeting | None = None,
    since: date | None = None,
    sections: list[str] | None = None,
    filters: str = "",
) -> Report:
    """All its sections, unless said otherwise."""
    with acting_as(user.pk):
        return ask_for_report(
            project=project,
            kind=kind,
            user=user,
            token=uuid.uuid4(),
            meeting=meeting,
            since=since,
            filters=filters,
            sections=every_section(kind) if sections is None else sections,
        )


def made(report: Report) -> Report:
    """Make it, and read it again. The test fails when the making does."""
    run(report.job_id)
    found = stored(report)
    assert (found.job.state, found.job.error) == (JobState.DONE, "")
    return found


def stored(report: Report) -> Report:
    with elevated():
        return Report.objects.select_related("job", "project", "meeting__body").get(pk=report.pk)


def content(report: Report) -> bytes:
    with report.job.file.open("rb") as file:
        return file.read()


def pages(document: bytes) -> list[str]:
    """The text of each page, no-break spaces and hyphens made ordinary."""
    return [
        text.replace("\xa0", " ").replace("\u202f", " ").replace("\N{NON-BREAKING HYPHEN}", "-")
        for text in page_texts(document)
    ]


def said(document: bytes) -> str:
    return " ".join(pages(document))


def outline(document: bytes) -> list[str]:
    """The titles of its chapters, as its bookmarks have them."""
    with pymupdf.open(stream=document, filetype="pdf") as pdf:
        return [" ".join(title.split()) for level, title, _ in pdf.get_toc() if level == 2]
