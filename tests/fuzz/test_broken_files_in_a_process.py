"""A few broken files for the program as a process, where libraries may write past Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.originals import PASSPHRASE, TODAY, Originals
from tests.support.command import Said, one_sentence
from tests.support.mutations import cut_off, random_bytes


@pytest.mark.parametrize("kind", ["workbook", "csv", "facts", "store", "backup"])
def test_the_process_says_one_sentence(
    kind: str, originals: Originals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    draw = Random(kind)
    for file in originals.store.parent.glob(f"{originals.store.name}*"):
        shutil.copy2(file, tmp_path / file.name)
    store = tmp_path / originals.store.name
    lines = {
        "workbook": ["import", "tracker.xlsx", "--store", "new"],
        "csv": ["import", "tracker.csv", "--store", "new"],
        "facts": ["clock", "--today", TODAY],
        "store": ["check", "--store", store.name],
        "backup": ["restore", "kept", "--store", store.name],
    }
    wholes = {
        "workbook": ("tracker.xlsx", originals.workbook),
        "csv": ("tracker.csv", originals.csv),
        "facts": ("facts.json", originals.facts),
        "store": (store.name, store.read_bytes()),
        "backup": ("kept", originals.backup.read_bytes()),
    }
    name, whole = wholes[kind]
    # A CSV file that ends early is a shorter CSV file.
    way = random_bytes if kind == "csv" else cut_off
    data = way(draw, whole)
    (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "caseworker_app", *lines[kind]],
        cwd=tmp_path,
        input=data if kind == "facts" else b"",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert one_sentence(Said(2, done.stdout.decode(), done.stderr.decode())), done.stderr
