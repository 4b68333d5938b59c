"""The embedded engines for real: started, used, killed, found again."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from tools import environment, ports, postgresql
from tools.console import Console, Refusal
from tools.layout import Workspace
from tools.postgresql import PostgreSQL, PostmasterFile, clear_stale
from tools.processes import Record
from tools.valkey import Valkey

POSTMASTER = "{pid}\n/data\n1700000000\n{port}\n\n127.0.0.1\n  1234  5678\nready   \n"


def write_postmaster(data: Path, pid: int, port: int = 5433) -> Path:
    path = data / "postmaster.pid"
    path.write_text(POSTMASTER.format(pid=pid, port=port))
    return path


def test_postmaster_file_is_read_once_complete(tmp_path: Path) -> None:
    assert PostmasterFile.read(tmp_path) is None
    path = write_postmaster(tmp_path, 42)
    assert PostmasterFile.read(tmp_path) == PostmasterFile(42, 5433, ready=True)
    path.write_text("42\n/data\n1700000000\n5433\n")
    assert PostmasterFile.read(tmp_path) == PostmasterFile(42, 5433, ready=False)
    path.write_text("42\n/da")
    assert PostmasterFile.read(tmp_path) is None


def test_a_postmaster_file_whose_number_another_program_got_is_removed(tmp_path: Path) -> None:
    path = write_postmaster(tmp_path, os.getpid())
    clear_stale(tmp_path)
    assert not path.exists()


def test_a_postmaster_file_of_a_dead_server_is_left_to_postgresql(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    path = write_postmaster(tmp_path, ended.pid)
    clear_stale(tmp_path)
    assert path.exists()


def test_a_postmaster_file_of_a_dead_server_that_nobody_took_note_of_is_removed(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    path = write_postmaster(tmp_path, ended.pid)
    clear_stale(tmp_path)
    assert not path.exists()
    ended.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the dead in its table for long")
def test_it_is_not_removed_while_a_child_of_the_dead_server_works_on_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "ORPHAN_SECONDS", 0.1)
    path = write_postmaster(tmp_path, os.getpid())
    with subprocess.Popen(["sleep", "60"], cwd=tmp_path) as child:
        with pytest.raises(Refusal, match="interrompu"):
            clear_stale(tmp_path)
        assert path.exists()
        child.kill()


def test_a_postmaster_file_of_a_running_server_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "command_line", lambda pid: f"/bin/postgres -D {tmp_path}")
    path = write_postmaster(tmp_path, os.getpid())
    clear_stale(tmp_path)
    assert path.exists()


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("workspace") / "var")
    workspace.prepare()
    return workspace


@pytest.fixture
def server(workspace: Workspace) -> Iterator[PostgreSQL]:
    server = PostgreSQL(workspace, environment.site_packages(), durable=False)
    yield server
    server.stop()
    shutil.rmtree(server.data.parent)  # as root it lies outside pytest's own folder


@pytest.fixture
def valkey(workspace: Workspace) -> Iterator[Valkey]:
    valkey = Valkey(workspace, environment.site_packages())
    yield valkey
    valkey.stop()


def kill(record: Record | None) -> None:
    assert record is not None
    os.kill(record.pid, signal.SIGKILL)
    assert record.wait(5)


def query(server: PostgreSQL, statement: str) -> object:
    connection = psycopg2.connect(server.url.removesuffix("/dui") + "/postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def test_postgresql_survives_kill_and_finds_itself_again(server: PostgreSQL, workspace: Workspace) -> None:
    server.start(Console())
    assert query(server, "select lower('ÉÀ')") == "éà", "the built-in locale knows French letters"
    query(server, "create table kept as select 1 as one")
    record = server.service.record

    # A later command, after its launcher was killed, takes the running server over.
    later = PostgreSQL(workspace, environment.site_packages(), durable=False)
    later.start(Console())
    assert later.service.record == record
    assert query(later, "select one from kept") == 1

    # The server itself killed: what it acknowledged is there after the next start.
    kill(record)
    assert not later.alive()
    server.start(Console())
    assert query(server, "select one from kept") == 1

    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(server.url.replace(server.url.split(":")[2].split("@")[0], "wrong"))

    server.stop()
    assert not server.alive()


def test_valkey_survives_kill_and_finds_itself_again(valkey: Valkey, workspace: Workspace) -> None:
    valkey.start(Console())
    client = redis.Redis.from_url(valkey.url)
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    client.set("kept", "1")
    client.execute_command("WAITAOF", 1, 0, 1000)  # on disk
    client.close()
    record = valkey.service.record

    later = Valkey(workspace, environment.site_packages())
    later.start(Console())
    assert later.service.record == record

    kill(record)
    valkey.start(Console())
    with redis.Redis.from_url(valkey.url, decode_responses=True) as client:
        assert client.get("kept") == "1"
    assert not ports.redis_answers(urlsplit(valkey.url).port or 0), "nobody gets in without the password"
