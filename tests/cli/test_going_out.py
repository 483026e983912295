"""`pack` and `calendar`: written from the command line, and refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import TODAY
from tests.support.command import Said, caseworker, one_sentence

CASES = """Ref,Surname,Forename,DOB,School,Caseworker,Final EHCP issued
1,Okafor,Grace,3/3/2017,Ash Primary,R. Haque,1/10/2025
2,Patel,Rohan,5/5/2016,Wharf Lane,R. Haque,1/12/2025
"""


@pytest.fixture
def store(tmp_path: Path, passphrase: str) -> Path:
    assert passphrase
    tracker, where = tmp_path / "tracker.csv", tmp_path / "borough"
    tracker.write_text(CASES, encoding="utf-8")
    assert caseworker("import", tracker, "--store", where, "--today", TODAY).code == 0
    return where


def run(where: Path, *arguments: object) -> Said:
    return caseworker(*arguments, "--store", where, "--today", TODAY)


def test_packs_and_a_calendar_are_written(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    assert run(store, "pack", "--out", folder).out == "2 school packs written.\n"
    assert len(list(folder.glob("School pack, *.xlsx"))) == 2
    refused = run(store, "pack", "--out", folder, "--term", "autumn-1999")
    assert one_sentence(refused)
    assert "autumn-1999 is no term" in refused.err
    refused = run(store, "pack", "--out", folder, "--setting", "Elsewhere")
    assert one_sentence(refused)
    assert "Elsewhere" in refused.err
    target = tmp_path / "haque.ics"
    said = run(store, "calendar", "--worker", "haque", "--out", target)
    assert said.out.endswith("to haque.ics.\n")
    assert "Okafor" not in target.read_text(encoding="utf-8")
    refused = run(store, "calendar", "--worker", "xyz", "--out", target)
    assert one_sentence(refused)
    assert "nobody" in refused.err
