"""What a process carries in memory: each web worker pays for it as long as it lives."""

import subprocess
import sys

HEAVY = {"weasyprint", "pydyf", "fontTools", "pikepdf", "openpyxl", "PIL", "lxml", "numpy"}  # what makes documents
OF_WORKERS = {"common.jobs.execution", "common.jobs.tasks", "organisations.tasks", "reports.rendering", "reports.tasks"}
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
    held = modules("dui_deploy.wsgi", "reports.tasks", "organisations.tasks", "common.jobs.tasks")
    assert held >= OF_WORKERS | {"weasyprint", "pikepdf", "fontTools"}
