"""A sample of the files broken by chance that `dev.py prove broken` tries all of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.breaking import FILES, wrong
from tests.fuzz.originals import PASSPHRASE, TODAY, Originals
from tests.support.command import caseworker

EACH = 3
"""Files in one test, so that the tests spread over the cores."""

BATCHES = [(kind, batch) for kind, files in FILES.items() for batch in range(-(-files // 500))]


def test_the_great_count_is_ten_thousand() -> None:
    assert sum(FILES.values()) == 10_000


def test_the_whole_files_are_good(
    originals: Originals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    (tmp_path / "tracker.xlsx").write_bytes(originals.workbook)
    (tmp_path / "tracker.csv").write_bytes(originals.csv)
    (tmp_path / "mapping.toml").write_bytes(originals.mapping)
    (tmp_path / "exports").mkdir()
    for name, table in originals.sen2.items():
        (tmp_path / "exports" / name).write_bytes(table)
    for file, cases in (("tracker.xlsx", 25), ("tracker.csv", 25), ("exports", 3)):
        line = ("import", tmp_path / file, "--store", tmp_path / f"from-{file}", "--json")
        told = caseworker(*line, "--today", TODAY).json
        assert (told["cases_created"], told["parked"]) == (cases, [])
    mapping = ("--mapping", tmp_path / "mapping.toml", "--dry-run")
    line = ("import", tmp_path / "tracker.xlsx", "--store", tmp_path / "new", *mapping)
    assert caseworker(*line).code == 0
    assert caseworker("clock", "--today", TODAY, given=originals.facts).code == 0
    assert caseworker("check", "--store", originals.store).code == 0
    assert caseworker("restore", originals.backup, "--store", tmp_path / "back").code == 0


@pytest.mark.parametrize(("kind", "batch"), BATCHES)
def test_broken_files_come_to_one_plain_sentence(
    kind: str,
    batch: int,
    originals: Originals,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    for number in range(batch * EACH, (batch + 1) * EACH):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert not wrong(kind, number, originals, folder)
