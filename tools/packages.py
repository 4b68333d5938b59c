"""System packages, through apt, where this command may install them."""

import os
import shutil
import subprocess

from tools.console import Console, Refusal


def can_install() -> bool:
    """Tell whether this is Debian or Ubuntu, as root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(console: Console, names: list[str]) -> None:
    """Install packages, refreshing the package lists only when that is what was missing.

    Raises Refusal when apt can't.
    """
    console.step(f"Installation des paquets système : {' '.join(names)}")
    if not _apt("install", "--no-install-recommends", *names):
        console.detail("mise à jour de la liste des paquets")
        _apt("update")
        if not _apt("install", "--no-install-recommends", *names):
            command = f"apt-get update && apt-get install {' '.join(names)}"
            raise Refusal(f"apt n’a pas pu installer ces paquets : lancez « {command} » pour voir pourquoi.")


def _apt(verb: str, *arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    answer = subprocess.run(
        ["apt-get", "-qq", "-y", verb, *arguments], env=environment, capture_output=True, check=False
    )
    return answer.returncode == 0
