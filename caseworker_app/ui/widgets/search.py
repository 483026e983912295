"""The field to filter by, and the chips that show which filters are on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from caseworker_app.domain.whose import Scope
from caseworker_app.ui.widgets.table import RowsTable

if TYPE_CHECKING:
    from caseworker_app.ui.runtime.whose import WhoseCases

_NARROWEST, _AROUND_WORDS = 84, 40
_KEY = "  Ctrl+F"
_CTRL = Qt.KeyboardModifier.ControlModifier
_REDO = (
    QKeyCombination(_CTRL, Qt.Key.Key_Y),
    QKeyCombination(_CTRL | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Z),
)
"""Both ways to redo: Qt takes one of the two for its own on each system."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchField(QLineEdit):
    """Filters a table as one types; Down goes to it, Esc empties the field.

    Signals:
        entered: Enter was pressed; unless somebody else takes it, the keyboard goes to the table.
    """

    entered = Signal()

    def __init__(self, table: RowsTable, name: str, hint: str, width: int = 260) -> None:
        super().__init__()
        self._table = table
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self._name = name
        self.setPlaceholderText(f"{name}{_KEY}")
        self.setToolTip(hint)
        self.setMinimumWidth(_NARROWEST)
        if width:
            self.setMaximumWidth(width)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QWidget):
            button.setAccessibleName("Empty the field")
        self.textChanged.connect(self._filter)
        self.entered.connect(self.go_to_table)

    def sizeHint(self) -> QSize:
        """Wide enough for the words that say what to type."""
        return QSize(self._needed(), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the key out where it would be cut."""
        super().resizeEvent(event)
        if self.placeholderText().removesuffix(_KEY) == self._name:
            has_room = self.width() >= self._needed()
            self.setPlaceholderText(self._name + (_KEY if has_room else ""))

    def _needed(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._name + _KEY) + _AROUND_WORDS

    def go_to_table(self) -> None:
        """Put the keyboard on the first row that fits."""
        self._table.go_first()
        self._table.setFocus()

    def _filter(self, text: str) -> None:
        """Show what fits, with the nearest chosen: it is what Enter goes to."""
        self._table.rows_model.set_filter(text)
        if text:
            self._table.choose_first()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window: one wants the last change back, not a letter."""
        if _is_undo_or_redo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move on to the table, or empty the field."""
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.go_to_table()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _is_undo_or_redo(event: QEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.keyCombination() in _REDO


class FilterChips(QWidget):
    """One chip for each filter that is on; a press takes the filter away.

    Where the list goes by whose cases are shown, that is the first of them; a press shows
    everyone's, in every list.

    Signals:
        removed: the key of the filter to take away; of whose cases are shown it is not told.
    """

    removed = Signal(str)

    def __init__(self, whose: WhoseCases | None = None) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._chips: dict[str, QPushButton] = {}
        self._whose = whose
        self._whose_chip: QPushButton | None = None
        if whose is not None:
            whose.changed.connect(self._show_whose)
            self._show_whose()

    def set_chip(self, key: str, words: str) -> None:
        """Show a filter, or with no words take its chip away."""
        chip = self._chips.pop(key, None)
        if chip is not None:
            chip.hide()
            chip.deleteLater()
        if words:
            chip = self._chips[key] = _chip(words, "Remove this filter")
            chip.clicked.connect(lambda: self.removed.emit(key))
            self._row.addWidget(chip)

    def show_chips(self, chips: Mapping[str, str]) -> None:
        """Show these filters by key and words, and no others."""
        for key in [one for one in self._chips if one not in chips]:
            self.set_chip(key, "")
        for key, words in chips.items():
            if key not in self._chips or self._chips[key].text() != f"{words} ✕":
                self.set_chip(key, words)

    def words(self) -> list[str]:
        """What the chips of the list itself say."""
        return [chip.text().removesuffix(" ✕") for chip in self._chips.values()]

    def _show_whose(self) -> None:
        whose = self._whose
        assert whose is not None
        if self._whose_chip is not None:
            self._whose_chip.hide()
            self._whose_chip.deleteLater()
            self._whose_chip = None
        if whose.now.holders is not None:
            chip = self._whose_chip = _chip(whose.now.words, "Show everyone's cases, in every list")
            chip.clicked.connect(lambda: whose.choose(Scope.EVERYONE))
            self._row.insertWidget(0, chip)


def _chip(words: str, says: str) -> QPushButton:
    chip = QPushButton(f"{words} ✕")
    chip.setObjectName("chip")
    chip.setAccessibleName(f"Remove the filter: {words}")
    chip.setToolTip(says)
    chip.setAutoDefault(False)
    return chip
