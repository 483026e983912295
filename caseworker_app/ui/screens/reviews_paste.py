"""Many cells of the annual reviews table at once: what can be recorded, and what not. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import ENTRIES, Together
from caseworker_app.ui.screens.reviews_edit import (
    EDITABLE,
    OUTCOME_NEEDED,
    WITH_OUTCOME,
    FactCommand,
    read_day,
    read_decision,
    record_day,
    record_outcome,
)

HEADINGS = {
    "meeting": "Meeting",
    "report": "Report",
    "decision": "Decision sent",
    "outcome": "Outcome",
    "notice": "Notice",
    "final": "Final plan",
}
_NOTHING = frozenset({"", "-", "\u2013", "n/a", "na"})
NO_OUTCOME = (
    "A decision needs its outcome: put maintain, amend or cease in the next column, or after the "
    "date."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text meant for one cell."""

    row: ReviewRow
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A text that cannot be recorded.

    Attributes:
        row: whose cell it was meant for; None where the table ends before it.
        column: the column's key, or "" where the table ends before it.
        text: the text.
        why: what is wrong with it, a sentence.
    """

    row: ReviewRow | None
    column: str
    text: str
    why: str


@dataclass(slots=True)
class Taken:
    """What many cells come to.

    Attributes:
        commands: one for each entry, with the cells that each came from.
        bad: what cannot be recorded, in the order of the cells.
    """

    commands: list[tuple[FactCommand, tuple[Cell, ...]]] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)

    def together(self, verb: str) -> Together | None:
        """One command for all that can be recorded, or None where nothing is to be."""
        if not self.commands:
            return None
        commands = tuple(command for command, _ in self.commands)
        return Together(commands, f"{ENTRIES} {verb}", good_alone=True)


def lay_out(
    grid: Sequence[Sequence[str]],
    rows: Sequence[ReviewRow],
    columns: Sequence[str],
    shown: Callable[[ReviewRow, str], str],
) -> tuple[list[Cell], list[Bad]]:
    """The grid laid on the table from the first of `rows` and `columns` on.

    Args:
        grid: the copied cells; an empty one, or a dash, leaves what is there.
        rows: the rows from the first selected cell to the end of the table.
        columns: the keys of the columns from there on.
        shown: what a cell shows now; the same text in a column that cannot be typed in is no fault.

    Returns:
        What lands on cells that can be typed in, and what does not.
    """
    cells: list[Cell] = []
    bad: list[Bad] = []
    for number, line in enumerate(grid):
        row = rows[number] if number < len(rows) else None
        for at, raw in enumerate(line):
            text = raw.strip()
            if text.casefold() in _NOTHING:
                continue
            column = columns[at] if at < len(columns) else ""
            if row is None:
                bad.append(Bad(None, column, text, "No row of the table is left for it."))
            elif not column:
                bad.append(Bad(row, "", text, "No column of the table is left for it."))
            elif column in EDITABLE:
                cells.append(Cell(row, column, text))
            elif text != shown(row, column).strip():
                bad.append(Bad(row, column, text, "This column cannot be typed in."))
    return cells, bad


def tiled(grid: list[list[str]], rows: int, columns: int) -> list[list[str]]:
    """The grid as often as it goes into a selection of whole times its size, else as it is."""
    high, wide = len(grid), max(len(line) for line in grid)
    if not (rows and columns) or rows % high or columns % wide or (rows, columns) == (high, wide):
        return grid
    wider = [[*line, *[""] * (wide - len(line))] * (columns // wide) for line in grid]
    return wider * (rows // high)


def take(cells: Iterable[Cell], today: date) -> Taken:
    """What these cells come to: the good ones as commands, the bad ones with what is wrong.

    A decision and its outcome in two cells of one child are one entry.
    """
    by_child: dict[str, list[Cell]] = {}
    for cell in cells:
        by_child.setdefault(cell.row.child_id, []).append(cell)
    taken = Taken()
    for own in by_child.values():
        _take_one(own, today, taken)
    return taken


def _take_one(cells: list[Cell], today: date, taken: Taken) -> None:
    decided: list[Cell] = []
    day: date | None = None
    outcome = ""
    for cell in cells:
        try:
            if cell.column in WITH_OUTCOME:
                read, told = read_decision(cell.text, today, cell.column)
                day, outcome = read or day, told or outcome
                decided.append(cell)
                continue
            read = read_day(cell.text, today, cell.column)
            command = record_day(cell.row, cell.column, read, today)
        except Refused as refused:
            taken.bad.append(Bad(cell.row, cell.column, cell.text, refused.sentence))
        else:
            if command is not None:
                taken.commands.append((command, (cell,)))
    if decided:
        _decide(decided, day, outcome, today, taken)


def _decide(cells: list[Cell], day: date | None, outcome: str, today: date, taken: Taken) -> None:
    """The entry for a decision and its outcome, from one cell or two."""
    row = cells[0].row
    try:
        if day is None:
            command: FactCommand | None = record_outcome(row, outcome)
        else:
            command = record_day(row, "decision", day, today, outcome)
    except Refused as refused:
        why = NO_OUTCOME if refused.sentence == OUTCOME_NEEDED else refused.sentence
        taken.bad += [Bad(one.row, one.column, one.text, why) for one in cells]
    else:
        if command is not None:
            taken.commands.append((command, tuple(cells)))
