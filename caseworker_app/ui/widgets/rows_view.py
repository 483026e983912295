"""A view on rows of one type, as far as those need it who fit its columns."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.models.widths import LEAST_STRETCHED


class Looks(NamedTuple):
    """Where one is in a list, and what is selected: asked once for all cells that are drawn.

    Attributes:
        line, column: where the keyboard is, -1 for nowhere.
        focused: whether keys go to the list.
        parts: first and last line, first and last column of each part selected.
    """

    line: int = -1
    column: int = -1
    focused: bool = False
    parts: tuple[tuple[int, int, int, int], ...] = ()

    def chosen(self, line: int, column: int) -> bool:
        """Whether a cell is selected."""
        for top, bottom, left, right in self.parts:
            if top <= line <= bottom and left <= column <= right:
                return True
        return False


class RowsView(QTableView):
    """A table view that knows its model.

    Attributes:
        rows_model: what it shows.
        least_stretched: how narrow a column that takes what room is left may get.
        looks: where one is and what is selected, as of the last time it was drawn.

    Signals:
        chosen: the selection changed.
    """

    chosen = Signal()

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = model
        self._painted = False
        self.least_stretched = LEAST_STRETCHED
        self.looks = Looks()

    def look(self) -> None:
        """See where one is and what is selected, before cells are drawn."""
        chosen, here = self.selectionModel().selection(), self.currentIndex()
        parts = [chosen.at(number) for number in range(chosen.count())]
        self.looks = Looks(
            here.row(),
            here.column(),
            self.hasFocus(),
            tuple((one.top(), one.bottom(), one.left(), one.right()) for one in parts),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells."""
        self.look()
        self._painted = True
        super().paintEvent(event)

    def current_row(self) -> object | None:
        """The frozen row the keyboard is on, or None."""
        return self.rows_model.row_at(self.currentIndex().row())
