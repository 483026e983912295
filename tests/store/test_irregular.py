"""A pipe in the place of a store, a key or a backup keeps nobody waiting; a bomb fills no disk."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.fuzz.hostile.archives import with_bomb
from tests.support.command import caseworker, one_sentence

PASSPHRASE = "correct horse"


@pytest.fixture(name="store")
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    made = caseworker("demo", tmp_path / "borough", "--children", 2)
    assert made.code == 0, made.err
    return tmp_path / "borough"


@pytest.mark.parametrize("ending", ["", ".key"])
@pytest.mark.parametrize("line", [("check",), ("cases",)])
def test_a_pipe_is_no_store_and_no_key(store: Path, ending: str, line: tuple[str, ...]) -> None:
    path = store.with_name(store.name + ending)
    path.unlink()
    os.mkfifo(path)
    said = caseworker(*line, "--store", store)
    assert said.code == 2
    assert one_sentence(said), said.err
    assert path.name in said.err


def test_a_pipe_is_no_backup(store: Path) -> None:
    os.mkfifo(store.with_name("kept"))
    said = caseworker("restore", store.with_name("kept"), "--store", store.with_name("new"))
    assert said.code == 2
    assert one_sentence(said), said.err


def test_a_backup_whose_store_unpacks_to_far_more_than_it_is_long_is_refused(store: Path) -> None:
    kept = store.with_name("kept")
    assert caseworker("backup", "--store", store, "--to", kept).code == 0
    with zipfile.ZipFile(kept) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    assert "store" in parts
    kept.write_bytes(with_bomb(parts, "store", b"", b"\0", 500))
    said = caseworker("restore", kept, "--store", store.with_name("new"))
    assert said.code == 2
    assert one_sentence(said), said.err
    assert not store.with_name("new").exists()
