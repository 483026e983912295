"""The four files of a model of transitions: moves, population, what settings teach, and costs.

CSV with the headings of witan.send's: `NONSEND` stands for having no plan.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.place_planning.history import OUT, Move, PlacesHistory, Teaches
from caseworker_app.services.plain_file import contents

_MOST = 64 << 20
_MOVES = (
    *("calendar-year", "setting-1", "need-1", "academic-year-1"),
    *("setting-2", "need-2", "academic-year-2"),
)
_PEOPLE = ("calendar-year", "academic-year", "population")
_TEACHES = ("setting", "min-academic-year", "max-academic-year", "needs", "setting->setting")
_COSTS = ("need", "setting", "cost")
_YEARS, _GROUPS = (1900, 2200), (-10, 40)


def read_files(
    transitions: Path, population: Path, valid: Path, costs: Path | None = None
) -> PlacesHistory:
    """A history out of four files.

    Raises:
        Unreadable: a file is not what it should be; the sentence names file, row and cell.
    """
    teaches = dict(_teaches(valid))
    if not teaches:
        raise Unreadable(f"{valid.name} names no setting.")
    moves = tuple(_moves(transitions, teaches))
    if not moves:
        raise Unreadable(f"{transitions.name} has no row.")
    people = {
        (row.whole("calendar-year", _YEARS), row.whole("academic-year", _GROUPS)): row.number(
            "population"
        )
        for row in _rows(population, _PEOPLE)
    }
    paid = {} if costs is None else dict(_costs(costs))
    return PlacesHistory(moves, people, teaches, paid)


class _Row:
    """A row of a file, whose cells are asked for by heading."""

    def __init__(self, name: str, number: int, cells: Mapping[str, str]) -> None:
        self._where = f"{name}, row {number}"
        self._cells = cells

    def text(self, heading: str) -> str:
        """What a cell says; it may not be empty."""
        said = self._cells[heading].strip()
        if not said:
            raise Unreadable(f"{self._where}: {heading} is empty.")
        return said

    def number(self, heading: str) -> float:
        """A number that is not below nought."""
        said = self.text(heading)
        try:
            found = float(said)
        except ValueError:
            found = -1.0
        if not 0 <= found < 1e12:
            raise Unreadable(f"{self._where}: {heading} is “{said}”, which is not a number.")
        return found

    def whole(self, heading: str, bounds: tuple[int, int]) -> int:
        """A whole number within bounds."""
        said = self.text(heading)
        try:
            found = int(said)
        except ValueError:
            found = bounds[0] - 1
        if not bounds[0] <= found <= bounds[1]:
            least, most = bounds
            raise Unreadable(
                f"{self._where}: {heading} is “{said}”; a whole number from {least} to {most} is "
                "wanted."
            )
        return found

    def refuse(self, why: str) -> Unreadable:
        """What to raise where the row cannot be."""
        return Unreadable(f"{self._where}: {why}")


def _rows(path: Path, wanted: Sequence[str]) -> Iterator[_Row]:
    data = contents(path, _MOST, "a CSV file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} is not UTF-8 text.") from error
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        headings = [one.strip() for one in next(lines, [])]
        for heading in wanted:
            if heading not in headings:
                raise Unreadable(f"{path.name} has no column {heading}.")
        for cells in lines:
            if not any(one.strip() for one in cells):
                continue
            if len(cells) < len(headings):
                said = f"{path.name}, row {lines.line_num}: it has fewer cells than headings."
                raise Unreadable(said)
            yield _Row(path.name, lines.line_num, dict(zip(headings, cells, strict=False)))
    except csv.Error as error:
        raise Unreadable(f"{path.name}, row {lines.line_num}: it is not CSV.") from error


def _teaches(path: Path) -> Iterator[tuple[str, Teaches]]:
    rows = list(_rows(path, _TEACHES))
    known = {one.text("setting") for one in rows}
    for row in rows:
        least, most = (row.whole(one, _GROUPS) for one in _TEACHES[1:3])
        if most < least:
            raise row.refuse("its last year group comes before its first.")
        onward = frozenset(_list(row.text("setting->setting")))
        if strange := sorted(onward - known):
            raise row.refuse(f"{strange[0]} is no setting of this file.")
        yield row.text("setting"), Teaches(least, most, frozenset(_list(row.text("needs"))), onward)


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _moves(path: Path, teaches: Mapping[str, Teaches]) -> Iterator[Move]:
    for row in _rows(path, _MOVES):
        year = row.whole(_MOVES[0], _YEARS)
        before, need = row.text(_MOVES[1]), row.text(_MOVES[2])
        after, to_need = row.text(_MOVES[4]), row.text(_MOVES[5])
        taught, to_taught = (row.whole(_MOVES[at], _GROUPS) for at in (3, 6))
        for setting, of in ((before, need), (after, to_need)):
            if (setting == OUT) != (of == OUT):
                raise row.refuse(f"{OUT} stands for one of setting and need alone.")
            if setting != OUT and setting not in teaches:
                raise row.refuse(f"{setting} is not among the settings.")
            if setting != OUT and of not in teaches[setting].needs:
                raise row.refuse(f"{setting} does not take the need {of}.")
        if before == after == OUT:
            raise row.refuse("there is no plan before nor after.")
        yield Move(year, before, need, taught, after, to_need, to_taught)


def _costs(path: Path) -> Iterator[tuple[tuple[str, str], float]]:
    for row in _rows(path, _COSTS):
        yield (row.text("need"), row.text("setting")), row.number("cost")
