import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.console import Refusal
from tools.layout import ROOT
from tools.processes import Record, Service, held, only_one, run_showing, start_time

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
PARENT = f"""
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", {STUBBORN!r}]).pid, flush=True)
{STUBBORN}
"""
HOLDER = """
import sys, time
from pathlib import Path
from tools.processes import only_one
with only_one(Path(sys.argv[1]), ""):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service("sleeper", "le dormeur", tmp_path, tmp_path)
    yield service
    service.end(patience=1, polite=signal.SIGKILL)


def launch(service: Service, code: str) -> Record:
    service.launch([sys.executable, "-c", code], env=dict(os.environ), cwd=Path("/"))
    record = service.record
    assert record is not None
    return record


def wait_for(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_a_process_is_known_by_number_and_start() -> None:
    me = Record.of(os.getpid())

    assert me is not None
    assert me.alive()
    assert not Record(me.pid, "another moment").alive(), "a number handed out again is another process"


def test_an_ended_process_has_no_start_even_before_its_parent_takes_note() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # ended, and still in the process table

    assert start_time(child.pid) is None
    child.wait()
    assert start_time(child.pid) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x", "started": ""}', '{"pid": 1}'])
def test_a_damaged_record_counts_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "record.json"
    path.write_text(content)
    assert Record.read(path) is None


def test_a_later_command_ends_what_a_killed_one_left(tmp_path: Path, service: Service) -> None:
    record = launch(service, "import time; time.sleep(60)")

    later = Service("sleeper", "le dormeur", tmp_path, tmp_path)
    assert later.alive()
    later.end(patience=5)

    assert not record.alive()
    assert later.record is None


def test_a_process_that_does_not_listen_is_killed_with_its_children(service: Service) -> None:
    record = launch(service, PARENT)
    wait_for(lambda: service.log.read_text().count("deaf") == 2)
    child = Record.of(int(next(word for word in service.log.read_text().split() if word.isdigit())))

    service.end(patience=0.1)

    assert not record.alive()
    assert child is not None
    assert child.wait(2), "a child outlived the service"


def test_a_lock_is_held_by_one_and_freed_by_death(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert held(lock)
        with pytest.raises(Refusal, match="déjà"), only_one(lock, "tourne déjà"):
            pass
        other.kill()
    assert not held(lock)
    with only_one(lock, "tourne déjà"):
        assert held(lock)


def test_lines_are_shown_as_they_come_and_kept(tmp_path: Path) -> None:
    shown: list[str] = []
    log = tmp_path / "log"
    code = "import sys; print('un'); print('deux'); print('trois', file=sys.stderr); sys.exit(3)"

    assert run_showing([sys.executable, "-c", code], shown.append, env=dict(os.environ), cwd=tmp_path, log=log) == 3
    assert shown == ["un", "deux"]
    assert set(log.read_text().split()) == {"un", "deux", "trois"}
