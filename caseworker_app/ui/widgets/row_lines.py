"""Rows as high as the words of their columns that break, for lists of at most some hundred rows."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from caseworker_app.ui.delegates.row import PAD, in_lines
from caseworker_app.ui.widgets.rows_view import RowsView

_MOST = 8
"""So many lines at most: more than any words need in a column that is worth showing."""


class RowLines(QObject):
    """Gives each row of a table the height its words need in the width that their columns have."""

    def __init__(self, table: RowsView, around: int) -> None:
        """Follow a table; `around` is what a row is higher than its lines."""
        super().__init__(table)
        self._table, self._around = table, around
        # Qt tells of columns one by one, and a list that is filled of each row.
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self.fit)
        model = table.rows_model
        for changed in (model.modelReset, model.layoutChanged, model.rowsInserted):
            changed.connect(self._rest.start)
        model.dataChanged.connect(lambda *_: self._rest.start())
        table.horizontalHeader().sectionResized.connect(lambda *_: self._rest.start())

    def fit(self) -> None:
        """Give the rows their heights."""
        table, font = self._table, self._table.font()
        upright, high = table.verticalHeader(), table.fontMetrics().lineSpacing()
        least = upright.defaultSectionSize()
        columns = [
            (one, table.columnWidth(at) - 2 * PAD)
            for at, one in enumerate(table.rows_model.columns)
            if one.wraps and not table.isColumnHidden(at)
        ]
        for line in range(table.rows_model.rowCount()):
            row = table.rows_model.row_at(line)
            texts = [(one.text(row), width) for one, width in columns] if row is not None else []
            lines = max(
                (len(in_lines(words, font, width, _MOST)) for words, width in texts), default=1
            )
            height = max(least, lines * high + self._around)
            if upright.sectionSize(line) != height:
                upright.resizeSection(line, height)
