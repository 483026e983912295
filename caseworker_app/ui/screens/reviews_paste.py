"""Many cells of the annual reviews table at once: paste from Excel and fill down. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeGuard

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import ChangeFact, RecordFact, Together
from caseworker_app.ui.screens.reviews_edit import (
    EDITABLE,
    KIND_OF,
    FactCommand,
    read_day,
    read_outcome,
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

    Raises `Refused` for the first text that cannot be read, naming child, column and text.
    """
    by_child: dict[str, list[Cell]] = {}
    for cell in cells:
        by_child.setdefault(cell.row.child_id, []).append(cell)
    commands = tuple(c for own in by_child.values() for c in _for_child(own, today))
    if not commands:
        return None
    count = len(commands)
    return Together(commands, f"{count} {'entry' if count == 1 else 'entries'} {verb}")


def _for_child(cells: list[Cell], today: date) -> list[FactCommand]:
    commands: list[FactCommand] = []
    outcome: Cell | None = None
    for cell in cells:
        if cell.column == "outcome":
            outcome = cell
            continue
        try:
            day = read_day(cell.text, today, cell.column)
            command = record_day(cell.row, cell.column, day, today)
        except Refused as refused:
            raise _named(refused, cell) from refused
        if command is not None:
            commands.append(command)
    return commands if outcome is None else _with_outcome(commands, outcome)


def _with_outcome(commands: list[FactCommand], cell: Cell) -> list[FactCommand]:
    """An outcome pasted beside its decision goes into the same fact."""
    try:
        outcome = read_outcome(cell.text)
        decision_id = dict(cell.row.fact_ids).get("decision")
        for at, command in enumerate(commands):
            if _is_decision(command, decision_id):
                commands[at] = replace(command, detail={"outcome": outcome})
                return commands
        change = record_outcome(cell.row, outcome)
    except Refused as refused:
        raise _named(refused, cell) from refused
    return commands if change is None else [*commands, change]


def _is_decision(
    command: FactCommand, decision_id: str | None
) -> TypeGuard[RecordFact | ChangeFact]:
    if isinstance(command, RecordFact):
        return command.kind == KIND_OF["decision"]
    return isinstance(command, ChangeFact) and command.fact_id == decision_id


def _named(refused: Refused, cell: Cell) -> Refused:
    return Refused(
        f"{cell.row.name}, {HEADINGS[cell.column]}: {refused.sentence} Nothing was changed.",
        field=cell.column,
    )
