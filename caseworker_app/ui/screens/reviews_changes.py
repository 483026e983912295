"""What is typed, pasted or filled into the annual reviews table, carried to the store."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Failed, Outcome
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import Command, RemoveFact
from caseworker_app.ui.dialogs.change_fact import RemoveFactDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.reviews_edit import (
    WITH_OUTCOME,
    read_day,
    record_day,
    record_decision,
    removal,
)
from caseworker_app.ui.screens.reviews_paste import (
    HEADINGS,
    Cell,
    lay_out,
    split_grid,
    together,
)
from caseworker_app.ui.screens.reviews_table import ReviewsTable


class Changes(QObject):
    """Makes one command of what was done in the table.

    Signals:
        said: a sentence for the line under the table, and whether something is wrong.
    """

    said = Signal(str, bool)

    def __init__(self, frame: Frame, table: ReviewsTable, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        self._table = table
        table.rows_model.edited.connect(self.typed)
        table.cleared.connect(self.clear)

    def typed(self, row: ReviewRow, key: str, text: str) -> None:
        """A cell was left with another text than it had."""
        if not text.strip():
            self.clear(row, key)
            return
        today = self._frame.today()
        command: Command | None
        try:
            if key in WITH_OUTCOME:
                command = record_decision(row, key, text, today)
            else:
                command = record_day(row, key, read_day(text, today, key), today)
        except Refused as refused:
            self._again(row, key, text, refused.sentence)
            return
        if command is None:
            return

        def came(outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                self._failed(outcome, row, key, text)

        self._frame.jobs.submit(command, self, came)

    def clear(self, row: ReviewRow, key: str) -> None:
        """Empty a cell; a fact is removed with its reason."""
        try:
            command = removal(row, key, "")
        except Refused as refused:
            self._note(refused.sentence)
            return
        if not isinstance(command, RemoveFact):
            self._frame.jobs.submit(command, self)
            return
        shown = row.meeting_fixed if key == "meeting" and row.meeting is None else None
        day = shown or getattr(row, key)
        RemoveFactDialog(
            self._frame,
            row,
            f"{HEADINGS[key]}, {day.day} {day:%B %Y}",
            lambda seen, why: RemoveFact(row.child_id, seen, command.fact_id, why),
            self._table.window(),
        ).open()

    def fill_down(self) -> None:
        """Give every row selected what the topmost one has, in the columns selected."""
        rows, keys = self._table.chosen_block()
        if len(rows) < 2 or not keys:
            self._wrong("Select the cell to copy and the cells below it, then fill down.")
            return
        columns = {column.key: column for column in self._table.rows_model.columns}
        cells = []
        for key in keys:
            edit = columns[key].edit
            text = "" if edit is None else edit(rows[0])
            cells += [Cell(row, key, text) for row in rows[1:] if text]
        if not cells:
            self._wrong("The topmost cell is empty: there is nothing to fill down.")
            return
        self._send(cells, "filled down")

    def paste(self, text: str) -> None:
        """Lay a copied block on the table; one value alone goes into every cell selected."""
        grid = split_grid(text)
        try:
            chosen, keys = self._table.chosen_block()
            if grid == [[""]]:
                raise Refused("There is no text to paste.")
            if len(grid) == 1 and len(grid[0]) == 1 and keys:
                cells = [Cell(row, key, grid[0][0]) for row in chosen for key in keys]
            else:
                cells = lay_out(grid, *self._table.from_here())
        except Refused as refused:
            self._wrong(refused.sentence)
            return
        self._send(cells, "pasted")

    def _send(self, cells: list[Cell], verb: str) -> None:
        try:
            command = together(cells, self._frame.today(), verb)
        except Refused as refused:
            self._wrong(refused.sentence)
            return
        if command is None:
            self._note("Every cell holds that already.")
            return

        def came(outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                self._wrong(f"{outcome.sentence} Nothing was changed.")

        self._frame.jobs.submit(command, self, came)

    def _failed(self, failed: Failed, row: ReviewRow, key: str, text: str) -> None:
        """Put the text back into its cell; after a change by somebody else, on the newest row."""
        if failed.why == "stale":
            model = self._table.rows_model

            def newest(rows: tuple[ReviewRow, ...]) -> None:
                model.upsert([one for one in rows if one.child_id == row.child_id])
                self._again(row, key, text, f"{failed.sentence} Press Enter to put yours on top.")

            self._frame.jobs.ask(lambda session: session.reviews(), newest, owner=self)
            return
        reference = f" Reference {failed.reference}." if failed.reference else ""
        self._again(row, key, text, failed.sentence + reference)

    def _again(self, row: ReviewRow, key: str, text: str, sentence: str) -> None:
        """Put the text back into its cell, once the editor that held it has gone."""
        said = f"{row.name}, {HEADINGS[key]}: {sentence}"
        self._wrong(said)

        def reopen() -> None:
            self._table.edit_cell(row.child_id, key, text)
            self._wrong(said)

        QTimer.singleShot(0, self, reopen)

    def _wrong(self, sentence: str) -> None:
        self.said.emit(sentence, True)  # noqa: FBT003

    def _note(self, sentence: str) -> None:
        self.said.emit(sentence, False)  # noqa: FBT003
