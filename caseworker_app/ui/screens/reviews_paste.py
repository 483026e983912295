"""Many cells of the annual reviews table at once: paste from Excel and fill down. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import Together
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
_NAMED = 5
_NOTHING = frozenset({"", "-", "\u2013", "n/a", "na"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A text meant for one cell."""

    row: ReviewRow
    column: str
    text: str


def split_grid(text: str) -> list[list[str]]:
    """Clipboard text as Excel writes it: tabs between cells, line ends between rows."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def lay_out(
    grid: Sequence[Sequence[str]], rows: Sequence[ReviewRow], columns: Sequence[str]
) -> list[Cell]:
    """The grid laid on the table from the first of `rows` and `columns` on.

    One value fills every row given; otherwise the grid's own rows are used. `rows` and `columns`
    reach from the first selected cell to the end of the table. Raises `Refused` where the grid
    meets a column that cannot be typed in or runs over the edge.
    """
    if len(grid) > len(rows):
        raise Refused(f"{len(grid)} rows were copied, but only {len(rows)} follow here.")
    cells = []
    for line, row in zip(grid, rows, strict=False):
        if len(line) > len(columns):
            raise Refused("More columns were copied than follow here.")
        for text, column in zip(line, columns, strict=False):
            if text.casefold() in _NOTHING:
                continue
            if column not in EDITABLE:
                raise Refused(f'"{text}" would land in a column that cannot be typed in.')
            cells.append(Cell(row, column, text))
    return cells


def together(cells: Iterable[Cell], today: date, verb: str) -> Together | None:
    """One command for all the cells, or None where every value stands there already.

    Raises `Refused` for the first text that cannot be read, naming child, column and text; and for
    all decisions that lack their outcome together, naming the children.
    """
    by_child: dict[str, list[Cell]] = {}
    for cell in cells:
        by_child.setdefault(cell.row.child_id, []).append(cell)
    commands: list[FactCommand] = []
    lacking: list[str] = []
    for own in by_child.values():
        try:
            commands += _for_child(own, today)
        except _NoOutcomeError:
            lacking.append(own[0].row.name)
    if lacking:
        raise Refused(_no_outcome(lacking), field="outcome")
    if not commands:
        return None
    count = len(commands)
    return Together(tuple(commands), f"{count} {'entry' if count == 1 else 'entries'} {verb}")


class _NoOutcomeError(Exception):
    """A decision pasted without its outcome."""


def _no_outcome(names: list[str]) -> str:
    shown = "; ".join(names[:_NAMED])
    rest = len(names) - _NAMED
    more = f" and {rest:,} more" if rest > 0 else ""
    return (
        f"Decision sent without its outcome: {shown}{more}. Put maintain, amend or cease in the "
        "next column, or after the date. Nothing was changed."
    )


def _for_child(cells: list[Cell], today: date) -> list[FactCommand]:
    commands: list[FactCommand] = []
    decision: date | None = None
    outcome = ""
    last: Cell | None = None
    for cell in cells:
        try:
            if cell.column not in WITH_OUTCOME:
                day = read_day(cell.text, today, cell.column)
                command = record_day(cell.row, cell.column, day, today)
                if command is not None:
                    commands.append(command)
                continue
            read, told = read_decision(cell.text, today, cell.column)
        except Refused as refused:
            raise _named(refused, cell) from refused
        decision, outcome, last = read or decision, told or outcome, cell
    if last is not None:
        commands += _decided(last, decision, outcome, today)
    return commands


def _decided(cell: Cell, day: date | None, outcome: str, today: date) -> list[FactCommand]:
    """The command for a decision and its outcome, from one cell or two."""
    try:
        if day is None:
            command: FactCommand | None = record_outcome(cell.row, outcome)
        else:
            command = record_day(cell.row, "decision", day, today, outcome)
    except Refused as refused:
        if refused.sentence == OUTCOME_NEEDED:
            raise _NoOutcomeError from refused
        raise _named(refused, cell) from refused
    return [] if command is None else [command]


def _named(refused: Refused, cell: Cell) -> Refused:
    return Refused(
        f"{cell.row.name}, {HEADINGS[cell.column]}: {refused.sentence} Nothing was changed.",
        field=cell.column,
    )
