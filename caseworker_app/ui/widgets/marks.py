"""The questions of an audit, each marked by one key, with a note."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from caseworker_app.domain.declarations.auditing import MARKS, Criterion, Mark
from caseworker_app.ui import fitting
from caseworker_app.ui.widgets.field_text import HoldsText

KEYS = {
    Qt.Key.Key_M: "met",
    Qt.Key.Key_P: "partly",
    Qt.Key.Key_N: "not",
    Qt.Key.Key_D: "na",
}
"""Met, partly, not, does not apply."""

_SIGNS = {"met": "\u2713", "partly": "\u25d0", "not": "\u2717", "na": "\u2013"}
"""Before the words, so that a column of marks is read at a glance; words never stand alone."""

_SECTION, _QUESTION, _MARK, _NOTE = range(4)
_HEADINGS = ("Section", "Question", "Mark", "Note")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEAR = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_LEAST_HEIGHT = 170
_AROUND = 290
"""What stands above and below the questions in the dialog."""
_EDITABLE = Qt.ItemFlag.ItemIsEditable


class MarksTable(QTableWidget, HoldsText):
    """M, P, N or D marks the question and goes on to the next; Enter writes a note.

    Signals:
        changed: a mark or a note changed.
        asked: another question is in front; its criterion.
        action: A was pressed: an action is asked for about the question in front.
    """

    changed = Signal()
    asked = Signal(object)
    action = Signal(object)

    def __init__(self, criteria: Sequence[Criterion], marks: Iterable[Mark] = ()) -> None:
        super().__init__(len(criteria), len(_HEADINGS))
        self._criteria = tuple(criteria)
        self.setHorizontalHeaderLabels(list(_HEADINGS))
        self.verticalHeader().hide()
        self.setAccessibleName("Questions of the audit")
        self.setAccessibleDescription(
            "M met, P partly met, N not met, D does not apply; Enter writes a note, A an action"
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        head = self.horizontalHeader()
        # A question is read whole, however narrow its column.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_SECTION, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_QUESTION, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_MARK, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_NOTE, QHeaderView.ResizeMode.Stretch)
        head.setAccessibleName("Columns of the questions")
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, one in enumerate(self._criteria):
            for column, words in enumerate((one.section or "All", one.words, "", "")):
                item = QTableWidgetItem(words)
                if column != _NOTE:
                    item.setFlags(item.flags() & ~_EDITABLE)
                self.setItem(at, column, item)
        self._marks: list[str] = [""] * len(self._criteria)
        self._put(marks)
        self.itemChanged.connect(self._edited)
        self.currentCellChanged.connect(lambda *_: self._tell())
        if self._criteria:
            self.setCurrentCell(0, _QUESTION)

    def sizeHint(self) -> QSize:
        """High enough for every question as far as the screen has room; the rest is scrolled."""
        rows = self.verticalHeader().length() + self.horizontalHeader().height()
        room = fitting.room_for(self.window()).height() - _AROUND
        height = max(_LEAST_HEIGHT, min(rows + 2 * self.frameWidth(), room))
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """High enough to work in."""
        return QSize(super().minimumSizeHint().width(), _LEAST_HEIGHT)

    def marks(self) -> tuple[Mark, ...]:
        """The marks given so far, in the order of the questions."""
        return tuple(
            Mark(one.code, mark, self._note(at))
            for at, (one, mark) in enumerate(zip(self._criteria, self._marks, strict=True))
            if mark
        )

    def criterion(self) -> Criterion | None:
        """The one in front."""
        at = self.currentRow()
        return self._criteria[at] if 0 <= at < len(self._criteria) else None

    def note(self) -> str:
        """The note of the question in front."""
        return self._note(self.currentRow()) if self.criterion() is not None else ""

    def held(self) -> str:
        """Every mark and note, with the code of each question."""
        rows = [
            [one.code, mark, self._note(at)]
            for at, (one, mark) in enumerate(zip(self._criteria, self._marks, strict=True))
            if mark or self._note(at)
        ]
        return json.dumps(rows) if rows else ""

    def hold(self, text: str) -> bool:
        """Put marks and notes back. False where a question is not in this edition any more."""
        rows = json.loads(text) if text else []
        self._put(Mark(*row) for row in rows)
        known = {one.code for one in self._criteria}
        return all(row[0] in known for row in rows)

    def go_to_unmarked(self) -> None:
        """Go to the first question without a mark."""
        at = next((at for at, mark in enumerate(self._marks) if not mark), 0)
        self.setCurrentCell(at, _QUESTION)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark by one key; Enter writes a note."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not plain or self.currentRow() < 0:
            super().keyPressEvent(event)
        elif key in KEYS:
            self._mark(KEYS[key])
        elif key in _CLEAR:
            self._give(self.currentRow(), "")
            self.changed.emit()
        elif key in _ENTER:
            self.setCurrentCell(self.currentRow(), _NOTE)
            self.editItem(self._cell(self.currentRow(), _NOTE))
        elif key == Qt.Key.Key_A:
            self.action.emit(self.criterion())
        else:
            super().keyPressEvent(event)

    def _mark(self, code: str) -> None:
        at = self.currentRow()
        self._give(at, code)
        self.changed.emit()
        if at + 1 < len(self._criteria):
            self.setCurrentCell(at + 1, _QUESTION)

    def _give(self, at: int, code: str) -> None:
        self._marks[at] = code
        item = self._cell(at, _MARK)
        words = MARKS.get(code, "")
        item.setText(f"{_SIGNS[code]} {words}" if code else "")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words or "Not marked")

    def _put(self, marks: Iterable[Mark]) -> None:
        held = {one.criterion: one for one in marks}
        with QSignalBlocker(self):
            for at, criterion in enumerate(self._criteria):
                one = held.get(criterion.code)
                self._give(at, one.mark if one else "")
                self._cell(at, _NOTE).setText(one.note if one else "")
        self.viewport().update()
        self.changed.emit()

    def _note(self, at: int) -> str:
        return " ".join(self._cell(at, _NOTE).text().split())

    def _cell(self, at: int, column: int) -> QTableWidgetItem:
        item = self.item(at, column)
        assert item is not None
        return item

    def _edited(self, item: QTableWidgetItem) -> None:
        if item.column() == _NOTE:
            self.changed.emit()

    def _tell(self) -> None:
        one = self.criterion()
        if one is not None:
            self.asked.emit(one)
