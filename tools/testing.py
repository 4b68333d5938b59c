"""`make test`: everything the suite needs, then the suite."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from tools import django, engines, environment, packages, ports, typesetting
from tools.console import Console, Refusal
from tools.layout import ROOT, TEST
from tools.processes import only_one

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)


def test(arguments: list[str]) -> int:
    """Run pytest on engines of its own, beside a `make run` if there is one; return its exit code.

    Raises Refusal when something the suite needs can't be had.
    """
    console = Console()
    environment.ensure(console, environment.DEVELOPMENT)
    typesetting.ensure(console)
    browser = chromium(console)
    TEST.prepare()
    with (
        only_one(TEST.lock, "« make test » tourne déjà depuis ce dossier : attendez qu’il finisse."),
        engines.running(console, TEST, durable=False) as found,
    ):
        env = django.variables("test", TEST, found) | {"CHROMIUM_PATH": browser}
        console.step("Tests")
        return subprocess.run(
            [environment.PYTHON, "-m", "pytest", "-n", "2", *arguments], cwd=ROOT, env=env, check=False
        ).returncode


def chromium(console: Console) -> str:
    """Return the path of a Chromium: CHROMIUM_PATH's, the system's, apt's (as root), otherwise Playwright's.

    Raises Refusal when none can be had.
    """
    if (path := os.environ.get("CHROMIUM_PATH")) or (path := _installed()):
        return path
    # Ubuntu's package of that name is an empty shell around a snap, which a container can't run.
    if packages.can_install() and "ubuntu" not in Path("/etc/os-release").read_text("utf-8").lower():
        packages.install(console, ["chromium"])
        if path := _installed():
            return path
    return _playwright(console)


def _installed() -> str | None:
    for name in BROWSERS:
        path = shutil.which(name)
        # Ubuntu's script of that name may only tell to install a snap: what can say its version is a browser.
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return next((str(path) for path in MAC_BROWSERS if path.exists()), None)


def _playwright(console: Console) -> str:
    playwright = environment.command("playwright")
    code = (
        "from playwright.sync_api import sync_playwright as start\nwith start() as p: print(p.chromium.executable_path)"
    )
    answer = subprocess.run([environment.PYTHON, "-c", code], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    if path and Path(path).exists():
        return path
    console.step("Téléchargement de Chromium par Playwright")
    system_libraries = ["--with-deps"] if packages.can_install() else []
    installed = subprocess.run([playwright, "install", *system_libraries, "chromium"], cwd=ROOT, check=False)
    if installed.returncode or not Path(path).exists():
        raise Refusal(
            "Il manque Chromium pour les tests : installez-le (Debian : « sudo apt-get install chromium » ; "
            "macOS : « brew install --cask chromium »), ou donnez son chemin dans CHROMIUM_PATH."
        )
    return path


def local_services() -> str:
    """Return shell lines that export the addresses of a PostgreSQL and a Redis of this machine which let us in."""
    lines = []
    if ports.postgresql_trusts(5432):
        lines.append(f"export DATABASE_URL={shlex.quote(f'postgres://postgres@{ports.HOST}:5432/dui')}")
    if ports.redis_answers(6379):
        lines.append(f"export REDIS_URL={shlex.quote(f'redis://{ports.HOST}:6379/0')}")
    return "\n".join(lines)
