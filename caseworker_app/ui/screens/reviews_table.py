"""The table of annual reviews as people type into it: cells chosen, not rows; bad text stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.ui.delegates.row import RowDelegate
from caseworker_app.ui.models.rows_model import COLUMN, EDIT, ROW, RowsModel
from caseworker_app.ui.screens.reviews_edit import EDITABLE, OUTCOME_NEEDED
from caseworker_app.ui.screens.reviews_reading import Reading
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)


class ReviewsTable(RowsTable):
    """Enter or typing edits a cell, Ctrl+Enter opens the case, Del empties.

    Signals:
        cleared: Del on a cell; the row and the column's key.
        typing: what the text in the cell being edited is understood as, and whether it is wrong.
        asking: what goes badly with the day in the cell, as typed or as recorded; "" for nothing.
    """

    cleared = Signal(object, str)
    typing = Signal(str, bool)
    asking = Signal(str)

    def __init__(
        self, model: RowsModel[ReviewRow], themes: Themes, today: Callable[[], date]
    ) -> None:
        super().__init__(
            model,
            themes,
            "Annual reviews",
            "One row a plan. Enter types into a cell, Ctrl+Enter opens the case, "
            "Ctrl+D fills down, Ctrl+V pastes dates from a sheet.",
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_TRIGGERS)
        self._delegate = _CellDelegate(themes, self, today)
        self._delegate.typing.connect(self.typing)
        self._delegate.asking.connect(self.asking)
        self.setItemDelegate(self._delegate)
        self.selectionModel().currentChanged.connect(lambda *_: self.ask_here())

    def column_key(self) -> str:
        """The key of the column the keyboard is on, or ""."""
        column = self.currentIndex().column()
        return self.rows_model.columns[column].key if column >= 0 else ""

    def chosen_block(self) -> tuple[list[ReviewRow], list[str]]:
        """The rows of the selection from top to bottom, and its editable columns.

        A selection of whole rows stands for the column the keyboard is on.
        """
        indexes = self.selectionModel().selectedIndexes()
        lines = sorted({index.row() for index in indexes})
        numbers = sorted({index.column() for index in indexes})
        if len(numbers) == self.rows_model.columnCount():
            numbers = [self.currentIndex().column()]
        keys = [self.rows_model.columns[number].key for number in numbers]
        rows = [row for row in map(self.rows_model.row_at, lines) if row is not None]
        return rows, [key for key in keys if key in EDITABLE]

    def from_here(self) -> tuple[list[ReviewRow], list[str]]:
        """Every row and column from the first selected cell to the end of the table."""
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        line = min(index.row() for index in indexes)
        number = min(index.column() for index in indexes)
        if len({index.column() for index in indexes}) == self.rows_model.columnCount():
            number = self.currentIndex().column()
        keys = [column.key for column in self.rows_model.columns[number:]]
        return self.rows_model.rows()[line:], keys

    def ask_here(self) -> None:
        """Ask what there is to ask about the cell the keyboard is on, as it is recorded."""
        if not self._is_editing():
            index = self.currentIndex()
            column, row = index.data(COLUMN), index.data(ROW)
            none = column is None or row is None or column.doubt is None
            self.asking.emit("" if none else column.doubt(row))

    def edit_cell(self, child_id: str, key: str, text: str | None = None) -> None:
        """Start to edit a cell; with `text`, put back what was typed before."""
        line = self.rows_model.line_of(child_id)
        if line < 0:
            return
        number = [column.key for column in self.rows_model.columns].index(key)
        index = self.rows_model.index(line, number)
        self.setCurrentIndex(index)
        self.edit(index)
        editor = self.indexWidget(index) or self._delegate.editor
        if text is not None and isinstance(editor, QLineEdit):
            editor.setText(text)

    def finish_typing(self) -> bool:
        """Hand over what stands in the cell being typed into, and close it.

        Returns:
            False when it cannot be read; it stays open then, and says why.
        """
        editor = self._delegate.editor
        if editor is None or not self._is_editing():
            return True
        if not editor.hasAcceptableInput():
            self._delegate.complain(editor.text())
            editor.setFocus()
            return False
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Excel's keys, as far as they make sense here."""
        index, row = self.currentIndex(), self.current_row()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if row is None or self._is_editing():
            super().keyPressEvent(event)
        elif event.key() in _ENTER and control:
            self.opened.emit(row)
        elif event.key() in _ENTER and self.column_key() in EDITABLE:
            self.edit(index)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.column_key() in EDITABLE and not control:
                self.cleared.emit(row, self.column_key())
        else:
            super().keyPressEvent(event)


class _CellDelegate(RowDelegate):
    """Gives an editor that keeps what cannot be read, and says how the rest is understood."""

    typing = Signal(str, bool)
    asking = Signal(str)

    def __init__(self, themes: Themes, view: QAbstractItemView, today: Callable[[], date]) -> None:
        super().__init__(themes, view)
        self._today = today
        self._made = 0
        self._refused = ""
        self.editor: QLineEdit | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line that can be left only with a date or an outcome, or empty."""
        del option
        column, row = index.data(COLUMN), index.data(ROW)
        editor = QLineEdit(parent)
        editor.setAccessibleName(column.title)
        reading = Reading(row, column.key, self._today)
        editor.setPlaceholderText(reading.example)
        editor.setValidator(_CellValidator(reading, self._bad, editor))
        editor.textChanged.connect(lambda text: self._understand(reading, text))
        self._refused = ""
        self._made += 1
        made = self._made
        editor.destroyed.connect(lambda: self._gone(made))
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from what the cell holds."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(EDIT) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text().strip(), EDIT)

    def complain(self, text: str) -> None:
        """Say why the text in the cell cannot be read."""
        if self.editor is not None:
            self.editor.validator().fixup(text)

    def _understand(self, reading: Reading, text: str) -> None:
        if self._refused and text.rstrip() == self._refused:
            return
        self._refused = ""
        self._mark(wrong=False)
        said, doubt = reading.said(text), reading.doubt(text)
        self._say(" ".join(filter(None, (said, doubt))))
        self.typing.emit(said, False)  # noqa: FBT003
        self.asking.emit(doubt)

    def _bad(self, sentence: str) -> None:
        self._refused = "" if self.editor is None else self.editor.text().rstrip()
        self._mark(wrong=True)
        self._say(sentence)
        self.typing.emit(sentence, True)  # noqa: FBT003

    def _say(self, sentence: str) -> None:
        """Let a screen reader hear of the cell what stands under the table."""
        if self.editor is not None:
            self.editor.setAccessibleDescription(sentence)

    def _mark(self, *, wrong: bool) -> None:
        if self.editor is not None:
            self.editor.setProperty("wrong", wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def _gone(self, made: int) -> None:
        """An editor was deleted; by then the next one may be open."""
        if made == self._made:
            self.editor = None
            self.typing.emit("", False)  # noqa: FBT003
            view = self.parent()
            if isinstance(view, ReviewsTable):
                view.ask_here()


class _CellValidator(QValidator):
    """Qt asks `fixup` when a text that is not acceptable is to be left; it stays as it is."""

    def __init__(self, reading: Reading, bad: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._reading, self._bad = reading, bad

    def validate(self, text: str, position: int) -> object:
        try:
            self._reading.check(text)
        except Refused:
            return QValidator.State.Intermediate, text, position
        return QValidator.State.Acceptable, text, position

    def fixup(self, text: str) -> str:
        try:
            self._reading.check(text)
        except Refused as refused:
            self._bad(refused.sentence)
            if refused.sentence == OUTCOME_NEEDED:
                return f"{text.rstrip()} "
        return text
