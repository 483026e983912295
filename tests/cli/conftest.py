"""A small demo store for the commands to work on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.support.command import caseworker

collect_ignore = [] if os.name == "posix" else ["test_posix.py"]

TODAY = "2026-11-22"


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "borough"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEWORKER_PASSPHRASE", "correct horse battery staple")
        said = caseworker("demo", path, "--children", 60, "--today", TODAY)
    assert said.code == 0, said.err
    return path


@pytest.fixture
def passphrase(monkeypatch: pytest.MonkeyPatch) -> str:
    """The passphrase that the commands of the test are given."""
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "correct horse battery staple")
    return "correct horse battery staple"


@pytest.fixture
def store(_made: Path, tmp_path: Path, passphrase: str) -> Path:
    """A demo store of the test's own."""
    for file in _made.parent.iterdir():
        shutil.copy2(file, tmp_path / file.name)
    return tmp_path / _made.name
