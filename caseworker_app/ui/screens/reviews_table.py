"""The table of annual reviews with the keys of a spreadsheet: cells chosen, not rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView

from caseworker_app.domain.rows import ReviewRow
from caseworker_app.domain.sheet_text import write_sheet
from caseworker_app.ui.models.rows_model import COLUMN, DISPLAY, ROW
from caseworker_app.ui.screens.reviews_edit import EDITABLE
from caseworker_app.ui.screens.reviews_editor import CellDelegate, CellEditor
from caseworker_app.ui.screens.reviews_model import UNFINISHED, Mark, ReviewsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
_ONE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint


@dataclass(frozen=True, slots=True)
class Block:
    """The cells selected.

    Attributes:
        rows: from top to bottom.
        keys: of the columns, as they stand from left to right.
        held: which cells of these rows and columns are in the selection; (row, column) numbers
            within the block.
    """

    rows: list[ReviewRow]
    keys: list[str]
    held: frozenset[tuple[int, int]]

    def cells(self) -> list[tuple[ReviewRow, str]]:
        """Every cell selected that can be typed in."""
        return [
            (row, key)
            for at, row in enumerate(self.rows)
            for number, key in enumerate(self.keys)
            if key in EDITABLE and (at, number) in self.held
        ]


class ReviewsTable(RowsTable):
    """Typing or F2 edits a cell, Enter goes down, Ctrl+Enter opens the case, Del empties.

    Signals:
        cleared: Del on the cells selected.
        filled: Ctrl+Enter while typing over several cells; the text for all of them.
        typing: what the text in the cell being edited is understood as, and whether it is wrong.
        asking: what goes badly with the day in the cell, as typed or as recorded; "" for nothing.
    """

    cleared = Signal()
    filled = Signal(str)
    typing = Signal(str, bool)
    asking = Signal(str)

    def __init__(self, model: ReviewsModel, themes: Themes, today: Callable[[], date]) -> None:
        super().__init__(
            model,
            themes,
            "Annual reviews",
            "One row a plan. Type over a cell or press F2; Enter records it and goes down, "
            "Ctrl+Enter opens the case, Ctrl+D fills down, Ctrl+V pastes from a sheet.",
        )
        self.grid = model
        self._by_hand = False
        self._open: tuple[str, str, str, int, bool] | None = None
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_TRIGGERS)
        self._delegate = CellDelegate(themes, self, today)
        self._delegate.typing.connect(self.typing)
        self._delegate.asking.connect(self.asking)
        self._delegate.stepped.connect(self._step)
        self._delegate.filling.connect(self._fill)
        self._delegate.given_up.connect(self.give_up)
        self._delegate.closed = self._closed
        self.setItemDelegate(self._delegate)
        self.selectionModel().currentChanged.connect(lambda *_: self.ask_here())
        # What can be seen on the case goes where room is short; the rest is scrolled.
        self.widths.hides = True
        self.spare("caseworker", "year", "setting")
        model.modelAboutToBeReset.connect(self._stash)
        model.modelReset.connect(self._reopen)

    # What is chosen

    def column_key(self) -> str:
        """The key of the column the keyboard is on, or ""."""
        column = self.currentIndex().column()
        return self.rows_model.columns[column].key if column >= 0 else ""

    def block(self) -> Block:
        """The selection. One of whole rows stands for the column the keyboard is on."""
        indexes = self.selectionModel().selectedIndexes()
        shown = self.shown_columns()
        order = {number: at for at, number in enumerate(shown)}
        lines = sorted({index.row() for index in indexes})
        numbers = sorted(
            {index.column() for index in indexes} & order.keys(), key=order.__getitem__
        )
        if len(numbers) == len(shown) and self.currentIndex().isValid():
            numbers = [self.currentIndex().column()]
        at_line = {line: at for at, line in enumerate(lines)}
        at_number = {number: at for at, number in enumerate(numbers)}
        held = frozenset(
            (at_line[one.row()], at_number[one.column()])
            for one in indexes
            if one.column() in at_number
        )
        rows = [row for row in map(self.grid.row_at, lines) if row is not None]
        return Block(rows, [self.grid.columns[number].key for number in numbers], held)

    def shown_columns(self) -> list[int]:
        """The numbers of the columns in view, from left to right."""
        head = self.horizontalHeader()
        numbers = [head.logicalIndex(at) for at in range(head.count())]
        return [number for number in numbers if not self.isColumnHidden(number)]

    def from_here(self) -> tuple[list[ReviewRow], list[str]]:
        """Every row and column from the first selected cell to the end of the table."""
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        shown = self.shown_columns()
        line = min(index.row() for index in indexes)
        numbers = {index.column() for index in indexes}
        if len(numbers) >= len(shown):
            numbers = {self.currentIndex().column()}
        first = min((at for at, number in enumerate(shown) if number in numbers), default=0)
        keys = [self.grid.columns[number].key for number in shown[first:]]
        return self.grid.rows()[max(0, line) :], keys

    # Copying

    def copy(self) -> None:
        """Put the cells selected on the clipboard: one as it stands, several as for a sheet."""
        self._copy(headings=False)

    def copy_with_headings(self) -> None:
        """The same with the columns' titles above."""
        self._copy(headings=True)

    def _copy(self, *, headings: bool) -> None:
        chosen = self.selectionModel().selectedIndexes()
        order = {number: at for at, number in enumerate(self.shown_columns())}
        cells = {(one.row(), one.column()): one for one in chosen if one.column() in order}
        if not cells:
            return
        numbers = sorted({number for _, number in cells}, key=order.__getitem__)
        lines = [
            [
                str(cells[line, number].data(DISPLAY) or "") if (line, number) in cells else ""
                for number in numbers
            ]
            for line in sorted({line for line, _ in cells})
        ]
        if headings:
            lines.insert(0, [self.grid.columns[number].title for number in numbers])
        QGuiApplication.clipboard().setText(write_sheet(lines))

    # Typing

    def ask_here(self) -> None:
        """Ask what there is to ask about the cell the keyboard is on, as it is recorded."""
        if not self._is_editing():
            index = self.currentIndex()
            column, row = index.data(COLUMN), index.data(ROW)
            none = column is None or row is None or column.doubt is None
            self.asking.emit("" if none else column.doubt(row))

    def go_to_cell(self, child_id: str, key: str) -> bool:
        """Put the keyboard on a cell. False where its row is not shown."""
        line = self.grid.line_of(child_id)
        if line < 0:
            return False
        index = self.grid.index(line, self.grid.number(key))
        self.selectionModel().setCurrentIndex(index, _ONE)
        self.scrollTo(index)
        return True

    def choose_first(self) -> None:
        """Go to the first row, in the column one is in."""
        if self.grid.rowCount():
            self._go(0, max(0, self.currentIndex().column()))

    def edit_cell(self, child_id: str, key: str, text: str | None = None) -> None:
        """Start to edit a cell; with `text`, put back what was typed before."""
        if not self.go_to_cell(child_id, key):
            return
        self.edit(self.currentIndex())
        editor = self._delegate.editor
        if text is not None and editor is not None:
            editor.setText(text)

    def editor(self) -> CellEditor | None:
        """The editor that is open, or None."""
        return self._delegate.editor if self._is_editing() else None

    def lay_aside(self) -> None:
        """Close the cell being typed into; what was typed stays in it, marked as not recorded."""
        editor, row = self.editor(), self.current_row()
        if editor is None or not isinstance(row, ReviewRow):
            return
        if editor.changed_by_hand:
            self.grid.mark(row.child_id, self.column_key(), self._left_off(editor))
        self.closeEditor(editor, _NO_HINT)

    def give_up(self) -> None:
        """Close the cell being typed into, as it was recorded."""
        editor, row = self.editor(), self.current_row()
        if editor is not None and isinstance(row, ReviewRow):
            self.closeEditor(editor, _NO_HINT)
            self.grid.mark(row.child_id, self.column_key(), None)
            self.setFocus()

    def _left_off(self, editor: CellEditor) -> Mark:
        fault = editor.fault() if editor.refused else ""
        text = editor.text().strip()
        return Mark(text, fault, "bad") if fault else Mark(text, UNFINISHED, "unfinished")

    def _commit(self) -> bool:
        """Record what stands in the cell being typed into, and close it. False where it is bad."""
        editor = self.editor()
        if editor is None:
            return True
        if fault := editor.fault():
            self._delegate.complain(editor, fault)
            editor.setFocus()
            return False
        self.commitData(editor)
        self.closeEditor(editor, _NO_HINT)
        return True

    def _step(self, down: int, right: int) -> None:
        if self._commit():
            self.setFocus()
            self.step(down, right)

    def step(self, down: int, right: int) -> None:
        """Go so many rows down and columns in view to the right, as far as there are any."""
        here, shown = self.currentIndex(), self.shown_columns()
        if not here.isValid() or here.column() not in shown:
            return
        line = min(max(0, here.row() + down), self.grid.rowCount() - 1)
        at = min(max(0, shown.index(here.column()) + right), len(shown) - 1)
        index = self.grid.index(line, shown[at])
        self.selectionModel().setCurrentIndex(index, _ONE)
        self.scrollTo(index)

    def _fill(self) -> None:
        editor = self.editor()
        if editor is None:
            return
        if len(self.block().cells()) < 2:
            self._commit()
            return
        text = editor.text().strip()
        self.closeEditor(editor, _NO_HINT)
        self.setFocus()
        self.filled.emit(text)

    def _closed(self) -> None:
        self.typing.emit("", False)  # noqa: FBT003
        self.ask_here()

    # When the table changes under what is typed

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A click on another cell records the one left; whatever else moves lays it aside."""
        editor, row = self.editor(), previous.data(ROW)
        if editor is not None and isinstance(row, ReviewRow):
            key = self.grid.columns[previous.column()].key
            if self._by_hand and not editor.fault():
                self.commitData(editor)
            elif editor.changed_by_hand:
                fault = editor.fault()
                text = editor.text().strip()
                by_hand = self._by_hand and fault
                self.grid.mark(
                    row.child_id, key, Mark(text, fault) if by_hand else self._left_off(editor)
                )
            self.closeEditor(editor, _NO_HINT)
        super().currentChanged(current, previous)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Know a click from what moves by itself."""
        self._by_hand = True
        try:
            super().mousePressEvent(event)
        finally:
            self._by_hand = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a cell that cannot be typed in opens the case."""
        self._by_hand = True
        try:
            super().mouseDoubleClickEvent(event)
        finally:
            self._by_hand = False

    def _stash(self) -> None:
        """Keep what is being typed while all rows are replaced."""
        editor, row = self.editor(), self.current_row()
        self._open = None
        if editor is None or not isinstance(row, ReviewRow):
            return
        if editor.hasFocus():
            key, text = self.column_key(), editor.text()
            self._open = row.child_id, key, text, editor.cursorPosition(), editor.typed_over
        self.lay_aside()

    def _reopen(self) -> None:
        if self._open is None:
            return
        child_id, key, text, at, over = self._open
        self._open = None
        if self.grid.line_of(child_id) < 0:
            return
        mark = self.grid.marks.get((child_id, key))
        self.edit_cell(child_id, key, text)
        editor = self._delegate.editor
        if editor is not None:
            self.grid.mark(child_id, key, None if mark is None or mark.state != "bad" else mark)
            row = self.grid.row_of(child_id)
            column = self.grid.columns[self.grid.number(key)]
            if row is not None and column.edit is not None:
                editor.begun_with = column.edit(row)
            editor.setCursorPosition(at)
            editor.typed_over = over

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A spreadsheet's keys, as far as they make sense here."""
        if self.current_row() is None or self._is_editing():
            super().keyPressEvent(event)
        elif not self._handled(event):
            super().keyPressEvent(event)
            editor = self.editor()
            if editor is not None:
                editor.typed_over = event.key() != Qt.Key.Key_F2

    def _handled(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if key in _ENTER:
            if control or (self.column_key() == "child" and not shift):
                self.opened.emit(self.current_row())
            else:
                self.step(-1 if shift else 1, 0)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self.cleared.emit()
        else:
            return False
        return True
