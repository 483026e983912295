"""Choose which columns a list shows and in which order, by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.ui.models.column import Column

_KEY = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """A list of columns: Space shows or hides one, the buttons move it.

    Args of the constructor:
        columns: every column there is.
        shown: the keys of those shown, in order.
        at_first: the keys shown where nobody chose.
        always: the key of the column that is always shown and stands first.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        shown: Sequence[str],
        at_first: Sequence[str],
        always: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Columns")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._columns = {column.key: column for column in columns}
        self._at_first, self._always = tuple(at_first), always
        told = QLabel("Space shows or hides a column. The child's name is always shown.")
        told.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Columns")
        up, down = QPushButton("Move &up"), QPushButton("Move &down")
        first = QPushButton("As at &first")
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        first.clicked.connect(lambda: self._fill(self._at_first))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        side = QVBoxLayout()
        for button in (up, down, first):
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addLayout(middle, 1)
        column.addWidget(buttons)
        self.resize(420, 460)
        self._fill(shown)
        self.list.setFocus()

    def chosen(self) -> tuple[str, ...]:
        """The keys of the columns to show, in order; the one that is always shown comes first."""
        items = [self.list.item(at) for at in range(self.list.count())]
        keys = [str(one.data(_KEY)) for one in items if one.checkState() == Qt.CheckState.Checked]
        return (self._always, *keys)

    def _fill(self, shown: Sequence[str]) -> None:
        self.list.clear()
        for key in (*shown, *(key for key in self._columns if key not in shown)):
            if key == self._always or key not in self._columns:
                continue
            item = QListWidgetItem(self._columns[key].title)
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            checked = key in shown
            item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + by < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + by, item)
            self.list.setCurrentRow(at + by)
