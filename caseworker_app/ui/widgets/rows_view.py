"""A view on rows of one type, as far as those need it who fit its columns."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView, QWidget

from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.models.widths import LEAST_STRETCHED


class RowsView(QTableView):
    """A table view that knows its model.

    Attributes:
        rows_model: what it shows.
        least_stretched: how narrow a column that takes what room is left may get.

    Signals:
        chosen: the selection changed.
    """

    chosen = Signal()

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = model
        self.least_stretched = LEAST_STRETCHED

    def current_row(self) -> object | None:
        """The frozen row the keyboard is on, or None."""
        return self.rows_model.row_at(self.currentIndex().row())
