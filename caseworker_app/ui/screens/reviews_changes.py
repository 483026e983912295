"""What is typed, pasted or filled into the annual reviews table, carried to the store."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Done, Failed, Outcome
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.domain.sheet_text import read_sheet
from caseworker_app.services.commands import Command, RemoveFact
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.remove_many import RemoveManyDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.reviews_edit import (
    EDITABLE,
    WITH_OUTCOME,
    decision_in_full,
    read_day,
    record_day,
    record_decision,
    removal,
)
from caseworker_app.ui.screens.reviews_model import Mark
from caseworker_app.ui.screens.reviews_paste import (
    HEADINGS,
    Bad,
    Cell,
    Taken,
    lay_out,
    take,
    tiled,
)
from caseworker_app.ui.screens.reviews_table import ReviewsTable

_GONE = "This plan is no longer in the list: it has ended, or was merged or undone since."
_OTHERS = "Somebody else has changed this case since. F2 and Enter record yours all the same."


class Changes(QObject):
    """Makes one command of what was done in the table.

    Signals:
        said: a sentence for the line under the table, and whether something is wrong.
        failed: what could not be recorded, as `Bad` values; the panel shows them.
    """

    said = Signal(str, bool)
    failed = Signal(object)

    def __init__(self, frame: Frame, table: ReviewsTable, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        self._table = table
        self._model = table.grid
        self._waiting: dict[str, list[tuple[str, str]]] = {}
        self._busy: set[str] = set()
        self._after: list[Callable[[], None]] = []
        self._model.edited.connect(self.typed)
        table.cleared.connect(self.clear)
        table.filled.connect(self.fill)

    @property
    def waits(self) -> bool:
        """Whether something typed waits for another entry of the same child."""
        return bool(self._after) or any(self._waiting.values())

    # One cell

    def typed(self, row: ReviewRow, key: str, text: str) -> None:
        """A cell was left with another text than it had; it stands there until the store answers.

        The entries of one child go one after the other, each on top of what the last one left.
        """
        if not text.strip():
            self._model.mark(row.child_id, key, None)
            self._when_still(lambda: self.remove([(self._model.row_of(row.child_id) or row, key)]))
            return
        self._model.mark(row.child_id, key, Mark(text, state="saving"))
        self._waiting.setdefault(row.child_id, []).append((key, text))
        if row.child_id not in self._busy:
            self._next(row.child_id)

    def _next(self, child_id: str) -> None:
        waiting, row = self._waiting.get(child_id), self._model.row_of(child_id)
        if not waiting or row is None:
            for key, text in self._waiting.pop(child_id, []):
                self._bad(child_id, key, text, _GONE)
            self._rest()
            return
        key, text = waiting.pop(0)
        try:
            command = self._command(row, key, text)
        except Refused as refused:
            self._bad(child_id, key, text, refused.sentence)
            self._next(child_id)
            return
        if command is None:
            self._model.mark(child_id, key, None)
            self._next(child_id)
            return
        self._busy.add(child_id)
        self._frame.jobs.submit(
            command, self, lambda outcome: self._came(outcome, child_id, key, text)
        )

    def _command(self, row: ReviewRow, key: str, text: str) -> Command | None:
        today = self._frame.today()
        if key in WITH_OUTCOME:
            return record_decision(row, key, text, today)
        return record_day(row, key, read_day(text, today, key), today)

    def _came(self, outcome: Outcome, child_id: str, key: str, text: str) -> None:
        self._busy.discard(child_id)
        if isinstance(outcome, Done):
            self._model.mark(child_id, key, None)
        elif outcome.why == "stale":
            self._read_anew(child_id, lambda: self._bad(child_id, key, text, _OTHERS))
        else:
            self._bad(child_id, key, text, _why(outcome))
        self._next(child_id)

    def _bad(self, child_id: str, key: str, text: str, why: str) -> None:
        self._model.mark(child_id, key, Mark(text, why))
        self._wrong(f"{self._model.name_of(child_id)}, {HEADINGS[key]}: {why}")

    def _read_anew(self, child_id: str, then: Callable[[], None]) -> None:
        """Show what stands in the store of a child now, then go on."""

        def newest(rows: tuple[ReviewRow, ...]) -> None:
            self._model.upsert(rows, [child_id])
            then()

        self._frame.jobs.ask(lambda session: session.reviews([child_id]), newest, owner=self)

    def _when_still(self, go: Callable[[], None]) -> None:
        """Do something on top of what all that is being recorded leaves."""
        if self._busy:
            self._after.append(go)
        else:
            go()

    def _rest(self) -> None:
        if self._busy:
            return
        after, self._after = self._after, []
        for go in after:
            go()

    # Many cells

    def fill(self, text: str) -> None:
        """Put one text into every cell selected."""
        self._send([Cell(row, key, text) for row, key in self._table.block().cells()], [], "set")

    def set_rows(self, rows: list[ReviewRow], key: str, text: str) -> None:
        """Put one text into a column of some rows."""
        self._send([Cell(row, key, text) for row in rows], [], "set")

    def fill_down(self) -> None:
        """Give every row selected what the topmost one has; one row alone, what is above it."""
        block = self._table.block()
        keys = [key for key in block.keys if key in EDITABLE]
        rows = block.rows
        if len(rows) == 1:
            line = self._model.line_of(rows[0].child_id)
            above = self._model.row_at(line - 1)
            rows = [above, *rows] if above is not None else rows
        if len(rows) < 2 or not keys:
            self._wrong("Select the cell to copy and the cells below it, then fill down.")
            return
        columns = {column.key: column for column in self._model.columns}
        cells = []
        both = decision_in_full(rows[0])
        for key in keys:
            edit = columns[key].edit
            text = "" if edit is None else edit(rows[0])
            # A decision is one entry in two columns: filled from either it goes along whole, but
            # one that has its day already is only given the outcome.
            whole = key == "decision" or (key == "outcome" and "decision" not in keys)
            for row in rows[1:] if text else ():
                takes = both and whole and (key == "decision" or row.decision is None)
                cells.append(Cell(row, key, both if takes else text))
        if not cells:
            self._wrong("The topmost cell is empty: there is nothing to fill down.")
            return
        self._send(cells, [], "filled down")

    def paste(self, text: str) -> None:
        """Lay a copied block on the table; one value alone goes into every cell selected."""
        grid = read_sheet(text)
        if not text.strip():
            self._wrong("There is no text to paste.")
            return
        block = self._table.block()
        if len(grid) == 1 and len(grid[0]) == 1 and block.cells():
            cells = [Cell(row, key, grid[0][0].strip()) for row, key in block.cells()]
            self._send(cells, [], "pasted")
            return
        grid = tiled(grid, len(block.rows), len(block.keys))
        columns = {column.key: column for column in self._model.columns}
        rows, keys = self._table.from_here()
        cells, bad = lay_out(grid, rows, keys, lambda row, key: columns[key].text(row))
        self._send(cells, bad, "pasted")

    def clear(self) -> None:
        """Empty the cells selected; what was recorded is removed with one reason for all."""
        cells = self._table.block().cells()
        marked = [(row, key) for row, key in cells if (row.child_id, key) in self._model.marks]
        for row, key in marked:
            self._model.mark(row.child_id, key, None)
        if not marked:
            self.remove(cells)

    def remove(self, cells: list[tuple[ReviewRow, str]]) -> None:
        """Ask for one reason, and take out what is recorded in some cells."""
        found: list[tuple[ReviewRow, str, RemoveFact]] = []
        sentence = "There is nothing here to remove."
        for row, key in cells:
            try:
                command = removal(row, key, "")
            except Refused as refused:
                sentence = refused.sentence
            else:
                if isinstance(command, RemoveFact):
                    found.append((row, key, command))
        if not found:
            self._note(sentence)
            return
        told = [
            (about_child(row), f"{HEADINGS[key]}: {self._shown(row, key)}") for row, key, _ in found
        ]
        RemoveManyDialog(
            self._frame, told, [command for _, _, command in found], self._table.window()
        ).open()

    def send(self, taken: Taken, verb: str) -> None:
        """Record what can be, in one action, and list what cannot."""
        command = taken.together(verb)
        if command is None:
            self._list(taken.bad)
            if not taken.bad:
                self._note("Every cell holds that already.")
            return

        def came(outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                self._wrong(f"{_why(outcome)} Nothing was changed.")
                return
            left = dict(outcome.left_out)
            late = [
                Bad(cell.row, cell.column, cell.text, left[number])
                for number, (_, cells) in enumerate(taken.commands)
                if number in left
                for cell in cells
            ]
            for number, (_, cells) in enumerate(taken.commands):
                for cell in cells:
                    if number not in left:
                        self._model.mark(cell.row.child_id, cell.column, None)
            self._list([*taken.bad, *late])

        self._frame.jobs.submit(command, self, came)

    def _send(self, cells: list[Cell], bad: list[Bad], verb: str) -> None:
        def go() -> None:
            newest = [
                Cell(self._model.row_of(cell.row.child_id) or cell.row, cell.column, cell.text)
                for cell in cells
            ]
            taken = take(newest, self._frame.today())
            taken.bad[:0] = bad
            self.send(taken, verb)

        self._when_still(go)

    def _list(self, bad: list[Bad]) -> None:
        for one in bad:
            if one.row is not None and one.column in EDITABLE:
                self._model.mark(one.row.child_id, one.column, Mark(one.text, one.why))
        if bad:
            self.failed.emit(bad)

    def _shown(self, row: ReviewRow, key: str) -> str:
        column = self._model.columns[self._model.number(key)]
        return column.text(row)

    def _wrong(self, sentence: str) -> None:
        self.said.emit(sentence, True)  # noqa: FBT003

    def _note(self, sentence: str) -> None:
        self.said.emit(sentence, False)  # noqa: FBT003


def _why(failed: Failed) -> str:
    """Why something was not done, with what to quote to support where it was a bug."""
    reference = f" Reference {failed.reference}." if failed.reference else ""
    return failed.sentence + reference
