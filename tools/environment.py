"""The virtual environment: made once, filled again only when a lock file has changed."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from tools import packages
from tools.console import Console, Refusal, tail
from tools.layout import ROOT, VENV
from tools.processes import run_showing
from tools.stamps import Stamp, digest

PYTHON = VENV / "bin" / "python"
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"


def site_packages() -> Path:
    """Return the folder of the installed packages."""
    return next(VENV.glob("lib/python3.*/site-packages"))


def command(name: str) -> str:
    """Return the path of a program installed in the environment."""
    return str(VENV / "bin" / name)


def ensure(console: Console, lock: Path = RUNTIME) -> None:
    """Create `.venv` and install what the lock file pins, if that isn't done already.

    Raises Refusal when Python lacks `venv`, or pip fails.
    """
    if not _works():
        console.step("Création de l’environnement Python (.venv)")
        _create(console)
    stamp = Stamp(VENV / "installed.json")
    value = digest(ROOT, [lock])
    if stamp.matches(lock.name, value):
        return
    console.step(f"Installation des dépendances de {lock.name} (une à trois minutes la première fois)")
    _install(console, lock)
    stamp.record(**{lock.name: value})
    if lock == DEVELOPMENT:  # it pins everything that the other one does, at the same versions
        stamp.record(**{RUNTIME.name: digest(ROOT, [RUNTIME])})


def _works() -> bool:
    """Tell whether the environment is whole and its Python starts: it doesn't once the system's was replaced."""
    code = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        started = subprocess.run([PYTHON, "-S", "-c", code], capture_output=True, check=False)
    except OSError:
        return False
    return started.returncode == 0 and (VENV / "bin" / "pip").exists()


def _create(console: Console) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu keep it in a package of its own
        if not packages.can_install():
            raise Refusal(
                f"Python n’a pas le module venv : lancez « sudo apt-get install python{version}-venv », "
                "puis recommencez."
            )
        packages.install(console, [f"python{version}-venv"])
    answer = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise Refusal(f"L’environnement {VENV} n’a pas pu être créé : {(answer.stderr or answer.stdout).strip()}")


def _install(console: Console, lock: Path) -> None:
    log = VENV / "pip.log"
    options = ["--require-hashes", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    command = [str(PYTHON), "-m", "pip", "install", *options, "-r", str(lock)]
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    if run_showing(command, console.passing, env=env, cwd=ROOT, log=log):
        raise Refusal(
            f"pip n’a pas pu installer {lock.name} (le réseau répond-il ?). "
            f"Journal : {log}. Dernières lignes :\n{tail(log)}"
        )
