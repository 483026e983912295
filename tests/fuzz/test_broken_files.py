"""Two thousand broken files: exit code 2 and one plain sentence, and the store as it was.

A file that was broken may still be whole enough to be used; then it is used, and nothing crashes.
Random bytes never are.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.originals import PASSPHRASE, TODAY, Originals
from tests.support.command import Said, caseworker, one_sentence
from tests.support.mutations import broken

EACH = 25
"""Files in one test, so that the tests spread over the cores."""

FILES = {
    "workbook": 500,
    "csv": 300,
    "sen2": 200,
    "facts": 400,
    "mapping": 100,
    "store": 300,
    "backup": 200,
}
BATCHES = [(kind, batch) for kind, files in FILES.items() for batch in range(files // EACH)]


def test_two_thousand_files_are_tried() -> None:
    assert len(BATCHES) * EACH == sum(FILES.values()) == 2000


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
    for number in range(EACH):
        draw = Random(f"{kind}:{batch}:{number}")
        folder = tmp_path / str(number)
        folder.mkdir()
        way, said = TRY[kind](draw, originals, folder)
        what = f"{kind}:{batch}:{number} {way} -> {said.code}: {said.err}"
        if way == "random_bytes" and kind != "mapping":
            assert said.code == 2, what
        if said.code == 2:
            lines = said.err.splitlines() if kind == "facts" else [said.err]
            assert all(one_sentence(Said(2, said.out, line)) for line in lines), what
            assert lines, what
        else:
            assert said.code == 0 or (kind == "store" and said.code == 1), what
            assert said.err == "", what


def import_one(name: str, data: bytes, draw: Random, originals: Originals, folder: Path) -> Said:
    """Import a file, by turns into a new store and, without keeping it, into one with children."""
    file = folder / name
    file.write_bytes(data)
    return bring_in(file, draw, originals, folder)


def bring_in(file: Path, draw: Random, originals: Originals, folder: Path, *more: str) -> Said:
    """Import, and see that what was refused left everything as it was."""
    new = folder / "new"
    before = digest(originals.store.parent)
    if draw.random() < 0.5:
        said = caseworker("import", file, "--store", new, "--today", TODAY, *more)
        assert said.code == 0 or not new.exists()
    else:
        line = ("import", file, "--store", originals.store, "--dry-run", "--today", TODAY)
        said = caseworker(*line, *more)
    assert digest(originals.store.parent) == before
    return said


def try_workbook(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken tracker workbook."""
    way, data = broken(draw, originals.workbook)
    return way, import_one("tracker.xlsx", data, draw, originals, folder)


def try_csv(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken tracker in CSV."""
    way, data = broken(draw, originals.csv)
    return way, import_one("tracker.csv", data, draw, originals, folder)


def try_sen2(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A folder of SEN2 exports, one of them broken or gone."""
    unlucky = draw.choice(sorted(originals.sen2))
    way, data = broken(draw, originals.sen2[unlucky])
    tables = folder / "exports"
    tables.mkdir()
    for name, whole in originals.sen2.items():
        (tables / name).write_bytes(data if name == unlucky else whole)
    return f"{way} in {unlucky}", bring_in(tables, draw, originals, folder)


def try_facts(draw: Random, originals: Originals, _folder: Path) -> tuple[str, Said]:
    """Broken JSON for the clock."""
    way, data = broken(draw, originals.facts)
    return way, caseworker("clock", "--today", TODAY, given=data)


def try_mapping(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken mapping beside a whole workbook."""
    way, data = broken(draw, originals.mapping)
    (folder / "mapping.toml").write_bytes(data)
    tracker = folder / "tracker.xlsx"
    tracker.write_bytes(originals.workbook)
    mapping = ("--mapping", str(folder / "mapping.toml"))
    return way, bring_in(tracker, draw, originals, folder, *mapping)


def try_store(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken store, or a whole one with a broken key beside it."""
    copies = [
        Path(shutil.copy2(file, folder / file.name))
        for file in originals.store.parent.glob(f"{originals.store.name}*")
    ]
    unlucky = draw.choice(sorted(copies))
    way, data = broken(draw, unlucky.read_bytes())
    unlucky.write_bytes(data)
    before = digest(folder)
    said = caseworker(draw.choice(("check", "cases")), "--store", folder / originals.store.name)
    if said.code == 1:
        said = Said(1, "", said.err)
    assert digest(folder) == before, (way, said)
    return way, said


def try_backup(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken backup, restored over a whole store."""
    store = folder / "store"
    store.mkdir()
    for file in originals.store.parent.glob(f"{originals.store.name}*"):
        shutil.copy2(file, store / file.name)
    kept = [
        Path(shutil.copy2(file, folder / file.name))
        for file in originals.backup.parent.glob(f"{originals.backup.name}*")
    ]
    unlucky = draw.choice(sorted(kept))
    way, data = broken(draw, unlucky.read_bytes())
    unlucky.write_bytes(data)
    before = digest(store)
    said = caseworker("restore", folder / originals.backup.name, "--store", store / "borough")
    assert said.code == 0 or digest(store) == before
    return way, said


def digest(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of what it holds."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


TRY: dict[str, Callable[[Random, Originals, Path], tuple[str, Said]]] = {
    "workbook": try_workbook,
    "csv": try_csv,
    "sen2": try_sen2,
    "facts": try_facts,
    "mapping": try_mapping,
    "store": try_store,
    "backup": try_backup,
}
