"""Files broken by chance, each through its command: what to break, and whether it came out right.

A file that was broken may still be whole enough to be used; then it is used, and nothing crashes.
Random bytes never are.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.fuzz.originals import TODAY, Originals
from tests.support.command import Said, caseworker, one_sentence
from tests.support.mutations import broken

FILES = {
    "workbook": 500,
    "csv": 300,
    "sen2": 200,
    "facts": 400,
    "mapping": 100,
    "store": 300,
    "backup": 200,
}
"""Every kind, and how many of it are the great count."""


def wrong(kind: str, number: int, originals: Originals, folder: Path) -> str:
    """Break the file of a number and try it; what was wrong, or nothing."""
    way, said = TRY[kind](Random(f"{kind}:{number}"), originals, folder)
    what = f"{kind} {number}, {way}: exit code {said.code}: {said.err}"
    mended = any(told in said.err for told in ("both are whole again", "was written anew"))
    if kind == "store" and said.code == 0 and mended:
        # One key file was broken, the other opened the store and mended it, and that was said.
        return "" if one_sentence(Said(2, "", said.err)) else what
    if way == "random_bytes" and kind != "mapping" and said.code != 2:
        return what
    if said.code == 2:
        lines = said.err.splitlines() if kind == "facts" else [said.err]
        right = bool(lines) and all(one_sentence(Said(2, said.out, line)) for line in lines)
        return "" if right and "Quote reference" not in said.err else what
    if said.code == 0 or (kind == "store" and said.code == 1):
        return what if said.err else ""
    return what


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
    sound = digest(folder)
    way, data = broken(draw, unlucky.read_bytes())
    unlucky.write_bytes(data)
    before = digest(folder)
    said = caseworker(draw.choice(("check", "cases")), "--store", folder / originals.store.name)
    if said.code == 1:
        said = Said(1, "", said.err)
    # One damaged key file is made whole from the other; nothing else may change.
    assert digest(folder) in (before, sound), (way, said)
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
