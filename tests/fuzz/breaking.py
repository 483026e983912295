"""Files broken by chance, each through its command: what to break, and whether it came out right.

A file that was broken may still be whole enough to be used; then it is used, and nothing crashes.
Random bytes never are.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from caseworker_app.domain.disposed import FORMAT, is_list
from caseworker_app.store.places import disposal_list
from tests.fuzz.originals import TODAY, Originals
from tests.support.command import Said, caseworker, one_sentence
from tests.support.four_files import written
from tests.support.mutations import broken

FILES = {
    "workbook": 2000,
    "csv": 1200,
    "sen2": 800,
    "facts": 1600,
    "mapping": 400,
    "store": 1200,
    "backup": 800,
    "records": 500,
    "extract": 400,
    "template": 300,
    "rules": 300,
    "moves": 200,
    "plan": 200,
    "disposals": 100,
}
"""Every kind, and how many of it are the great count."""


_NEVER_REFUSED = ("mapping", "disposals")
"""What a store does without: a mapping of nothing, and a list that it writes anew."""
SCHOOLS = b"""School,Kind,Last year group,URN
Acorn House,Secondary,11,100001
Rowan Lane,primary,6,100002
The Willows,special,14,
"""
READINGS = b'A1 = "by"\nA2 = "anniversary"\n'
ALERTS = b"""[[alert]]
rules = ["NA-02"]
level = "amber"
days = 21
words = "3 weeks gone"
"""
_CASE = {"number": "1", "marks": ["f" * 64], "held": {"child": 1}}
_ACT = {"ref": "D-1", "on": "2026-01-05", "done_by": "A. Tester", "basis": "over", "why": ""}
DISPOSALS = json.dumps(
    {"format": FORMAT, "disposals": [{**_ACT, "cases": [_CASE], "copies": []}]}
).encode()


def wrong(kind: str, number: int, originals: Originals, folder: Path) -> str:
    """Break the file of a number and try it; what was wrong, or nothing."""
    way, said = TRY[kind](Random(f"{kind}:{number}"), originals, folder)
    what = f"{kind} {number}, {way}: exit code {said.code}: {said.err}"
    mended = any(told in said.err for told in ("both are whole again", "was written anew"))
    if kind == "store" and said.code == 0 and mended:
        # One key file was broken, the other opened the store and mended it, and that was said.
        return "" if one_sentence(Said(2, "", said.err)) else what
    if way == "random_bytes" and kind not in _NEVER_REFUSED and said.code != 2:
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


def try_records(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken list of schools."""
    way, data = broken(draw, SCHOOLS)
    file = folder / "schools.csv"
    file.write_bytes(data)
    before = digest(originals.store.parent)
    line = ("import", file, "--as", "setting", "--dry-run", "--store", originals.store)
    said = caseworker(*line, "--today", TODAY)
    assert digest(originals.store.parent) == before
    return way, said


def try_extract(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken extract of another system, held against the store."""
    way, data = broken(draw, draw.choice((originals.csv, originals.workbook)))
    file = folder / f"extract.{'xlsx' if originals.workbook[:2] == data[:2] else 'csv'}"
    file.write_bytes(data)
    before = digest(originals.store.parent)
    said = caseworker("reconcile", file, "--store", originals.store, "--today", TODAY)
    assert digest(originals.store.parent) == before
    return way, said


def try_template(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken workbook of the council's own, to be filled with a return."""
    way, data = broken(draw, originals.workbook)
    template, out = folder / "own.xlsx", folder / "filled.xlsx"
    template.write_bytes(data)
    store = _copy_of(originals.store, folder)
    line = ("return", "board", "--from", "2026-09-01", "--to", TODAY, "--edition", "team")
    files = ("--template", template, "--out", out, "--store", store)
    said = caseworker(*line, *files, "--today", TODAY)
    assert template.read_bytes() == data
    assert said.code == 0 or not out.exists()
    # What the template has no place for is said as well, and is no fault.
    return way, Said(said.code, said.out, "" if said.code == 0 else said.err)


def try_rules(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken folder of the council's own rules, to be put into a store."""
    own = folder / "rules"
    own.mkdir()
    texts = {"readings.toml": READINGS, "alerts.toml": ALERTS}
    unlucky = draw.choice(sorted(texts))
    way, data = broken(draw, texts[unlucky])
    for name, whole in texts.items():
        (own / name).write_bytes(data if name == unlucky else whole)
    store = _copy_of(originals.store, folder)
    before = digest(store.parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEWORKER_RULES", str(own))
        said = caseworker("rules", "--bring-in", "--store", store, "--today", TODAY)
    assert said.code == 0 or digest(store.parent) == before
    return f"{way} in {unlucky}", said


def try_moves(draw: Random, _originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken one of the four files that a forecast of places can be made from."""
    files = written(folder)
    unlucky = draw.choice(files)
    way, data = broken(draw, unlucky.read_bytes())
    unlucky.write_bytes(data)
    named = zip(("--transitions", "--population", "--valid", "--costs"), files, strict=True)
    line = ("forecast-places", "--simulations", 5, "--until", 2015)
    said = caseworker(*line, *(part for pair in named for part in pair))
    return f"{way} in {unlucky.name}", said


def try_plan(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken Word document of a plan, compared with a whole one."""
    before, after = folder / "before.docx", folder / "after.docx"
    before.write_bytes(originals.plan)
    way, data = broken(draw, originals.plan)
    after.write_bytes(data)
    return way, caseworker("compare", *draw.sample((before, after), 2))


def try_disposals(draw: Random, originals: Originals, folder: Path) -> tuple[str, Said]:
    """A broken list of disposals beside a store: nobody may be forgotten by it."""
    store = _copy_of(originals.store, folder)
    way, data = broken(draw, DISPOSALS)
    disposal_list(store).write_bytes(data)
    said = caseworker("cases", "--json", "--store", store, "--today", TODAY)
    assert said.code != 0 or len(said.json["cases"]) == originals.children
    assert is_list(data) or "could not be read" in said.err or said.code, (way, said)
    # It says what it mended, and goes on.
    return way, Said(said.code, said.out, "" if said.code == 0 else said.err)


def _copy_of(store: Path, folder: Path) -> Path:
    there = folder / "store"
    there.mkdir()
    for file in store.parent.glob(f"{store.name}*"):
        shutil.copy2(file, there / file.name)
    return there / store.name


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
    "records": try_records,
    "extract": try_extract,
    "template": try_template,
    "rules": try_rules,
    "moves": try_moves,
    "plan": try_plan,
    "disposals": try_disposals,
}
