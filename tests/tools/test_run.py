import os
import signal
import socket
from collections.abc import Iterator

import pytest

from tools import cli, django, ports, run
from tools.console import Refusal, table
from tools.layout import ROOT


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server((ports.HOST, 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_gets_one_sentence_with_the_cure(taken: int) -> None:
    with pytest.raises(Refusal) as refusal:
        run.require_free(taken)
    assert str(refusal.value).startswith(f"Le port {taken} est déjà pris")
    assert "PORT=80" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_port_taken_on_every_address_is_not_free() -> None:
    with socket.create_server(("0.0.0.0", 0)) as server:
        assert not ports.is_free(server.getsockname()[1])


def test_the_wished_port_is_kept_when_free_and_replaced_when_taken(taken: int) -> None:
    free = ports.choose()
    assert ports.choose(free) == free
    assert ports.choose(taken) != taken


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Refusal, match="n’est pas un numéro de port"):
        run.port_wished()


@pytest.mark.parametrize("verb", ["run", "demo-reset", "shell", "bench"])
def test_nothing_of_the_demonstration_happens_in_production(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    monkeypatch.setenv("DUI_MODE", "production")
    assert cli.main([verb]) == 1
    assert "DUI_MODE=production" in capsys.readouterr().err


def test_a_database_of_others_is_not_dropped_unasked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://dui@db.example.org/dui")
    monkeypatch.delenv("DUI_MODE", raising=False)
    assert cli.main(["demo-reset"]) == 1
    assert "effacerait" in capsys.readouterr().err


def test_checks_never_see_a_real_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://dui@db.example.org/dui")
    assert "db.example.org" not in django.throwaway("production")["DATABASE_URL"]


def test_an_end_is_asked_once_and_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(run.Stopped), run.stop_signals():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)  # a second one must not interrupt the end
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_database_that_is_not_there_is_never_taken_for_prepared() -> None:
    nowhere = {**os.environ, "DATABASE_URL": f"postgres://postgres@{ports.HOST}:{ports.choose()}/dui"}
    assert run.state(nowhere) == ""


def test_logins_are_laid_out_with_their_password() -> None:
    person = {"name": "Émilie Durand", "role": "Cheffe de projet", "email": "emilie@example.org"}
    text = run.logins([person | {"password": "secret-commun"}])

    assert "secret-commun" in text
    assert "Émilie Durand  Cheffe de projet  emilie@example.org" in text


def test_table_aligns_columns() -> None:
    assert table([("a", "b"), ("long", "x")]).splitlines() == ["a     b", "────  ─", "long  x"]


def test_every_target_of_the_makefile_is_a_verb_and_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = next(line for line in makefile.splitlines() if line.startswith("VERBS =")).removeprefix("VERBS =").split()
    for target in targets:
        assert target in cli.VERBS
        assert f"make {target} " in cli.HELP
