"""What a process carries in memory: each web worker pays for it as long as it lives."""

import subprocess
import sys

HEAVY = {"weasyprint", "pydyf", "fontTools", "pikepdf", "openpyxl", "PIL", "lxml", "numpy"}  # what makes documents
OF_WORKERS = {"common.jobs.execution", "reports.rendering", "common.jobs.tasks", "organisations.tasks"}
OF_WORKERS |= {"governance.tasks", "structures.tasks", "reports.tasks"}
TASKS = (
    "common.jobs.tasks",  # dui_deploy.celery
    "organisations.tasks",
    "governance.tasks",
    "structures.tasks",
    "reports.tasks",
)
SCRIPT = "import sys, {}; print(*sys.modules, sep='\\n')"


def modules(*names: str) -> set[str]:
    """The modules that a fresh process holds once it has imported these."""
    command = [sys.executable, "-c", SCRIPT.format(", ".join(names))]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(answer.stdout.split())


def test_web_processes_carry_nothing_of_what_only_workers_use() -> None:
    held = modules("dui_deploy.wsgi", "dui_deploy.urls")
    assert "checklist.views.page" in held  # the pages themselves are there
    assert held & (HEAVY | OF_WORKERS) == set()


def test_a_worker_finds_its_tasks() -> None:
    """A control: the names above are those of modules that exist and are imported somewhere."""
    held = modules("dui_deploy.wsgi", *TASKS)
    assert held >= OF_WORKERS | {"weasyprint", "pikepdf", "fontTools"}


def test_a_worker_carries_what_other_apps_add_to_the_e_mails_of_bodies() -> None:
    """They register where they are defined: what no task imports would be missing from e-mails, and nobody told."""
    assert modules("dui_deploy.wsgi", *TASKS) >= {"reports.tasks.enclosing", "checklist.presentation.governance"}
