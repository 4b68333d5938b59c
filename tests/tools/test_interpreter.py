import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import interpreter


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 11, 9), (3, 14, 1), (4, 0, 0)])
def test_a_recent_python_will_do(version: tuple[int, ...]) -> None:
    assert interpreter.too_old(version) is None


@pytest.mark.parametrize("version", [(3, 9, 6), (3, 10, 14), (2, 7, 18)])
def test_an_old_python_gets_one_sentence_with_the_cure(version: tuple[int, ...]) -> None:
    sentence = interpreter.too_old(version)

    assert sentence is not None
    assert sentence.startswith(f"Python {version[0]}.{version[1]} est trop ancien")
    assert "apt-get install python3.11" in sentence
    assert "brew install python" in sentence
    assert "\n" not in sentence


def test_an_old_python_hands_over_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(sys, "version_info", (3, 9, 6))
    monkeypatch.setattr(sys, "argv", ["tools", "run"])
    monkeypatch.setattr(shutil, "which", lambda name: "/opt/python3.12" if name == "python3.12" else None)

    monkeypatch.setattr(subprocess, "call", lambda *arguments, **options: 0)

    def execv(path: str, arguments: list[str]) -> None:
        started.append(arguments)
        raise SystemExit

    monkeypatch.setattr(os, "execv", execv)
    with pytest.raises(SystemExit):
        interpreter.require_supported()
    assert started == [["/opt/python3.12", "-m", "tools", "run"]]


def test_an_old_python_can_read_the_files_that_turn_it_away() -> None:
    folder = Path(interpreter.__file__).parent
    for name in ("__init__.py", "__main__.py", "interpreter.py"):
        ast.parse((folder / name).read_text("utf-8"), feature_version=(3, 6))
