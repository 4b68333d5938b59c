"""A report, made in a process of its own: `python -m dui_deploy.bench.report <slug> <kind>`.

Writes one line of JSON. The first report pays for the fonts and the libraries, as a worker's first one does. Imports
stand in its functions where they need Django, which that process sets up itself; who measures only starts it.
"""

import json
import os
import resource
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

REPORTS = 3


@dataclass(frozen=True)
class ReportFigures:
    """Seconds of the first report, of the fastest of the next; pages, bytes; the process's top memory, in bytes."""

    first: float
    next: float
    pages: int
    size: int
    memory: int


def measure(slug: str, kind: str, env: dict[str, str]) -> ReportFigures:
    """Make reports of this kind on this project in a fresh process."""
    # Nobody is to hear of these jobs but this process: a broker in memory.
    answer = subprocess.run(  # noqa: S603  our own command line
        [sys.executable, "-m", "dui_deploy.bench.report", slug, kind],
        env={**env, "REDIS_URL": "memory://"},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise RuntimeError(f"Le rapport n’a pas pu être fait. {answer.stderr[-2000:]}")
    return ReportFigures(**json.loads(answer.stdout.splitlines()[-1]))


def main(slug: str, kind: str) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dui_deploy.settings")
    django.setup()

    import pikepdf

    from common.jobs import execution
    from common.jobs.execution import Job
    from common.models import JobState
    from common.scope import elevated
    from dui_deploy.celery import app

    app.loader.import_default_modules()  # as a worker does: the handlers register themselves
    seconds = []
    for _ in range(REPORTS):
        job_id = _ask(slug, kind)
        start = time.perf_counter()
        execution.run(job_id)
        seconds.append(time.perf_counter() - start)
    with elevated():
        job = Job.objects.get(pk=job_id)
    if job.state != JobState.DONE:
        raise RuntimeError(job.error)
    with job.file.open("rb") as document, pikepdf.open(document) as pdf:
        pages = len(pdf.pages)
    figures = {
        "first": seconds[0],
        "next": min(seconds[1:]),
        "pages": pages,
        "size": job.file.size,
        "memory": peak_memory(),
    }
    print(json.dumps(figures))  # noqa: T201  what the other process reads


def _ask(slug: str, kind: str) -> uuid.UUID:
    """Ask for the report as the project's lead does; returns the job's id."""
    from datetime import timedelta

    from django.utils import timezone

    from common.scope import elevated
    from organisations.access import acting_as
    from organisations.enums import Role
    from organisations.models import Membership, Project
    from reports.enums import ReportKind
    from reports.kinds import KINDS
    from reports.selectors.listing import meetings_for, next_of
    from reports.services import ask_for_report

    with elevated():
        lead = Membership.objects.select_related("user").get(project__slug=slug, role=Role.PROJECT_LEAD).user
    with acting_as(lead.pk):
        project, described = Project.objects.get(slug=slug), KINDS[ReportKind(kind)]
        report = ask_for_report(
            project=project,
            kind=described.kind,
            meeting=next_of(meetings_for(project, described), described),
            since=timezone.localdate() - timedelta(days=91),
            sections=[section.code for section in described.sections],
            user=lead,
            token=uuid.uuid4(),
        )
    return report.job_id


def peak_memory() -> int:
    """The highest resident memory of this process so far, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss also counts the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS: bytes


if __name__ == "__main__":
    main(*sys.argv[1:])
