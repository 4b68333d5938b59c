"""Short commands on the development database: `make demo-reset`, `make shell`, `make bench`; and `make lock`."""

import os
import shutil
import subprocess

from tools import django, engines, environment, run, typesetting
from tools.console import Console, Refusal
from tools.layout import ROOT, RUN
from tools.processes import held


def run_at_work() -> bool:
    """Tell whether `make run` is at work on the same engines."""
    return held(RUN.lock)


def demo_reset() -> None:
    """Drop the database and make it again with the demonstration world, whether or not `make run` is at work.

    Raises Refusal in production, and for a database named by DATABASE_URL unless DUI_MODE says development.
    """
    django.refuse_production()
    if os.environ.get("DATABASE_URL") and os.environ.get("DUI_MODE") != "development":
        raise Refusal(
            "DATABASE_URL désigne une base que cette commande effacerait : "
            "si c’est voulu, lancez « DUI_MODE=development make demo-reset »."
        )
    console = Console()
    environment.ensure(console)
    with engines.running(console, RUN, needed_after=run_at_work) as found:
        env = django.variables("development", RUN, found)
        run.STAMP.forget()
        run.prepare(console, env, "--reset")
    console.step("La démonstration est comme neuve.")


def on_django(*arguments: str) -> int:
    """Run a `manage.py` command on the development engines and return its exit code.

    Raises Refusal in production.
    """
    django.refuse_production()
    console = Console()
    environment.ensure(console)
    typesetting.ensure(console)
    with engines.running(console, RUN, needed_after=run_at_work) as found:
        env = django.variables("development", RUN, found)
        run.prepare(console, env)
        return subprocess.run(django.manage(*arguments), cwd=ROOT, env=env, check=False).returncode


def lock() -> int:
    """Resolve the dependencies of pyproject.toml again, for every system, with hashes and without any index's address.

    Raises Refusal when uv is missing.
    """
    uv = shutil.which("uv") or shutil.which(environment.command("uv"))
    if uv is None:
        raise Refusal("Il manque uv pour refaire les verrous : lancez « .venv/bin/pip install uv », puis recommencez.")
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"]
    content = ["--no-emit-index-url", "--no-annotate", "--no-header"]
    runtime, development = environment.RUNTIME.name, environment.DEVELOPMENT.name
    for target in (["-o", runtime], ["--extra", "dev", "-c", runtime, "-o", development]):
        command = [uv, "pip", "compile", "pyproject.toml", *options, *content, *target]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0
