"""Pairs of children through one import and through two: never merged, and nothing untold.

Each pair is drawn with what is true of it. What came in is held against that: two children are two
cases or the second row is parked; one child is one case, or it is told that it may be; every row's
review is somewhere or its row is parked; a name or birthday that differs is told; the rows add up;
and the same files again add nothing.
"""

from __future__ import annotations

import csv
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from openpyxl import Workbook

from caseworker_app import bootstrap
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.incoming import ImportResult, Incoming
from caseworker_app.imports import reading
from caseworker_app.services.session import Session
from tests.support.pairs import HEADINGS, Pair, Row, draw

COUNT = 500
BATCH = 100
TODAY = date(2026, 11, 22)
WAYS = ("one sheet", "two sheets", "two imports")


@dataclass
class Told:
    """Everything that imports told, and whether their rows add up."""

    doubts: list[tuple[str, int, str]] = field(default_factory=list)
    parked: set[tuple[str, int]] = field(default_factory=set)
    conflicts: set[tuple[str, int, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def take(self, incoming: Incoming, result: ImportResult, way: str) -> None:
        """Add one import."""
        parked = (*incoming.parked, *result.parked)
        further = incoming.further_rows + result.further_rows
        counted = result.cases_created + result.cases_updated + result.cases_unchanged
        if incoming.rows_read != counted + further + len(parked):
            self.wrong.append(
                f"{way}: {incoming.rows_read} rows read, {counted} cases, {further} further rows "
                f"and {len(parked)} parked do not add up"
            )
        for doubt in (*incoming.doubts, *result.doubts):
            place = doubt.place
            self.doubts.append((place.sheet, place.row, f"{doubt.value} {doubt.why}"))
        self.parked |= {(row.place.sheet, row.place.row) for row in parked}
        self.conflicts |= {
            (one.place.sheet, one.place.row, one.field)
            for one in (*incoming.conflicts, *result.conflicts)
        }


def prove(count: int = COUNT, seed: int = 7) -> list[str]:
    """Draw so many pairs and try each in every way; the figures, and a line for what is wrong."""
    scratch = Path(tempfile.mkdtemp(prefix="caseworker-prove-"))
    wrong: list[str] = []
    seen: Counter[str] = Counter()
    try:
        for start in range(0, count, BATCH):
            random = Random(f"{seed}/{start}")  # noqa: S311  (nothing secret is drawn)
            pairs = [draw(random, number) for number in range(start, min(start + BATCH, count))]
            for way in WAYS:
                wrong += _tried(pairs, way, scratch / f"{start}-{way[:5]}{way[-1]}", seen)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    figures = ", ".join(f"{number} {words}" for words, number in sorted(seen.items()))
    return [f"{count} pairs in {len(WAYS)} ways, seed {seed}: {figures}", *wrong]


def _tried(pairs: Sequence[Pair], way: str, folder: Path, seen: Counter[str]) -> Iterator[str]:
    folder.mkdir()
    imports = _written(pairs, way, folder)
    session = bootstrap.open_session(
        str(folder / "store"), passphrase=secrets.token_hex(8), today=TODAY, create=True
    )
    told = Told()
    try:
        for files in imports:
            incoming = reading.read(files, today=TODAY)
            told.take(incoming, session.apply_import(incoming), way)
        before = _state(session)
        files_after = session.caseload()
        for files in imports:
            incoming = reading.read(files, today=TODAY)
            again = session.apply_import(incoming)
            told.take(incoming, again, f"{way}, again")
            if again.cases_created or again.facts_added:
                yield f"WRONG {way}: the same again made {again.cases_created} cases"
        if _state(session) != before:
            yield f"WRONG {way}: the same again changed what was there"
    finally:
        session.close()
    yield from (f"WRONG {line}" for line in told.wrong)
    for at, pair in enumerate(pairs):
        said = _judged(pair, *_places(way, at, len(pairs)), files_after, told, seen)
        yield from (f"WRONG {way}: {one}: {pair}" for one in said)


def _written(pairs: Sequence[Pair], way: str, folder: Path) -> list[list[Path]]:
    """The files of each import."""
    first, second = [pair.first for pair in pairs], [pair.second for pair in pairs]
    if way == "two imports":
        return [
            [_csv(folder / "first.csv", first)],
            [_csv(folder / "second.csv", second)],
        ]
    if way == "one sheet":
        return [[_csv(folder / "first.csv", [*first, *second])]]
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("first", first), ("second", second)):
        sheet = book.create_sheet(name)
        for cells in (list(HEADINGS), *(row.cells() for row in rows)):
            sheet.append(cells)
    path = folder / "both.xlsx"
    book.save(path)
    return [[path]]


def _csv(path: Path, rows: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(row.cells() for row in rows)
    return path


def _places(way: str, at: int, count: int) -> tuple[tuple[str, int], tuple[str, int]]:
    """Sheet and row of both rows of a pair."""
    if way == "one sheet":
        return ("first", at + 2), ("first", count + at + 2)
    return ("first", at + 2), ("second", at + 2)


def _state(session: Session) -> tuple[tuple[object, ...], ...]:
    return tuple((replace(one.child, version=0), one.facts) for one in session.caseload())


def _judged(
    pair: Pair,
    first: tuple[str, int],
    second: tuple[str, int],
    files: Sequence[CaseFile],
    told: Told,
    seen: Counter[str],
) -> Iterator[str]:
    """What is wrong with what became of a pair."""
    ones, others = _with(pair.first.met, files), _with(pair.second.met, files)
    parked = second in told.parked
    lines = [text for sheet, row, text in told.doubts if (sheet, row) == second]
    if first in told.parked or len(ones) != 1:
        yield "the first row did not come in as one case"
        return
    if len(others) > 1 or bool(others) == parked:
        yield "the second row is lost, or doubled"
        return
    if parked:
        seen["parked"] += 1
        return
    one, other = ones[0], others[0]
    if one is not other:
        seen["one child kept as two, told" if pair.same else "two children"] += 1
        if pair.same and not lines:
            yield "split, and not told"
        if pair.first.reference and pair.first.reference == pair.second.reference and not lines:
            yield "the shared reference is not told"
        yield from _changed(pair.second, other, "the second")
    elif not pair.same:
        yield "merged"
        return
    else:
        seen["one child"] += 1
        differs = [
            name
            for name in ("surname", "forename", "born")
            if _folded(getattr(pair.first, name)) != _folded(getattr(pair.second, name))
        ]
        if len(lines) < len(differs):
            yield f"another {differs} is not told"
        for name in ("sex", "upn"):
            values = {getattr(pair.first, name), getattr(pair.second, name)} - {""}
            if len(values) == 2 and (*second, name) not in told.conflicts and not lines:
                yield f"another {name} is not told"
    yield from _changed(pair.first, one, "the first")


def _changed(row: Row, file: CaseFile, which: str) -> Iterator[str]:
    """Whether a case stands otherwise than its row."""
    child = file.child
    for name in ("surname", "forename", "born"):
        if _folded(getattr(child, name)) != _folded(getattr(row, name)):
            yield f"the {name} of {which} was changed to {getattr(child, name)}"


def _folded(value: str | date) -> str | date:
    return value.casefold() if isinstance(value, str) else value


def _with(met: date, files: Sequence[CaseFile]) -> list[CaseFile]:
    return [file for file in files if any(fact.on == met for fact in file.facts)]
