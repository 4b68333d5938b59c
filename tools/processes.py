"""Processes that outlive, or must not outlive, the command that started them.

A process number alone proves nothing: the system hands it out again. A record holds the number and the
moment the process began, and only both together name a process.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.console import Refusal


def start_time(pid: int) -> str | None:
    """Return when the process began, in the system's own notation; None when none runs (a zombie has ended)."""
    if sys.platform == "linux":
        try:
            # The command's name, in parentheses, may hold spaces: count the fields from behind it.
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text("utf-8").strip()
        except OSError:
            return None
        return None if fields[0] in "ZX" else f"{boot}:{fields[19]}"
    answer = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, began = answer.stdout.strip().partition(" ")
    return None if not began or state.startswith("Z") else began.strip()


def command_line(pid: int) -> str:
    """Return the command a process was started with, empty when none runs."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
        except OSError:
            return ""
    answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip()


@dataclass(frozen=True)
class Record:
    """A process that leads its own group: its number and when it began."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "Record | None":
        """Name a running process; None when it has ended."""
        started = start_time(pid)
        return None if started is None else cls(pid, started)

    @classmethod
    def read(cls, path: Path) -> "Record | None":
        """Read a record file; None when there is none or it makes no sense."""
        try:
            content = json.loads(path.read_text("utf-8"))
            return cls(int(content["pid"]), str(content["started"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Keep the record in a file."""
        path.write_text(json.dumps(asdict(self)), "utf-8")

    def alive(self) -> bool:
        """Tell whether this very process still runs."""
        return start_time(self.pid) == self.started

    def end(self, *, patience: float, polite: signal.Signals = signal.SIGTERM) -> None:
        """Ask the process to end, wait `patience` seconds, then kill its whole group."""
        if self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, polite)
            self.wait(patience)
            if self.alive():
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
                self.wait(2)

    def wait(self, seconds: float) -> bool:
        """Wait until the process has ended; False when it still runs after that many seconds."""
        limit = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > limit:
                return False
            time.sleep(0.02)
        return True


class Service:
    """A program run in the background in its own group, with a log file and a record that outlives the launcher."""

    def __init__(self, name: str, label: str, notes: Path, logs: Path) -> None:
        self.name, self.label = name, label
        self.log = logs / f"{name}.log"
        self._note = notes / f"{name}.json"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def record(self) -> Record | None:
        """The process on record, running or not."""
        return Record.read(self._note)

    def alive(self) -> bool:
        """Tell whether the program runs."""
        if self._process is not None:
            self._process.poll()  # takes the ended child out of the process table
        record = self.record
        return record is not None and record.alive()

    def adopt(self, pid: int) -> None:
        """Put on record a process that some earlier command left running."""
        if record := Record.of(pid):
            record.write(self._note)

    def launch(
        self, command: list[str], *, env: dict[str, str], cwd: Path, user: int | None = None, group: int | None = None
    ) -> None:
        """Start the program. Its own session keeps the terminal's Ctrl-C away: the launcher ends things in order."""
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                env=env,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=user,
                group=group,
                extra_groups=None if user is None else [],
            )
        self.adopt(self._process.pid)

    def end(self, *, patience: float, polite: signal.Signals = signal.SIGTERM) -> None:
        """End the program and what is left of its group, whoever started it."""
        if record := self.record:
            record.end(patience=patience, polite=polite)
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)  # children whose leader died on them
            self._process.wait()
            self._process = None
        self._note.unlink(missing_ok=True)


def run_showing(command: list[str], show: Callable[[str], None], *, env: dict[str, str], cwd: Path, log: Path) -> int:
    """Run a program, hand each line it prints to `show` and keep everything in a log; return its exit code.

    It is killed when we are interrupted: SIGTERM, unlike Ctrl-C, reaches nobody but ourselves.
    """
    with (
        log.open("w", encoding="utf-8", buffering=1) as file,
        subprocess.Popen(command, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=file, text=True) as process,
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                file.write(line)
                show(line.strip())
        except BaseException:
            process.kill()
            raise
    return process.returncode


@contextlib.contextmanager
def only_one(path: Path, complaint: str) -> Iterator[None]:
    """Hold a lock that the system takes back when this process dies, even by kill -9.

    Raises Refusal(complaint) when another process holds it.
    """
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refusal(complaint) from None
        yield


def held(path: Path) -> bool:
    """Tell whether some process holds that lock now."""
    try:
        with only_one(path, ""):
            return False
    except Refusal:
        return True
    except FileNotFoundError:
        return False
