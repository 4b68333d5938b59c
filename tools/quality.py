"""`make check` and `make format`."""

import subprocess
import time
from dataclasses import dataclass

from tools import django, environment, typesetting
from tools.console import Console
from tools.layout import ROOT


@dataclass(frozen=True)
class Check:
    """One command that must succeed."""

    name: str
    command: list[str]
    env: dict[str, str]


def templates() -> list[str]:
    """Return the Django templates of the project, relative to its root."""
    hidden = {".venv", ".git", "var"}
    found = (path.relative_to(ROOT) for path in ROOT.glob("*") if path.name not in hidden and path.is_dir())
    files = (file for folder in found for file in (ROOT / folder).rglob("*") if file.suffix in {".html", ".svg"})
    return sorted(str(file.relative_to(ROOT)) for file in files if "templates" in file.relative_to(ROOT).parts[:-1])


def checks() -> list[Check]:
    """Return all checks, the quick ones first."""
    tool = environment.command
    code, production = django.throwaway("test"), django.throwaway("production")
    # makemigrations compares models with files; the database, which it would also like to see, has no part in that.
    silent = ["-W", "ignore:Got an error checking a consistent migration history:RuntimeWarning"]
    migrations = [tool("python"), *silent, "manage.py", "makemigrations", "--check", "--dry-run"]
    files = templates()
    djade = [tool("djade"), "--target-version", "5.2", "--check", *files]
    return [
        Check("ruff check", [tool("ruff"), "check"], code),
        Check("ruff format", [tool("ruff"), "format", "--check"], code),
        *([Check("djade (gabarits)", djade, code)] if files else []),
        Check("import-linter (étages)", [tool("lint-imports")], code),
        Check("mypy (types)", [tool("mypy")], code),
        Check("migrations à jour", migrations, code),
        Check("check --deploy", django.manage("check", "--deploy", "--fail-level", "WARNING"), production),
    ]


def check() -> int:
    """Run every check, even after one fails; return 1 when any failed.

    Raises Refusal when the environment can't be made.
    """
    console = Console()
    environment.ensure(console, environment.DEVELOPMENT)
    typesetting.ensure(console)
    failed = []
    for item in checks():
        console.step(item.name)
        began = time.monotonic()
        answer = subprocess.run(item.command, cwd=ROOT, env=item.env, capture_output=True, text=True, check=False)
        if answer.returncode:
            failed.append(item.name)
            print(f"{answer.stdout}{answer.stderr}".rstrip())
            console.detail(f"✗ {item.name} ({time.monotonic() - began:.1f} s)".replace(".", ","))
    if failed:
        console.step(f"{len(failed)} contrôle(s) en échec : {', '.join(failed)}.")
        return 1
    console.step("Tous les contrôles passent.")
    return 0


def format_() -> int:
    """Rewrite code and templates in the project's style; return 1 when ruff found what it can't mend."""
    environment.ensure(Console(), environment.DEVELOPMENT)
    tool = environment.command
    fixed = subprocess.run([tool("ruff"), "check", "--fix"], cwd=ROOT, check=False)
    subprocess.run([tool("ruff"), "format"], cwd=ROOT, check=True)
    if files := templates():
        # djade exits with 1 when it has rewritten something: here that is its work, not a failure.
        subprocess.run([tool("djade"), "--target-version", "5.2", *files], cwd=ROOT, check=False)
    return fixed.returncode
