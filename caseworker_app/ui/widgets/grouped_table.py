"""A table with headings inside it, each over the whole width."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.ui.models.grouped_model import GroupedModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_Space)


class GroupedTable(RowsTable):
    """Shows a `GroupedModel`. Up and Down pass over the headings of open groups.

    Left at the first column folds a group; Enter, Right or a click on its heading opens it again.

    Signals:
        folding: a group was folded or opened.
    """

    folding = Signal()

    def __init__(
        self,
        model: GroupedModel,
        themes: Themes,
        name: str,
        description: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, themes, name, description, parent)
        self.setObjectName("sections")
        self._grouped = model
        for signal in (model.modelReset, model.layoutChanged, model.altered):
            signal.connect(self._span)

    def go_first(self) -> None:
        """Go to the first row, or where every group is folded to the first heading."""
        super().go_first()
        if not self._lines() and self._grouped.rowCount() and not self._grouped.rows():
            self._go(0, 0)

    def fold_here(self) -> None:
        """Fold the group the keyboard is in, or open it."""
        group = self._grouped.group_at(self.currentIndex().row())
        if group >= 0:
            self._turn(group)

    def can_fold(self) -> bool:
        """Whether the keyboard is in a group."""
        return self._grouped.group_at(self.currentIndex().row()) >= 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold and open groups; all else as in any list."""
        here = self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        on_heading = self._grouped.row_at(here.row()) is None and here.isValid()
        if (plain and on_heading and event.key() in _OPENS) or (
            plain and event.key() == Qt.Key.Key_Left and not on_heading and here.column() == 0
        ):
            self.fold_here()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a heading folds its group or opens it."""
        at = self.indexAt(event.position().toPoint())
        if at.isValid() and self._grouped.row_at(at.row()) is None:
            self._turn(self._grouped.group_at(at.row()))
        else:
            super().mousePressEvent(event)

    def _turn(self, group: int) -> None:
        model = self._grouped
        on = group not in model.folded
        model.fold(group, on=on)
        line = model.line_of_heading(group)
        if line >= 0:
            self._go(line if on else line + 1, 0)
        self.folding.emit()

    def _span(self) -> None:
        self.clearSpans()
        columns = self._grouped.columnCount()
        for line in self._grouped.heading_lines():
            self.setSpan(line, 0, 1, columns)
